"""A socket whose agent has answered asks the next one, and nothing of the last agent reaches it."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from pysnmp.proto import rfc1902

from monitoring.probes.answer import Answer, Reason
from monitoring.probes.engine import sweep
from monitoring.probes.target import Limits, SnmpAccess, SnmpVersion
from tests.support import agents
from tests.support.agents import Agent, serving
from tests.support.sample import OBJECTS, PUBLIC, SERVICES, snmp_target

ONE_AT_A_TIME = Limits(timeout_s=0.3, retries=0, at_once=1)
V1 = SnmpAccess(version=SnmpVersion.V1, community="public")


class Noting(Agent):
    """Notes who asks."""

    def __init__(self, services: int, community: str = "public") -> None:
        super().__init__(OBJECTS | {SERVICES: rfc1902.Integer32(services)}, community)
        self.asked_by: set[int] = set()

    def datagram_received(self, data: bytes, sender: tuple[str | object, int]) -> None:
        self.asked_by.add(sender[1])
        super().datagram_received(data, sender)


async def asked_in_turn(*asked: tuple[Agent, SnmpAccess]) -> list[Answer]:
    async with AsyncExitStack() as stack:
        ports = [await stack.enter_async_context(serving(agent)) for agent, _ in asked]
        targets = [
            snmp_target(port, access=access, key=key)
            for key, (port, (_, access)) in enumerate(zip(ports, asked, strict=True))
        ]
        answers = {answer.key: answer async for answer in sweep(targets, ONE_AT_A_TIME)}
    return [answers[key] for key in range(len(asked))]


async def test_agents_of_one_community_are_asked_from_one_socket() -> None:
    first, second = Noting(1), Noting(2)
    answers = await asked_in_turn((first, PUBLIC), (second, PUBLIC))
    assert [answer.values for answer in answers] == [(1.0,), (2.0,)]
    assert first.asked_by == second.asked_by


@pytest.mark.parametrize("other", [V1, replace(PUBLIC, community="other")])
async def test_another_community_or_version_has_a_socket_of_its_own(other: SnmpAccess) -> None:
    first, second = Noting(1), Noting(2, other.community)
    answers = await asked_in_turn((first, PUBLIC), (second, other))
    assert [answer.values for answer in answers] == [(1.0,), (2.0,)]
    assert not first.asked_by & second.asked_by


@pytest.mark.parametrize(
    "kind", [agents.Stuttering, agents.MistakenThenRight, agents.Mistaken, agents.CutOff, agents.Late]
)
async def test_what_an_agent_still_sends_does_not_touch_the_next_one(kind: type[Agent]) -> None:
    bad = [(kind(OBJECTS), PUBLIC) for _ in range(2)]
    good = [(Noting(5), PUBLIC) for _ in range(2)]
    answers = await asked_in_turn(bad[0], good[0], bad[1], good[1])
    assert [(answer.values, answer.reason) for answer in answers[1::2]] == [((5.0,), Reason.NONE)] * 2
