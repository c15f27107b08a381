"""One person: posts with how well they suit, skills with evidence, what would be left with nobody."""

import pytest

from itops.organisation.models import AccessRecord
from tests.support.pages import Visit, text_of
from tests.workforce.conftest import Team, of

pytestmark = pytest.mark.django_db


def test_what_would_be_left_with_nobody(team: Team, visit: Visit) -> None:
    said = text_of(visit("leadership", f"/workforce/people/{team.liu.pk}/", language="en"))
    assert "If 刘敏 leaves, <b>nobody is left</b> for" in said
    assert "<b>Video-conference room operation</b>" in said


def test_the_field_of_study_with_its_reason(team: Team, visit: Visit) -> None:
    said = text_of(visit("leadership", f"/workforce/people/{team.liu.pk}/", language="en"))
    assert "does not suit: 畜牧兽医 (农业类) is not among those accepted" in said


def test_what_is_lacking_stands_with_its_reason(team: Team, visit: Visit) -> None:
    said = text_of(visit("leadership", f"/workforce/people/{team.liu.pk}/", language="en"))
    assert "Network fault-finding" in said
    assert '<span class="due over">not learnt</span>' in said


def test_somebody_elsewhere_does_not_exist(team: Team, visit: Visit) -> None:
    assert visit("township_officer", f"/workforce/people/{team.wang.pk}/").status_code == 404
    assert visit("it_staff", f"/workforce/people/{of(team.county.foreign).pk}/").status_code == 404
    assert visit("city_reader", f"/workforce/people/{team.liu.pk}/").status_code == 403


def test_whose_page_it_was_is_recorded(team: Team, visit: Visit) -> None:
    visit("auditor", f"/workforce/people/{team.liu.pk}/")
    looked = AccessRecord.objects.latest("pk")
    assert (looked.what, looked.of_whom, looked.place) == ("skills", "刘敏", team.county.xianxi)


def test_only_those_who_may_record_are_offered_it(team: Team, visit: Visit) -> None:
    address = f"/workforce/people/{team.liu.pk}/"
    assert "/workforce/held-skills/add/" in text_of(visit("it_staff", address))
    assert "/workforce/held-skills/add/" not in text_of(visit("township_officer", address))
