"""A request is a need once: together with the shortfall and the mark that speak of the same thing."""

from collections import Counter

import pytest
from django.utils import timezone

from inventory.actions.requests import answer_request, send_request
from inventory.models import Asset, Request
from itops.organisation.models import Place
from planning.actions.needs import Known, kind_of, needs_on
from planning.models import RemedyTerms
from planning.needs.remedies import Barred
from planning.optimiser.need import Way
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def prices(county: County) -> None:
    for kind in ("computer", "printer", "camera"):
        RemedyTerms.objects.create(kind=kind, price_fen=480_000, repair_fen=30_000, freight_fen=10_000)


def known() -> Known:
    return needs_on(timezone.localdate())


def keys() -> Counter[str]:
    return Counter(need.key.rpartition(":")[0] or need.key for need in known().counted.needs)


def request(
    place: Place, sort: str = "need", kind: str = "computer", asset: Asset | None = None, **more: int
) -> Request:
    return send_request(place=place, sort=sort, kind=kind, asset=asset, text="新来一人", by="王海涛", **more)


def test_what_the_standard_lacks_already_is_not_counted_again(county: County) -> None:
    before = keys()
    short = before[f"short:{county.yanxi.pk}:computer"]
    assert short > 0
    made = request(county.yanxi, quantity=short)
    assert keys() == before
    [barring] = [one for one in known().counted.barred if one.subject == str(made.pk)]
    assert (barring.code, barring.need) == (Barred.COUNTED, f"short:{county.yanxi.pk}:computer:0")


def test_what_lies_above_the_standard_is_said_and_not_needed(county: County) -> None:
    before, short = keys(), keys()[f"short:{county.yanxi.pk}:computer"]
    made = request(county.yanxi, quantity=short + 3)
    assert keys() == before
    codes = {one.code for one in known().counted.barred if one.subject == str(made.pk)}
    assert codes == {Barred.COUNTED, Barred.ABOVE_QUOTA}


def test_where_no_standard_speaks_each_piece_asked_for_is_a_need(county: County) -> None:
    made = request(county.yanxi, kind="camera", quantity=2)
    found = [need for need in known().counted.needs if need.key.startswith(f"asked:{made.pk}:")]
    assert len(found) == 2
    assert {kind_of(need.key, known()) for need in found} == {"camera"}


def test_a_fault_of_a_marked_asset_is_the_same_need(county: County) -> None:
    old = county.assets["old"]
    before = keys()
    assert before[f"asset:{old.tag}"] == 1 or f"asset:{old.tag}" in {n.key for n in known().counted.needs}
    request(county.xianxi, sort="fault", asset=old)
    request(county.xianxi, sort="fault", asset=old)
    assert keys() == before


def test_a_fault_of_another_asset_is_a_need_of_its_own_to_be_repaired(county: County) -> None:
    good = county.assets["good"]
    assert f"asset:{good.tag}" not in {need.key for need in known().counted.needs}
    request(county.xianxi, sort="fault", asset=good)
    [found] = [need for need in known().counted.needs if need.key == f"asset:{good.tag}"]
    assert [remedy.way for remedy in found.remedies] == [Way.REPAIR]
    assert kind_of(found.key, known()) == "computer"


@pytest.mark.parametrize(("state", "counts"), [("accepted", True), ("declined", False), ("done", False)])
def test_an_answer_decides_whether_it_still_counts(county: County, state: str, counts: bool) -> None:
    made = request(county.yanxi, kind="camera")
    answer_request(made, state=state, answer="理由", by="刘敏")
    assert (f"asked:{made.pk}" in keys()) is counts


def test_a_suggestion_asks_for_nothing(county: County) -> None:
    before = keys()
    request(county.yanxi, sort="suggestion", kind="camera")
    assert keys() == before


def test_the_page_of_needs_names_the_request(county: County, visit: Visit) -> None:
    made = request(county.yanxi, kind="camera", quantity=2)
    request(county.xianxi, sort="fault", asset=county.assets["good"])
    page = text_of(visit("leadership", "/planning/needs/", language="en"))
    assert f"The township asked for it: request {made.pk}." in page
    assert "AH-XX-06" in page
