"""Which operating system a device says it runs, and until when that is supported."""

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from inventory.marks.facts import OperatingSystem

DATA = Path(__file__).parent / "data" / "operating_systems.csv"
WINDOWS = re.compile(r"Windows (?:\S{1,20} )?Version [0-9.]{1,10} \(Build (?:Number: )?([0-9]{1,6})")
WINDOWS_ROLE = {  # sysObjectID under Microsoft's 1.3.6.1.4.1.311.1.1.3.1
    "1.3.6.1.4.1.311.1.1.3.1.1": ("windows-workstation",),
    "1.3.6.1.4.1.311.1.1.3.1.2": ("windows-server",),
    "1.3.6.1.4.1.311.1.1.3.1.3": ("windows-server",),
}
ANY_WINDOWS = ("windows-workstation", "windows-server")
LINUX = re.compile(r"Linux (\S+) ([0-9]\S+)(.*)", re.DOTALL)
SERIES = re.compile(r"([0-9]{1,3}\.[0-9]{1,3})")
UBUNTU_VERSION = re.compile(r"~([0-9]{2}\.[0-9]{2})[^ ]*-Ubuntu")
DEBIAN_VERSION = re.compile(r"(?:\+|[.~])(?:deb|bpo)([0-9]{1,2})(?![0-9])")
OPENEULER = re.compile(r"\.(oe[0-9]{1,4}(?:sp[0-9])?)(?![0-9a-z])")
ENTERPRISE = re.compile(r"\.el([0-9]{1,2})(?![0-9])")
RELEASE_PACKAGE = re.compile(
    r"(centos-stream|centos|redhat|rocky|almalinux|oraclelinux)(?:-linux)?-release(?:-server)?[-_ ]"
)


def recognise(
    sys_descr: str, sys_object_id: str = "", hr_software: Iterable[str] = ()
) -> OperatingSystem | None:
    """From sysDescr, sysObjectID (Windows: workstation or server) and hrSWInstalledName (Linux releases).

    None when nothing is recognised. Windows 10 and 11 call themselves 6.3: the build decides.
    """
    if found := WINDOWS.search(sys_descr):
        return _windows(found[1], sys_object_id)
    if "Linux" not in sys_descr:
        return None
    parts = LINUX.match(sys_descr)  # the host's own name may say anything
    text = f"{parts[2]}{parts[3]}" if parts else sys_descr
    return (
        _domestic(text)
        or _openeuler(text)
        or _ubuntu(text)
        or _debian(text, hr_software)
        or _el(text, hr_software)
    )


def _windows(build: str, sys_object_id: str) -> OperatingSystem:
    families = WINDOWS_ROLE.get(sys_object_id.lstrip("."), ANY_WINDOWS)
    known = [system for family in families if (system := table().get((family, build)))]
    if not known:
        return OperatingSystem(name="Windows", cycle=f"build {build}")
    return known[0] if len(known) == 1 else _either(*known)


def _either(one: OperatingSystem, other: OperatingSystem) -> OperatingSystem:
    """Workstation or server was not said: the end lies between the earliest and the latest of both."""
    earliest = [end for end in (one.earliest_end, other.earliest_end) if end]
    latest = [end for end in (one.latest_end, other.latest_end) if end]
    return OperatingSystem(
        name=f"{one.name} or {other.name}",
        cycle=one.cycle,
        edition_unknown=True,
        earliest_end=min(earliest) if len(earliest) == 2 else None,
        latest_end=max(latest) if len(latest) == 2 else None,
    )


def _domestic(text: str) -> OperatingSystem | None:
    """Kylin, UOS, deepin by their kernels' names."""
    if "KYLINOS" in text:
        return table()["domestic", "kylinos"]
    for name in ("v2101.ky10", "v2401.ky10", "ky10", "uel20"):
        if f".{name}" in text:
            return table()["domestic", name]
    if re.search(r"[0-9]-(?:amd64|arm64|loong64|loongson)-desktop", text):
        return table()["domestic", "desktop"]
    return None


def _openeuler(text: str) -> OperatingSystem | None:
    found = OPENEULER.search(text)
    return _known("openeuler", found[1], "openEuler") if found else None


def _ubuntu(text: str) -> OperatingSystem | None:
    if "-Ubuntu" not in text:
        return None
    found = UBUNTU_VERSION.search(text) or SERIES.match(text)
    return _known("ubuntu", found[1] if found else "", "Ubuntu")


def _debian(text: str, hr_software: Iterable[str]) -> OperatingSystem | None:
    if "Debian" not in text:
        return None
    found = DEBIAN_VERSION.search(text) or _first(DEBIAN_VERSION, hr_software) or SERIES.match(text)
    return _known("debian", found[1] if found else "", "Debian")


def _el(text: str, hr_software: Iterable[str]) -> OperatingSystem | None:
    found = ENTERPRISE.search(text)
    if not found:
        return None
    package = _first(RELEASE_PACKAGE, hr_software)
    return _known(package[1] if package else "el", found[1], "Enterprise Linux")


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> re.Match[str] | None:
    return next((found for text in texts if (found := pattern.search(text))), None)


def _known(family: str, key: str, name: str) -> OperatingSystem:
    return table().get((family, key)) or OperatingSystem(name=f"{name} {key}".rstrip(), cycle=key)


@cache
def table() -> Mapping[tuple[str, str], OperatingSystem]:
    """All known systems by family and key."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return {
            (row["family"], key): _system(row) for row in csv.DictReader(lines) for key in row["keys"].split()
        }


def _system(row: Mapping[str, str]) -> OperatingSystem:
    earliest, latest = (
        date.fromisoformat(row[c]) if row[c] else None for c in ("earliest_end", "latest_end")
    )
    exact = earliest == latest
    return OperatingSystem(
        name=row["name"],
        cycle=row["cycle"],
        end_of_support=latest if exact else None,
        edition_unknown=not exact,
        earliest_end=earliest,
        latest_end=latest,
    )
