"""A device's recording in snmpsim's .snmprec form, answered from the file instead of from the wire."""

from dataclasses import dataclass
from pathlib import Path

from monitoring.probes.answer import Column, Raw, Reason, SnmpValue
from monitoring.probes.identity_file import OID
from monitoring.probes.profile import Profile
from monitoring.probes.question import questions

# Tags of the form "4" or "4x" (hexadecimal); RFC 2578: 64 IpAddress, 65 Counter32, 66 Gauge32 … 70 Counter64.
_OCTETS = frozenset({"4", "68"})
_NUMBERS = frozenset({"2", "65", "66", "67", "70"})


@dataclass(frozen=True, slots=True)
class Recording:
    """One agent's objects by OID, in the agent's order."""

    objects: dict[str, SnmpValue]

    def walk(self, column: str) -> Column:
        """The rows under a column's OID."""
        prefix = column + "."
        return tuple(
            (oid[len(prefix) :], value) for oid, value in self.objects.items() if oid.startswith(prefix)
        )


def read_recording(path: Path) -> Recording:
    """The recording in a file; lines that no agent could answer (null, damaged OIDs) are left out."""
    found: dict[str, SnmpValue] = {}
    for line in path.read_text(encoding="utf-8", errors="surrogateescape").split("\n"):
        oid, _, rest = line.partition("|")
        tag, separator, text = rest.partition("|")
        value = _value(tag, text) if separator else None
        if value is not None and OID.fullmatch(oid):
            found[oid] = value
    return Recording(dict(sorted(found.items(), key=lambda item: tuple(map(int, item[0].split("."))))))


def answer_from(recording: Recording, profile: Profile, ask_texts: bool = True) -> Raw:
    """What the engine would bring home from this agent."""
    asked = questions(profile, ask_texts)
    scalars = {*asked.scalars, *asked.fallbacks.values()}
    columns = {*asked.columns, *asked.fallbacks.values()}
    return Raw(
        snmp=Reason.NONE if recording.objects else Reason.SILENT,
        scalars={oid: value for oid, value in recording.objects.items() if oid in scalars},
        columns={column: recording.walk(column) for column in columns},
    )


def _value(tag: str, text: str) -> SnmpValue | None:
    if tag.endswith("x"):
        return _from_hex(tag[:-1], text)
    if tag in _OCTETS:
        return text.encode("utf-8", errors="surrogateescape")
    if tag in _NUMBERS:
        return int(text) if text.lstrip("-").isdigit() else None
    return text.lstrip(".") if tag in {"6", "64"} and text else None


def _from_hex(tag: str, text: str) -> SnmpValue | None:
    try:
        octets = bytes.fromhex(text)
    except ValueError:  # damaged when the recording was made anonymous
        return None
    return octets if tag in _OCTETS else ".".join(map(str, octets))
