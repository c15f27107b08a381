"""The list of assets: searched, filtered, in tabs, ordered worst first, and exported as it is shown."""

import csv
import io

import pytest
from django.urls import reverse

from inventory.models import Asset
from itops.extras.models import CustomField, Tag, Tagging
from tests.support.county import County
from tests.support.pages import Visit, text_of


def tags(visit: Visit, query: str = "") -> list[str]:
    """The tags of the rows of the export, in order."""
    return [row[0] for row in exported(visit, query)[1:]]


def exported(visit: Visit, query: str = "") -> list[list[str]]:
    response = visit("it_staff", f"/assets/export.csv?{query}")
    body = b"".join(response)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=AH-XX-04", {"AH-XX-04"}),
        ("q=poly", {"AH-XX-04"}),
        ("q=王海涛", {"AH-YX-01", "AH-YX-02", "AH-YX-03", "AH-YX-04"}),
        ("q=会议 二楼", {"AH-XX-03"}),
        ("kind=printer", {"AH-YX-02"}),
        ("state=unreachable", {"AH-YX-02"}),
        ("state=never", {"AH-YX-03"}),
        ("state=silent", {"AH-YX-01", "AH-YX-04"}),
        ("mark=missing", {"AH-YX-04"}),
        ("mark=unused&answer=marked", {"AH-XX-03", "AH-XX-04", "AH-YX-02"}),
        ("view=unsupported", {"AH-XX-05"}),
        ("view=not_found", {"AH-YX-04"}),
        ("view=parts", {"AH-XX-04"}),
        ("condition=in_storage", set()),
        ("kind=nonsense", set()),
    ],
)
def test_conditions_choose(query: str, expected: set[str], county: County, visit: Visit) -> None:
    """One that makes no sense finds nothing."""
    assert set(tags(visit, query)) == expected


def test_the_archive_is_shown_to_those_who_ask_for_it(county: County, visit: Visit) -> None:
    """Retired or not; nothing that is done to all that match reaches it otherwise."""
    county.assets["codec"].archived = True
    county.assets["codec"].save()
    assert "AH-XX-04" not in tags(visit)
    assert tags(visit, "archived=only") == ["AH-XX-04"]
    assert tags(visit, "archived=only&q=poly") == ["AH-XX-04"]
    shown = text_of(visit("it_staff", "/assets/?archived=too"))
    assert shown.count('<span class="decision">已归档</span>') == 1
    county.assets["codec"].condition = "retired"
    county.assets["codec"].save()
    assert tags(visit, "archived=only") == ["AH-XX-04"]


def test_all_that_match_are_as_many_as_the_list_shows(county: County, visit: Visit) -> None:
    Asset.objects.filter(tag="AH-XX-04").update(archived=True)
    asked = {"all_matching": "1", "query": ""}
    assert f"更改 {len(tags(visit))} 条记录" in text_of(visit("it_staff", "/assets/bulk/", data=asked))


def test_an_address_finds_its_asset(county: County, visit: Visit) -> None:
    codec = county.assets["codec"]
    address = codec.bindings.get().endpoint.address
    assert tags(visit, f"q={address}") == ["AH-XX-04"]


def test_a_township_is_chosen_by_its_place(county: County, visit: Visit) -> None:
    assert {tag[:5] for tag in tags(visit, f"place={county.yanxi.pk}")} == {"AH-YX"}
    assert len(tags(visit, f"place={county.county.pk}")) == 10


def test_a_foreign_place_is_no_choice(county: County, visit: Visit) -> None:
    page = text_of(visit("it_staff", "/assets/"))
    assert (
        f'value="{county.foreign.pk}"' not in page.partition("<tbody>")[0].partition('name="place"')[2][:2000]
    )


def test_the_worst_come_first(county: County, visit: Visit) -> None:
    """What is missing, then what has been marked longest; what is in order last."""
    found = tags(visit)
    assert found[0] == "AH-YX-04"
    assert found[1] == "AH-XX-05"
    assert found.index("AH-XX-06") > found.index("AH-XX-04")


def test_the_order_can_be_chosen(county: County, visit: Visit) -> None:
    assert tags(visit, "sort=tag") == sorted(tags(visit))
    assert tags(visit, "sort=-cost")[0] == "AH-XX-04" or tags(visit, "sort=-cost")[1] == "AH-XX-04"
    assert len(tags(visit, "sort=nonsense")) == 10


def test_a_name_that_is_a_formula_is_defused(county: County, visit: Visit) -> None:
    names = [row[1] for row in exported(visit, "q=AH-YX-04")[1:]]
    assert names[0].startswith("'=办公电脑")


def test_the_export_has_the_columns_of_the_page(county: County, visit: Visit) -> None:
    head = exported(visit, "columns=tag&columns=serial")[0]
    assert head == ["编号", "序列号"]


def test_the_export_has_the_own_columns_that_are_shown(county: County, visit: Visit) -> None:
    key, codec = Asset._meta.label_lower, county.assets["codec"]
    CustomField.objects.create(model=key, key="batch", type="text", label_zh="批次")
    CustomField.objects.create(model=key, key="manual", type="link", label_zh="说明书")
    CustomField.objects.create(model=key, key="store", type="place", label_zh="存放地")
    values = {"batch": "=1+1", "manual": "https://a.cn/m", "store": county.xianxi.pk}
    Asset.objects.filter(pk=codec.pk).update(custom=values)
    for name in ("待更新", "借出"):
        made = Tag.objects.create(name=name, slug=f"t{len(name)}")
        Tagging.objects.create(model=key, object_id=codec.pk, tag=made)
    shown = "&".join(f"columns={name}" for name in ("tag", "tags", "cf_batch", "cf_manual", "cf_store"))
    head, *rows = exported(visit, shown)
    assert head == ["编号", "标签", "批次", "说明书", "存放地"]
    by_tag = {row[0]: row[1:] for row in rows}
    assert by_tag.pop(codec.tag) == ["借出；待更新", "'=1+1", "https://a.cn/m", "仙溪镇 430923103"]
    assert set(map(tuple, by_tag.values())) == {("", "", "", "")}


def test_columns_are_remembered_until_the_form_asks_for_the_usual_ones(county: County, visit: Visit) -> None:
    visit("it_staff", "/assets/?columns=tag&columns=serial")
    assert '<th scope="col" class="num' not in text_of(visit("it_staff", "/assets/"))
    assert "金额" in text_of(
        visit("it_staff", "/assets/", **{"HX-Source": "form#filters", "HX-Request": "true"})
    )
    assert "金额" in text_of(visit("it_staff", "/assets/"))


def test_tabs_count_what_they_show(county: County, visit: Visit) -> None:
    page = text_of(visit("it_staff", "/assets/"))
    assert "没有找到<b>1</b>" in page
    assert "疑似闲置<b>3</b>" in page
    assert "全部<b>10</b>" in page


def test_with_conditions_it_says_how_many_of_all_meet_them(county: County, visit: Visit) -> None:
    everything, found = (text_of(visit("it_staff", at)) for at in ("/assets/", "/assets/?mark=unused"))
    assert "符合条件的 " not in everything
    assert "符合条件的 3 台（套）" in found
    assert all("全部在账 10 台（套）" in page for page in (everything, found))


def test_a_whole_number_leads_to_its_asset(county: County, visit: Visit) -> None:
    response = visit("it_staff", "/assets/?q=ah-xx-04")
    assert response.headers["Location"] == reverse("inventory:asset", args=[county.assets["codec"].pk])


def test_nobody_gets_more_rows_than_are_offered(county: County, visit: Visit) -> None:
    assert visit("it_staff", "/assets/?per_page=1000000").status_code == 200
    assert visit("it_staff", "/assets/?page=77").status_code == 200


def test_no_match_says_so_and_offers_a_way_out(county: County, visit: Visit) -> None:
    page = text_of(visit("it_staff", "/assets/?q=zzz"))
    assert "没有符合这些条件的设备" in page
    assert 'id="results"' in page
