"""Hand a file in, see what it would do, have it written; done twice it changes nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from itops.crud.resource import Resource
from itops.exchange import actions
from itops.exchange.actions import carry_on
from itops.exchange.columns import meanings
from itops.exchange.models import ImportRun, State
from itops.exchange.reading.sheets import meant, read
from itops.exchange.reading.words import key
from itops.organisation.models import AccessRecord
from itops.site.exchange import EXCHANGE
from itops.site.resources import RESOURCES
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.tables import table
from tests.support.workbooks import with_sheet, workbook

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("resource", RESOURCES, ids=[one.name for one in RESOURCES])
HEAD = ("资产编号", "名称", "类别", "乡镇")
GOOD = table(HEAD, ("新-1", "电脑", "电脑", "仙溪镇"), ("AH-XX-05", "换名", "电脑", "仙溪镇"))
BAD = table(HEAD, ("新-1", "电脑", "电脑", "仙溪镇"), ("AH-XX-05", "换名", "飞机", "仙溪镇"))


def hand_in(visit: Visit, data: bytes, who: str = "county_administrator") -> ImportRun:
    file = SimpleUploadedFile("台账.csv", data)
    answer = visit(who, "/assets/import/", data={"file": file})
    assert answer.status_code == 302, text_of(answer)
    return ImportRun.objects.latest("pk")


def write(visit: Visit, run: ImportRun, rows: str = "all") -> None:
    visit("county_administrator", f"/imports/{run.pk}/write/", data={"rows": rows})
    run.refresh_from_db()


@EVERY
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_resource_has_its_page_templates_and_exports(
    resource: Resource, county: County, visit: Visit, language: str
) -> None:
    who = "county_administrator"
    assert visit(who, f"{resource.list_url}import/", language=language).status_code == 200
    for kind in ("csv", "xlsx"):
        template = visit(who, f"{resource.list_url}import/template.{kind}", language=language)
        found = meant(read(template.getvalue()), lambda cell: meanings(resource).get(key(cell)))
        assert found.heading.unread() == []
        assert visit(who, f"{resource.list_url}export/{kind}/", language=language).getvalue()


def test_what_would_be_added_and_changed_is_shown_before_anything_is_written(visit: Visit) -> None:
    run = hand_in(visit, GOOD)
    assert (run.state, run.added, run.changed) == (State.READY, 1, 1)
    page = text_of(visit("county_administrator", f"/imports/{run.pk}/"))
    for said in ("新-1", "办公电脑 203", "换名"):
        assert said in page
    assert not Asset.objects.filter(tag="新-1").exists()


def test_then_it_is_written_once(visit: Visit) -> None:
    run = hand_in(visit, GOOD)
    write(visit, run)
    assert run.state == State.WRITTEN
    assert Asset.objects.get(tag="AH-XX-05").name == "换名"
    Asset.objects.filter(tag="AH-XX-05").update(name="后来")
    write(visit, run)
    carry_on(run.pk, EXCHANGE.resources)
    assert Asset.objects.get(tag="AH-XX-05").name == "后来"


def test_errors_are_shown_and_downloaded_and_the_good_rows_alone_may_be_written(visit: Visit) -> None:
    run = hand_in(visit, BAD)
    assert "飞机" in text_of(visit("county_administrator", f"/imports/{run.pk}/"))
    answer = visit("county_administrator", f"/imports/{run.pk}/errors.csv")
    assert "飞机" in b"".join(answer).decode()
    write(visit, run)
    assert (run.state, Asset.objects.filter(tag="新-1").exists()) == (State.READY, False)
    write(visit, run, "good")
    assert (run.state, Asset.objects.filter(tag="新-1").exists()) == (State.WRITTEN, True)


def test_counts_and_what_would_be_right_begin_with_a_capital(visit: Visit) -> None:
    run = hand_in(visit, BAD)
    page = text_of(visit("county_administrator", f"/imports/{run.pk}/", language="en"))
    for said in ("Added", "Rows with errors", "One of: Computer"):
        assert said in page
        assert said[0].lower() + said[1:] not in page


def test_what_somebody_changed_meanwhile_is_shown_first(visit: Visit) -> None:
    run = hand_in(visit, GOOD)
    Asset.objects.filter(tag="AH-XX-05").update(name="别人改的")
    write(visit, run)
    assert (run.state, run.moved, Asset.objects.filter(tag="新-1").exists()) == (State.READY, True, False)
    assert "别人改的" in text_of(visit("county_administrator", f"/imports/{run.pk}/"))
    write(visit, run)
    assert run.state == State.WRITTEN


def test_a_run_is_its_owners_alone(visit: Visit) -> None:
    run = hand_in(visit, GOOD)
    for page in ("", "errors.csv"):
        assert visit("it_staff", f"/imports/{run.pk}/{page}").status_code == 404
    assert visit("it_staff", f"/imports/{run.pk}/write/", data={"rows": "all"}).status_code == 404


def test_who_may_neither_add_nor_change_hands_nothing_in(visit: Visit) -> None:
    assert visit("leadership", "/assets/import/").status_code == 403
    assert "/assets/import/" not in text_of(visit("leadership", "/assets/"))


def test_who_sees_nothing_exports_nothing(visit: Visit) -> None:
    assert visit("nobody", "/assets/export/csv/").status_code == 403


def test_an_export_has_the_scope_and_the_conditions_of_the_list(visit: Visit, county: County) -> None:
    content = visit("township_officer", "/assets/export/csv/").getvalue().decode()
    assert "AH-XX-05" in content
    assert "AH-YX-01" not in content
    some = visit("county_administrator", "/assets/export/csv/?q=AH-XX-05").getvalue().decode()
    assert "AH-XX-05" in some
    assert "AH-XX-06" not in some


def test_an_export_of_people_is_recorded(visit: Visit) -> None:
    visit("county_administrator", "/people/export/csv/")
    found = AccessRecord.objects.latest("pk")
    assert (found.act, found.what, found.count) == ("export", "people", 2)


def test_a_large_one_goes_to_the_worker_and_shows_how_far_it_is(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE_ROWS", 1)
    run = hand_in(visit, GOOD)
    assert run.state == State.LOOKING
    assert ProcrastinateJob.objects.filter(
        task_name="itops.site.jobs.import_file", args={"run": run.pk}
    ).exists()
    assert 'role="progressbar"' in text_of(visit("county_administrator", f"/imports/{run.pk}/"))
    carry_on(run.pk, EXCHANGE.resources)
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == (State.READY, 2, 2)


def test_a_small_file_that_unpacks_to_a_large_one_keeps_nobody_waiting_for_a_page(visit: Visit) -> None:
    data = with_sheet("<row>" + "<c><v>1</v></c>" * 1_500_000 + "</row>")
    assert len(data) < actions.AT_ONCE_BYTES
    assert hand_in(visit, data).state == State.LOOKING
    assert hand_in(visit, workbook([HEAD])).state == State.READY


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"PK\x03\x04", "天气\n晴\n".encode()])
def test_rubbish_is_answered_with_a_reason(visit: Visit, data: bytes) -> None:
    run = hand_in(visit, data)
    assert (run.state, run.problem_count) == (State.READY, 1)
    assert visit("county_administrator", f"/imports/{run.pk}/", language="en").status_code == 200


def test_no_file_is_no_import(visit: Visit, client: Client) -> None:
    assert visit("county_administrator", "/assets/import/", data={}).status_code == 422
    assert visit("county_administrator", "/assets/import/", data={"file": "x"}).status_code == 422
    assert ASSETS.path == "assets"
