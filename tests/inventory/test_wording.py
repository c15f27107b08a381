"""Every rule has a sentence, a proof and a way back, in both languages, from the numbers the rules really give."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from inventory.marks.facts import AssetFacts, OperatingSystem
from inventory.marks.findings import Finding, Lack, Lacking
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Mark
from inventory.marks.place import Count, PlaceFacts, judge_place
from inventory.marks.policy import policy_for
from inventory.marks.rules import KINDS_OF, RULES
from inventory.marks.standard import StandardItem
from inventory.proofs import proofs
from inventory.wording import LACKS, WORDS, hint, lack_sentence, rule_name, sentence, undo
from tests.marks.building import TODAY, asset, found, not_found, office_days, verdict

LANGUAGES = ("en", "zh-hans")
LONG_AGO = date(2010, 1, 4)
IDLE: dict[str, Any] = {
    "users": 0,
    "calls": 0,
    "call_minutes": 0,
    "busy_minutes": 0,
    "pages": 0,
    "content_changes": 0,
}
ENDED = OperatingSystem(name="Windows 7 SP1", end_of_support=date(2020, 1, 14))
EDITIONS = OperatingSystem(
    name="Windows 10 1507", edition_unknown=True, earliest_end=date(2017, 5, 9), latest_end=date(2025, 10, 14)
)


def scenes(kind: Kind) -> Iterator[AssetFacts]:
    """Assets of a kind of which each rule finds something, with and without the numbers that may be absent."""
    silent = office_days(60, seen=0)
    idle = office_days(60, **IDLE, display_on_minutes=0, line_share_p95=9_000)
    yield asset(kind, days=silent)
    yield asset(kind, days=silent, sightings=(found(200),))
    yield asset(kind, days=silent, sightings=(found(5),))
    yield asset(kind, sightings=(not_found(3), not_found(9)))
    yield asset(kind, sightings=(found(40), not_found(3)), days=idle)
    yield asset(kind, days=idle, operating_system=ENDED, in_service_on=LONG_AGO, minimum_years=6)
    yield asset(
        kind, days=office_days(60, **IDLE | {"calls": 1, "call_minutes": 1}), operating_system=EDITIONS
    )
    yield asset(
        kind,
        operating_system=OperatingSystem(name="UOS 20", ended=True),
        model_end_of_support=date(2022, 1, 1),
        memory_mb=2_048,
        disk_gb=60,
        processor_released=date(2009, 1, 1),
        line_mbps=20,
        needs={"line_mbps": 100, "memory_mb": 4_096},
        repairs_12_months=4,
        in_service_on=LONG_AGO,
        last_maintenance_on=TODAY - timedelta(days=800),
    )


def all_findings() -> list[Finding]:
    of_assets = [finding for kind in Kind for facts in scenes(kind) for finding in verdict(facts).findings]
    item = StandardItem(kind=Kind.UPS, version="2025", in_force_on=LONG_AGO, fixed=3)
    lost = PlaceFacts(counts={Kind.UPS: Count(recorded=2, absent=1)})
    judgements = [judge_place(facts, [item], TODAY) for facts in (PlaceFacts(), lost)]
    return of_assets + [s.finding for j in judgements for s in j.shortfalls if s.finding]


FINDINGS = all_findings()


def test_the_scenes_make_every_rule_find_something() -> None:
    """Maintenance is only asked of the kinds for which the policy says how often."""
    asked = {kind for kind, limits in policy_for(TODAY).kinds.items() if limits.maintenance_months}
    silent_by_overdue = {
        rule
        for rule in RULES
        if rule.endswith("maintenance_overdue") and Kind(rule.split(".")[1]) not in asked
    }
    assert {finding.rule for finding in FINDINGS} == set(RULES) - silent_by_overdue


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_a_whole_sentence(language: str) -> None:
    with override(language):
        for finding in FINDINGS:
            text = sentence(finding)
            assert text, finding.rule
            assert "%(" not in text
            assert ("是" in text or any("一" <= sign <= "鿿" for sign in text)) == (language != "en"), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_cells_that_prove_it(language: str) -> None:
    with override(language):
        for finding in FINDINGS:
            cells = proofs(finding)
            assert 1 <= len(cells) <= 4, finding.rule
            assert all(cell.label and cell.value and "%(" not in cell.value + cell.note for cell in cells)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_says_what_would_undo_it(language: str) -> None:
    with override(language):
        for rule in RULES:
            assert rule_name(rule)
            assert undo(rule, policy_for(TODAY)).endswith("." if language == "en" else "。")
            assert "%(" not in undo(rule, policy_for(TODAY)) + hint(rule)


def test_unused_always_hints_at_something_other_than_buying() -> None:
    assert all(hint(rule) for rule in RULES if rule.startswith(Mark.UNUSED))


def test_words_are_kept_for_rules_that_exist_alone() -> None:
    assert set(WORDS) == {f"{mark}.{what}" for mark, what in KINDS_OF} | {"missing.below_standard"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Lacking)
def test_every_lack_is_said_with_and_without_its_numbers(code: Lacking, language: str) -> None:
    full: dict[str, int | str] = {
        "observable_days": 12,
        "minimum_observable_days": 36,
        "system": "UOS 20",
        "unknown": "memory_mb disk_gb processor_year line_mbps",
    }
    with override(language):
        for numbers in (dict[str, int | str](), full):
            text = lack_sentence(
                Lack(mark=Mark.UNUSED, rule="unused.computer.no_users", code=code, numbers=numbers)
            )
            assert "%(" not in text
            assert text.startswith("看不清：" if language != "en" else "Cannot tell: ")
    assert code in LACKS


def test_lacks_as_the_rules_give_them_can_be_said() -> None:
    judged = [
        verdict(facts)
        for kind in Kind
        for facts in (
            asset(kind),
            asset(kind, probed=False),
            asset(kind, confidential=True),
            asset(kind, condition=Condition.IN_STORAGE),
            asset(kind, days=office_days(4)),
        )
    ]
    assert all(lack_sentence(lack) for judgement in judged for lack in judgement.lacks)


def test_a_short_call_is_not_denied() -> None:
    """Calls too short to count were still calls."""
    short = next(
        f for f in FINDINGS if f.rule == "unused.conference_room.no_calls" and f.numbers.get("calls", 0) != 0
    )
    with override("en"):
        assert "long enough" in sentence(short)


def test_one_is_said_in_the_singular() -> None:
    with override("en"):
        one = next(f for f in FINDINGS if f.rule == "missing.computer.not_found" and f.numbers["looks"] == 1)
        assert sentence(one) == f"Looked for on {TODAY - timedelta(days=3)} and not found"
