"""A list of equipment as people have it: a CSV of name, kind and township. Pure: bytes in, lines or problems out.

Every problem of every row is returned at once, as a code with what would be right.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from inventory.marks.kind import Kind
from itops.exchange.reading import text
from itops.exchange.reading.faults import Fault, Unreadable
from itops.exchange.reading.heading import WITHIN, Heading, find
from itops.exchange.reading.spreadsheet import is_spreadsheet
from itops.exchange.reading.words import key

MOST_BYTES = 5 * 2**20
MOST_ROWS = 20_000
LONGEST_NAME = 120


class Column(StrEnum):
    NAME = "name"
    KIND = "kind"
    TOWNSHIP = "township"


class Trouble(StrEnum):
    """What is wrong. The first eight are of the whole file."""

    TOO_LARGE = "too_large"
    SPREADSHEET = "spreadsheet"
    NOT_TEXT = "not_text"
    BROKEN_QUOTES = "broken_quotes"
    TOO_MANY_ROWS = "too_many_rows"
    NO_ROWS = "no_rows"
    NO_HEADING = "no_heading"
    HEADING_TWICE = "heading_twice"
    TOO_MANY_CELLS = "too_many_cells"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    LINE_BREAK = "line_break"
    UNKNOWN_KIND = "unknown_kind"
    UNKNOWN_TOWNSHIP = "unknown_township"
    SEVERAL_TOWNSHIPS = "several_townships"
    REPEATED = "repeated"
    ON_THE_BOOKS = "on_the_books"


HEADINGS = {
    "名称": Column.NAME,
    "设备名称": Column.NAME,
    "资产名称": Column.NAME,
    "name": Column.NAME,
    "类别": Column.KIND,
    "设备类别": Column.KIND,
    "种类": Column.KIND,
    "kind": Column.KIND,
    "乡镇": Column.TOWNSHIP,
    "所在乡镇": Column.TOWNSHIP,
    "township": Column.TOWNSHIP,
}
OTHER_WORDS = {  # beside the names that the screens use
    Kind.COMPUTER: ("计算机", "台式机", "台式计算机", "笔记本", "笔记本电脑", "PC"),
    Kind.CONFERENCE_ROOM: ("视频会议室", "conference room", "meeting room"),
    Kind.NOTICE_BOARD: ("公示栏", "公示屏", "电子公示栏", "电子信息公示栏", "信息发布屏"),
    Kind.NETWORK_LINK: ("链路", "网络线路", "专线", "线路", "link"),
    Kind.NETWORK_DEVICE: ("交换机", "路由器", "防火墙", "switch", "router"),
    Kind.SERVER: ("服务器",),
    Kind.UPS: ("不间断电源",),
    Kind.PRINTER: ("打印机", "一体机", "复印机"),
    Kind.VIDEO_ENDPOINT: ("视频终端", "视频会议终端", "codec"),
    Kind.CAMERA: ("摄像机", "摄像头"),
    Kind.DISPLAY: ("显示屏", "显示器", "大屏", "电视机"),
    Kind.MACHINE_ROOM: ("机房", "machine room"),
    Kind.BUSINESS_SYSTEM: ("业务系统", "系统"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (row as a spreadsheet counts, 0 for the whole file), and what is right."""

    row: int
    column: Column | None
    value: str
    trouble: Trouble
    right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of equipment; `place` is a Place's id."""

    row: int
    name: str
    kind: Kind
    place: int


@dataclass(frozen=True, slots=True)
class Known:
    """Which words mean which kind and which townships (several of one name), by `key`; and what to offer."""

    kinds: Mapping[str, Kind]
    places: Mapping[str, frozenset[int]]
    kind_names: Sequence[str]
    place_names: Mapping[int, str]


@dataclass(slots=True)
class Outcome:
    """Lines count only when there is no problem. `unread`: headings of columns that are not looked at."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read(data: bytes, known: Known) -> Outcome:
    """All lines and all problems of a file."""
    try:
        heading, rows = _opened(data)
    except Unreadable as unreadable:
        return Outcome(problems=[_of_file(unreadable)])
    except _Refused as refused:
        return Outcome(problems=[refused.problem])
    outcome = Outcome(unread=heading.unread())
    for row, cells in rows:
        _read_row(row, cells, heading, known, outcome)
    if not outcome.lines and not outcome.problems:
        outcome.problems.append(Problem(0, None, "", Trouble.NO_ROWS))
    outcome.problems += _repeated(outcome.lines)
    outcome.problems.sort(key=lambda problem: problem.row)
    return outcome


def on_the_books(lines: Iterable[Line], tags: Mapping[tuple[str, Kind, int], str]) -> list[Problem]:
    """Lines that name what is recorded already, with its asset number."""
    return [
        Problem(line.row, Column.NAME, line.name, Trouble.ON_THE_BOOKS, (tag,))
        for line in lines
        if (tag := tags.get((line.name, line.kind, line.place)))
    ]


class _Refused(Exception):
    """A file that could be read and is not what is asked for."""

    def __init__(self, trouble: Trouble, *, row: int = 0, right: tuple[str, ...] = ()) -> None:
        super().__init__(trouble)
        self.problem = Problem(row, None, "", trouble, right)


def _of_file(unreadable: Unreadable) -> Problem:
    right = () if unreadable.fault is Fault.HEADING_TWICE else unreadable.right
    return Problem(unreadable.row, None, "", Trouble(unreadable.fault.value), right)


def _opened(data: bytes) -> tuple[Heading[Column], list[text.Row]]:
    """The heading, and the rows below it."""
    if len(data) > MOST_BYTES:
        raise _Refused(Trouble.TOO_LARGE)
    if is_spreadsheet(data):
        raise _Refused(Trouble.SPREADSHEET)
    rows = list(text.rows(text.decoded(data), most=MOST_ROWS + WITHIN))
    heading: Heading[Column] = find(rows, lambda cell: HEADINGS.get(key(cell)))
    heading.refuse_twice()
    missing = [column.value for column in Column if column not in heading.columns]
    if missing:
        raise _Refused(Trouble.NO_HEADING, row=heading.row, right=tuple(missing))
    return heading, heading.below(rows)


def _read_row(row: int, cells: list[str], heading: Heading[Column], known: Known, outcome: Outcome) -> None:
    wanted = {c: cells[place] if place < len(cells) else "" for c, place in heading.columns.items()}
    kind = known.kinds.get(key(wanted[Column.KIND]))
    places = known.places.get(key(wanted[Column.TOWNSHIP]), frozenset())
    problems = [
        *_row_problems(row, cells[len(heading.cells) :]),
        *_cell_problems(row, wanted),
        *_kind_problems(row, wanted[Column.KIND], kind, known),
        *_place_problems(row, wanted[Column.TOWNSHIP], places, known),
    ]
    outcome.problems += problems
    if kind and not problems:
        outcome.lines.append(Line(row, wanted[Column.NAME], kind, next(iter(places))))


def _row_problems(row: int, beyond: list[str]) -> Iterator[Problem]:
    """A comma inside a name shifts everything after it."""
    extra = [cell for cell in beyond if cell]
    if extra:
        yield Problem(row, None, extra[0][:LONGEST_NAME], Trouble.TOO_MANY_CELLS)


def _cell_problems(row: int, wanted: Mapping[Column, str]) -> Iterator[Problem]:
    for column, value in wanted.items():
        if not value:
            yield Problem(row, column, "", Trouble.EMPTY)
        elif any(unicodedata.category(character) == "Cc" for character in value):
            yield Problem(row, column, value[:LONGEST_NAME], Trouble.LINE_BREAK)
        elif len(value) > LONGEST_NAME:
            yield Problem(row, column, value[:LONGEST_NAME], Trouble.TOO_LONG, (str(LONGEST_NAME),))


def _kind_problems(row: int, value: str, kind: Kind | None, known: Known) -> Iterator[Problem]:
    if value and kind is None:
        near = get_close_matches(value, known.kind_names, n=3, cutoff=0.5)
        yield Problem(row, Column.KIND, value, Trouble.UNKNOWN_KIND, tuple(near or known.kind_names))


def _place_problems(row: int, value: str, places: frozenset[int], known: Known) -> Iterator[Problem]:
    if value and not places:
        near = get_close_matches(value, known.place_names.values(), n=3, cutoff=0.5)
        yield Problem(row, Column.TOWNSHIP, value, Trouble.UNKNOWN_TOWNSHIP, tuple(near))
    elif len(places) > 1:
        names = tuple(sorted(known.place_names[place] for place in places))
        yield Problem(row, Column.TOWNSHIP, value, Trouble.SEVERAL_TOWNSHIPS, names)


def _repeated(lines: Iterable[Line]) -> Iterator[Problem]:
    first: dict[tuple[str, Kind, int], int] = {}
    for line in lines:
        earlier = first.setdefault((line.name, line.kind, line.place), line.row)
        if earlier != line.row:
            yield Problem(line.row, Column.NAME, line.name, Trouble.REPEATED, (str(earlier),))
