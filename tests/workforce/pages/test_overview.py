"""One page answers who can run what and what happens if they leave, within the reader's places."""

import pytest

from itops.organisation.models import AccessRecord, Person
from itops.organisation.roles import DEFAULT_ROLES, covers
from tests.support.pages import Visit, text_of
from tests.workforce.conftest import DESKTOP, NETWORK, VIDEO, Team, holds, shows
from workforce.models import Post

pytestmark = pytest.mark.django_db
PAGES = ("/workforce/", "/workforce/skills-map/", "/workforce/skills-map/export.csv")


def test_what_hangs_on_one_part_time_person_and_what_on_nobody(team: Team, visit: Visit) -> None:
    said = text_of(visit("leadership", "/workforce/", language="en"))
    assert "In <b>2</b> of 2 places <b>nobody can run</b>" in said
    assert "In <b>1</b> something <b>hangs on one part-time person</b>" in said
    assert ">Xianxi Town, Video-conference room operation: hangs on one part-time person </span>" in said
    assert ">Xianxi Town, Network fault-finding: nobody can run it </span>" in said
    assert "part-time 20 %" in said


def test_a_second_person_makes_it_safe(team: Team, visit: Visit) -> None:
    shows(Person.objects.create(office=team.liu.office, name="石磊", pinyin="shilei"), VIDEO)
    said = text_of(visit("leadership", "/workforce/", language="en"))
    assert ">Xianxi Town, Video-conference room operation: several people </span>" in said
    assert "hangs on one part-time person</b>" not in said


def test_what_ran_out_does_not_count(team: Team, visit: Visit) -> None:
    team.liu.skills.update(expires="2026-01-01", since="2025-01-01")
    said = text_of(visit("leadership", "/workforce/", language="en"))
    assert ">Xianxi Town, Video-conference room operation: nobody can run it </span>" in said


def test_equipment_that_nobody_can_run_and_that_stands_unused_is_told(team: Team, visit: Visit) -> None:
    team.liu.skills.all().delete()
    said = text_of(visit("leadership", "/workforce/", language="en"))
    assert "that nobody there can run stand" in said


def test_vacant_posts_and_posts_without_a_competent_holder_are_listed(team: Team, visit: Visit) -> None:
    Post.objects.create(office=team.wang.office, name="网络管理员")
    said = text_of(visit("leadership", "/workforce/", language="en"))
    assert "烟溪镇民政所 · 网络管理员" in said
    assert "vacant" in said
    assert "刘敏 lacks Network fault-finding (not learnt)" in said


def test_a_holder_who_can_do_it_clears_the_post(team: Team, visit: Visit) -> None:
    shows(team.liu, NETWORK)
    said = text_of(visit("leadership", "/workforce/", language="en"))
    assert "Every post has a competent holder." in said


def test_an_officer_sees_the_own_township_alone(team: Team, visit: Visit) -> None:
    shows(team.wang, DESKTOP)
    said = text_of(visit("township_officer", "/workforce/"))
    assert "仙溪" in said
    assert "刘敏" in said
    assert "烟溪" not in said
    assert "王海涛" not in said


def test_who_looked_is_recorded(team: Team, visit: Visit) -> None:
    visit("leadership", "/workforce/")
    looked = AccessRecord.objects.latest("pk")
    assert (looked.user, looked.what, looked.count) == (team.county.users["leadership"], "skills", 2)


@pytest.mark.parametrize("role", [*DEFAULT_ROLES, "nobody"])
@pytest.mark.parametrize("page", PAGES)
def test_only_those_who_may_see_skills_open_it(role: str, page: str, team: Team, visit: Visit) -> None:
    allowed = covers(DEFAULT_ROLES.get(role, ()), "workforce.view_heldskill")
    assert visit(role, page).status_code == (200 if allowed else 403)
    assert ('href="/workforce/"' in text_of(visit(role, "/records/"))) is allowed


def test_more_people_cost_no_more_statements(
    team: Team, visit: Visit, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        person = Person.objects.create(office=team.liu.office, name=f"人 {number}", pinyin=f"ren{number}")
        shows(person, VIDEO)
        holds(Post.objects.create(office=team.liu.office, name=f"岗 {number}"), person)
    for page in ("/workforce/", f"/workforce/skills-map/?place={team.county.xianxi.pk}"):
        visit("leadership", page)
        with django_assert_max_num_queries(26):  # type: ignore[operator]
            visit("leadership", page)
