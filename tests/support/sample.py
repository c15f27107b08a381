"""What the agents of the probe tests say, and the profiles that ask for it."""

from dataclasses import replace
from typing import Any

from pysnmp.proto import rfc1902

from monitoring.probes.profile import Number, Profile, Reduce
from monitoring.probes.target import Limits, SnmpAccess, Target
from tests.support.agents import octets

UPTIME = "1.3.6.1.2.1.1.3.0"
NAME = "1.3.6.1.2.1.1.5.0"
SERVICES = "1.3.6.1.2.1.1.7.0"
MISSING = "1.3.6.1.2.1.1.99.0"
COLUMN = "1.3.6.1.2.1.2.2.1.10"
DESCRIPTIONS = "1.3.6.1.2.1.2.2.1.2"
ROWS = 130

OBJECTS: dict[str, Any] = {
    "1.3.6.1.2.1.1.1.0": octets("Switch"),
    "1.3.6.1.2.1.1.2.0": rfc1902.ObjectIdentifier("1.3.6.1.4.1.8072.3.2.10"),
    UPTIME: rfc1902.TimeTicks(123_456),
    "1.3.6.1.2.1.1.4.0": octets("安化县"),
    NAME: octets("switch-1"),
    "1.3.6.1.2.1.1.6.0": octets(""),
    SERVICES: rfc1902.Integer32(-72),
    "1.3.6.1.2.1.4.20.1.1.10.0.0.1": rfc1902.IpAddress("10.0.0.1"),
    "1.3.6.1.2.1.31.1.1.1.6.1": rfc1902.Counter64(2**64 - 1),
    "1.3.6.1.2.1.31.1.1.1.15.1": rfc1902.Gauge32(2**32 - 1),
    "1.3.6.1.4.1.2021.10.1.6.1": rfc1902.Opaque(b"\x9f\x78\x04\x42\xf6\x00\x00"),
    **{f"{COLUMN}.{row}": rfc1902.Counter32(row * 30_000_000) for row in range(1, ROWS + 1)},
    **{f"{DESCRIPTIONS}.{row}": octets(f"GigabitEthernet1/0/{row}") for row in range(1, ROWS + 1)},
}
SCALARS = [name for name in OBJECTS if name.endswith(".0")]

PUBLIC = SnmpAccess(community="public")
QUICK = Limits(timeout_s=0.3, retries=1, timeout_down_s=0.2, budget_s=5)

SCALAR_PROFILE = Profile(
    name="scalars",
    version=1,
    kinds=(),
    interval_s=60,
    ping=False,
    snmp=True,
    numbers=(Number(name="services", oid=SERVICES),),
)
WALK_PROFILE = replace(SCALAR_PROFILE, numbers=(Number(name="octets", oid=COLUMN, reduce=Reduce.COUNT),))


def snmp_target(
    port: int, profile: Profile = SCALAR_PROFILE, access: SnmpAccess = PUBLIC, **more: Any
) -> Target:
    """A target on loopback that is asked over SNMP for no texts."""
    fields: dict[str, Any] = {"key": 1, "address": "127.0.0.1", "ask_texts": False} | more
    return Target(profile=profile, snmp=access, snmp_port=port, **fields)
