"""A post's page: what it asks for, who holds it, how well each suits; and the forms that assign."""

from datetime import date

import pytest

from tests.support.pages import Visit, text_of
from tests.workforce.conftest import NETWORK, Team, shows
from workforce.models import Assignment, Post

pytestmark = pytest.mark.django_db


def test_what_it_asks_for_and_who_holds_it(team: Team, visit: Visit) -> None:
    said = text_of(visit("leadership", f"/workforce/posts/{team.post.pk}/", language="en"))
    assert "no competent holder" in said
    assert "lacks Network fault-finding (not learnt)" in said
    assert "does not suit: 畜牧兽医 (农业类) is not among those accepted" in said


def test_a_holder_who_can_do_all_of_it_is_still_alone(team: Team, visit: Visit) -> None:
    shows(team.liu, NETWORK)
    assert "one part-time holder" in text_of(
        visit("leadership", f"/workforce/posts/{team.post.pk}/", language="en")
    )


def test_a_vacant_post_offers_to_assign_somebody_to_those_who_may(team: Team, visit: Visit) -> None:
    vacant = Post.objects.create(office=team.liu.office, name="填报员")
    address = f"/workforce/posts/{vacant.pk}/"
    assert f"/workforce/assignments/add/?post={vacant.pk}" in text_of(visit("it_staff", address))
    assert "/workforce/assignments/add/" not in text_of(visit("township_officer", address))


def test_the_form_says_on_which_day_it_would_be_too_much(team: Team, visit: Visit) -> None:
    other = Post.objects.create(office=team.liu.office, name="填报员")
    data = {
        **{"post": str(other.pk), "person": str(team.liu.pk), "tenure": "part_time", "share": "90"},
        "starts": "2025-01-01",
    }
    answer = visit("it_staff", "/workforce/assignments/add/", data=data, language="en")
    assert answer.status_code == 422
    assert "assigned to 110 % of the working time on 2025-01-01" in text_of(answer)
    assert visit("it_staff", "/workforce/assignments/add/", data=data | {"share": "80"}).status_code == 302
    assert Assignment.objects.get(post=other).starts == date(2025, 1, 1)
