"""Each recording of real equipment, asked over real UDP by the real engine, is understood as it should be."""

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from monitoring.probes.acquaint import WHO, acquaint
from monitoring.probes.answer import Answer, Reason
from monitoring.probes.identity import identify
from monitoring.probes.profiles_file import profile_named
from monitoring.probes.score import FIELDS, Score, Verdict, asked_offline, score_folder, score_one
from monitoring.probes.target import Limits, SnmpAccess, Target
from tests.snmp_agent import HOST

LIMITS = Limits(timeout_s=4, budget_s=60)  # one slow agent plays all devices
# How many are right, and how many are not, of the 64 recordings; a change that lowers this is a step back.
REACHED = {"vendor": (59, 0), "model": (47, 2), "serial": (36, 0), "version": (51, 2)}
CERTAIN = FIELDS[:4]
DAMAGED = "windows_svr_2019_1809.snmprec"  # snmpsim falls silent at its OIDs with "xx" in them

Answers = dict[str, Answer]


@pytest.fixture(scope="module")
def answers(recordings: Path, served: int) -> Answers:
    """By file: who it is, then everything that one asks such an agent."""
    files = json.loads((recordings / "truth.json").read_text(encoding="utf-8"))
    any_agent = profile_named("any_agent")

    def target(file: str) -> Target:
        access = SnmpAccess(community=Path(file).stem)
        return Target(key=0, address=HOST, profile=WHO, snmp=access, snmp_port=served, ping=False)

    async def ask_all() -> Answers:
        return {file: await acquaint(target(file), LIMITS, any_agent) for file in files}

    return asyncio.run(ask_all())


@pytest.fixture(scope="module")
def scores(recordings: Path, answers: Answers) -> list[Score]:
    truths = json.loads((recordings / "truth.json").read_text(encoding="utf-8"))
    return [score for file, truth in truths.items() for score in score_one(file, truth, answers[file])]


def counted(scores: Iterable[Score], field: str) -> tuple[int, int]:
    verdicts = [score.verdict for score in scores if score.field == field]
    return verdicts.count(Verdict.RIGHT), verdicts.count(Verdict.WRONG)


def test_an_agent_that_falls_silent_at_a_question_still_tells_its_ports(answers: Answers) -> None:
    assert len(answers[DAMAGED].interfaces) == 24


def test_every_recording_answers_without_a_complaint(answers: Answers) -> None:
    assert len(answers) == 64
    assert {file: answer.reason for file, answer in answers.items() if answer.reason is not Reason.NONE} == {}


@pytest.mark.parametrize("field", CERTAIN)
def test_what_every_agent_says_of_itself_is_right_for_all(scores: list[Score], field: str) -> None:
    assert [score for score in scores if score.field == field and score.verdict is Verdict.WRONG] == []
    assert counted(scores, field)[0] >= {"sysDescr": 62, "sysName": 54}.get(field, 64)


@pytest.mark.parametrize("field", REACHED)
def test_the_identity_is_right_as_often_as_was_reached(scores: list[Score], field: str) -> None:
    right, wrong = counted(scores, field)
    assert (right >= REACHED[field][0], wrong <= REACHED[field][1]) == (True, True), (right, wrong)


def test_scoring_from_the_files_says_the_same_as_asking(recordings: Path, scores: list[Score]) -> None:
    assert score_folder(recordings) == scores


def test_what_is_read_from_the_files_is_what_was_asked(recordings: Path, answers: Answers) -> None:
    for file in answers.keys() - {DAMAGED}:
        answer, offline = answers[file], asked_offline(recordings / "snmprec" / file)
        assert identify(offline.texts, offline.own_macs) == identify(answer.texts, answer.own_macs), file
        assert offline.interfaces == answer.interfaces, file
