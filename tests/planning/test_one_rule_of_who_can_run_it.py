"""Whether somebody is trained is one rule: one person with every skill, as of the day, on each page that says why."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.utils import timezone

from inventory.marks.kind import Kind
from itops.organisation.actions.people import add_person
from itops.organisation.models import Office, Person
from planning.actions.around import around
from planning.actions.needs import needs_on
from planning.needs.facts import Cause
from planning.queries.picture import KINDS, picture
from planning.queries.unused import unused_assets
from tests.support.county import BY, County
from workforce.models import EquipmentSkill, HeldSkill, Skill

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CODEC = "AH-XX-04"


@pytest.fixture
def skills(county: County) -> Sequence[Skill]:
    """The codec of 仙溪 asks for two of them."""
    EquipmentSkill.objects.all().delete()
    HeldSkill.objects.all().delete()
    found = list(Skill.objects.order_by("pk")[:2])
    for skill in found:
        EquipmentSkill.objects.create(kind=Kind.VIDEO_ENDPOINT.value, skill=skill, level=2)
    return found


def somebody(county: County, *shown: Skill, level: int = 2, expires: date | None = None) -> Person:
    office = Office.objects.get(place=county.xianxi)
    person = add_person(by=BY, office=office, name="周小兵", post="信息员")
    for skill in shown:
        HeldSkill.objects.create(
            person=person,
            skill=skill,
            level=level,
            since=date(2026, 3, 1),
            expires=expires,
            evidence="at_work",
        )
    return person


def causes(county: County) -> set[Cause]:
    """Of the codec, on the page for leadership and among the needs."""
    user = county.users["leadership"]
    idle = unused_assets(user, picture(user, TODAY).every, around(TODAY), KINDS)
    shown = {one.cause for one in idle if one.tag == CODEC}
    return shown | {needs_on(TODAY).marked[CODEC].cause}


def test_two_people_with_half_of_it_each_cannot_run_it(county: County, skills: Sequence[Skill]) -> None:
    for skill in skills:
        somebody(county, skill)
    assert causes(county) == {Cause.NOBODY_TRAINED}


def test_one_with_all_of_it_can(county: County, skills: Sequence[Skill]) -> None:
    somebody(county, *skills)
    assert causes(county) == {Cause.UNKNOWN}


def test_what_has_run_out_or_was_lowered_since_counts_no_more(
    county: County, skills: Sequence[Skill]
) -> None:
    somebody(county, *skills, expires=TODAY - timedelta(days=1))
    lowered = somebody(county, *skills)
    HeldSkill.objects.create(
        person=lowered, skill=skills[0], level=1, since=date(2026, 5, 1), evidence="at_work"
    )
    assert causes(county) == {Cause.NOBODY_TRAINED}


def test_who_has_left_can_run_nothing(county: County, skills: Sequence[Skill]) -> None:
    Person.objects.filter(pk=somebody(county, *skills).pk).update(left_on=TODAY)
    assert causes(county) == {Cause.NOBODY_TRAINED}
