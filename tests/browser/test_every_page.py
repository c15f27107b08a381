"""Axe finds nothing on any page: every route that shows one is visited, and what forms answer with."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import in_chinese, in_english, violations
from tests.browser.conftest import Demonstration

LINK = re.compile(r'<a\b(?![^>]*\sdownload\b)[^>]*?\shref="([^"]+)"')
TRIED = 3  # of one route, addresses that show nothing
# Made first, so that there is one to show: what the demonstration has none of.
MADE = ("/tags/", "/custom-fields/", "/webhooks/", "/standard-exceptions/", "/workforce/former-ranks/")
# What shows no page of its own: a file, what forms send to, what is never changed; or test_first_visit.py shows it.
NO_PAGE = {
    "files/<int:pk>/",
    "files/<str:model>/<int:pk>/",
    "imports/<int:pk>/",
    "monitoring/doubts/<int:pk>/",
    "notes/<str:model>/<int:pk>/",
    "planning/ledger-lines/<int:pk>/delete/",
    "planning/ledger-lines/<int:pk>/edit/",
    "planning/scenarios/<int:pk>/archive/",
    "policies/<int:pk>/edit/",
    "roles/<int:pk>/delete/",
    "tagged/<str:model>/<int:pk>/",
    "waivers/<int:pk>/",
    "workforce/training/mine/reminders/<int:pk>/",
}
OF_A_RECORD = re.compile(r"<int:pk>/((edit|clone|archive|delete)/)?$")
# Every other page is seen the one way, every other the other; test_first_visit.py sees one of each kind in all four.
VIEWS = [pytest.param(in_chinese, 1440, 0, id="zh-1440px"), pytest.param(in_english, 390, 1, id="en-390px")]
LISTS = ["/assets/", "/people/", "/device-models/"]
FILL = """form => {
    for (const field of form.elements) {
        if (field.type === 'checkbox' && form.elements[field.name].length) field.checked = true;
        if (!field.required || field.value) continue;
        if (field.tagName === 'SELECT') field.selectedIndex = 1;
        else field.value = {date: '2026-01-01', number: '1', url: 'https://a.example/'}[field.type] || 'axe';
    }
    form.noValidate = true;
    form.requestSubmit(form.querySelector('.btn-primary'));
}"""


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route of the program but those of its REST interface."""
    for one in patterns:
        route = f"{before}{one.pattern}"
        if isinstance(one, URLPattern):
            yield route
        elif route != "api/":
            yield from routes(one.url_patterns, route)


def route_of(path: str) -> str:
    """What stands outside the program's addresses, such as a file of its own, is a route by itself."""
    try:
        return resolve(path).route
    except Resolver404:
        return path


def crawled(page: Page) -> dict[str, str]:
    """An address of each route that shows a page: those without parameters, and what pages link to."""
    found: dict[str, str] = {}
    tried: dict[str, int] = {}
    known = dict.fromkeys(f"/{route}" for route in routes(get_resolver().url_patterns) if "<" not in route)
    waiting = deque(known)
    while waiting:
        path = waiting.popleft()
        route = route_of(urlsplit(path).path)
        if route in found or tried.get(route, 0) >= TRIED:
            continue
        tried[route] = tried.get(route, 0) + 1
        answer = page.request.get(path, max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[route] = path
        for link in local_links(answer.text(), answer.url):
            if link not in known:
                known[link] = None
                waiting.append(link)
    return found


def local_links(html: str, url: str) -> Iterator[str]:
    for href in LINK.findall(html):
        there = urlsplit(urljoin(url, href.replace("&amp;", "&")))
        if there.netloc == urlsplit(url).netloc and not there.path.startswith("/api/"):
            yield f"{there.path}?{there.query}" if there.query else there.path


def sent(page: Page) -> None:
    """The page's form, with something in each field that must be filled in."""
    with page.expect_navigation():
        page.locator("main form[method=post]").last.evaluate(FILL)


def made_one(page: Page, path: str) -> None:
    page.goto(path)
    if not page.locator("main tbody th a, main tbody td a").count():
        page.goto(f"{path}add/")
        sent(page)
        assert "/add/" not in page.url, (path, page.locator("main").inner_text())


@pytest.fixture(scope="module")
def addresses(browser: Browser, state: str, demonstration: Demonstration) -> dict[str, str]:
    context = browser.new_context(storage_state=state, base_url=demonstration.url, locale="zh-CN")
    page = context.new_page()
    for path in MADE:
        made_one(page, path)
    found = crawled(page)
    context.close()
    return found


def faults(page: Page, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    return [*violations(page), *(["wider than the screen"] if wide else [])]


def test_one_of_each_page_of_a_record_is_visited(addresses: dict[str, str]) -> None:
    of_records = {route for route in routes(get_resolver().url_patterns) if OF_A_RECORD.search(route)}
    assert of_records - addresses.keys() == NO_PAGE


@pytest.mark.parametrize(("speaking", "width", "first"), VIEWS)
def test_axe_finds_nothing_on_any_page(
    page: Page, addresses: dict[str, str], speaking: Callable[[Page], None], width: int, first: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    speaking(page)
    found = {}
    for address in list(addresses.values())[first::2]:
        page.goto(address)
        found[address] = faults(page, width)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("speaking", "width", "_first"), VIEWS)
def test_axe_finds_nothing_on_what_many_at_once_are_asked(
    page: Page, speaking: Callable[[Page], None], width: int, _first: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    speaking(page)
    for address in LISTS:
        for action in ("edit", "archive"):
            page.goto(address)
            page.locator("tbody [type=checkbox]").first.check()
            page.locator(f"[data-bulk] button[value={action}]").click()
            expect(page.locator("main form[action$='/bulk/']")).to_be_visible()
            assert faults(page, width) == [], (address, action)
