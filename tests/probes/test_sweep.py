"""A whole sweep: one answer for each target, nobody waits for the dead, nothing escapes."""

import asyncio
import logging
import resource
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monitoring.probes.answer import Answer, Raw, Reason
from monitoring.probes.engine import ask, sweep
from monitoring.probes.profile import HttpQuestion, Number, Profile
from monitoring.probes.target import Limits, Target
from monitoring.probes.understand import understand
from tests.support.agents import Agent, Reply, Saying, serving
from tests.support.sample import (
    COLUMN,
    MISSING,
    OBJECTS,
    QUICK,
    SCALAR_PROFILE,
    SERVICES,
    UPTIME,
    WALK_PROFILE,
    snmp_target,
)


class Counting(Agent):
    """Answers after a while and remembers how many it had to answer at once."""

    def __init__(self) -> None:
        super().__init__(OBJECTS)
        self.now = self.most = 0

    def replies(self, data: bytes) -> list[Reply]:
        self.now += 1
        self.most = max(self.most, self.now)
        return [(0.02, datagram) for _, datagram in super().replies(data)]

    def _send(self, datagram: bytes, receiver: Any) -> None:
        self.now -= 1
        super()._send(datagram, receiver)


async def test_every_target_has_exactly_one_answer() -> None:
    async with serving(Agent(OBJECTS)) as port:
        targets = [snmp_target(port, key=key, line=key % 7) for key in range(700)]
        keys = [answer.key async for answer in sweep(targets, Limits(at_once=60, per_line=10))]
    assert sorted(keys) == list(range(700))


async def test_no_targets_give_no_answers() -> None:
    assert [answer async for answer in sweep([])] == []


async def test_a_line_is_asked_no_more_at_once_than_it_may_be() -> None:
    agent = Counting()
    async with serving(agent) as port:
        targets = [snmp_target(port, key=key, line=1) for key in range(40)]
        answers = [answer async for answer in sweep(targets, Limits(per_line=5))]
    assert agent.most == 5
    assert {answer.reason for answer in answers} == {Reason.NONE}


async def test_the_living_do_not_wait_for_the_dead() -> None:
    async with serving(Agent(OBJECTS)) as port, serving(Saying()) as silent:
        dead = [snmp_target(silent, key=key) for key in range(50)]
        alive = [snmp_target(port, key=key) for key in range(100, 200)]
        keys = [answer.key async for answer in sweep([*dead, *alive], replace(QUICK, at_once=60))]
    assert set(keys[:100]) == set(range(100, 200))


async def test_equipment_known_to_be_down_gets_one_try() -> None:
    silent = Saying()
    async with serving(silent) as port:
        [answer] = [answer async for answer in sweep([snmp_target(port, down=True)], QUICK)]
    assert answer.reason is Reason.SILENT
    assert silent.asked == 1


async def test_equipment_thought_to_be_down_is_asked_all_when_it_answers() -> None:
    async with serving(Agent(OBJECTS)) as port:
        raw = await ask(snmp_target(port, WALK_PROFILE, down=True), QUICK)
    assert raw.columns is not None
    assert len(raw.columns[COLUMN]) == 130


async def test_an_agent_that_dribbles_uses_up_its_time_and_no_more() -> None:
    class Dribbling(Agent):
        def replies(self, data: bytes) -> list[Reply]:
            return [(0.15, datagram) for _, datagram in super().replies(data)]

        def rows_after(self, name: tuple[int, ...], many: int) -> list[tuple[tuple[int, ...], Any]]:
            return super().rows_after(name, 1)

    async with serving(Dribbling(OBJECTS)) as port:
        raw = await ask(snmp_target(port, WALK_PROFILE), replace(QUICK, budget_s=0.6))
    assert raw.snmp is Reason.BUDGET
    assert raw.scalars
    assert not raw.columns


def failing(key: int, profile: Profile, raw: Raw) -> Answer:
    if key == 2:
        raise ZeroDivisionError
    return understand(key, profile, raw)


async def test_an_answer_that_cannot_be_understood_is_that_ones_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving(Agent(OBJECTS)) as port:
        targets = [snmp_target(port, key=key) for key in range(5)]
        with caplog.at_level(logging.CRITICAL):
            answers = {answer.key: answer async for answer in sweep(targets, QUICK, failing)}
    assert {key for key, answer in answers.items() if answer.reason is Reason.UNKNOWN} == {2}
    assert answers[2].values == (None,)


async def test_a_target_that_cannot_be_asked_is_unknown(caplog: pytest.LogCaptureFixture) -> None:
    broken = replace(SCALAR_PROFILE, numbers=(Number(name="nonsense", oid="not an OID"),))
    with caplog.at_level(logging.CRITICAL):
        raw = await ask(snmp_target(1, broken), QUICK)
    assert raw.snmp is Reason.UNKNOWN


async def test_leaving_early_ends_the_asking() -> None:
    async with serving(Agent(OBJECTS)) as port, serving(Saying()) as silent:
        targets = [snmp_target(silent, key=key) for key in range(20)] + [snmp_target(port, key=99)]
        answers = sweep(targets, QUICK)
        async for answer in answers:
            assert answer.key == 99
            break
        await answers.aclose()  # type: ignore[attr-defined]
        assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_fallback_is_asked_where_the_first_brought_nothing() -> None:
    number = Number(name="services", oid=MISSING, fallback=SERVICES)
    other = Number(name="uptime", oid=UPTIME, fallback=SERVICES)
    profile = replace(SCALAR_PROFILE, numbers=(number, other))
    async with serving(Agent(OBJECTS)) as port:
        [answer] = [answer async for answer in sweep([snmp_target(port, profile)], QUICK)]
    assert answer.values == (-72.0, 123_456.0)


async def test_more_sockets_than_the_usual_limit_are_no_trouble() -> None:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (120, limit[1]))
    try:
        async with serving(Saying()) as port:
            targets = [snmp_target(port, key=key) for key in range(300)]
            reasons = [answer.reason async for answer in sweep(targets, QUICK)]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limit)
    assert reasons == [Reason.SILENT] * 300


async def test_snmp_without_any_access_is_not_taken_for_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL):
        [answer] = [answer async for answer in sweep([replace(snmp_target(1), snmp=None)], QUICK)]
    assert answer.reason is Reason.UNKNOWN
    assert not answer.answered


@pytest.mark.skipif(not Path("/proc/net/if_inet6").exists(), reason="no IPv6 here")
async def test_agents_are_asked_over_ipv6() -> None:
    async with serving(Agent(OBJECTS), "::1") as port:
        raw = await ask(snmp_target(port, address="::1"), QUICK)
    assert raw.scalars is not None
    assert raw.scalars[SERVICES] == -72


SILENT_ALL: list[tuple[str, Callable[[Raw], object]]] = [
    ("ping", lambda raw: raw.ping),
    ("snmp", lambda raw: raw.snmp),
    ("http", lambda raw: raw.http),
    ("tcp", lambda raw: (raw.tcp or {}).get(9)),
]


@pytest.mark.parametrize(("part", "reason"), SILENT_ALL)
async def test_each_part_fails_for_its_own_reason(part: str, reason: Callable[[Raw], object]) -> None:
    everything = replace(SCALAR_PROFILE, ping=True, http=HttpQuestion(), tcp_ports=(9,))
    target = Target(key=1, address="no-such-host.invalid", profile=everything, snmp=snmp_target(1).snmp)
    assert reason(await ask(target, QUICK)) is Reason.NAME
