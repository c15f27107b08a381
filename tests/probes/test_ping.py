"""Ping on loopback, and what is said where pinging is not allowed."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitoring.probes.answer import Reason
from monitoring.probes.engine import sweep
from monitoring.probes.icmp import Permission, Pinger, permission
from monitoring.probes.names import numeric_address
from monitoring.probes.profile import Profile
from monitoring.probes.target import Limits, Target

PINGED = Profile(name="pinged", version=1, kinds=(), interval_s=60)
may_ping = pytest.mark.skipif(permission() is Permission.MISSING, reason="this process may not ping")
has_ipv6 = pytest.mark.skipif(not Path("/proc/net/if_inet6").exists(), reason="no IPv6 here")
_SAY_PERMISSION = "from monitoring.probes.icmp import permission; print(permission())"


@may_ping
async def test_many_addresses_answer_through_one_socket() -> None:
    targets = [
        Target(key=key, address=f"127.20.{key >> 8}.{key & 255}", profile=PINGED) for key in range(1000)
    ]
    answers = [answer async for answer in sweep(targets, Limits(at_once_ping=400))]
    assert len(answers) == 1000
    assert {answer.reason for answer in answers} == {Reason.NONE}
    assert all(answer.values[0] is not None and 0 <= answer.values[0] < 1000 for answer in answers)


@may_ping
@has_ipv6
async def test_both_families_answer() -> None:
    pinger = Pinger()
    try:
        for address in ("127.0.0.1", "::1"):
            where = numeric_address(address)
            assert where is not None
            assert (await pinger.ping(where, 1.0)).rtt_ms is not None
    finally:
        pinger.close()


@may_ping
async def test_an_address_that_refuses_broadcasts_is_unreachable() -> None:
    pinger = Pinger()
    where = numeric_address("255.255.255.255")
    assert where is not None
    try:
        pong = await pinger.ping(where, 0.2)
    finally:
        pinger.close()
    assert pong.rtt_ms is None
    assert pong.reason is Reason.UNREACHABLE


@may_ping
async def test_closing_answers_who_still_waits() -> None:
    pinger = Pinger()
    where = numeric_address("127.0.0.1")
    assert where is not None
    waiting = asyncio.ensure_future(pinger.ping(where, 60))
    await asyncio.sleep(0)
    pinger.close()
    assert (await waiting).reason is Reason.SILENT


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="util-linux is absent")
def test_without_the_capability_the_group_range_decides() -> None:
    command = [
        *("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw"),
        *(sys.executable, "-c", _SAY_PERMISSION),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    if said.returncode:
        pytest.skip(f"capabilities cannot be dropped here: {said.stderr[-200:]}")
    low, high = map(int, Path("/proc/sys/net/ipv4/ping_group_range").read_text().split())
    in_range = low <= high
    assert said.stdout.strip() in ({"datagram", "missing"} if in_range else {"missing"})
