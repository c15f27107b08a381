"""Debian's own snmpd, asked in all the ways it speaks."""

from dataclasses import replace
from itertools import product

import pytest

from monitoring.probes.answer import Reason
from monitoring.probes.engine import ask, probe_once, sweep
from monitoring.probes.target import Auth, Limits, Privacy, SnmpAccess, SnmpVersion
from tests.probes.conftest import usm
from tests.support.sample import PUBLIC, QUICK, SERVICES, WALK_PROFILE, snmp_target

V1 = SnmpAccess(version=SnmpVersion.V1, community="public")
PAIRS = [pair for pair in product(Auth, Privacy) if pair[0] is not Auth.NONE]
PATIENT = replace(QUICK, timeout_s=0.5)


@pytest.mark.parametrize("access", [V1, PUBLIC])
async def test_communities(snmpd_port: int, access: SnmpAccess) -> None:
    raw = await ask(snmp_target(snmpd_port, WALK_PROFILE, access), PATIENT)
    assert raw.snmp is Reason.NONE
    assert raw.columns
    assert all(raw.columns.values())


async def test_every_pair_of_protocols(snmpd_port: int) -> None:
    targets = [
        snmp_target(snmpd_port, access=usm(auth, privacy), key=key)
        for key, (auth, privacy) in enumerate(PAIRS)
    ]
    answers = {answer.key: answer async for answer in sweep(targets, PATIENT)}
    failed = [(*PAIRS[key], answer.reason) for key, answer in answers.items() if answer.values != (72.0,)]
    assert not failed
    assert len(answers) == len(PAIRS)


async def test_ciscos_way_to_long_keys_is_tried_and_remembered(snmpd_port: int) -> None:
    target = snmp_target(snmpd_port, access=usm(Auth.SHA1, Privacy.AES256, user="cisco"))
    first = await ask(target, PATIENT)
    again = await ask(target, replace(PATIENT, retries=0))
    assert first.scalars is not None
    assert first.scalars[SERVICES] == 72
    assert again.scalars is not None
    assert again.scalars[SERVICES] == 72


@pytest.mark.parametrize(
    "access",
    [
        usm(user="nobody"),
        replace(usm(), auth_password="wrong password"),
        replace(usm(), privacy_password="wrong password"),
        replace(usm(), auth_password=""),
        replace(usm(), auth=Auth.NONE),
        usm(Auth.MD5, user="sha1-aes128"),
        usm(Auth.SHA1, Privacy.DES, user="sha1-aes128"),
        usm(Auth.SHA1, Privacy.AES128, user="sha1-none"),
    ],
)
async def test_wrong_secrets_are_told_from_silence(snmpd_port: int, access: SnmpAccess) -> None:
    assert (await ask(snmp_target(snmpd_port, access=access), PATIENT)).snmp is Reason.WRONG_CREDENTIALS


async def test_a_wrong_community_is_silence(snmpd_port: int) -> None:
    raw = await ask(snmp_target(snmpd_port, access=SnmpAccess(community="private")), QUICK)
    assert raw.snmp is Reason.SILENT


@pytest.mark.parametrize("access", [usm(user="blind"), usm(Auth.SHA1, Privacy.NONE, user="sha1-aes128")])
async def test_a_user_without_rights_is_not_allowed(snmpd_port: int, access: SnmpAccess) -> None:
    assert (await ask(snmp_target(snmpd_port, access=access), PATIENT)).snmp is Reason.NOT_ALLOWED


async def test_another_engine_than_recorded_is_found_out_and_asked(snmpd_port: int) -> None:
    access = replace(usm(), engine_id=bytes.fromhex("80001f888001020304"))
    raw = await ask(snmp_target(snmpd_port, access=access), PATIENT)
    assert raw.snmp is Reason.NONE
    assert raw.scalars


def test_one_target_can_be_asked_without_an_event_loop(snmpd_port: int) -> None:
    assert probe_once(snmp_target(snmpd_port), Limits(timeout_s=1)).scalars
