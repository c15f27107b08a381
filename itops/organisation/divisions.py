"""The country's divisions down to townships, as our data file has them (data/README.txt). Pure."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("data") / "divisions.txt.xz"
LEVELS = {2: 1, 4: 2, 6: 3, 9: 4}  # digits of the code -> Level
PLACEHOLDERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class UnknownDivision(ValueError):
    """No division has this code."""


@dataclass(frozen=True, slots=True)
class Division:
    """One row of the file; `parent` is a code, "" for a province."""

    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What the file holds, by code in official order, and the day it was true."""

    on: date
    divisions: dict[str, Division]

    def provinces(self) -> list[Division]:
        return [division for division in self.divisions.values() if division.level == 1]

    def under(self, code: str, level: int) -> list[Division]:
        """All of one level below a division, at whatever depth."""
        self.known(code)
        return [d for d in self.divisions.values() if d.level == level and d.code.startswith(code)]

    def known(self, code: str) -> Division:
        if code not in self.divisions:
            raise UnknownDivision(code)
        return self.divisions[code]

    def branch(self, code: str) -> list[Division]:
        """The division, everything above it and everything below it, parents first."""
        self.known(code)
        return [*self._above(code), *(d for d in self.divisions.values() if d.code.startswith(code))]

    def _above(self, code: str) -> list[Division]:
        parent = self.divisions[code].parent
        return [*self._above(parent), self.divisions[parent]] if parent else []


@lru_cache(maxsize=1)
def edition() -> Edition:
    """The file that comes with the program."""
    lines = iter(lzma.decompress(FILE.read_bytes()).decode().splitlines())
    return Edition(date.fromisoformat(next(lines)), {division.code: division for division in read(lines)})


def read(lines: Iterator[str]) -> Iterator[Division]:
    """Rows sorted by code. A placeholder is no place: what is under it belongs to what is above it."""
    parents = {""}
    for line in lines:
        code, name = line.split("\t")
        if name in PLACEHOLDERS and len(code) == 4:
            continue
        parents.add(code)
        yield Division(code, name, LEVELS[len(code)], _nearest(code, parents))


def _nearest(code: str, parents: set[str]) -> str:
    return next(code[:digits] for digits in (6, 4, 2, 0) if digits < len(code) and code[:digits] in parents)
