"""Every figure of the page comes out again when it is counted from the rows in another way."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.models import BusinessSystem, ManualEntry, SystemExchange, SystemUse
from itops.organisation.models import Office
from monitoring.models import State
from planning.queries.islands import overview
from tests.support.county import County, endpoint_of
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
PAGE = "/planning/leadership/systems/"
SYSTEMS = ("低保", "统计", "财务", "核对", "婚姻", "老龄")
EXCHANGES = (  # from, into, way
    ("低保", "核对", "automatic"),
    ("核对", "低保", "automatic"),
    ("低保", "统计", "hand"),
    ("老龄", "统计", "hand"),
    ("婚姻", "统计", "file"),
    ("婚姻", "低保", "none"),
    ("低保", "财务", "automatic"),
)


@pytest.fixture
def systems(county: County) -> dict[str, BusinessSystem]:
    made = {
        name: BusinessSystem.objects.create(name=f"{name}系统", short=name, network=county.network)
        for name in SYSTEMS
    }
    for source, target, way in EXCHANGES:
        SystemExchange.objects.create(
            name=f"{source}给{target}", source=made[source], target=made[target], way=way
        )
    for place, hours in ((county.xianxi, "12.5"), (county.yanxi, "8")):
        office = Office.objects.get(place=place)
        SystemUse.objects.create(system=made["低保"], office=office, users=2)
        for index, exchange in enumerate(SystemExchange.objects.filter(way="hand")):
            ManualEntry.objects.create(exchange=exchange, office=office, hours=float(hours) + index)
    made["低保"].asset = county.assets["good"]
    made["低保"].save()
    made["统计"].endpoint = endpoint_of(county.assets["cut"])
    made["统计"].save()
    return made


def test_the_share_without_hands(systems: dict[str, BusinessSystem], visit: Visit) -> None:
    ways = [way for _source, _target, way in EXCHANGES]
    share = round(100 * ways.count("automatic") / len(ways))
    page = text_of(visit("leadership", PAGE))
    assert f"应有的 {len(ways)} 项数据对接中，<b>{ways.count('automatic')} 项无需人工（{share}%）</b>" in page


def test_hours_by_place_system_and_exchange_are_the_same_hours(
    systems: dict[str, BusinessSystem], county: County, visit: Visit
) -> None:
    shown = overview(county.users["leadership"])
    total = sum(entry.hours for entry in ManualEntry.objects.all())
    assert sum(shown.by_place.values()) == sum(shown.by_system.values()) == total
    assert sum(shown.by_exchange.values()) == shown.hours == total
    assert set(shown.by_system) == {systems["统计"].pk}
    assert "每月要花 <b>43 小时</b>" in text_of(visit("leadership", PAGE))


def test_islands_are_counted(systems: dict[str, BusinessSystem], county: County) -> None:
    shown = overview(county.users["leadership"])
    joined = {systems[name].pk for name in ("低保", "核对", "财务")}
    assert [set(island) for island in shown.islands if len(island) > 1] == [joined]
    assert (len(shown.islands), shown.alone) == (4, 3)


def test_a_system_answers_as_its_asset_or_its_own_endpoint_does(
    systems: dict[str, BusinessSystem], county: County
) -> None:
    found = overview(county.users["leadership"]).states
    asked = {systems["低保"].pk: "good", systems["统计"].pk: "cut"}
    assert found == {
        system: State.objects.get(endpoint=endpoint_of(county.assets[name])).code
        for system, name in asked.items()
    }


def test_a_township_sees_its_own_hours(
    systems: dict[str, BusinessSystem], county: County, visit: Visit
) -> None:
    shown = overview(county.users["township_officer"])
    own = ManualEntry.objects.filter(office__place=county.xianxi)
    assert shown.hours == sum(entry.hours for entry in own)
    assert set(shown.by_place) == {county.xianxi.pk}
    assert shown.users == {systems["低保"].pk: 1}
    assert len(shown.exchanges) == len(EXCHANGES)


def test_both_pictures_show_every_system_and_exchange(
    systems: dict[str, BusinessSystem], visit: Visit
) -> None:
    page = text_of(visit("leadership", PAGE))
    drawn = re.findall(r'<svg class="isles .*?</svg>', page, re.DOTALL)
    assert len(drawn) == 2
    for picture in drawn:
        assert set(re.findall(r"<text[^>]*>([^<]+)</text>", picture)) == set(SYSTEMS)
        assert picture.count("<title>") == len(EXCHANGES)


def test_archived_systems_and_what_is_only_said_to_exist_are_not_drawn(
    systems: dict[str, BusinessSystem], county: County
) -> None:
    BusinessSystem.objects.create(name="地名库", stage="unconfirmed")
    BusinessSystem.objects.filter(short="婚姻").update(archived=True)
    shown = overview(county.users["leadership"])
    assert {one.short for one in shown.drawn} == set(SYSTEMS) - {"婚姻"}
    assert len(shown.links) == len(EXCHANGES) - 2


def test_a_system_tells_what_passes_in_and_out(systems: dict[str, BusinessSystem], visit: Visit) -> None:
    page = text_of(visit("leadership", f"/business-systems/{systems['统计'].pk}/"))
    for name in ("低保给统计", "老龄给统计", "婚姻给统计"):
        assert name in page
    assert "婚姻给低保" not in page
    total = sum(entry.hours for entry in ManualEntry.objects.filter(exchange__target=systems["统计"]))
    assert f"每月手工输入 {total} 小时" in page
    assert "2 个单位在用" in text_of(visit("leadership", f"/business-systems/{systems['低保'].pk}/"))


def test_an_empty_register_offers_the_first_list(visit: Visit) -> None:
    assert "载入初始清单" in text_of(visit("county_administrator", PAGE))
    assert "载入初始清单" not in text_of(visit("leadership", PAGE))
    assert visit("leadership", f"{PAGE}first-list/", data={}).status_code == 403
    assert visit("county_administrator", f"{PAGE}first-list/", data={}).status_code == 302
    assert BusinessSystem.objects.filter(short="低保").exists()


@pytest.mark.parametrize("who", ["nobody", "account_administrator"])
def test_who_sees_no_system_sees_no_page(who: str, visit: Visit) -> None:
    assert visit(who, PAGE).status_code == 403


def test_questions_do_not_grow_with_systems(systems: dict[str, BusinessSystem], visit: Visit) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            visit("leadership", PAGE)
        return len(queries)

    asked()  # what is asked once in the life of the process
    few = asked()
    for number in range(12):
        system = BusinessSystem.objects.create(name=f"系统{number}")
        SystemExchange.objects.create(name=f"n{number}", source=system, target=systems["统计"], way="hand")
    assert asked() == few


def test_the_page_for_leadership_leads_here(visit: Visit) -> None:
    assert PAGE in text_of(visit("leadership", "/planning/leadership/"))
