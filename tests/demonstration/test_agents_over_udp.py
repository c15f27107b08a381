"""The field's agents before a real SNMP client, over real UDP."""

import asyncio
import socket
from dataclasses import replace

import pytest
from gufo.snmp.aio import SnmpSession

from inventory.marks.kind import Kind
from itops.site.demonstration import ber
from itops.site.demonstration.agents import Agent, Agents
from itops.site.demonstration.rhythm import SLOT_S, rhythm_of
from itops.site.demonstration.words import COMMUNITY, Behaviour
from monitoring.probes.answer import Reason
from monitoring.probes.engine import sweep
from monitoring.probes.identity import identify
from monitoring.probes.profiles_file import for_agent, profile_named
from monitoring.probes.target import Limits, SnmpAccess, Target

SYS_NAME, IF_NAME = "1.3.6.1.2.1.1.5.0", "1.3.6.1.2.1.31.1.1.1.1"
IN_OCTETS = "1.3.6.1.2.1.31.1.1.1.6"
QUICK = Limits(timeout_s=1.0, retries=0)


async def test_get_and_getnext_answer(talking, endpoints):
    switch = _switch(endpoints)
    async with _session(talking, switch.address) as session:
        assert await session.get(SYS_NAME) == switch.name.encode()
        assert len([value async for _, value in session.getnext(IF_NAME)]) == 24


async def test_getbulk_walks_the_same_as_getnext(talking, endpoints):
    async with _session(talking, _switch(endpoints).address) as session:
        bulk = [row async for row in session.getbulk(IF_NAME)]
        assert bulk == [row async for row in session.getnext(IF_NAME)]
        assert len(bulk) == 24


async def test_a_walk_of_everything_comes_to_its_end_in_order(talking, endpoints):
    async with _session(talking, _switch(endpoints).address) as session:
        walked = [ber.oid(name) async for name, _ in session.getbulk("1.3")]
    assert walked == sorted(set(walked))
    assert len(walked) > 300


async def test_a_missing_object_is_said_to_be_missing(talking, endpoints):
    async with _session(talking, _switch(endpoints).address) as session:
        assert await session.get_many([SYS_NAME, "1.3.6.1.2.1.99.1.0"]) == {
            SYS_NAME: _switch(endpoints).name.encode()
        }


async def test_a_wrong_community_gets_no_answer(talking, endpoints):
    async with SnmpSession(
        addr=_switch(endpoints).address, port=talking.port, community="public", timeout=0.3
    ) as session:
        with pytest.raises(TimeoutError):
            await session.get(SYS_NAME)


async def test_every_manner_of_speaking_answers_its_profile(talking, endpoints):
    """Each with the signs of use that its profile is judged by, and the serial number where it tells one."""
    first = {
        one.speaks: one for one in reversed(endpoints) if one.answers and one.speaks not in {"player", "web"}
    }
    answers = await _swept(talking, list(first.values()))
    for endpoint, answer in answers:
        said = dict(zip(answer.profile.layout, answer.values, strict=True))
        assert (endpoint.speaks, answer.reason) == (endpoint.speaks, Reason.NONE)
        assert all(said[sign] is not None for sign in answer.profile.used_when or {}), endpoint.speaks
        serial = identify(answer.texts, answer.own_macs).serial
        assert serial in {"", endpoint.serial}
        if endpoint.kind in {Kind.PRINTER, Kind.VIDEO_ENDPOINT} or endpoint.speaks in {
            "vrp",
            "comware",
            "ruijie",
        }:
            assert serial == endpoint.serial
    assert {endpoint.speaks for endpoint, _ in answers} == set(first)


async def test_systems_processors_and_memory_are_told(talking, endpoints):
    computers = [one for one in endpoints if one.kind is Kind.COMPUTER and one.answers][:60]
    for endpoint, answer in await _swept(talking, computers):
        assert identify(answer.texts).system == endpoint.system.name
        assert answer.texts["processor"] == endpoint.processor
        assert answer.values[answer.profile.layout.index("memory_mb")] == endpoint.memory_mb


async def test_what_is_silent_is_silent_and_does_not_refuse(talking, endpoints):
    """A refusal would prove that somebody is there."""
    silent = [one for one in endpoints if one.behaviour is Behaviour.SILENT_NOT_FOUND][:3]
    never = [
        one for one in endpoints if one.behaviour is Behaviour.NEVER_OBSERVED and one.kind is Kind.COMPUTER
    ][:1]
    cut = [one for one in endpoints if one.behaviour is Behaviour.CUT_LINE]
    mac_only = [one for one in endpoints if one.behaviour is Behaviour.MAC_ONLY][:1]
    for endpoint, answer in await _swept(talking, silent + never + cut + mac_only):
        assert (endpoint.address, answer.answered, answer.reason) == (endpoint.address, False, Reason.SILENT)


async def test_a_mute_field_is_there_and_says_nothing(endpoints):
    mute = Agents(endpoints, mute=True).open()
    try:
        ((_, answer),) = await _swept(mute, [_switch(endpoints)])
        assert (mute.answering, answer.answered, answer.reason) == (0, False, Reason.SILENT)
    finally:
        mute.close()


async def test_counters_move_between_two_answers(talking, endpoints):
    line = next(one for one in endpoints if one.kind is Kind.NETWORK_LINK and one.answers)
    async with _session(talking, line.address) as session:
        before = await session.get(f"{IN_OCTETS}.1")
        await asyncio.sleep(0.2)
        after = await session.get(f"{IN_OCTETS}.1")
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert after > before


def test_the_mac_table_changes_from_cycle_to_cycle(endpoints):
    switch = _switch(endpoints)
    behind = [
        (one.mac, rhythm_of(one)) for one in endpoints if one.behind == switch.address and one.connected
    ]
    agent = Agent(switch, behind)
    tables = [_macs(agent, slot * SLOT_S + 1.0) for slot in range(4)]
    assert len({frozenset(table) for table in tables}) == 4
    known = {mac for mac, _ in behind}
    assert all(len(known & table) > len(known) / 2 for table in tables)


def test_what_answers_nothing_is_on_its_switch_at_all_times(endpoints):
    quiet = next(one for one in endpoints if one.behaviour is Behaviour.MAC_ONLY)
    switch = next(one for one in endpoints if one.address == quiet.behind)
    agent = Agent(switch, [(quiet.mac, rhythm_of(quiet))])
    assert all(quiet.mac in _macs(agent, slot * SLOT_S + 1.0) for slot in range(30))


def test_broken_requests_do_not_stop_an_agent(endpoints):
    agent = Agent(_switch(endpoints))
    assert agent.answer(b"", 0.0) is None
    assert agent.answer(b"\x30\x82\xff\xff", 0.0) is None
    assert agent.answer(_request(ber.GET, SYS_NAME), 0.0) is not None


def test_no_answer_is_longer_than_a_packet(endpoints):
    agent = Agent(_switch(endpoints))
    answer = agent.answer(_request(ber.GET_BULK, "1.3", repetitions=10_000), 1.0)
    assert answer is not None
    assert 1_000 < len(answer) < 1_472


async def test_the_port_is_the_next_free_one_for_all(endpoints):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((endpoints[-1].address, 0))
        wanted = taken.getsockname()[1]
        opened = Agents(endpoints).open(wanted)
        try:
            assert opened.port > wanted
        finally:
            opened.close()


def _switch(endpoints):
    return next(one for one in endpoints if one.speaks == "vrp" and one.answers)


def _session(talking: Agents, address: str) -> SnmpSession:
    return SnmpSession(addr=address, port=talking.port, community=COMMUNITY, timeout=2)


async def _swept(talking: Agents, endpoints):
    """Each endpoint with its answer, asked as the engine asks once the maker is known."""
    access = SnmpAccess(community=COMMUNITY)
    targets = [
        Target(
            key=key,
            address=one.address,
            profile=replace(_profile(one, talking), http=None),
            snmp=access,
            snmp_port=talking.port,
            ping=False,
        )
        for key, one in enumerate(endpoints)
    ]
    answers = [answer async for answer in sweep(targets, QUICK)]
    return [(endpoints[answer.key], answer) for answer in answers]


def _profile(endpoint, talking: Agents):
    return for_agent(profile_named(endpoint.profile), {"poly": "1.3.6.1.4.1.2684"}.get(endpoint.speaks, ""))


def _request(pdu: int, oid: str, repetitions: int = 0) -> bytes:
    binding = ber.tlv(ber.SEQUENCE, ber.object_id(oid) + b"\x05\x00")
    body = ber.integer(1) + ber.integer(0) + ber.integer(repetitions) + ber.tlv(ber.SEQUENCE, binding)
    return ber.tlv(
        ber.SEQUENCE, ber.integer(1) + ber.tlv(ber.OCTETS, COMMUNITY.encode()) + ber.tlv(pdu, body)
    )


def _macs(agent: Agent, now: float) -> set[str]:
    """The MAC table as GETBULK gives it, in one of the two MIBs."""
    found: set[str] = set()
    for table in ("1.3.6.1.2.1.17.7.1.2.2.1.2.1", "1.3.6.1.2.1.17.4.3.1.2"):
        name = ber.oid(table)
        while len(name) >= len(ber.oid(table)) and name[: len(ber.oid(table))] == ber.oid(table):
            if len(name) == len(ber.oid(table)) + 6:
                found.add(":".join(f"{part:02x}" for part in name[-6:]))
            name = _next(agent, name, now)
    return found


def _next(agent: Agent, name: ber.Oid, now: float) -> ber.Oid:
    """What follows a name; GETNEXT's answer has the form of a request."""
    answer = agent.answer(_request(ber.GET_NEXT, ".".join(map(str, name))), now)
    assert answer is not None
    return ber.request(answer).oids[0]
