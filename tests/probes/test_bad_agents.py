"""Each ill-mannered agent gives its exact reason, whichever library asks, and never an exception."""

from collections.abc import Callable
from typing import Any

import pytest

from monitoring.probes.answer import Reason
from monitoring.probes.engine import ask, sweep
from monitoring.probes.target import SnmpAccess
from tests.support import agents
from tests.support.agents import Agent, serving
from tests.support.sample import (
    COLUMN,
    OBJECTS,
    QUICK,
    ROWS,
    SERVICES,
    WALK_PROFILE,
    snmp_target,
)

Make = Callable[[], Any]


def failing(status: int) -> Make:
    return lambda: agents.Failing(OBJECTS, status)


def saying(*datagrams: bytes) -> Make:
    return lambda: agents.Saying(*datagrams)


def serving_class(kind: type[Agent]) -> Make:
    return lambda: kind(OBJECTS)


ANSWERING = [agents.MistakenThenRight, agents.Stuttering, agents.Late, agents.Overwhelmed, agents.Circling]


@pytest.mark.parametrize("kind", ANSWERING)
async def test_bad_manners_that_can_be_put_up_with_cost_no_value(kind: type[Agent]) -> None:
    async with serving(kind(OBJECTS)) as port:
        raw = await ask(snmp_target(port), QUICK)
    assert raw.snmp is Reason.NONE
    assert raw.scalars is not None
    assert raw.scalars[SERVICES] == -72


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (serving_class(agents.Mistaken), Reason.FOREIGN),
        (serving_class(agents.Hopeless), Reason.TOO_BIG),
        (serving_class(agents.CutOff), Reason.MALFORMED),
        (serving_class(agents.Elsewhere), Reason.FOREIGN),
        (serving_class(agents.Wordless), Reason.EMPTY),
        (serving_class(agents.OffTopic), Reason.EMPTY),
        (lambda: Agent({}), Reason.EMPTY),
        (lambda: Agent(OBJECTS, community="other"), Reason.SILENT),
        (failing(5), Reason.AGENT_ERROR),
        (failing(6), Reason.NOT_ALLOWED),
        (failing(13), Reason.AGENT_ERROR),
        (failing(16), Reason.NOT_ALLOWED),
        (saying(), Reason.SILENT),
        (saying(b"0"), Reason.MALFORMED),
        (saying(b"\x30\x00"), Reason.MALFORMED),
        (saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"), Reason.MALFORMED),
        (saying(b"\x30\x82\x27\x10" + bytes(10_000)), Reason.TOO_BIG),
    ],
)
async def test_each_bad_answer_has_its_reason(make: Make, reason: Reason) -> None:
    async with serving(make()) as port:
        [answer] = [answer async for answer in sweep([snmp_target(port)], QUICK)]
    assert answer.reason is reason
    assert answer.values == (None,)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (serving_class(agents.Circling), Reason.NOT_INCREASING),
        (serving_class(agents.Elsewhere), Reason.FOREIGN),
        (failing(5), Reason.AGENT_ERROR),
    ],
)
async def test_a_walk_that_fails_leaves_no_half_column(make: Make, reason: Reason) -> None:
    async with serving(make()) as port:
        raw = await ask(snmp_target(port, WALK_PROFILE), QUICK)
    assert raw.snmp is reason
    assert COLUMN not in (raw.columns or {})


@pytest.mark.parametrize("kind", [agents.MistakenThenRight, agents.Stuttering, agents.Overwhelmed])
async def test_walks_end_with_all_rows_in_spite_of_bad_manners(kind: type[Agent]) -> None:
    async with serving(kind(OBJECTS)) as port:
        raw = await ask(snmp_target(port, WALK_PROFILE), QUICK)
    assert raw.snmp is Reason.NONE
    assert raw.columns is not None
    assert [index for index, _ in raw.columns[COLUMN]] == [str(row) for row in range(1, ROWS + 1)]


async def test_a_closed_port_is_told_from_silence() -> None:
    async with serving(Agent({})) as port:
        pass
    assert (await ask(snmp_target(port), QUICK)).snmp is Reason.REFUSED


async def test_a_name_that_does_not_resolve_is_told_at_once() -> None:
    raw = await ask(snmp_target(161, address="no-such-host.invalid"), QUICK)
    assert raw.snmp is Reason.NAME


@pytest.mark.parametrize("address", ["", "a" * 300, "127.0.0.1:161", "256.1.1.1", "::gg", "-", "a..b", "\0"])
async def test_nonsense_for_an_address_is_a_reason(address: str) -> None:
    raw = await ask(snmp_target(161, address=address), QUICK)
    assert raw.snmp in (Reason.NAME, Reason.REFUSED, Reason.UNREACHABLE)


@pytest.mark.parametrize("address", ["255.255.255.255", "fe80::1%1"])
async def test_an_address_without_a_way_to_it_is_unreachable(address: str) -> None:
    assert (await ask(snmp_target(161, address=address), QUICK)).snmp is Reason.UNREACHABLE


async def test_a_long_community_is_sent_whole() -> None:
    async with serving(Agent(OBJECTS, community="c" * 300)) as port:
        raw = await ask(snmp_target(port, access=SnmpAccess(community="c" * 300)), QUICK)
    assert raw.snmp is Reason.NONE
