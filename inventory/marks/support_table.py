"""A table of support dates: a CSV file read and checked as a whole, and which version was in force on a day."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from inventory.marks.facts import OperatingSystem

SHIPPED = Path(__file__).parent / "data" / "operating_systems"
COLUMNS = ("family", "keys", "name", "cycle", "earliest_end", "latest_end")
LENGTHS = {"family": 40, "name": 80, "cycle": 40}
KEY_LENGTH = 40
LARGEST = 5_000_000
FIRST_YEAR, LAST_YEAR = 1985, 2100

Systems = Mapping[tuple[str, str], OperatingSystem]


class Wrong(StrEnum):
    """Why a file, or a value in it, cannot be taken."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_CSV = "not_csv"
    NO_COLUMN = "no_column"
    EMPTY = "empty"
    TOO_MANY_VALUES = "too_many_values"
    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_WRITABLE = "not_writable"
    NOT_A_DAY = "not_a_day"
    ENDS_BEFORE = "ends_before"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Fault:
    """Where it stands and what is wrong; line 0 is the whole file."""

    line: int
    column: str
    code: Wrong
    value: str = ""


class SupportFileError(ValueError):
    """Everything that is wrong with a file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release by one of the keys that devices show; different days: its editions end on different days."""

    family: str
    key: str
    name: str
    cycle: str
    earliest_end: date | None
    latest_end: date | None

    def system(self) -> OperatingSystem:
        """As the rules take it."""
        exact = self.earliest_end == self.latest_end
        return OperatingSystem(
            name=self.name,
            cycle=self.cycle,
            end_of_support=self.latest_end if exact else None,
            edition_unknown=not exact,
            earliest_end=self.earliest_end,
            latest_end=self.latest_end,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportVersion:
    """A whole table and the day from which it holds."""

    starts: date
    source: str
    releases: tuple[Release, ...]


@cache
def shipped() -> tuple[SupportVersion, ...]:
    """What comes with the program, the oldest first: one file a version, named by its day."""
    return tuple(
        SupportVersion(
            starts=date.fromisoformat(path.stem), source="", releases=read_support_file(path.read_bytes())
        )
        for path in sorted(SHIPPED.glob("*.csv"))
    )


def version_on(day: date, loaded: Iterable[SupportVersion] = ()) -> SupportVersion:
    """The version that started last; what people loaded goes before what came with the program on one day.

    Before the first there is no other knowledge than the first.
    """
    versions = [*shipped(), *loaded]
    begun = [version for version in versions if version.starts <= day]
    if not begun:
        return min(versions, key=lambda version: version.starts)
    return max(reversed(begun), key=lambda version: version.starts)


def by_key(releases: Iterable[Release]) -> Systems:
    """All known systems by family and key."""
    return {(release.family, release.key): release.system() for release in releases}


def read_support_file(content: bytes) -> tuple[Release, ...]:
    """All releases of a file, or SupportFileError with every fault of it."""
    rows = list(_rows(content))
    faults = [fault for line, row in rows for fault in _faults(line, row)]
    releases = [] if faults else [one for _line, row in rows for one in _releases(row)]
    faults += _repeated(rows)
    if faults or not releases:
        raise SupportFileError(faults or [Fault(0, "", Wrong.EMPTY)])
    return tuple(releases)


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the number of its line, blanks at the ends of values taken away."""
    reader = csv.DictReader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise SupportFileError(Fault(1, name, Wrong.NO_COLUMN) for name in missing)
        for row in reader:
            if None in row:
                raise SupportFileError([Fault(reader.line_num, "", Wrong.TOO_MANY_VALUES)])
            yield reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS}
    except csv.Error as error:
        raise SupportFileError([Fault(reader.line_num, "", Wrong.NOT_CSV)]) from error


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise SupportFileError([Fault(0, "", Wrong.TOO_LARGE)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SupportFileError([Fault(0, "", Wrong.NOT_TEXT)]) from error


def _faults(line: int, row: Mapping[str, str]) -> Iterator[Fault]:
    for column in ("family", "keys", "name"):
        if not row[column]:
            yield Fault(line, column, Wrong.MISSING)
    for column, longest in LENGTHS.items():
        if len(row[column]) > longest:
            yield Fault(line, column, Wrong.TOO_LONG, row[column][:longest])
    for key in row["keys"].split():
        if len(key) > KEY_LENGTH:
            yield Fault(line, "keys", Wrong.TOO_LONG, key[:KEY_LENGTH])
    for column, value in row.items():
        if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value):
            yield Fault(line, column, Wrong.NOT_WRITABLE)
    yield from _faults_of_days(line, row)


def _faults_of_days(line: int, row: Mapping[str, str]) -> Iterator[Fault]:
    days = {}
    for column in ("earliest_end", "latest_end"):
        try:
            days[column] = _day(row[column])
        except ValueError:
            yield Fault(line, column, Wrong.NOT_A_DAY, row[column][:20])
    earliest, latest = days.get("earliest_end"), days.get("latest_end")
    if earliest and latest and latest < earliest:
        yield Fault(line, "latest_end", Wrong.ENDS_BEFORE, row["latest_end"])


def _day(text: str) -> date | None:
    if not text:
        return None
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR or day.isoformat() != text:
        raise ValueError(text)
    return day


def _releases(row: Mapping[str, str]) -> Iterator[Release]:
    for key in row["keys"].split():
        yield Release(
            family=row["family"],
            key=key,
            name=row["name"],
            cycle=row["cycle"],
            earliest_end=_day(row["earliest_end"]),
            latest_end=_day(row["latest_end"]),
        )


def _repeated(rows: Iterable[tuple[int, Mapping[str, str]]]) -> Iterator[Fault]:
    seen = set()
    for line, row in rows:
        for key in row["keys"].split():
            if (row["family"], key) in seen:
                yield Fault(line, "keys", Wrong.TWICE, key[:KEY_LENGTH])
            seen.add((row["family"], key))
