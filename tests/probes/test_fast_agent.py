"""The benchmarks' agent and its eight ill-mannered devices."""

from dataclasses import replace

import pytest

from monitoring.probes.answer import Reason
from monitoring.probes.engine import sweep
from monitoring.probes.profile import Number, Reduce
from monitoring.probes.target import Auth, Limits, Privacy, SnmpAccess, SnmpVersion
from tests.support.sample import PUBLIC, WALK_PROFILE, snmp_target

BENCH = SnmpAccess(
    version=SnmpVersion.V3,
    user="bench",
    auth=Auth.SHA1,
    auth_password="authpass123",
    privacy=Privacy.AES128,
    privacy_password="privpass123",
)
_IF_NAMES = Number(name="names", oid="1.3.6.1.2.1.31.1.1.1.1", reduce=Reduce.COUNT)
NAMES = replace(WALK_PROFILE, numbers=(_IF_NAMES,))
LIMITS = Limits(timeout_s=0.5, retries=1)
EXPECTED = {
    1: Reason.NOT_INCREASING,
    2: Reason.FOREIGN,
    3: Reason.NONE,
    4: Reason.NONE,
    5: Reason.SILENT,  # 1.5 s are more than the tries take
    6: Reason.NONE,
    7: Reason.MALFORMED,
    8: Reason.FOREIGN,
}


@pytest.mark.parametrize("access", [PUBLIC, BENCH])
async def test_bad_manners(fast_agent_port: int, access: SnmpAccess) -> None:
    targets = [
        snmp_target(fast_agent_port, NAMES, access, key=key, address=f"127.8.0.{key}") for key in EXPECTED
    ]
    answers = {answer.key: answer.reason async for answer in sweep(targets, LIMITS)}
    assert answers == EXPECTED


async def test_a_late_answer_to_the_first_try_counts(fast_agent_port: int) -> None:
    target = snmp_target(fast_agent_port, address="127.8.0.5")
    [answer] = [answer async for answer in sweep([target], Limits(timeout_s=1.0, retries=1))]
    assert answer.reason is Reason.NONE


@pytest.mark.parametrize("access", [PUBLIC, BENCH])
async def test_many_healthy_and_dead_devices_are_told_apart(fast_agent_port: int, access: SnmpAccess) -> None:
    targets = [
        snmp_target(
            fast_agent_port,
            access=access,
            key=key,
            address=f"127.{9 if key % 3 == 0 else 0}.{key >> 8}.{key & 255}",
        )
        for key in range(1, 601)
    ]
    answers = {answer.key: answer async for answer in sweep(targets, LIMITS)}
    assert {key for key, answer in answers.items() if answer.reason is Reason.SILENT} == set(range(3, 601, 3))
    assert {answer.values for answer in answers.values() if not answer.reason} == {(72.0,)}
    assert len(answers) == 600
