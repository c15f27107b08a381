"""The pages of monthly statistics: who sees and does what, what stands on them, what leaves as a file."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from inventory.marks.kind import Kind
from itops.organisation.actions.accounts import ensure_roles, grant
from itops.organisation.models import Office, Person, User
from itops.organisation.roles import DEFAULT_ROLES, covers
from planning.actions.report_forms import OWN, Sort
from planning.actions.statistics import confirm, count
from planning.jobs import count_months
from planning.models import Indicator, MonthlyFigure, ReportedFigure, ReportTemplate
from planning.statistics.months import Month, month_of
from tests.support.county import County, add
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
PAGE = "/planning/statistics/"


@pytest.fixture
def month(county: County, section: User) -> Month:
    """The last one that is over, counted; the section's office answers for all of it."""
    over = month_of(timezone.localdate()).before
    count(over, by="tests")
    Indicator.objects.update(office=section.person.office if section.person else None)
    count(over, by="tests")
    return over


@pytest.fixture
def section(county: County) -> User:
    bureau = Office.objects.create(place=county.county, name="规划财务股", calendar=county.calendar, staff=9)
    person = Person.objects.create(office=bureau, name="统计员", pinyin="tongjiyuan")
    user = User.objects.create(username="section", person=person)
    grant(by="tests", user=user, role=ensure_roles(by="tests")["business_section"], place=county.county)
    county.users["section"] = user
    return user


def figure(county: County, month: Month, code: str = "SB01") -> MonthlyFigure:
    return MonthlyFigure.objects.get(indicator__code=code, place=county.xianxi, month=month.first)


def figure_page(county: County, month: Month, code: str = "SB01") -> str:
    return f"{PAGE}{code}/{county.xianxi.pk}/{month}/"


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_whoever_may_see_figures_sees_the_pages(
    county: County, month: Month, visit: Visit, role: str
) -> None:
    sees = covers(DEFAULT_ROLES[role], "planning.view_monthlyfigure")
    reports = covers(DEFAULT_ROLES[role], "planning.change_reportedfigure")
    files = [f"{PAGE}{county.county.pk}/{month}/{name}" for name in ("figures.xlsx", "city/", "report/")]
    forms = [f"{PAGE}forms/", f"{PAGE}forms/own/city/", f"{PAGE}forms/used/report/"]
    for path in (PAGE, *files, *forms):
        assert visit(role, path).status_code == (200 if sees else 403), path
    assert visit(role, figure_page(county, month)).status_code == (200 if sees else 404)
    assert visit(role, f"{PAGE}reported/").status_code == (200 if reports else 403)


@pytest.mark.parametrize("role", ["leadership", "auditor", "it_staff", "statistician", "nobody"])
def test_those_who_read_confirm_nothing(county: County, month: Month, visit: Visit, role: str) -> None:
    data = {"month": str(month), "county": str(county.county.pk), "indicator": "SB01"}
    assert visit(role, f"{PAGE}confirm/", data=data).status_code == 403
    answer = visit(role, f"{PAGE}count/", data={"month": str(month)})
    assert answer.status_code == (302 if role == "statistician" else 403)
    assert not MonthlyFigure.objects.filter(confirmed_at__isnull=False).exists()


def test_the_table_has_each_figure_of_its_month(county: County, month: Month, visit: Visit) -> None:
    text = text_of(visit("leadership", f"{PAGE}?month={month}", language="en"))
    for one in MonthlyFigure.objects.filter(month=month.first, county=county.county):
        said = (
            "–" if one.value is None else f"{one.value}%" if one.definition.unit == "percent" else one.value
        )
        assert f'{one.indicator.code}/{one.place_id}/{month}/" title="' in text
        assert f">{said}</a>" in text
    assert "Computer provisioning rate" in text
    assert f"{county.neighbour.pk}" not in [
        one.split('"')[0] for one in text.split('name="county" value="')[1:]
    ]


def test_the_office_confirms_from_the_page(county: County, month: Month, section: User, visit: Visit) -> None:
    text = text_of(visit("section", f"{PAGE}?month={month}"))
    assert "本股室待确认" in text
    data = {"month": str(month), "county": str(county.county.pk), "indicator": "SB01"}
    visit("section", f"{PAGE}confirm/", data=data)
    assert figure(county, month).confirmed_by == section
    assert "<b>10 项指标中 1 项</b>已确认并冻结" in text_of(visit("auditor", f"{PAGE}?month={month}"))
    assert "统计员" in text_of(visit("auditor", figure_page(county, month)))


def test_a_figure_shows_the_rows_that_add_up_to_it(county: County, month: Month, visit: Visit) -> None:
    text = text_of(visit("auditor", figure_page(county, month, "SB03"), language="en"))
    found = figure(county, month, "SB03")
    for tag in ("old", "good"):
        assert f"/assets/{county.assets[tag].pk}/" in text
    assert f"{found.part} ÷ {found.whole}" in text
    whole = text_of(visit("auditor", f"{PAGE}SB03/{county.county.pk}/{month}/", language="en"))
    assert figure_page(county, month, "SB03") in whole
    assert f"{PAGE}SB03/{county.yanxi.pk}/{month}/" in whole


def test_the_countys_figure_shows_what_it_adds_up_without_judging_again(
    county: County, month: Month, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judging all that stands in a county takes seconds; its townships' figures are kept."""

    def refuse(*_given: object) -> None:
        raise AssertionError

    monkeypatch.setattr("planning.queries.statistics.townships_in", refuse)
    text = text_of(visit("auditor", f"{PAGE}SB03/{county.county.pk}/{month}/", language="en"))
    rows = re.findall(
        r'href="([^"]+/SB03/\d+/[^"]+)">[^<]+</a></th><td class="num">(\d+)</td><td class="num">(\d+)<', text
    )
    whole = MonthlyFigure.objects.get(indicator__code="SB03", month=month.first, place=county.county)
    same = MonthlyFigure.objects.filter(indicator=whole.indicator, month=month.first, county=county.county)
    assert len(rows) == same.exclude(place=county.county).count() == 2
    assert sum(int(part) for _url, part, _whole in rows) == whole.part
    assert sum(int(each) for _url, _part, each in rows) == whole.whole


def test_what_became_known_since_is_said_beside_a_frozen_figure(
    county: County, month: Month, section: User, visit: Visit
) -> None:
    confirm(month, county.county, Indicator.objects.filter(code="SB03"), by=section)
    before = figure(county, month, "SB03")
    county.xianxi.offices.get().staff_numbers.update(staff=7)
    text = text_of(visit("section", figure_page(county, month, "SB03"), language="en"))
    assert f"Counted again now it would be <b>7 ÷ {before.whole}</b>" in text
    visit("section", f"{figure_page(county, month, 'SB03')}correct/", data={"reason": "编制数录入有误"})
    text = text_of(visit("section", figure_page(county, month, "SB03"), language="en"))
    assert "编制数录入有误" in text
    assert f"7 ÷ {before.whole}" in text
    assert f"{before.part} ÷ {before.whole}" in text


def test_a_difference_is_entered_shown_and_explained(county: County, month: Month, visit: Visit) -> None:
    entry = f"{PAGE}reported/?month={month}&place={county.xianxi.pk}"
    visit("statistician", entry, data={"SB01": "90.5", "SB03": "", "document": "月报"})
    reported = ReportedFigure.objects.get()
    assert (str(reported.value), reported.month, reported.document) == ("90.50", month.first, "月报")
    text = text_of(visit("leadership", f"{PAGE}?month={month}"))
    assert "≠ 90.5%" in text
    assert "<b>1 处差异</b>" in text
    visit("statistician", f"{figure_page(county, month)}explain/", data={"explanation": "含在途设备"})
    text = text_of(visit("leadership", f"{PAGE}?month={month}"))
    assert "≠ 90.5%" not in text
    assert "(90.5%)" in text
    assert "含在途设备" in text_of(visit("leadership", figure_page(county, month)))
    visit("statistician", entry, data={"SB01": "", "document": ""})
    assert not ReportedFigure.objects.exists()


@pytest.mark.parametrize("wrong", ["-1", "1e9", "abc", "12.345"])
def test_absurd_reports_are_refused(county: County, month: Month, visit: Visit, wrong: str) -> None:
    entry = f"{PAGE}reported/?month={month}&place={county.xianxi.pk}"
    assert visit("statistician", entry, data={"SB01": wrong}).status_code == 200
    assert not ReportedFigure.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["?month=2026-13", "?county=0", "SB01/0/2026-10/", "XX/1/2026-10/", "0/2026-10/city/", "1/x/city/"],
)
def test_what_there_is_not_is_not_found(county: County, month: Month, visit: Visit, path: str) -> None:
    assert visit("leadership", f"{PAGE}{path}").status_code == 404


def test_the_neighbours_month_is_nobodys_here(county: County, month: Month, visit: Visit) -> None:
    assert visit("leadership", f"{PAGE}{county.neighbour.pk}/{month}/figures.xlsx").status_code == 404
    assert visit("leadership", f"{PAGE}SB01/{county.foreign.pk}/{month}/").status_code == 404


def test_the_files_hold_the_months_figures(county: County, month: Month, visit: Visit) -> None:
    answer = visit("leadership", f"{PAGE}{county.county.pk}/{month}/city/", language="en")
    page = load_workbook(BytesIO(answer.content)).active
    assert page is not None
    assert page["A1"].value == "安化县乡镇信息设备情况月报表"
    assert [page["B5"].value, page["B6"].value] == ["仙溪镇", "烟溪镇"]
    found = figure(county, month)
    assert float(page["C5"].value) == pytest.approx(found.part / found.whole, abs=0.001)
    assert "%E8%8D%89%E7%A8%BF" in answer["Content-Disposition"] or "draft" in answer["Content-Disposition"]
    book = load_workbook(BytesIO(visit("auditor", f"{PAGE}{county.county.pk}/{month}/figures.xlsx").content))
    first = book.worksheets[0]
    assert (first["B6"].value, first["C6"].value, first["D6"].value) == (
        found.part,
        found.whole,
        '=IF(C6=0,"",B6/C6)',
    )


def sent(client: Client, county: County, sort: str, data: bytes) -> str:
    client.force_login(county.users["statistician"])
    form = SimpleUploadedFile("表样.xlsx", data)
    answer = client.post(f"{PAGE}forms/", {"sort": sort, "form": form}, follow=True)
    return str(answer.content.decode())


def drawn(text: str) -> bytes:
    book, written = Workbook(), BytesIO()
    assert book.active is not None
    book.active["A1"] = text
    book.save(written)
    return written.getvalue()


def test_a_form_that_was_handed_in_is_filled_in(
    client: Client, county: County, month: Month, visit: Visit
) -> None:
    assert "今后将填写此表样" in sent(client, county, "city", drawn("{{ county }} {{ SB01.d }}"))
    answer = visit("leadership", f"{PAGE}{county.county.pk}/{month}/city/")
    page = load_workbook(BytesIO(answer.content)).active
    whole = MonthlyFigure.objects.get(indicator__code="SB01", place=county.county, month=month.first).whole
    assert page is not None
    assert page["A1"].value == f"安化县 {whole}"
    assert visit("leadership", f"{PAGE}forms/own/city/").content == OWN[Sort.CITY].read_bytes()


@pytest.mark.parametrize(
    ("sort", "data", "said"),
    [
        ("city", drawn("{{ SB99 }}"), "SB99"),
        ("city", b"nothing", "不是 Excel"),
        ("report", drawn("{{ month }}"), "无法填写"),
        ("report", b"PK\x03\x04", "不是 Excel"),
    ],
)
def test_a_form_that_cannot_be_filled_in_is_refused(
    client: Client, county: County, month: Month, sort: str, data: bytes, said: str
) -> None:
    assert said in sent(client, county, sort, data)
    assert not ReportTemplate.objects.exists()


def test_readers_hand_in_no_form(client: Client, county: County, month: Month) -> None:
    client.force_login(county.users["leadership"])
    form = SimpleUploadedFile("表样.xlsx", drawn("x"))
    assert client.post(f"{PAGE}forms/", {"sort": "city", "form": form}).status_code == 403


def test_the_clock_counts_this_month_and_the_last(county: County) -> None:
    count_months()
    running = month_of(timezone.localdate())
    found = set(MonthlyFigure.objects.values_list("month", flat=True))
    assert found == {running.first, running.before.first}
    before = list(MonthlyFigure.objects.order_by("pk").values())
    count_months()
    assert list(MonthlyFigure.objects.order_by("pk").values()) == before


def test_a_page_asks_no_more_for_more_equipment(county: County, month: Month, visit: Visit) -> None:
    def asked(path: str) -> int:
        visit("leadership", path)
        with CaptureQueriesContext(connection) as queries:
            assert visit("leadership", path).status_code == 200
        return len(queries)

    paths = [f"{PAGE}?month={month}", figure_page(county, month, "SB03")]
    before = [asked(path) for path in paths]
    for number in range(5):
        add(county, county.xianxi, Kind.COMPUTER, f"AH-XX-7{number}", "办公电脑", probed=False)
    assert [asked(path) for path in paths] == before
    assert before[0] <= 20
