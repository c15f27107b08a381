"""The business systems that a civil-affairs bureau is known to work with: a first list, to be checked on the spot."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "data" / "first_list.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of the file; "" is: not known."""

    name: str
    name_en: str
    short: str
    stage: str
    run_by: str
    network: str
    note: str


def first_list() -> Iterator[Listed]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            yield Listed(**line)
