"""gufo-snmp and pysnmp, each behind the same guards, say the same of the same agent."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from monitoring.probes.answer import Reason, SnmpValue
from monitoring.probes.gufo import GufoSession
from monitoring.probes.lines import Lines
from monitoring.probes.names import numeric_address
from monitoring.probes.pysnmp_fallback import PysnmpSession
from monitoring.probes.snmp import Patience, SnmpFailure, SnmpSession
from monitoring.probes.strays import Strays
from monitoring.probes.target import Auth, Privacy, SnmpAccess, SnmpVersion
from tests.probes.conftest import usm
from tests.support import agents
from tests.support.agents import Agent, serving
from tests.support.sample import COLUMN, DESCRIPTIONS, MISSING, OBJECTS, PUBLIC, ROWS, SCALARS

V1 = SnmpAccess(version=SnmpVersion.V1, community="public")
Question = Callable[[SnmpSession], Awaitable[Any]]


async def both(port: int, access: SnmpAccess, question: Question, timeout_s: float = 0.3) -> tuple[Any, ...]:
    """What the question brings through gufo-snmp and through pysnmp: a value, or a reason."""
    where = numeric_address("127.0.0.1")
    assert where is not None
    async with AsyncExitStack() as stack:
        lines, strays = Lines(), Strays()
        stack.callback(lines.close)
        stack.callback(strays.close)
        deadline = asyncio.get_running_loop().time() + 10
        patience = Patience(
            timeout_s=timeout_s, tries=2, deadline=deadline, walk_rows=1_000, answer_bytes=100_000
        )
        gufo = GufoSession(where, port, access, patience, lines, strays)
        stack.callback(gufo.close)
        pysnmp = PysnmpSession(where, port, access, patience)
        stack.callback(pysnmp.close)
        return tuple(await asyncio.gather(_outcome(question(gufo)), _outcome(question(pysnmp))))


async def _outcome(asked: Awaitable[Any]) -> Any:
    try:
        return await asked
    except SnmpFailure as failure:
        return failure.reason


@pytest.mark.parametrize("access", [V1, PUBLIC])
async def test_scalars_of_all_types_are_the_same(access: SnmpAccess) -> None:
    async with serving(Agent(OBJECTS)) as port:
        gufo, pysnmp = await both(port, access, lambda session: session.get([*SCALARS, MISSING]))
    assert gufo == pysnmp
    assert list(gufo) == SCALARS


@pytest.mark.parametrize("access", [V1, PUBLIC])
async def test_walks_are_the_same(access: SnmpAccess) -> None:
    async with serving(Agent(OBJECTS)) as port:
        gufo, pysnmp = await both(port, access, lambda session: session.walk(COLUMN))
        whole, whole_too = await both(port, access, lambda session: session.walk("1.3.6"))
    assert gufo == pysnmp
    assert [index for index, _ in gufo] == [str(row) for row in range(1, ROWS + 1)]
    if access is PUBLIC:  # SNMPv1 has no Counter64
        assert whole == whole_too
        assert len(whole) == len(OBJECTS)


async def test_values_keep_their_types() -> None:
    async with serving(Agent(OBJECTS)) as port:
        gufo, pysnmp = await both(port, PUBLIC, lambda session: session.walk("1.3.6"))
    values: dict[str, SnmpValue] = dict(gufo)
    assert dict(pysnmp) == values
    assert values["1.2.1.1.4.0"] == "安化县".encode()
    assert values["1.2.1.1.2.0"] == "1.3.6.1.4.1.8072.3.2.10"
    assert values["1.2.1.4.20.1.1.10.0.0.1"] == "10.0.0.1"
    assert values["1.2.1.31.1.1.1.6.1"] == 2**64 - 1
    assert values["1.4.1.2021.10.1.6.1"] == b"\x9f\x78\x04\x42\xf6\x00\x00"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: agents.Circling(OBJECTS), Reason.NOT_INCREASING),
        (lambda: agents.Mistaken(OBJECTS), Reason.FOREIGN),
        (lambda: agents.Hopeless(OBJECTS), Reason.TOO_BIG),
        (lambda: agents.CutOff(OBJECTS), Reason.MALFORMED),
        (lambda: agents.Failing(OBJECTS, 5), Reason.AGENT_ERROR),
        (lambda: agents.Failing(OBJECTS, 16), Reason.NOT_ALLOWED),
        (lambda: agents.Saying(), Reason.SILENT),
        (lambda: agents.Saying(b"\x30\x03\x02\x01\x01"), Reason.MALFORMED),
    ],
)
async def test_walks_of_bad_agents_fail_for_the_same_reason(
    make: Callable[[], Agent], reason: Reason
) -> None:
    async with serving(make()) as port:
        assert await both(port, PUBLIC, lambda session: session.walk(COLUMN)) == (reason, reason)


@pytest.mark.parametrize("kind", [agents.MistakenThenRight, agents.Stuttering, agents.Overwhelmed])
async def test_walks_of_bad_agents_that_can_be_put_up_with_are_the_same(kind: type[Agent]) -> None:
    async with serving(kind(OBJECTS)) as port:
        gufo, pysnmp = await both(port, PUBLIC, lambda session: session.walk(DESCRIPTIONS))
    assert gufo == pysnmp
    assert len(gufo) == ROWS


@pytest.mark.parametrize(("limit", "reason"), [(ROWS, None), (ROWS - 1, Reason.TOO_BIG)])
async def test_a_walk_stops_at_the_limit_of_rows(limit: int, reason: Reason | None) -> None:
    async def walk(session: SnmpSession) -> Any:
        session._patience = session._patience._replace(walk_rows=limit)  # type: ignore[attr-defined]
        return await session.walk(COLUMN)

    async with serving(Agent(OBJECTS)) as port:
        gufo, pysnmp = await both(port, PUBLIC, walk)
    assert gufo == pysnmp
    assert reason is None or gufo is reason


async def test_a_closed_port_is_refused_for_both() -> None:
    async with serving(Agent({})) as port:
        pass
    assert await both(port, PUBLIC, lambda session: session.get(SCALARS)) == (Reason.REFUSED,) * 2


@pytest.mark.parametrize(
    ("auth", "privacy"),
    [
        (Auth.MD5, Privacy.DES),
        (Auth.SHA1, Privacy.AES128),
        (Auth.SHA256, Privacy.AES128),
        (Auth.SHA512, Privacy.AES256),
    ],
)
async def test_a_real_agent_says_the_same_to_both(snmpd_port: int, auth: Auth, privacy: Privacy) -> None:
    names = [name for name in SCALARS if name != "1.3.6.1.2.1.1.3.0"]
    access = usm(auth, privacy)
    gufo, pysnmp = await both(snmpd_port, access, lambda session: session.get(names), 1.0)
    assert gufo == pysnmp
    assert gufo["1.3.6.1.2.1.1.5.0"] == b"county"
    gufo, pysnmp = await both(snmpd_port, access, lambda session: session.walk("1.3.6.1.2.1.2.2.1.2"), 1.0)
    assert gufo == pysnmp != ()


@pytest.mark.parametrize(
    "access",
    [
        usm(user="nobody"),
        usm(Auth.SHA256, Privacy.AES128, user="sha1-aes128"),
        usm(Auth.SHA1, Privacy.AES128, user="sha1-none"),
        usm(Auth.SHA1, Privacy.DES, user="sha1-aes128"),
    ],
)
async def test_wrong_secrets_are_told_by_both(snmpd_port: int, access: SnmpAccess) -> None:
    outcome = await both(snmpd_port, access, lambda session: session.get(SCALARS), 1.0)
    assert outcome == (Reason.WRONG_CREDENTIALS,) * 2
