"""TCP ports: open, closed, and told apart."""

import asyncio

from monitoring.probes.answer import Reason
from monitoring.probes.engine import ask
from monitoring.probes.profile import Profile
from monitoring.probes.target import Target
from tests.support.sample import QUICK


async def test_open_and_closed_ports_are_told_apart() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    profile = Profile(name="ports", version=1, kinds=(), interval_s=60, ping=False, tcp_ports=(port, 1))
    async with server:
        raw = await ask(Target(key=1, address="127.0.0.1", profile=profile), QUICK)
    assert raw.tcp == {port: Reason.NONE, 1: Reason.REFUSED}
    assert raw.tcp_ms is not None
    assert raw.tcp_ms[1] is None
    assert (raw.tcp_ms[port] or 0) > 0
