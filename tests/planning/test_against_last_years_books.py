"""Where no figures of a year before were kept, what is missing is compared with the books and the standard of then."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inventory.counts import FOLD, KEEP_DAY
from inventory.marks.kind import Kind
from inventory.models import Asset, Standard, StandardItem
from inventory.queries.assets import GRID_KINDS
from inventory.queries.cells import required_in
from itops.database.statements import run
from planning.queries.picture import a_year_before
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
PAGE = "/planning/leadership/"
TODAY = timezone.localdate()
THEN = a_year_before(TODAY)
BY_THE_BOOKS = f"against {THEN}, by the books"


def page(visit: Visit, who: str = "leadership") -> Any:
    return visit(who, PAGE, language="en")


def lacking_then(county: County) -> int:
    """One kind after the other: what was asked for less what was bought by then, whatever became of it."""
    places = (county.xianxi, county.yanxi)
    asked = required_in([place.pk for place in places], THEN)
    lacking = 0
    for (place, kind), number in asked.items():
        if kind.value in GRID_KINDS:
            there = Asset.objects.filter(place=place, kind=kind.value, bought_on__lte=THEN).count()
            lacking += max(number - there, 0)
    return lacking


def write_off(county: County, name: str = "good") -> None:
    """It stood there a year ago; that it is gone is entered today."""
    Asset.objects.filter(pk=county.assets[name].pk).update(condition="retired")


def test_books_that_know_of_nothing_gone_are_not_compared_with(county: County, visit: Visit) -> None:
    text = text_of(page(visit))
    assert BY_THE_BOOKS not in text
    assert "no earlier figures were kept: nothing to compare with" in text


def test_what_was_missing_then_is_counted_from_the_books_of_then(county: County, visit: Visit) -> None:
    write_off(county)
    answer = page(visit)
    [missing, outdated, _unused] = answer.context["figures"]
    change = missing.number - lacking_then(county)
    said = f"+{change}" if change > 0 else f"−{-change}" if change else "±0"
    assert missing.change == said
    assert f"{said} {BY_THE_BOOKS}" in text_of(answer)
    assert outdated.change == ""
    assert f"compared with the books and the standard of {THEN}" in text_of(answer)
    assert f"/standards/?date={THEN}" in text_of(answer)


def test_what_is_entered_later_changes_no_past_day(county: County, visit: Visit) -> None:
    """A purchase date that is put right today was another one a year ago."""
    write_off(county)
    before = page(visit).context["shown"].books.whole.missing
    computers = Asset.objects.filter(kind="computer", place=county.yanxi, condition="in_use")
    assert computers.update(bought_on=TODAY - timedelta(days=30), in_service_on=TODAY - timedelta(days=30))
    assert page(visit).context["shown"].books.whole.missing == before


def test_each_townships_change_adds_up_to_the_countys(county: County, visit: Visit) -> None:
    write_off(county)
    answer = page(visit)
    figures = [line.figures[0].change for line in answer.context["lines"]]
    numbers = [int(one.replace("−", "-").replace("±", "")) for one in figures]
    whole = answer.context["figures"][0].change
    assert sum(numbers) == int(whole.replace("−", "-").replace("±", ""))


def test_a_past_day_is_measured_by_the_standard_of_then(county: County, visit: Visit) -> None:
    write_off(county)
    Standard.objects.update(starts=THEN + timedelta(days=30))
    earlier = Standard.objects.create(name="旧标准", starts=THEN - timedelta(days=1))
    StandardItem.objects.create(standard=earlier, kind=Kind.NOTICE_BOARD.value, fixed=9)
    assert page(visit).context["shown"].books.whole.missing == lacking_then(county)
    assert page(visit).context["shown"].books.whole.standard == 18


def test_figures_that_were_kept_a_year_before_come_first(county: County, visit: Visit) -> None:
    write_off(county)
    run(FOLD, {})
    run(KEEP_DAY, {"day": THEN})
    answer = page(visit)
    assert answer.context["shown"].books is None
    assert BY_THE_BOOKS not in text_of(answer)
    assert f"against {THEN}" in text_of(answer)


def test_an_officer_is_told_of_the_own_township(county: County, visit: Visit) -> None:
    write_off(county)
    whole = page(visit).context["shown"].books.whole.recorded
    own = page(visit, "township_officer").context["shown"].books
    assert own is not None
    assert own.whole.recorded < whole
