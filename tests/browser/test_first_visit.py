"""The first visit: the county at a glance, a mark's evidence, the other language; axe finds nothing anywhere."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.axe import in_english, violations

ACCOUNTS = [
    "/account/",
    "/account/second-factor/",
    "/account/tokens/new/",
    "/accounts/",
    "/accounts/new/",
    "/roles/",
    "/roles/1/",
    "/roles/new/",
    "/access-records/",
]
OWN = [
    "/search/?q=电脑",
    "/webhooks/",
    "/webhooks/add/",
    "/tags/",
    "/tags/add/",
    "/custom-fields/",
    "/custom-fields/add/",
    "/divisions/",
    "/people/",
    "/staff-numbers/",
    "/assets/import/",
]
DECIDING = [
    "/policies/",
    "/policies/add/",
    "/waivers/",
    "/requests/",
    "/requests/add/",
    "/unknown/",
    "/business-systems/",
    "/data-mismatches/",
]
PLANNING = [
    "/planning/leadership/",
    "/planning/leadership/ahead/",
    "/planning/leadership/behind/?mark=outdated",
    "/planning/leadership/systems/",
    "/planning/needs/",
    "/planning/scenarios/",
    "/planning/plans/1/",
    "/planning/projects/",
    "/planning/projects/1/",
    "/planning/projects/1/receive/",
    "/planning/receipts/1/",
    "/planning/promised/",
    "/planning/statistics/",
    "/planning/statistics/reported/",
    "/planning/statistics/forms/",
    "/planning/funding-sources/",
    "/planning/remedy-costs/",
]
PAGES = [
    "/",
    "/assets/",
    "/places/",
    "/monitoring/",
    "/standards/",
    "/support-dates/",
    "/device-types/",
    "/calendars/",
    "/changes/",
    "/password/",
    *ACCOUNTS,
    *OWN,
    *DECIDING,
    *PLANNING,
]
SIZES = [(1440, 900), (390, 844)]


SHOWN = "columns=tag&columns=name"


def meant_by(page: Page) -> list[str | None]:
    """What many at once, an export and a view that is kept would mean."""
    fields = page.locator("#bulk [name=query]"), page.locator("form[action*='/views/'] [name=query]").first
    export = page.locator("a[href*='/export/csv/']")
    return [*(one.get_attribute("value") for one in fields), export.get_attribute("href")]


def first_marked_asset(page: Page) -> str:
    page.goto("/assets/")
    link = page.locator("table a[href^='/assets/']").first
    return str(link.get_attribute("href"))


def handed_in(page: Page, kind: str) -> str:
    """The page of a file that would add one asset and change none; something is wrong where the kind is none."""
    page.goto("/assets/import/")
    content = f"资产编号,名称,类别,乡镇,天气\nAXE-1,电脑,电脑,仙溪镇,晴\nAXE-2,电脑,{kind},仙溪镇,雨\n"
    file: FilePayload = {"name": "台账.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.set_input_files("input[type=file]", file)
    page.locator("form[enctype] button").click()
    expect(page.locator("#run")).to_be_visible()
    return page.url


def with_own_column(page: Page) -> str:
    """The list of assets with a field of the county's own, which is made at the first call, and tags."""
    page.goto("/custom-fields/?q=batch_seen")
    if not page.locator("table a.name").count():
        page.goto("/custom-fields/add/")
        page.locator("[name=model]").select_option("inventory.asset")
        page.locator("[name=type]").select_option("text")
        for name, text in (("key", "batch_seen"), ("label_zh", "批次"), ("label_en", "Batch")):
            page.locator(f"[name={name}]").fill(text)
        page.locator("main form button[type=submit], main form button.btn-primary").first.click()
        page.wait_for_load_state()
    return "/assets/?columns=tag&columns=name&columns=tags&columns=cf_batch_seen"


def addresses(page: Page) -> list[str]:
    """Of each kind of page one: the fixed ones, and one of each that the others link to."""
    asset = first_marked_asset(page)
    page.goto("/")
    place = page.locator("table.kgrid tbody th a").first.get_attribute("href")
    page.goto("/monitoring/")
    incident = page.locator("a[href*='/monitoring/incidents/']").first.get_attribute("href")
    page.goto("/accounts/")
    account = page.locator("table.data tbody th a").first.get_attribute("href")
    own = with_own_column(page)
    imports = [handed_in(page, "电脑"), handed_in(page, "飞机"), "/assets/import/"]
    return [
        *PAGES,
        *imports,
        own,
        str(account),
        f"{account}edit/",
        asset,
        f"{asset}readings/",
        str(place),
        str(incident),
    ]


def test_the_county_shows_all_townships_and_all_three_marks(page: Page):
    page.goto("/")
    rows = page.locator("table.kgrid tbody tr")
    expect(rows).to_have_count(23)
    for mark in ("missing", "outdated", "unused"):
        assert page.locator(f"table.kgrid .mk-{mark}").count() > 0


def test_a_mark_opens_its_evidence(page: Page):
    page.goto(first_marked_asset(page))
    proof = page.locator(".proof").first
    expect(proof).to_be_visible()
    expect(page.locator("body")).to_contain_text(re.compile(r"(missing|outdated|unused)\.[a-z_]+\.[a-z_]+"))


def test_the_language_switches_and_stays(page: Page):
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", re.compile("zh"))
    in_english(page)
    page.goto("/assets/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}px")
def test_axe_finds_nothing_on_a_page_of_each_kind(page: Page, language: str, size: tuple[int, int]):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    if language == "en":
        in_english(page)
    found = {}
    for address in addresses(page):
        page.goto(address)
        found[address] = violations(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_no_page_is_wider_than_a_phone(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    for address in addresses(page):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_phone_shows_the_marks_of_the_ledger_without_sliding(page: Page, language: str):
    page.set_viewport_size({"width": 390, "height": 844})
    if language == "en":
        in_english(page)
    for address in ("/assets/", "/assets/?answer=unknown"):
        page.goto(address)
        assert page.evaluate("document.querySelector('table.data').scrollWidth") <= 390, address


def test_a_signed_out_visitor_sees_the_sign_in_page_alone(browser, demonstration):
    context = browser.new_context(base_url=demonstration.url, locale="zh-CN")
    visitor = context.new_page()
    for address in ("/", "/assets/", "/monitoring/"):
        visitor.goto(address)
        assert "/sign-in/" in visitor.url
    assert violations(visitor) == []
    context.close()


def test_what_is_meant_follows_the_conditions_without_a_new_page(page: Page) -> None:
    page.goto(f"/assets/?{SHOWN}")  # remembered: what other tests chose must not show
    page.goto("/assets/")
    page.locator("tbody [type=checkbox]").first.check()
    expect(page.locator("[data-bulk]")).to_be_visible()
    page.locator(".filters [name=kind]").select_option("printer")
    expect(page.locator("#bulk [name=query]")).to_have_value("kind=printer")
    assert meant_by(page) == ["kind=printer", f"kind=printer&{SHOWN}", "/assets/export/csv/?kind=printer"]
    expect(page.locator("[data-bulk]")).to_be_hidden()
    page.locator("thead a").first.click()
    expect(page.locator("form[action*='/views/'] [name=query]").first).to_have_value(
        f"kind=printer&{SHOWN}&sort=tag"
    )
    page.locator("#clear-conditions a").click()
    expect(page.locator("#bulk [name=query]")).to_have_value("")


def test_who_fills_a_field_in_for_many_means_it_to_change(page: Page) -> None:
    page.goto("/assets/?kind=printer")
    page.locator("tbody [type=checkbox]").first.check()
    page.locator("[data-bulk] button[value=edit]").click()
    name, location = (page.locator(f"[name={field}]") for field in ("change_name", "change_location"))
    expect(name).not_to_be_checked()
    page.locator("[name=name]").fill("激光打印机")
    expect(name).to_be_checked()
    expect(location).not_to_be_checked()
    page.locator("[name=condition]").select_option(index=1)
    expect(page.locator("[name=change_condition]")).to_be_checked()
    name.uncheck()
    expect(name).not_to_be_checked()
