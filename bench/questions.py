"""What the benches ask, and of whom: profiles over the fast agent's objects, targets on loopback."""

import asyncio
from collections.abc import Sequence

from monitoring.probes.answer import Answer
from monitoring.probes.engine import sweep
from monitoring.probes.profile import Number, Profile, Quantity, Reduce
from monitoring.probes.target import Limits, SnmpAccess, Target

IF_X_TABLE = "1.3.6.1.2.1.31.1.1"
PORTS, COLUMNS = 48, 10
_SYSTEM = ("1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.7.0", "1.3.6.1.2.1.2.1.0", "1.3.6.1.2.1.25.2.2.0")
_COUNTERS = tuple(f"1.3.6.1.2.1.31.1.1.1.{column}.1" for column in (6, 7, 8, 10, 11, 12))
_MORE = tuple(f"1.3.6.1.2.1.2.2.1.{column}.1" for column in (3, 4, 5, 7, 8))
TEN, FIFTEEN = _SYSTEM + _COUNTERS, _SYSTEM + _COUNTERS + _MORE


def scalars(name: str, oids: Sequence[str]) -> Profile:
    """One GET of these objects, those of the first port's 64-bit counters as rates."""
    numbers = [
        Number(name=f"n{at}", oid=oid, quantity=Quantity.COUNTER64 if oid in _COUNTERS else Quantity.GAUGE)
        for at, oid in enumerate(oids, 1)
    ]
    return Profile(
        name=name, version=1, kinds=(), interval_s=300, ping=False, snmp=True, numbers=tuple(numbers)
    )


TEN_SCALARS = scalars("bench_ten", TEN)
FIFTEEN_SCALARS = scalars("bench_fifteen", FIFTEEN)
INTERFACES = Profile(
    name="bench_interfaces",
    version=1,
    kinds=(),
    interval_s=300,
    ping=False,
    snmp=True,
    numbers=(Number(name="cells", oid=IF_X_TABLE, reduce=Reduce.COUNT),),
)
PING = Profile(name="bench_ping", version=1, kinds=(), interval_s=300)


def loopback(count: int, dead: int = 0) -> list[str]:
    """So many addresses of the fast agent, the dead ones evenly among them."""
    share = dead / count if count else 0
    return [
        f"127.{9 if int((n + 1) * share) > int(n * share) else 1}.{n // 250}.{n % 250 + 1}"
        for n in range(count)
    ]


def targets(
    addresses: Sequence[str], profile: Profile, access: SnmpAccess | None = None, port: int = 161
) -> list[Target]:
    return [
        Target(key=key, address=address, profile=profile, snmp=access, snmp_port=port, ask_texts=False)
        for key, address in enumerate(addresses)
    ]


def swept(asked: Sequence[Target], limits: Limits = Limits()) -> list[Answer]:  # noqa: B008 -- frozen
    """All answers of one sweep of the product's engine."""

    async def collected() -> list[Answer]:
        return [answer async for answer in sweep(asked, limits)]

    return asyncio.run(collected())
