"""The list of needs: what meets the conditions, in which order, what it costs together, and who pays for it."""

import csv
import io
import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from inventory.models import Asset
from itops.organisation.models import Place
from planning.actions.needs import kind_of, needs_on
from planning.models import FundingSource, Plan, PlanLine, RemedyTerms
from planning.optimiser.need import Need, Remedy
from planning.queries.moves import chosen_for
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.plans import plan_of

pytestmark = pytest.mark.django_db
PAGE = "/planning/needs/"


@pytest.fixture(autouse=True)
def prices(county: County) -> None:
    """Of everything that is lacking or marked there."""
    for place, kind in enumerate(("computer", "printer", "notice_board", "network_link")):
        RemedyTerms.objects.create(
            kind=kind,
            price_fen=480_000 + place,
            upkeep_fen=12_000,
            repair_fen=30_000,
            train_fen=20_000,
        )


def needed(county: County) -> list[tuple[Need, Remedy]]:
    """What the rules give, need by need."""
    known = needs_on(timezone.localdate())
    places = {str(place.pk) for place in (county.xianxi, county.yanxi)}
    found = chosen_for(county.users["leadership"], known, places)
    return [(need, found.remedies[need.key]) for need in found.needs if need.key in found.remedies]


def sums(visit: Visit, query: str = "", language: str = "en") -> str:
    text = text_of(visit("leadership", f"{PAGE}?{query}", language=language))
    [said] = re.findall(r'<p class="sums" role="status">(.*?)</p>', text)
    return str(said)


def exported(visit: Visit, query: str = "") -> list[dict[str, str]]:
    answer = visit("leadership", f"{PAGE}export/csv/?{query}", language="en")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def money(fen: int) -> str:
    return f"¥{(fen + 50) // 100:,}"


def test_a_condition_keeps_what_meets_it_and_adds_that_up(county: County, visit: Visit) -> None:
    every = needed(county)
    here = [one for need, one in every if need.place == str(county.xianxi.pk)]
    assert 0 < len(here) < len(every)
    said = sums(visit, f"place={county.xianxi.pk}")
    assert said.startswith(f"Shown: {len(here)} need")
    assert money(sum(one.purchase for one in here)) in said
    assert money(sum(one.recurring for one in here)) in said


def test_conditions_narrow_each_other(county: County, visit: Visit) -> None:
    known = needs_on(timezone.localdate())
    every = [(need, one, kind_of(need.key, known)) for need, one in needed(county)]
    counted = Counter((one.way.value, kind.value) for _need, one, kind in every)
    assert len(counted) > 1
    for (way, kind), number in counted.items():
        rows = exported(visit, f"way={way}&kind={kind}")
        assert sum(int(row["Quantity"]) for row in rows) == number


def test_a_word_is_looked_for_in_what_is_shown(county: County, visit: Visit) -> None:
    tag = county.assets["old"].tag
    rows = exported(visit, f"q={tag.lower()}")
    assert [row["Asset number"] for row in rows] == [tag]


def test_what_is_no_choice_is_said_and_left_out(county: County, visit: Visit) -> None:
    text = text_of(visit("leadership", f"{PAGE}?way=steal", language="en"))
    assert "“steal” is none of the choices of “Remedy”: it was left out." in text
    assert sums(visit, "way=steal") == sums(visit)


@pytest.mark.parametrize("sort", ["fen", "-fen"])
def test_it_is_sorted_by_cost(county: County, visit: Visit, sort: str) -> None:
    text = text_of(visit("leadership", f"{PAGE}?sort={sort}&per_page=100", language="en"))
    body = text[text.index("<tbody>") :]
    costs = [
        int(row[1].replace(",", ""))
        for row in re.findall(r'"num no-phone">(\d+)</td><td class="num">([\d,]+)', body)
    ]
    assert len(set(costs)) > 1
    assert costs == sorted(costs, reverse=sort.startswith("-"))


def test_a_long_list_has_pages(county: County, visit: Visit) -> None:
    RemedyTerms.objects.all().update(price_fen=1)
    Asset.objects.filter(pk=county.assets["old"].pk).update(minimum_years=None)
    number = len(exported(visit))
    first = text_of(visit("leadership", f"{PAGE}?per_page=25", language="en"))
    assert first.count('<span class="take') == min(number, 25)
    beyond = text_of(visit("leadership", f"{PAGE}?per_page=25&page=99999", language="en"))
    assert beyond.count('<span class="take') == (number - 1) % 25 + 1
    assert text_of(visit("leadership", f"{PAGE}?per_page=1000000&page=x", language="en")).count(
        '<span class="take'
    ) == min(number, 50)


@pytest.fixture
def funded(county: County) -> tuple[str, FundingSource]:
    """A published plan pays for the first need from one source, and refuses all others."""
    source = FundingSource.objects.create(
        name="县级配套资金", type="matching", document="安财〔2027〕1号", year=2027, limit_fen=10_000_000
    )
    plan = plan_of("2027")
    needs = [need for need, _remedy in needed(county)]
    known = needs_on(timezone.localdate())
    for number, need in enumerate(needs[:-1]):  # of the last one the plan knows nothing
        PlanLine.objects.create(
            plan=plan,
            need=need.key,
            place=Place.objects.get(pk=int(need.place)),
            kind=kind_of(need.key, known).value,
            chosen=number == 0,
            way="buy",
            year=2027 if number == 0 else None,
            fen=5,
            worth=1,
            code="worth",
            paid_by=[[source.pk, 5]],
        )
    Plan.objects.filter(pk=plan.pk).update(
        published_at=timezone.now(), published_by=county.users["county_administrator"]
    )
    return needs[0].key, source


def test_what_the_published_plan_pays_names_its_source(
    county: County, visit: Visit, funded: tuple[str, FundingSource]
) -> None:
    key, source = funded
    every = needed(county)
    [paid] = exported(visit, "funded=yes")
    assert (paid["Quantity"], paid["Paid by"]) == ("1", str(source))
    assert paid["Cost (yuan)"] == f"{next(one.purchase for need, one in every if need.key == key) / 100:.2f}"
    assert exported(visit, f"source={source.pk}") == [paid]
    left = exported(visit, "funded=no")
    assert sum(int(row["Quantity"]) for row in left) == len(every) - 1
    assert {row["Paid by"] for row in left} == {"not funded"}
    open_fen = sum(one.purchase for need, one in every if need.key != key)
    assert sums(visit).endswith(f"not funded {money(open_fen)}")


def test_the_file_for_a_spreadsheet_holds_numbers(county: County, visit: Visit) -> None:
    answer = visit("leadership", f"{PAGE}export/xlsx/?way=buy", language="en")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    head, *rows = sheet.iter_rows(values_only=True)
    cost = head.index("Cost (yuan)")
    bought = [one.purchase for _need, one in needed(county) if one.way == "buy"]
    assert sum(row[cost] for row in rows) == pytest.approx(sum(bought) / 100)


def test_who_sees_no_money_sees_no_list(county: County, visit: Visit) -> None:
    for who in ("township_officer", "city_reader", "machine"):
        for path in ("refused/", "export/csv/", "export/xlsx/"):
            assert visit(who, PAGE + path).status_code == 403


def statements(visit: Visit) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert visit("leadership", PAGE).status_code == 200
    return len(asked)


def test_statements_do_not_grow_with_needs(county: County, visit: Visit) -> None:
    RemedyTerms.objects.exclude(kind="computer").delete()
    visit("leadership", PAGE)
    few = statements(visit)
    for kind in ("printer", "notice_board", "network_link"):
        RemedyTerms.objects.create(kind=kind, price_fen=480_000, repair_fen=1, train_fen=1)
    assert statements(visit) <= few
