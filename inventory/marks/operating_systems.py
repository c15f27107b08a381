"""Which operating system a device says it runs, and until when that is supported."""

import re
from collections.abc import Iterable
from functools import cache

from inventory.marks.facts import OperatingSystem
from inventory.marks.support_table import Systems, by_key, shipped

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
    sys_descr: str,
    sys_object_id: str = "",
    hr_software: Iterable[str] = (),
    systems: Systems | None = None,
) -> OperatingSystem | None:
    """From sysDescr, sysObjectID (Windows: workstation or server) and hrSWInstalledName (Linux releases).

    `systems` is the table in force, else the newest that comes with the program.
    None when nothing is recognised. Windows 10 and 11 call themselves 6.3: the build decides.
    """
    known = table() if systems is None else systems
    if found := WINDOWS.search(sys_descr):
        return _windows(found[1], sys_object_id, known)
    if "Linux" not in sys_descr:
        return None
    parts = LINUX.match(sys_descr)  # the host's own name may say anything
    text = f"{parts[2]}{parts[3]}" if parts else sys_descr
    return (
        _domestic(text, known)
        or _openeuler(text, known)
        or _ubuntu(text, known)
        or _debian(text, hr_software, known)
        or _el(text, hr_software, known)
    )


def _windows(build: str, sys_object_id: str, systems: Systems) -> OperatingSystem:
    families = WINDOWS_ROLE.get(sys_object_id.lstrip("."), ANY_WINDOWS)
    known = [system for family in families if (system := systems.get((family, build)))]
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


def _domestic(text: str, systems: Systems) -> OperatingSystem | None:
    """Kylin, UOS, deepin by their kernels' names."""
    if "KYLINOS" in text:
        return _known("domestic", "kylinos", "Kylin", systems)
    for name in ("v2101.ky10", "v2401.ky10", "ky10", "uel20"):
        if f".{name}" in text:
            return _known("domestic", name, "Kylin" if "ky10" in name else "UOS", systems)
    if re.search(r"[0-9]-(?:amd64|arm64|loong64|loongson)-desktop", text):
        return _known("domestic", "desktop", "UOS", systems)
    return None


def _openeuler(text: str, systems: Systems) -> OperatingSystem | None:
    found = OPENEULER.search(text)
    return _known("openeuler", found[1], "openEuler", systems) if found else None


def _ubuntu(text: str, systems: Systems) -> OperatingSystem | None:
    if "-Ubuntu" not in text:
        return None
    found = UBUNTU_VERSION.search(text) or SERIES.match(text)
    return _known("ubuntu", found[1] if found else "", "Ubuntu", systems)


def _debian(text: str, hr_software: Iterable[str], systems: Systems) -> OperatingSystem | None:
    if "Debian" not in text:
        return None
    found = DEBIAN_VERSION.search(text) or _first(DEBIAN_VERSION, hr_software) or SERIES.match(text)
    return _known("debian", found[1] if found else "", "Debian", systems)


def _el(text: str, hr_software: Iterable[str], systems: Systems) -> OperatingSystem | None:
    found = ENTERPRISE.search(text)
    if not found:
        return None
    package = _first(RELEASE_PACKAGE, hr_software)
    return _known(package[1] if package else "el", found[1], "Enterprise Linux", systems)


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> re.Match[str] | None:
    return next((found for text in texts if (found := pattern.search(text))), None)


def _known(family: str, key: str, name: str, systems: Systems) -> OperatingSystem:
    return systems.get((family, key)) or OperatingSystem(name=f"{name} {key}".rstrip(), cycle=key)


@cache
def table() -> Systems:
    """All known systems by family and key, as the newest table that comes with the program has them."""
    return by_key(shipped()[-1].releases)
