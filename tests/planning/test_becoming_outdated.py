"""What becomes outdated within 24 months, by month and place, with its reason and what replacing it costs."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inventory.actions.marking import judged
from inventory.actions.policies import draft_policy, publish
from inventory.actions.trials import begin_trial, run_trial
from inventory.marks.ahead import months_after
from inventory.marks.kind import Kind
from inventory.marks.mark import Mark
from inventory.models import Asset, DeviceModel, Fact, Manufacturer
from planning.actions.needs import years_on
from planning.models import RemedyTerms
from planning.needs.remedies import Barred
from planning.optimiser.need import Way
from planning.queries.ahead import coming, summed
from tests.support.county import County, add
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
UNTIL = months_after(TODAY, 24)
PAGE = "/planning/leadership/ahead/"
WINDOWS_11 = "Hardware: Intel64 - Software: Windows Version 6.3 (Build 26100 Multiprocessor Free)"


def model(name: str, ends: date) -> DeviceModel:
    maker = Manufacturer.objects.get_or_create(name="Maker")[0]
    return DeviceModel.objects.create(manufacturer=maker, name=name, kind="printer", end_of_support=ends)


@pytest.fixture
def printers(county: County) -> list[Asset]:
    """Two whose support ends in 100 days, one in 400, one ended, one after the 24 months, one of another county."""
    days = {"soon": 100, "later": 400, "over": -3, "far": 900}
    models = {name: model(name, TODAY + timedelta(days=number)) for name, number in days.items()}
    places = [county.xianxi, county.yanxi, county.xianxi, county.xianxi, county.xianxi, county.foreign]
    which = ["soon", "soon", "later", "over", "far", "soon"]
    return [
        add(county, place, Kind.PRINTER, f"P-{n}", "打印机", probed=False, model=models[name])
        for n, (place, name) in enumerate(zip(places, which, strict=True))
    ]


def test_they_are_those_that_are_outdated_then_and_not_today(county: County, printers: list[Asset]) -> None:
    """Judged again for today and for the last day, instead of looking for ends."""

    def marked(day: date) -> set[int]:
        def by_time(one: object) -> bool:
            return str(one).endswith(("unsupported_os", "unsupported_model"))

        return {
            v.known.asset
            for v in judged(day)
            if any(f.mark is Mark.OUTDATED and f.marking and by_time(f.rule) for f in v.judgement.findings)
        }

    found = {one.asset.pk for one in coming(county.users["it_staff"], TODAY, UNTIL)}
    there = set(Asset.objects.exclude(place=county.foreign).values_list("pk", flat=True))
    assert found == (marked(UNTIL) - marked(TODAY)) & there
    assert {printers[0].pk, printers[1].pk, printers[2].pk} <= found
    assert not found & {printers[3].pk, printers[4].pk, printers[5].pk}


def test_what_replacing_costs_is_the_price_laid_down(county: County, printers: list[Asset]) -> None:
    def own() -> list[int | None]:
        found = coming(county.users["it_staff"], TODAY, UNTIL)
        return [one.fen for one in found if one.kind is Kind.PRINTER]

    assert set(own()) == {None}
    RemedyTerms.objects.create(kind="printer", price_fen=180_000)
    assert own() == [180_000] * 3
    found = [one for one in coming(county.users["it_staff"], TODAY, UNTIL) if one.kind is Kind.PRINTER]
    total = summed(found)
    assert (total.number, total.fen, total.unpriced) == (3, 540_000, 0)


def test_under_its_minimum_years_nothing_is_bought(county: County, printers: list[Asset]) -> None:
    RemedyTerms.objects.create(kind="printer", price_fen=180_000)
    Asset.objects.filter(pk=printers[0].pk).update(minimum_years=30)
    found = {one.asset.tag: one for one in coming(county.users["it_staff"], TODAY, UNTIL)}
    assert found["P-0"].remedy is None
    assert found["P-0"].barred == (Barred.BELOW_MINIMUM_YEARS,)
    total = summed(one for one in found.values() if one.kind is Kind.PRINTER)
    assert (total.number, total.fen, total.unpriced) == (3, 360_000, 0)


def test_on_the_day_its_minimum_years_are_over_it_may_be_replaced(county: County) -> None:
    """Counted by the calendar on both sides: by what marks it, and by what may be bought."""
    starts = TODAY.replace(day=1) - timedelta(days=3 * 365)
    switch = county.assets["switch"]
    for years in (4, 5, 7):
        Asset.objects.filter(pk=switch.pk).update(in_service_on=starts, minimum_years=years)
        switch.refresh_from_db()
        over = starts.replace(year=starts.year + years)
        assert years_on(switch, over) == years
        assert years_on(switch, over - timedelta(days=1)) == years - 1


@pytest.mark.parametrize(("upgrade", "way"), [(60_000, Way.UPGRADE), (600_000, Way.BUY), (None, Way.BUY)])
def test_a_system_without_support_is_upgraded_where_that_is_cheaper(
    county: County, upgrade: int | None, way: Way
) -> None:
    """As the needs of that day would have it."""
    good = county.assets["good"]
    Fact.objects.update_or_create(
        asset=good, name="description", defaults={"observed": WINDOWS_11, "since": timezone.now()}
    )
    RemedyTerms.objects.create(kind="computer", price_fen=480_000, upgrade_fen=upgrade)
    found = {
        one.asset.pk: one for one in coming(county.users["it_staff"], TODAY, TODAY + timedelta(days=3_000))
    }
    assert {ending.rule for ending in found[good.pk].endings} == {"outdated.computer.unsupported_os"}
    remedy = found[good.pk].remedy
    assert remedy
    assert (remedy.way, remedy.purchase) == (way, min(upgrade or 480_000, 480_000))


def test_a_policy_that_is_published_decides_from_its_day_on(county: County) -> None:
    """From that day age alone marks; until then it is only shown."""
    old = county.assets["old"]
    Asset.objects.filter(pk=county.assets["switch"].pk).update(
        in_service_on=date(2015, 1, 1), minimum_years=6
    )
    starts = TODAY + timedelta(days=200)
    before = {one.asset.pk for one in coming(county.users["it_staff"], TODAY, UNTIL)}
    draft = draft_policy(
        place=county.county, in_force_on=starts, settings={"shown_only": []}, reason="到期更新", by="tests"
    )
    run_trial(begin_trial(draft, by="tests"))
    publish(draft, by="tests")
    found = {one.asset.pk: one for one in coming(county.users["it_staff"], TODAY, UNTIL)}
    switch = county.assets["switch"].pk
    assert switch not in before
    assert found[switch].endings[0].on == starts
    assert old.pk not in found  # it is outdated today


def test_the_page_lists_by_month_and_place_and_down_to_the_assets(
    county: County, visit: Visit, printers: list[Asset]
) -> None:
    text = text_of(visit("leadership", PAGE, language="en"))
    soon = (TODAY + timedelta(days=101)).strftime("%Y-%m")
    assert f"?month={soon}" in text
    assert f"?place={county.yanxi.pk}" in text
    month = text_of(visit("leadership", f"{PAGE}?month={soon}", language="en"))
    assert ("P-0" in month, "P-1" in month, "P-2" in month, "P-5" in month) == (True, True, False, False)
    assert "Model without support" in month
    place = text_of(visit("leadership", f"{PAGE}?place={county.xianxi.pk}", language="en"))
    assert ("P-0" in place, "P-1" in place, "P-2" in place) == (True, False, True)


def test_the_numbers_of_the_months_make_up_the_whole(
    county: County, visit: Visit, printers: list[Asset]
) -> None:
    text = text_of(visit("leadership", PAGE, language="en"))
    whole = int(re.search(r"<b>(\d+) pieces</b>", text)[1])  # type: ignore[index]
    table = text[text.index('id="by-month"') : text.index('id="by-place"')]
    assert sum(map(int, re.findall(r'<td class="num strong">(\d+)</td>', table))) == whole


def test_the_page_for_leadership_leads_there_and_strangers_see_nothing(county: County, visit: Visit) -> None:
    assert PAGE in text_of(visit("leadership", "/planning/leadership/"))
    assert visit("nobody", PAGE).status_code == 403


def test_the_page_asks_no_more_for_more_assets(county: County, visit: Visit, printers: list[Asset]) -> None:
    visit("leadership", PAGE)
    with CaptureQueriesContext(connection) as few:
        visit("leadership", PAGE)
    for number in range(3):
        add(
            county,
            county.yanxi,
            Kind.PRINTER,
            f"P-9{number}",
            "打印机",
            probed=False,
            model=printers[0].device_model,
        )
    with CaptureQueriesContext(connection) as many:
        visit("leadership", PAGE)
    assert len(many) == len(few)
