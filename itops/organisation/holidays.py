"""The State Council's holidays and make-up days, as our data file has them (data/README.txt). Pure."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("data") / "holidays.csv"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that is not as its weekday says. `arranged` False: only the law's day, bridging days unknown."""

    day: date
    open: bool
    name: str
    arranged: bool
    source: str


@lru_cache(maxsize=1)
def holidays() -> tuple[Holiday, ...]:
    """All days of the file, in order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_read(csv.DictReader(file)))


def years_not_arranged() -> list[int]:
    """Years of which the file has only the days that the law fixes."""
    return sorted({holiday.day.year for holiday in holidays() if not holiday.arranged})


def _read(rows: Iterable[dict[str, str]]) -> Iterable[Holiday]:
    for row in rows:
        yield Holiday(
            day=date.fromisoformat(row["day"]),
            open=row["open"] == "1",
            name=row["name"],
            arranged=row["status"] == "arranged",
            source=row["source"],
        )
