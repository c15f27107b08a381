"""Each figure of the page for leadership is counted again from the rows, another way."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inventory.actions.marking import mark
from inventory.counts import FOLD, KEEP_DAY
from inventory.marks.kind import Kind
from inventory.models import Asset, DayCount, Mark, StandardItem
from inventory.queries.assets import GRID_KINDS
from itops.database.statements import run
from itops.organisation.models import AccessRecord, Office, Place
from itops.organisation.roles import DEFAULT_ROLES, covers
from tests.support.county import County, add, endpoint_of
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
PAGE = "/planning/leadership/"


def page(visit: Visit, who: str = "leadership", **given: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return text_of(visit(who, f"{PAGE}?{query}", language="en"))


def shown(text: str) -> tuple[int, ...]:
    """Standard, missing, outdated, unused as the first sentence has them."""
    found = re.search(
        r"asks for (\d+) pieces: <b>(\d+) short or not found</b>, <b>(\d+) no longer fit</b>, <b>(\d+) standing",
        text,
    )
    assert found
    return tuple(map(int, found.groups()))


def by_hand(places: list[Place]) -> tuple[int, ...]:
    """The same from single rows: the items of the standard, the staff of the offices, each asset's standing."""
    asked = missing = outdated = unused = 0
    for place in places:
        staff = sum(Office.objects.filter(place=place).values_list("staff", flat=True))
        for kind in GRID_KINDS:
            item = StandardItem.objects.filter(kind=kind).first()
            wanted = item.fixed + staff * item.percent_of_staff // 100 if item else 0
            here = [
                one.standing
                for one in Asset.objects.filter(place=place, kind=kind, archived=False).select_related(
                    "standing"
                )
                if one.condition != "retired"
            ]
            lost = sum(one.missing == "marked" for one in here)
            asked += wanted
            missing += max(wanted - (len(here) - lost), lost)
            outdated += sum(one.outdated == "marked" for one in here)
            unused += sum(one.unused == "marked" for one in here)
    return asked, missing, outdated, unused


def test_the_first_sentence_is_what_the_rows_add_up_to(county: County, visit: Visit) -> None:
    found = shown(page(visit))
    assert found == by_hand([county.xianxi, county.yanxi])
    assert all(found[:3])


def test_the_lines_of_the_townships_add_up_to_the_whole(county: County, visit: Visit) -> None:
    text = page(visit)
    each = [by_hand([place]) for place in (county.xianxi, county.yanxi)]
    assert tuple(map(sum, zip(*each, strict=True))) == shown(text)
    for place, numbers in zip((county.xianxi, county.yanxi), each, strict=True):
        for name, number in zip(("missing", "outdated", "unused"), numbers[1:], strict=True):
            link = f'mark={name}&amp;date={timezone.localdate()}&amp;place={place.pk}">{number}<'
            assert (link in text) == (number > 0)


def test_the_figures_are_those_of_the_overview(county: County, visit: Visit) -> None:
    overview = text_of(visit("leadership", reverse("home"), language="en"))
    _asked, missing, outdated, unused = shown(page(visit))
    assert f"<b>{missing} short or not found</b>" in overview
    assert f"<b>{outdated} no longer fit</b>" in overview
    assert f"<b>{unused} standing unused</b>" in overview


def test_an_officer_sees_the_own_township_alone(county: County, visit: Visit) -> None:
    text = page(visit, "township_officer")
    assert shown(text) == by_hand([county.xianxi])
    assert "Yanxi" not in text


@pytest.mark.parametrize("role", [*DEFAULT_ROLES, "nobody"])
def test_it_opens_for_those_who_may_see_marks(county: County, visit: Visit, role: str) -> None:
    allowed = covers(DEFAULT_ROLES.get(role, ()), "inventory.view_mark")
    assert visit(role, PAGE).status_code == (200 if allowed else 403)
    assert visit(role, f"{PAGE}behind/?mark=unused").status_code == (200 if allowed else 403)


def test_the_menu_leads_those_there_who_see_a_county(county: County, visit: Visit) -> None:
    home = reverse("home")
    assert f'href="{PAGE}"' in text_of(visit("leadership", home))
    assert f'href="{PAGE}"' in text_of(visit("it_staff", home))
    assert f'href="{PAGE}"' not in text_of(visit("township_officer", home))


def test_names_are_shown_to_those_who_may_see_them_and_the_look_is_recorded(
    county: County, visit: Visit
) -> None:
    assert visit("leadership", PAGE).status_code == 200
    names = AccessRecord.objects.filter(user=county.users["leadership"], what="people")
    told = "刘敏" in page(visit)
    assert names.exists() == told


def kept_as_of(day: date) -> None:
    run(FOLD, {})
    run(KEEP_DAY, {"day": day})


def test_a_year_before_is_told_beside_each_figure(county: County, visit: Visit) -> None:
    """Then there was nothing outdated; a year and a day ago does not count any more."""
    today = timezone.localdate()
    kept_as_of(today - timedelta(days=400))
    DayCount.objects.filter(day=today - timedelta(days=400)).update(outdated=0, unused=7)
    _asked, _missing, outdated, unused = shown(page(visit))
    text = page(visit)
    rows = DayCount.objects.filter(
        day=today - timedelta(days=400), kind__in=GRID_KINDS, place__in=[county.xianxi, county.yanxi]
    ).count()
    assert f"+{outdated} against {today - timedelta(days=400)}" in text
    assert f"−{7 * rows - unused} against {today - timedelta(days=400)}" in text


def test_without_earlier_figures_nothing_is_compared(county: County, visit: Visit) -> None:
    assert "no earlier figures were kept" in page(visit)


def test_a_past_day_comes_out_as_it_was_kept(county: County, visit: Visit) -> None:
    """Whatever happens later, the figures of yesterday stay those of yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    kept_as_of(yesterday)
    before = shown(page(visit, date=str(yesterday)))
    assert before == by_hand([county.xianxi, county.yanxi])
    Asset.objects.filter(pk=county.assets["good"].pk).update(condition="retired")
    county.assets["old"].standing.delete()
    mark(timezone.localdate())
    assert shown(page(visit, date=str(yesterday))) == before
    assert shown(page(visit)) != before


def test_a_day_without_a_marking_shows_the_last_before_it_and_says_so(county: County, visit: Visit) -> None:
    today = timezone.localdate()
    kept_as_of(today - timedelta(days=9))
    text = page(visit, date=str(today - timedelta(days=5)))
    assert f"No figures were kept on {today - timedelta(days=5)}" in text
    assert shown(text) == by_hand([county.xianxi, county.yanxi])


def test_before_the_first_kept_day_there_are_no_figures(county: County, visit: Visit) -> None:
    text = page(visit, date="2019-01-01")
    assert "No figures were kept so early." in text
    assert "<b>0" not in text


@pytest.mark.parametrize("name", ["missing", "outdated", "unused"])
def test_each_figure_leads_to_a_list_that_adds_up_to_it(county: County, visit: Visit, name: str) -> None:
    address = re.search(rf'href="({PAGE}behind/\?mark={name}[^"]*)"', page(visit))
    assert address
    behind = text_of(visit("leadership", address[1].replace("&amp;", "&"), language="en"))
    number = shown(page(visit))[("", "missing", "outdated", "unused").index(name)]
    tags = set(re.findall(r'<th scope="row" class="nowrap"><a href="/assets/\d+/">([^<]+)</a>', behind))
    marked = Mark.objects.filter(
        closed=None,
        mark=name,
        marking=True,
        waived=False,
        kind__in=GRID_KINDS,
        asset__place__in=[county.xianxi, county.yanxi],
    )
    assert tags == set(marked.values_list("asset__tag", flat=True))
    gaps = sum(map(int, re.findall(r'<td class="num strong">(\d+)</td>', behind)))
    assert number == (gaps if name == "missing" else len(tags))


def test_a_past_list_leads_to_the_assets_as_they_were_judged_then(county: County, visit: Visit) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Mark.objects.update(opened=yesterday)
    kept_as_of(yesterday)
    behind = text_of(visit("leadership", f"{PAGE}behind/?mark=outdated&date={yesterday}", language="en"))
    assert f'href="/assets/{county.assets["old"].pk}/?date={yesterday}"' in behind


@pytest.mark.parametrize("given", ["mark=waived", "mark=unused&place=0", "mark=unused&cause=nonsense", ""])
def test_what_is_no_figure_has_no_list(county: County, visit: Visit, given: str) -> None:
    assert visit("leadership", f"{PAGE}behind/?{given}").status_code == 404


def test_another_countys_place_has_no_list(county: County, visit: Visit) -> None:
    assert visit("leadership", f"{PAGE}behind/?mark=unused&place={county.foreign.pk}").status_code == 404


def test_more_equipment_asks_no_more(county: County, visit: Visit) -> None:
    def counted() -> int:
        visit("leadership", PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert visit("leadership", PAGE).status_code == 200
        return len(queries)

    before = counted()
    for number in range(6):
        add(
            county,
            county.xianxi,
            Kind.COMPUTER,
            f"AH-XX-9{number}",
            "办公电脑",
            behind=endpoint_of(county.assets["switch"]),
            days=60,
            users=0,
        )
    mark(timezone.localdate())
    assert counted() <= before + 2  # moves are now valued
    assert before <= 40
