"""What one profile asks over SNMP, worked out once: the list that the engine sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from monitoring.probes import oids
from monitoring.probes.profile import Number, Profile

_INTERFACES = (
    oids.IF_DESCR,
    oids.IF_TYPE,
    oids.IF_OPER_STATUS,
    oids.IF_HIGH_SPEED,
    oids.IF_SPEED,
    oids.IF_NAME,
)
_MAC_TABLE = (oids.BRIDGE_FDB_PORT, oids.Q_BRIDGE_FDB_PORT, oids.BRIDGE_PORT_INTERFACE)


@dataclass(frozen=True, slots=True)
class Questions:
    """OIDs without leading dot, each once. A fallback is asked only where its first OID brought nothing."""

    scalars: tuple[str, ...]  # GET
    columns: tuple[str, ...]  # walked
    fallbacks: Mapping[str, str]  # OID -> OID; of the same sort, scalar or column, as the first


@lru_cache(maxsize=4096)
def questions(profile: Profile, ask_texts: bool) -> Questions:
    """The questions of one cycle; those of texts, asked once a day and after a restart, only on demand."""
    if not profile.snmp:
        return Questions((), (), {})
    scalars = [oids.SYS_UPTIME] + [number.oid for number in profile.numbers if number.reduce is None]
    scalars += [number.offered_by for number in profile.numbers if number.offered_by]
    columns = _interface_columns(profile, ask_texts)  # first: should the agent fall silent, they are known
    columns += [number.oid for number in profile.numbers if number.reduce is not None]
    if profile.mac_table:
        columns += _MAC_TABLE
    if ask_texts:
        scalars += [text.oid for text in profile.texts if not text.column]
        columns += [text.oid for text in profile.texts if text.column]
        columns += [text.row_by for text in profile.texts if text.row_by]
    fallbacks = {number.oid: number.fallback for number in profile.numbers if number.fallback}
    return Questions(tuple(dict.fromkeys(scalars)), tuple(dict.fromkeys(columns)), fallbacks)


def _interface_columns(profile: Profile, ask_texts: bool) -> list[str]:
    wanted: list[str] = []
    if profile.interfaces:
        wanted += _INTERFACES
    if any(_looks_at_interfaces(number) for number in profile.numbers):
        wanted += (oids.IF_DESCR, oids.IF_TYPE)
    if any(number.only_interface for number in profile.numbers):
        wanted += (oids.IF_NAME, oids.IF_ALIAS)
    if ask_texts:
        wanted += (oids.IF_DESCR, oids.IF_TYPE, oids.IF_PHYS_ADDRESS)
    return wanted


def _looks_at_interfaces(number: Number) -> bool:
    return number.only_physical or bool(number.only_interface)
