"""A list of equipment as people have it: a CSV of name, kind and township. Pure: bytes in, lines or problems out.

Read as UTF-8, UTF-16 or GB 18030, with commas, semicolons or tabs; the headings may stand below a title.
Every problem of every row is returned at once, as a code with what would be right.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from io import StringIO
from itertools import islice

from inventory.marks.kind import Kind

MOST_BYTES = 5 * 2**20
MOST_ROWS = 20_000
LONGEST_NAME = 120
HEADING_WITHIN = 10  # rows


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


@dataclass(frozen=True, slots=True)
class _Heading:
    """The row of the headings, and where each column stands."""

    row: int
    columns: Mapping[Column, int]
    cells: Sequence[str]

    def unread(self) -> list[str]:
        taken = set(self.columns.values())
        return [cell for place, cell in enumerate(self.cells) if cell and place not in taken]


class Unreadable(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, trouble: Trouble, *, row: int = 0, right: tuple[str, ...] = ()) -> None:
        super().__init__(trouble)
        self.problem = Problem(row, None, "", trouble, right)


def key(word: str) -> str:
    """Words are compared without spaces, case and full-width forms."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())


def read(data: bytes, known: Known) -> Outcome:
    """All lines and all problems of a file."""
    try:
        rows = list(_rows(_text(data)))
        heading = _heading(rows)
    except Unreadable as unreadable:
        return Outcome(problems=[unreadable.problem])
    outcome = Outcome(unread=heading.unread())
    for row, cells in rows[heading.row :]:
        if any(cells):
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


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Unreadable(Trouble.TOO_LARGE)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(Trouble.SPREADSHEET)
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff")
    raise Unreadable(Trouble.NOT_TEXT)


def _encodings(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if b"\0" in data:  # UTF-16 that lost its mark: the zero bytes of commas and line ends tell the order
        odd, even = data[1::2].count(0), data[::2].count(0)
        return ["utf-16-le"] if odd > even else ["utf-16-be"]
    return ["utf-8", "gb18030"]


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered as a spreadsheet shows them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if row > MOST_ROWS + HEADING_WITHIN:
                raise Unreadable(Trouble.TOO_MANY_ROWS)
            yield row, [cell.strip() for cell in cells]
    except csv.Error as broken:
        raise Unreadable(Trouble.BROKEN_QUOTES, row=row + 1) from broken


def _delimiter(text: str) -> str:
    """Whichever parts the heading into the most cells."""
    lines = [line for line in islice(text.splitlines(), HEADING_WITHIN) if line.strip()]
    return max(",\t;，", key=lambda delimiter: max((line.count(delimiter) for line in lines), default=0))


def _heading(rows: list[tuple[int, list[str]]]) -> _Heading:
    """The row of the first ten that names the most columns: a title may stand above it."""
    candidates = [(row, cells) for row, cells in rows[:HEADING_WITHIN] if any(cells)]
    if not candidates:
        raise Unreadable(Trouble.NO_ROWS)
    row, cells = max(candidates, key=lambda candidate: len(_columns(candidate[1])))
    found = _columns(cells)
    heading = _Heading(row, {column: place for place, column in found}, cells)
    if len(heading.columns) < len(found):
        raise Unreadable(Trouble.HEADING_TWICE, row=row)
    missing = [column.value for column in Column if column not in heading.columns]
    if missing:
        raise Unreadable(Trouble.NO_HEADING, row=row, right=tuple(missing))
    return heading


def _columns(cells: list[str]) -> list[tuple[int, Column]]:
    return [(place, HEADINGS[key(cell)]) for place, cell in enumerate(cells) if key(cell) in HEADINGS]


def _read_row(row: int, cells: list[str], heading: _Heading, known: Known, outcome: Outcome) -> None:
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
