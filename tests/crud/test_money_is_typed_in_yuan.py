"""Nobody types fen: a form asks for yuan and keeps whole fen, and shows again what was typed."""

import pytest

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

WHO = "county_administrator"


def typed(county: County, cost: str) -> dict[str, str]:
    return {
        "tag": "N-77",
        "name": "办公电脑",
        "kind": "computer",
        "place": str(county.xianxi.pk),
        "condition": "in_use",
        "cost_fen": cost,
    }


@pytest.mark.parametrize(("cost", "fen"), [("4500.5", 450_050), ("4,500", 450_000), ("0.01", 1), ("", None)])
def test_what_is_typed_in_yuan_is_kept_in_fen(
    cost: str, fen: int | None, county: County, visit: Visit
) -> None:
    visit(WHO, ASSETS.url("add"), data=typed(county, cost))
    assert Asset.objects.get(tag="N-77").cost_fen == fen


def test_the_form_shows_yuan_again(county: County, visit: Visit) -> None:
    asset = county.assets["codec"]
    page = text_of(visit(WHO, ASSETS.url("edit", asset.pk)))
    assert 'value="38600.00"' in page
    assert "（分）" not in page


@pytest.mark.parametrize("cost", ["-1", "1.005", "四千", "4500元", "1e9"])
def test_what_is_no_amount_is_refused_beside_its_field(cost: str, county: County, visit: Visit) -> None:
    page = text_of(visit(WHO, ASSETS.url("add"), data=typed(county, cost)))
    assert 'id="id_cost_fen_error"' in page
    assert not Asset.objects.filter(tag="N-77").exists()


def test_many_at_once_are_set_in_yuan_too(county: County, visit: Visit) -> None:
    asset = county.assets["codec"]
    data = {"action": "save", "pk": str(asset.pk), "change_cost_fen": "on", "cost_fen": "12.30"}
    assert visit(WHO, ASSETS.url("bulk"), data=data).status_code == 302
    asset.refresh_from_db()
    assert asset.cost_fen == 1_230
