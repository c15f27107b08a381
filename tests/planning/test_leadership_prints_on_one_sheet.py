"""The page for leadership of a county with 23 townships is one sheet of A4, in both languages."""

import re
import shutil
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from playwright.sync_api import Route, sync_playwright

from inventory.actions.marking import mark
from inventory.counts import KEEP_DAY
from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.database.statements import run
from itops.organisation.actions.people import add_person
from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Office
from planning.models import Promise
from tests.planning.test_funded_and_unfunded_need import plan
from tests.support.county import BY, LONG_AGO, County
from tests.support.pages import Visit, text_of
from tests.support.records import project_at
from workforce.models import Duty, Responsibility

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (Debian: apt install chromium)"),
]
PAGE = "/planning/leadership/"
AT = "http://leadership.invalid"
TOWNSHIPS = 23
TILES = 8  # all that there are: people, money and promises among them


@pytest.fixture
def whole_county(county: County) -> County:
    """23 townships, each with an office, somebody responsible and a notice board too few; money, promises, a past."""
    for number in range(TOWNSHIPS - 2):
        name = f"羊角塘{number}镇"
        place = add_place(
            by=BY,
            name=name,
            code=f"4309232{number:02}",
            level=Level.TOWNSHIP,
            parent=county.county,
            starts=LONG_AGO,
        )
        office = Office.objects.create(place=place, name=f"{name}民政所", staff=4, calendar=county.calendar)
        person = add_person(by=BY, office=office, name="欧阳建国", post="信息管理员")
        Responsibility.objects.create(office=office, person=person, duty=Duty.RESPONSIBLE, starts=LONG_AGO)
        Asset.objects.create(
            tag=f"AH-{number:02}-1", kind=Kind.NOTICE_BOARD.value, name="公示栏", place=place, office=office
        )
    mark(timezone.localdate())
    plan(county, published=True)
    project = project_at(county.xianxi)
    Promise.objects.create(project=project, kind="computer", measure="used_days", figure=70)
    run(KEEP_DAY, {"day": timezone.localdate() - timedelta(days=370)})
    return county


def served(route: Route, html: str) -> None:
    """The page itself, and static files from where they lie."""
    path = route.request.url.removeprefix(AT)
    if path == PAGE:
        return route.fulfill(body=html, content_type="text/html; charset=utf-8")
    file = finders.find(path.removeprefix("/static/"))
    return route.fulfill(path=str(file)) if file else route.abort()


def sheets(html: str) -> int:
    """How many it prints; the browser's event loop must be gone before the database is asked again."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", lambda route: served(route, html))
        page.goto(AT + PAGE)
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_23_townships_fit_on_one_sheet(whole_county: County, visit: Visit, language: str) -> None:
    html = text_of(visit("leadership", PAGE, language=language))
    assert html.count("欧阳建国") == TOWNSHIPS - 2
    assert len(re.findall(r'class="tile[ "]', html)) == TILES
    assert sheets(html) == 1


def test_without_the_style_for_paper_it_would_not(whole_county: County, visit: Visit) -> None:
    html = text_of(visit("leadership", PAGE)).replace("one-sheet", "")
    assert sheets(html) > 1
