"""Which generation of processor a device says it has, and when that was first released."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "processors.csv"
MODEL = re.compile(r"(?:Intel64|x86|EM64T) Family 6 Model ([0-9]{1,3})(?![0-9])")
CORE = re.compile(r"Core(?:\(TM\)|™)? i[3579]-([0-9]{3,5})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Processor:
    """`released` is the day of the generation's first processor, or a day before which all of it was out."""

    name: str
    released: date


def processor(text: str) -> Processor | None:
    """From Windows' sysDescr (`Intel64 Family 6 Model 58`) or hrDeviceDescr (`Core(TM) i5-8265U`)."""
    if found := MODEL.search(text):
        return table().get(f"6-{found[1]}")
    if found := CORE.search(text):
        return table().get(f"core-{_generation(found[1])}")
    return None


def _generation(number: str) -> str:
    if len(number) == 3:
        return "1"
    return number[:2] if number.startswith("1") else number[:-3]


@cache
def table() -> Mapping[str, Processor]:
    """All known generations by key."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return {
            row["key"]: Processor(name=row["name"], released=date.fromisoformat(row["released"]))
            for row in csv.DictReader(lines)
        }
