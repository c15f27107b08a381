"""Which Windows: the build decides, for versions 10 and 11 both call themselves 6.3."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "windows_releases.csv"
_SAID = re.compile(r"Windows (?:2000 )?Version (\d{1,2}\.\d{1,2}) \(Build (\d{1,6})", re.IGNORECASE)
_SORTS = {
    "1.3.6.1.4.1.311.1.1.3.1.1": "workstation",
    "1.3.6.1.4.1.311.1.1.3.1.2": "server",
    "1.3.6.1.4.1.311.1.1.3.1.3": "server",  # domain controller
}


@dataclass(frozen=True, slots=True)
class WindowsRelease:
    sort: str  # workstation or server
    build: int
    name: str  # "Windows 10", "Windows Server 2019"; "Windows" for an unknown build
    version: str  # "10 (22H2), build 19045"


def windows_release(object_id: str, description: str) -> WindowsRelease | None:
    """The Windows that sysObjectID and sysDescr speak of; None where it is none."""
    found = _SAID.search(description)
    if not found:
        return None
    sort = _SORTS.get(object_id.lstrip("."), "workstation")
    build = int(found.group(2))
    name, release = _releases().get((sort, build), ("", ""))
    detail = release or f"NT {found.group(1)}"
    return WindowsRelease(sort, build, f"Windows {name}".strip(), f"{name} ({detail}), build {build}".strip())


@cache
def _releases() -> dict[tuple[str, int], tuple[str, str]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(row["sort"], int(row["build"])): (row["name"], row["release"]) for row in rows}
