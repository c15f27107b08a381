"""Who answers for an office or a system, where nobody does, and one at a time."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from inventory.marks.kind import Kind
from tests.support.county import add
from tests.support.pages import Visit, text_of
from tests.workforce.conftest import Team
from workforce.models import Duty, Responsibility
from workforce.queries.duties import duties

pytestmark = pytest.mark.django_db
FROM = date(2025, 1, 1)


def answers(team: Team, duty: Duty, **more: object) -> Responsibility:
    given = {"office": team.liu.office, "duty": duty, "person": team.liu, "starts": FROM} | more
    made = Responsibility(**given)
    made.full_clean()
    made.save()
    return made


def test_the_gaps_are_listed_by_office(team: Team) -> None:
    answers(team, Duty.RESPONSIBLE)
    answers(team, Duty.LEADER, ends=date(2025, 6, 1))
    offices, _systems = duties(team.county.users["leadership"], timezone.localdate())
    lacking = {one.name: one.lacking for one in offices}
    assert lacking["仙溪镇民政所"] == ["deputy", "leader"]
    assert lacking["烟溪镇民政所"] == ["responsible", "deputy", "leader"]


def test_a_system_has_its_own_people_before_those_of_its_office(team: Team) -> None:
    system = add(team.county, team.county.xianxi, Kind.BUSINESS_SYSTEM, "AH-XX-90", "核对系统", probed=False)
    answers(team, Duty.LEADER)
    answers(team, Duty.DEPUTY, person=team.wang, asset=system)
    _offices, systems = duties(team.county.users["leadership"], timezone.localdate())
    assert systems[0].named == {"responsible": "刘敏", "deputy": "王海涛", "leader": "刘敏"}


def test_two_do_not_answer_for_the_same_at_once(team: Team) -> None:
    answers(team, Duty.DEPUTY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(
            office=team.liu.office, duty=Duty.DEPUTY, person=team.wang, starts=date(2025, 3, 1)
        )


def test_the_person_responsible_for_an_asset_stands_on_it(team: Team) -> None:
    with pytest.raises(ValidationError):
        answers(team, Duty.RESPONSIBLE, asset=team.county.assets["room"])


def test_an_asset_elsewhere_is_not_this_offices(team: Team) -> None:
    with pytest.raises(ValidationError):
        answers(team, Duty.DEPUTY, asset=team.county.assets["lost"])


def test_an_asset_that_nobody_knows_is_said_beside_its_field(team: Team, visit: Visit) -> None:
    data = {
        **{"office": team.liu.office_id, "duty": Duty.DEPUTY.value, "person": team.liu.pk},
        **{"asset": "没有这台", "starts": "2025-01-01"},
    }
    answer = visit("county_administrator", reverse("workforce:responsibility_add"), data=data)
    assert answer.status_code == 422
    assert 'id="id_asset_error"' in text_of(answer)
