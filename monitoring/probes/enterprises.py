"""Who stands behind an enterprise number: makers by number and by the words they write."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "enterprises.csv"
_PREFIX = "1.3.6.1.4.1."


@dataclass(frozen=True, slots=True)
class Enterprise:
    number: int
    vendor: str
    vendor_zh: str
    kind: str  # network, server, computer, printer, ups, video, camera, display or nothing
    maker: bool  # the number stands for who made the equipment, not for its software
    also: tuple[str, ...]  # other words for the maker


def enterprise_of(object_id: str) -> Enterprise | None:
    """The holder of a sysObjectID's number; None where it has none or we do not know it."""
    rest = object_id.lstrip(".")
    if not rest.startswith(_PREFIX):
        return None
    number = rest.removeprefix(_PREFIX).split(".", 1)[0]
    return (
        enterprises().get(int(number)) if number.isascii() and number.isdigit() and len(number) < 12 else None
    )


def vendor_in(text: str) -> str:
    """The maker whose name stands in a text, as we write it; the earliest one, or nothing."""
    found = _names_pattern().search(text)
    return _vendors_by_name()[found.group(0).casefold()] if found else ""


def chinese_name(vendor: str) -> str:
    """The maker's Chinese name, or the name given where we know none."""
    return _chinese_names().get(vendor.casefold(), vendor)


@cache
def enterprises() -> dict[int, Enterprise]:
    """All known numbers."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {int(row["number"]): _enterprise(row) for row in rows}


def _enterprise(row: dict[str, str]) -> Enterprise:
    return Enterprise(
        number=int(row["number"]),
        vendor=row["vendor"],
        vendor_zh=row["vendor_zh"],
        kind=row["kind"],
        maker=row["maker"] == "yes",
        also=tuple(word for word in row["also"].split(";") if word),
    )


@cache
def _vendors_by_name() -> dict[str, str]:
    makers = [entry for entry in enterprises().values() if entry.maker]
    return {name.casefold(): entry.vendor for entry in makers for name in (entry.vendor, *entry.also)}


@cache
def _chinese_names() -> dict[str, str]:
    return {entry.vendor.casefold(): entry.vendor_zh for entry in enterprises().values()}


@cache
def _names_pattern() -> re.Pattern[str]:
    names = sorted(_vendors_by_name(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])", re.IGNORECASE)
