"""The same questions put by pysnmp 7.1, in its quickest way: v1arch, no MIB, at most 50 in flight."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from pysnmp.hlapi.v1arch.asyncio import CommunityData, SnmpDispatcher, UdpTransportTarget, bulk_cmd, get_cmd

IN_FLIGHT = 50  # more overflows its one socket's receive buffer
ROWS = 50  # the quickest of 25, 50, 100
PUBLIC = CommunityData("public", mpModel=1)

One = Callable[[SnmpDispatcher, UdpTransportTarget], Awaitable[int]]


def gets(addresses: Sequence[str], port: int, oids: Sequence[str]) -> int:
    """How many values came back by one GET to each address."""
    wanted = [(oid, None) for oid in oids]

    async def one(dispatcher: SnmpDispatcher, target: UdpTransportTarget) -> int:
        _, _, _, bindings = await get_cmd(dispatcher, PUBLIC, target, *wanted)
        return len(bindings)

    return asyncio.run(_all(addresses, port, one))


def walks(addresses: Sequence[str], port: int, table: str) -> int:
    """How many rows came back by walking the table at each address."""

    async def one(dispatcher: SnmpDispatcher, target: UdpTransportTarget) -> int:
        count, last = 0, table
        while True:
            _, _, _, bindings = await bulk_cmd(dispatcher, PUBLIC, target, 0, ROWS, (last, None))
            inside = [str(name) for name, _ in bindings if str(name).startswith(table + ".")]
            count += len(inside)
            if not bindings or len(inside) < len(bindings):
                return count
            last = inside[-1]

    return asyncio.run(_all(addresses, port, one))


async def _all(addresses: Sequence[str], port: int, one: One) -> int:
    dispatcher, free = SnmpDispatcher(), asyncio.Semaphore(IN_FLIGHT)

    async def ask(address: str) -> int:
        async with free:
            target: Any = await UdpTransportTarget.create((address, port), timeout=5, retries=0)
            return await one(dispatcher, target)

    try:
        return sum(await asyncio.gather(*(ask(address) for address in addresses)))
    finally:
        dispatcher.transport_dispatcher.close_dispatcher()
