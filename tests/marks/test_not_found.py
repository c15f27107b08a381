"""A person looked and did not find it: missing, confirmed, until somebody finds it."""

import pytest

from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from tests.marks.building import asset, finding, found, lack, not_found, office_days, verdict

RULE = "missing.printer.not_found"


def test_not_found_is_missing_since_the_first_vain_look() -> None:
    sightings = (found(200), not_found(30), not_found(10))
    confirmed = finding(verdict(asset(Kind.PRINTER, sightings=sightings)), RULE)
    assert confirmed.since.isoformat() == "2026-10-21"
    assert confirmed.numbers == {"looks": 2, "looked_on": "2026-11-10", "found_on": "2026-05-04"}


def test_a_later_find_clears_it() -> None:
    judgement = verdict(asset(Kind.PRINTER, sightings=(found(10), not_found(30))))
    assert judgement.answer(Mark.MISSING) is Answer.CLEAR


def test_whoever_finds_it_on_the_same_day_is_right() -> None:
    judgement = verdict(asset(Kind.PRINTER, sightings=(not_found(10), found(10))))
    assert judgement.answer(Mark.MISSING) is Answer.CLEAR


def test_the_network_does_not_overrule_the_person_but_is_shown() -> None:
    days = office_days(60, pages=3)
    judgement = verdict(asset(Kind.PRINTER, days=days, sightings=(not_found(5),)))
    assert finding(judgement, RULE).numbers["last_seen_on"] == "2026-11-20"
    assert judgement.answer(Mark.MISSING) is Answer.MARKED


def test_a_thing_not_found_is_not_called_unused() -> None:
    days = office_days(60, pages=0)
    judgement = verdict(asset(Kind.PRINTER, days=days, sightings=(not_found(5),)))
    assert lack(judgement, "unused.printer.no_pages").code is Lacking.NOT_LOCATED


@pytest.mark.parametrize(("days_ago", "answer"), [(364, Answer.CLEAR), (365, Answer.UNKNOWN)])
def test_a_find_holds_for_a_year(days_ago: int, answer: Answer) -> None:
    judgement = verdict(asset(Kind.PRINTER, probed=False, sightings=(found(days_ago),)))
    assert judgement.answer(Mark.MISSING) is answer


def test_a_sighting_after_the_day_judged_is_not_known_yet() -> None:
    facts = asset(Kind.PRINTER, probed=False, sightings=(not_found(5),))
    assert verdict(facts, not_found(6).on).answer(Mark.MISSING) is Answer.UNKNOWN
