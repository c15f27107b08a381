"""Each of the six causes of what stands unused, joined from evidence and people, with the numbers that prove it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from inventory.actions.marking import mark
from inventory.marks.kind import Kind
from inventory.models import Asset, BusinessSystem, ManualEntry, StandardItem, Standing, SystemExchange
from itops.organisation.models import Office
from planning.actions.around import around
from planning.actions.needs import needs_on
from planning.needs.causes import MUCH_ENTRY
from planning.needs.facts import Cause
from planning.queries.picture import picture
from planning.queries.unused import Idle, unused_assets
from planning.wording import CAUSE_PROOFS, cause_proof
from tests.support.county import County, add, endpoint_of
from tests.support.pages import Visit, text_of
from workforce.models import Assignment, EquipmentSkill, Post, Skill

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def idle(county: County) -> Idle:
    """The codec of 仙溪, of which nobody has made a call."""
    user = county.users["leadership"]
    found = unused_assets(user, picture(user, TODAY).every, around(TODAY), [Kind.VIDEO_ENDPOINT.value])
    return next(one for one in found if one.tag == "AH-XX-04")


def broken(county: County) -> None:
    Asset.objects.filter(tag="AH-XX-04").update(condition="under_repair")


def one_too_many(county: County) -> None:
    item = StandardItem.objects.earliest("pk")
    StandardItem.objects.create(standard=item.standard, kind=Kind.VIDEO_ENDPOINT.value, fixed=1)
    behind = endpoint_of(county.assets["switch"])
    add(
        county,
        county.xianxi,
        Kind.VIDEO_ENDPOINT,
        "AH-XX-40",
        "视频终端",
        profile="video_poly",
        calls=2,
        behind=behind,
    )
    mark(TODAY)


def without_a_line(county: County) -> None:
    Standing.objects.filter(asset=county.assets["line"]).update(missing="marked")


def with_nobody_posted(county: County) -> None:
    here, there = (Office.objects.get(place=place) for place in (county.xianxi, county.yanxi))
    Post.objects.create(office=here, name="信息员")
    held = Post.objects.create(office=there, name="信息员")
    person = there.people.get()
    Assignment.objects.create(post=held, person=person, share=20, starts=date(2026, 1, 1))


def with_nobody_trained(county: County) -> None:
    EquipmentSkill.objects.filter(kind=Kind.VIDEO_ENDPOINT.value).delete()
    for skill in Skill.objects.order_by("pk")[:2]:
        EquipmentSkill.objects.create(kind=Kind.VIDEO_ENDPOINT.value, skill=skill, level=3)


def with_much_typing(county: County) -> None:
    for number, hours in enumerate(("7.5", "5")):
        ends = [BusinessSystem.objects.create(name=f"{name}{number}") for name in ("低保系统", "报表系统")]
        passed = SystemExchange.objects.create(
            name=f"数据{number}", source=ends[0], target=ends[1], way="hand"
        )
        ManualEntry.objects.create(
            exchange=passed, office=Office.objects.get(place=county.xianxi), hours=hours
        )


CASES: list[tuple[Callable[[County], None], Cause, dict[str, float]]] = [
    (broken, Cause.BROKEN, {"repairs": 1}),
    (one_too_many, Cause.NOT_NEEDED, {"have": 2, "standard": 1}),
    (without_a_line, Cause.NO_LINE, {"lines": 0}),
    (with_nobody_posted, Cause.NOBODY_POSTED, {"posts": 1}),
    (with_nobody_trained, Cause.NOBODY_TRAINED, {"skills": 2}),
    (with_much_typing, Cause.HAND_ENTRY, {"hours": 12.5, "threshold": MUCH_ENTRY}),
]


@pytest.fixture(autouse=True)
def asks_for_no_skill(county: County) -> None:
    EquipmentSkill.objects.all().delete()


@pytest.mark.parametrize(("make", "expected", "numbers"), CASES)
def test_each_cause_is_joined_and_proven(
    county: County, make: Callable[[County], None], expected: Cause, numbers: dict[str, float]
) -> None:
    assert idle(county).cause is Cause.UNKNOWN
    make(county)
    found = idle(county)
    assert (found.cause, dict(found.numbers)) == (expected, numbers)
    assert all(f"{number:g}" in cause_proof(found.cause, found.numbers) for number in numbers.values())


@pytest.mark.parametrize(("make", "expected", "_numbers"), CASES)
def test_the_needs_tell_the_same_cause(
    county: County, make: Callable[[County], None], expected: Cause, _numbers: dict[str, float]
) -> None:
    make(county)
    known = needs_on(TODAY)
    assert known.marked["AH-XX-04"].cause is expected


def test_every_cause_but_the_unknown_one_has_its_proof() -> None:
    assert set(CAUSE_PROOFS) == set(Cause) - {Cause.UNKNOWN}


def test_little_typing_is_no_cause(county: County) -> None:
    with_much_typing(county)
    ManualEntry.objects.filter(hours=5).update(hours=0)
    assert idle(county).cause is Cause.UNKNOWN


def test_the_list_behind_the_figure_says_the_numbers(county: County, visit: Visit) -> None:
    Standing.objects.filter(asset=county.assets["room"]).update(unused="marked")
    with_much_typing(county)
    page = visit("leadership", "/planning/leadership/behind/?mark=unused&cause=hand_entry", language="en")
    assert "12.5 hours a month are typed in there a second time" in text_of(page)
