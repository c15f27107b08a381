"""The change record on screen: readable, within scope, filtered; personal data and secrets stay out of it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from inventory.models import Asset, DeviceModel, Fact, StandardItem
from itops.audit.models import Change
from itops.audit.wording import recorded_sorts
from itops.database.actor import acting, because
from itops.extras.models import CustomField
from itops.organisation.actions.accounts import grant
from itops.organisation.models import Person, Role
from tests.support.county import County
from tests.support.pages import Visit, text_of

PATH = "/changes/"


def said(visit: Visit, path: str, who: str = "it_staff") -> str:
    """What the page says, without its marks."""
    body = text_of(visit(who, path)).partition("<main")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


@pytest.fixture
def changed(county: County) -> Asset:
    """The codec got another price and network place, by the IT staff, for a reason."""
    asset = county.assets["codec"]
    with acting(county.users["it_staff"].actor), because("合同更正"):
        asset.cost_fen = 3_900_050
        asset.kind = "camera"
        asset.responsible = None
        asset.save()
    return asset


def test_a_change_says_who_why_and_from_what_to_what(county: County, visit: Visit, changed: Asset) -> None:
    page = text_of(visit("it_staff", f"{PATH}?of=inventory.asset:{changed.pk}"))
    for said in ("it_staff", "合同更正", "购置金额", "38,600.00 元", "39,000.50 元", "视频会议终端", "刘敏"):
        assert said in page
    assert "（分）" not in page
    assert reverse("inventory:asset", args=[changed.pk]) in page


def test_an_asset_s_page_shows_its_latest_changes(visit: Visit, changed: Asset) -> None:
    Fact.objects.create(asset=changed, name="memory_mb", declared="8192")
    page = text_of(visit("it_staff", reverse("inventory:asset", args=[changed.pk])))
    assert "合同更正" in page
    assert f"{PATH}?of=inventory.asset%3A{changed.pk}" in page


def test_a_property_is_called_as_on_the_card(visit: Visit, changed: Asset) -> None:
    """What is observed and not yet named here stands as it is."""
    for name in ("disk_gb", "fan_rpm"):
        Fact.objects.create(asset=changed, name=name, declared="512")
    address = f"{PATH}?of=inventory.asset:{changed.pk}"
    for language, said in (("zh-hans", "硬盘（GB）"), ("en", "Disk (GB)")):
        page = text_of(visit("it_staff", address, language=language))
        assert said in page
        assert "fan_rpm" in page
        assert "disk_gb" not in page


def test_the_change_of_a_property_says_which_and_from_what_to_what(visit: Visit, changed: Asset) -> None:
    fact = Fact.objects.create(asset=changed, name="memory_mb", declared="4096")
    with because("加了内存条"):
        Fact.objects.filter(pk=fact.pk).update(declared="8192")
    page = said(visit, f"{PATH}?q=加了内存条")
    assert changed.tag in page
    assert "属性 内存（MB） 登记 4096 → 8192" in page


def test_the_change_of_a_standard_s_line_says_which_kind(county: County, visit: Visit) -> None:
    item = StandardItem.objects.earliest("pk")
    with because("调整"):
        StandardItem.objects.filter(pk=item.pk).update(fixed=7)
    page = said(visit, f"{PATH}?q=调整", "county_administrator")
    assert f"类别 {item.get_kind_display()}" in page


@pytest.fixture
def own(county: County) -> dict[str, object]:
    """Own fields of assets, by key, with what one is changed to."""
    for key, label, kind in (
        ("keys_at", "钥匙保管处", "text"),
        ("fibre", "光纤入户", "yes_no"),
        ("came_from", "调入自", "place"),
        ("keeper", "保管人", "person"),
        ("uses", "用途", "choices"),
    ):
        choices = "党建\n民政" if kind == "choices" else ""
        CustomField.objects.create(
            model="inventory.asset", key=key, label_zh=label, type=kind, choices=choices
        )
    keeper = county.xianxi.offices.get().people.earliest("pk")
    return {
        "keys_at": "门卫室",
        "fibre": True,
        "came_from": county.yanxi.pk,
        "keeper": keeper.pk,
        "uses": ["党建", "民政"],
    }


def test_a_change_of_own_fields_is_told_field_by_field(
    county: County, visit: Visit, changed: Asset, own: dict[str, object]
) -> None:
    with because("登记"):
        Asset.objects.filter(pk=changed.pk).update(custom=own)
    with because("更正"):
        Asset.objects.filter(pk=changed.pk).update(custom={**own, "keys_at": "办公室", "fibre": False})
    page = said(visit, f"{PATH}?q=登记")
    keeper = county.xianxi.offices.get().people.earliest("pk")
    for line in (
        *("钥匙保管处 – → 门卫室", "光纤入户 – → 是", "调入自 – → 烟溪镇"),
        *(f"保管人 – → {keeper.name}", "用途 – → 党建, 民政"),
    ):
        assert line in page
    page = said(visit, f"{PATH}?q=更正")
    assert "钥匙保管处 门卫室 → 办公室" in page
    assert "光纤入户 是 → 否" in page
    assert "调入自" not in page
    assert "keys_at" not in page
    assert "钥匙保管处 门卫室 → 办公室" in said(visit, reverse("inventory:asset", args=[changed.pk]))


def test_a_value_of_a_field_that_is_gone_stands_under_its_key(visit: Visit, changed: Asset) -> None:
    with because("补登"):
        Asset.objects.filter(pk=changed.pk).update(custom={"long_gone": "7"})
    assert "long_gone – → 7" in said(visit, f"{PATH}?q=补登")


def test_a_catalogue_page_shows_its_changes(visit: Visit, county: County) -> None:
    model = DeviceModel.objects.get()
    with because("厂家公告"):
        DeviceModel.objects.update(end_of_support=timezone.localdate())
    page = text_of(visit("county_administrator", reverse("inventory:devicemodel", args=[model.pk])))
    assert "厂家公告" in page


def test_an_auditor_sees_all_of_the_county_and_nothing_of_its_neighbour(
    county: County, visit: Visit, changed: Asset
) -> None:
    page = text_of(visit("auditor", f"{PATH}?per_page=100&sort=inventory.asset"))
    assert "AH-XX-04" in page
    assert "TJ-01" not in page
    assert Change.objects.seen_by(county.users["auditor"]).filter(place=county.foreign).count() == 0
    assert Change.objects.seen_by(county.users["auditor"]).filter(model="inventory.devicemodel").exists()


@pytest.mark.parametrize(
    ("role", "told"), [("it_staff", False), ("auditor", True), ("county_administrator", True)]
)
def test_who_may_not_see_accounts_reads_no_changes_of_them(
    county: County, visit: Visit, role: str, told: bool
) -> None:
    user = county.users["nobody"]
    grant(by="tests", user=user, role=Role.objects.get(code="leadership"), place=county.xianxi)
    for sort in ("organisation.grant", "organisation.user", "organisation.role_permissions"):
        page = text_of(visit(role, f"{PATH}?sort={sort}", language="en"))
        assert ("Nothing meets these conditions" not in page) is told, sort


@pytest.mark.parametrize("role", ["leadership", "township_officer", "nobody"])
def test_who_may_not_see_changes_sees_none(role: str, county: County, visit: Visit) -> None:
    assert visit(role, PATH).status_code == 403
    page = text_of(visit(role, "/"))
    assert PATH not in page


def test_it_staff_of_a_township_see_neither_other_townships_nor_the_catalogue(county: County) -> None:
    officer = county.users["township_officer"]
    officer.__dict__["held"] = {"audit.view_change": [county.xianxi.path]}
    seen = Change.objects.seen_by(officer)
    assert set(seen.values_list("place", flat=True)) == {county.xianxi.pk}


@pytest.mark.parametrize(
    ("query", "hit"),
    [
        ("who=it_staff", True),
        ("who=somebody", False),
        ("q=合同", True),
        ("q=报废", False),
        ("sort=inventory.asset&action=change", True),
        ("sort=inventory.network", False),
        ("action=delete", False),
        ("since=2020-01-01&until=2020-02-01", False),
        ("since=2020-01-01", True),
        ("of=inventory.asset:999999", False),
        ("of=nonsense", False),
        ("step=0", False),  # no number of a change
    ],
)
def test_the_list_is_filtered(query: str, hit: bool, visit: Visit, changed: Asset) -> None:
    assert ("合同更正" in text_of(visit("it_staff", f"{PATH}?{query}"))) is hit


def test_one_step_shows_all_that_was_changed_with_it(visit: Visit, changed: Asset) -> None:
    step = Change.objects.first()
    assert step is not None
    assert visit("it_staff", f"{PATH}?step={step.pk}").status_code == 200


def test_of_a_person_no_name_is_shown_in_its_changes(county: County, visit: Visit) -> None:
    Person.objects.filter(name="刘敏").update(post="网管")
    page = text_of(visit("county_administrator", f"{PATH}?sort=organisation.person"))
    assert "不留存内容" in page
    assert "网管" not in page


def test_what_is_gone_is_still_named(county: County, visit: Visit, changed: Asset) -> None:
    spare = Asset.objects.create(tag="AH-XX-99", kind="computer", name="误录", place=county.xianxi)
    spare.delete()
    page = text_of(visit("it_staff", f"{PATH}?action=delete"))
    assert "AH-XX-99 误录" in page


def test_the_number_of_queries_does_not_grow_with_the_list(
    county: County, visit: Visit, changed: Asset, django_assert_max_num_queries: object
) -> None:
    visit("it_staff", PATH)
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        visit("it_staff", f"{PATH}?per_page=100")


@pytest.mark.django_db
def test_everything_recorded_has_a_name_in_chinese() -> None:
    with override("zh-hans"):
        named = recorded_sorts()
    assert len(named) > 50
    assert [name for _label, name in named if re.search(r"[a-z]{3}", name)] == []


def test_nothing_leads_to_what_is_gone(county: County, visit: Visit) -> None:
    made = DeviceModel.objects.create(manufacturer=DeviceModel.objects.get().manufacturer, name="误录")
    address = reverse("inventory:devicemodel", args=[made.pk])
    path = f"{PATH}?of=inventory.devicemodel:{made.pk}"
    assert address in text_of(visit("it_staff", path))
    made.delete()
    page = text_of(visit("it_staff", path))
    assert "误录" in page
    assert address not in page
