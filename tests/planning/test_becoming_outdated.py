"""What becomes outdated within 24 months, by month and place, with its reason and what replacing it costs."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inventory.actions.marking import judged
from inventory.marks.ahead import months_after
from inventory.marks.kind import Kind
from inventory.marks.mark import Mark
from inventory.models import Asset, DeviceModel, Manufacturer
from planning.models import RemedyTerms
from planning.queries.ahead import coming, summed
from tests.support.county import County, add
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
UNTIL = months_after(TODAY, 24)
PAGE = "/planning/leadership/ahead/"


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
