"""No datagram, however broken, makes the engine raise or hang."""

import asyncio
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.probes import message
from monitoring.probes.answer import Raw, Reason
from monitoring.probes.engine import ask
from monitoring.probes.profile import Profile
from monitoring.probes.target import Limits, SnmpAccess, SnmpVersion
from tests.support.agents import Agent, Changing, Saying, serving
from tests.support.sample import OBJECTS, PUBLIC, SCALAR_PROFILE, WALK_PROFILE, snmp_target

BRIEF = Limits(timeout_s=0.02, retries=0, budget_s=1)
V3 = SnmpAccess(version=SnmpVersion.V3, user="anybody")


def asked(agent: Agent, profile: Profile = SCALAR_PROFILE, access: SnmpAccess = PUBLIC) -> Raw:
    async def run() -> Raw:
        async with serving(agent) as port:
            return await ask(snmp_target(port, profile, access), BRIEF)

    return asyncio.run(run())


@given(st.binary(min_size=1, max_size=300), st.sampled_from([PUBLIC, V3]))
@settings(max_examples=40, deadline=None)
def test_arbitrary_octets_are_no_answer(datagram: bytes, access: SnmpAccess) -> None:
    assert asked(Saying(datagram), access=access).snmp in (Reason.MALFORMED, Reason.FOREIGN)


@given(st.integers(0, 2**32), st.sampled_from([SCALAR_PROFILE, WALK_PROFILE]))
@settings(max_examples=80, deadline=None)
def test_damaged_answers_never_raise(seed: int, profile: Profile) -> None:
    damage = random.Random(seed)

    def change(datagram: bytes) -> bytes:
        octets = bytearray(datagram)
        for _ in range(damage.randint(1, 4)):
            octets[damage.randrange(len(octets))] = damage.randrange(256)
        return bytes(octets)

    assert asked(Changing(OBJECTS, change), profile).snmp is not Reason.UNKNOWN


@given(st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
def test_values_of_any_type_never_raise(seed: int) -> None:
    dice = random.Random(seed)

    def change(datagram: bytes) -> bytes:
        at = datagram.rfind(b"\x02\x01\xb8")  # the only value -72
        return datagram if at < 0 else datagram[:at] + bytes([dice.randrange(256), 1]) + datagram[at + 2 :]

    assert asked(Changing(OBJECTS, change)).snmp is not Reason.UNKNOWN


@given(st.binary(max_size=80))
def test_headers_of_arbitrary_octets_never_raise(datagram: bytes) -> None:
    message.header(datagram)
    message.report(datagram)
    message.is_whole(datagram)


@given(st.integers(2**30, 2**31 - 1), st.text(max_size=40), st.sampled_from([0, 1]))
def test_our_own_requests_can_be_read_back(identifier: int, community: str, version: int) -> None:
    request = message.sys_uptime_request(version, community, identifier)
    assert message.is_whole(request)
    assert message.header(request) == message.Header(identifier)
    assert message.header(message.discovery_request(identifier)) == message.Header(identifier)
