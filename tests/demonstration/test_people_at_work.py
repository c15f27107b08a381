"""The invented county's people: a post in every township, mostly part-time, with plausible gaps."""

from django.utils import timezone

from itops.organisation.models import Person, User
from tests.demonstration.conftest import MONDAY
from workforce.competence.cover import Cover
from workforce.models import Assignment, HeldSkill, Post, Tenure
from workforce.pages.overview import made


def test_every_township_has_its_officer_and_somebody_is_missing(loaded):
    assert Post.objects.filter(name="信息员").count() == 23
    assert Post.objects.filter(name="信息员", assignments=None).count() == 2
    officers = Assignment.objects.filter(post__name="信息员")
    assert set(officers.values_list("tenure", flat=True)) == {Tenure.PART_TIME}


def test_everybody_has_an_establishment_and_levels_lie_in_the_past(loaded):
    assert not Person.objects.filter(establishment="").exists()
    assert HeldSkill.objects.latest("since").since < timezone.localdate(MONDAY)


def test_some_places_have_nobody_and_some_are_safe(loaded):
    report = made(User.objects.get(username="demo-admin"), timezone.localdate(MONDAY))
    places = {cover: report.places_with(cover) for cover in Cover}
    assert 5 < len(places[Cover.NOBODY]) < 23
    assert len(places[Cover.SEVERAL]) > 3
