"""What came in a project becomes assets that know it: all or none, within what was committed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inventory.models import Asset, DeviceModel, Manufacturer
from planning.actions.receiving import Delivery, receivable_fen, receive
from planning.models import LedgerLine, Project, Receipt, Received
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import funding_source, project_at

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def model(county: County) -> DeviceModel:
    maker = Manufacturer.objects.create(name="联想集团")
    return DeviceModel.objects.create(manufacturer=maker, name="启天 M650", kind="computer")


@pytest.fixture
def project(county: County) -> Project:
    return project_at(county.xianxi)


@pytest.fixture
def line(project: Project) -> LedgerLine:
    """Ten computers at 4,800 yuan are ordered."""
    booked = [
        LedgerLine.objects.create(
            project=project, source=funding_source(), category="computer", entry=entry, day=DAY,
            fen=48_000_00, document="合同 7 号",
        )
        for entry in ("allocation", "commitment")
    ]  # fmt: skip
    return booked[1]


def delivery(line: LedgerLine, model: DeviceModel, county: County, **more: object) -> Delivery:
    given = {
        "line": line, "device_model": model, "place": county.xianxi, "day": DAY + timedelta(days=9),
        "price_fen": 4_800_00, "document": "验收单 3 号", "serials": ("PF1", "PF2", "PF3"), **more,
    }  # fmt: skip
    return Delivery(**given)  # type: ignore[arg-type]


def test_each_piece_becomes_an_asset_that_knows_its_project(
    county: County, project: Project, line: LedgerLine, model: DeviceModel
) -> None:
    receipt = receive(project, delivery(line, model, county), by=county.users["it_staff"])
    assets = list(Asset.objects.filter(received__receipt__project=project).order_by("serial"))
    assert [one.serial for one in assets] == ["PF1", "PF2", "PF3"]
    assert len({one.tag for one in assets}) == 3
    for one in assets:
        assert (one.kind, one.device_model, one.place) == ("computer", model, county.xianxi)
        assert (one.cost_fen, one.bought_on) == (4_800_00, receipt.day)
        assert one.received.receipt == receipt
    assert receivable_fen(project, "computer") == 48_000_00 - 3 * 4_800_00


def test_without_serial_numbers_the_pieces_are_counted(
    county: County, project: Project, line: LedgerLine, model: DeviceModel
) -> None:
    receive(project, delivery(line, model, county, serials=(), quantity=4), by=county.users["it_staff"])
    assert Asset.objects.filter(received__receipt__project=project, serial="").count() == 4


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"serials": (), "quantity": None}, "nothing"),
        ({"serials": ("A", "a")}, "twice"),
        ({"quantity": 4}, "numbers_differ"),
        ({"serials": ("A" * 81,)}, "too_long"),
        ({"serials": (), "quantity": 501}, "too_many"),
        ({"day": DAY - timedelta(days=1)}, "day"),
        ({"price_fen": 20_000_00}, "beyond"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left_behind(
    county: County,
    project: Project,
    line: LedgerLine,
    model: DeviceModel,
    wrong: dict[str, object],
    code: str,
) -> None:
    before = Asset.objects.count()
    with pytest.raises(ValidationError) as refused:
        receive(project, delivery(line, model, county, **wrong), by=county.users["it_staff"])
    assert code in {one.code for one in refused.value.error_list}
    assert not Receipt.objects.exists()
    assert Asset.objects.count() == before


@pytest.mark.parametrize("price", [-1, 10**11])
def test_absurd_prices_are_refused(
    county: County, project: Project, line: LedgerLine, model: DeviceModel, price: int
) -> None:
    with pytest.raises(ValidationError):
        receive(project, delivery(line, model, county, price_fen=price), by=county.users["it_staff"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.create(
            project=project, line=line, device_model=model, place=county.xianxi, day=DAY, price_fen=price
        )


def test_another_kind_is_not_bought_with_the_line(
    county: County, project: Project, line: LedgerLine, model: DeviceModel
) -> None:
    model.kind = "printer"
    with pytest.raises(ValidationError) as refused:
        receive(project, delivery(line, model, county), by=county.users["it_staff"])
    assert {one.code for one in refused.value.error_list} == {"kind"}


def test_it_comes_to_a_place_of_the_project(
    county: County, project: Project, line: LedgerLine, model: DeviceModel
) -> None:
    with pytest.raises(ValidationError) as refused:
        receive(project, delivery(line, model, county, place=county.yanxi), by=county.users["it_staff"])
    assert {one.code for one in refused.value.error_list} == {"place"}


def test_what_is_on_the_books_is_not_received_again(
    county: County, project: Project, line: LedgerLine, model: DeviceModel
) -> None:
    receive(project, delivery(line, model, county), by=county.users["it_staff"])
    with pytest.raises(ValidationError, match="pf2"):
        receive(project, delivery(line, model, county, serials=("pf2",)), by=county.users["it_staff"])


def test_the_database_holds_that_no_more_comes_than_was_committed(
    county: County, project: Project, line: LedgerLine, model: DeviceModel
) -> None:
    """Whoever writes: ten came; an eleventh is refused, and so is taking the commitment back."""
    serials = tuple(f"S{number}" for number in range(10))
    receipt = receive(project, delivery(line, model, county, serials=serials), by=county.users["it_staff"])
    with pytest.raises(IntegrityError, match="more came"), transaction.atomic():
        Received.objects.create(receipt=receipt, asset=county.assets["good"])
    back = LedgerLine(
        project=project, source=line.source, category="computer", entry="commitment",
        day=timezone.localdate(), fen=-1, document="退",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="more came"), transaction.atomic():
        back.save()
    Asset.objects.filter(serial="S0").update(archived=True)  # it went back
    back.save()


def test_what_came_is_never_changed(
    county: County, project: Project, line: LedgerLine, model: DeviceModel
) -> None:
    receipt = receive(project, delivery(line, model, county), by=county.users["it_staff"])
    for change in (
        lambda: Receipt.objects.filter(pk=receipt.pk).update(price_fen=1),
        lambda: Received.objects.filter(receipt=receipt).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_nothing_is_received_against_a_line_of_another_project_or_of_money_alone(
    county: County, project: Project, line: LedgerLine, model: DeviceModel
) -> None:
    allocation = LedgerLine.objects.get(project=project, entry="allocation")
    other = project_at(county.yanxi)
    for of, against in ((project, allocation), (other, line)):
        with pytest.raises(ValidationError):
            receive(of, delivery(against, model, county), by=county.users["it_staff"])
        with pytest.raises(IntegrityError, match="ordered nothing"), transaction.atomic():
            Receipt.objects.create(
                project=of, line=against, device_model=model, place=county.xianxi, day=DAY, price_fen=1
            )


def form(line: LedgerLine, model: DeviceModel, county: County, **more: object) -> dict[str, object]:
    given = {
        "line": line.pk, "device_model": model.pk, "place": county.xianxi.pk, "day": "2026-03-11",
        "price_fen": "4800", "document": "验收单 3 号", "serials": "PF1\nPF2", "quantity": "", "note": "",
    }  # fmt: skip
    return {**given, **more}


def test_the_form_takes_typed_and_imported_serial_numbers(
    county: County, project: Project, line: LedgerLine, model: DeviceModel, visit: Visit
) -> None:
    listed = SimpleUploadedFile("list.csv", "名称,序列号\n电脑,PF3\n电脑,PF4\n".encode())
    answer = visit(
        "it_staff", f"/planning/projects/{project.pk}/receive/", data=form(line, model, county, file=listed)
    )
    assert answer.status_code == 302, text_of(answer)
    text = text_of(visit("it_staff", f"/planning/projects/{project.pk}/", language="en"))
    for serial in ("PF1", "PF2", "PF3", "PF4"):
        asset = Asset.objects.get(serial=serial)
        assert reverse("inventory:asset", args=[asset.pk]) in text
        card = text_of(visit("it_staff", f"/assets/{asset.pk}/", language="en"))
        assert f'<a href="/planning/projects/{project.pk}/">{project}</a>' in card


def test_the_form_tells_what_is_wrong(
    county: County, project: Project, line: LedgerLine, model: DeviceModel, visit: Visit
) -> None:
    data = form(line, model, county, serials="PF1\nPF1")
    answer = visit("it_staff", f"/planning/projects/{project.pk}/receive/", data=data, language="en")
    assert answer.status_code == 422
    assert "stand there twice: pf1" in text_of(answer)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("it_staff", 200),
        ("county_administrator", 200),
        ("leadership", 403),
        ("auditor", 403),
        ("city_reader", 404),
    ],
)
def test_who_receives(county: County, project: Project, visit: Visit, role: str, status: int) -> None:
    assert visit(role, f"/planning/projects/{project.pk}/receive/").status_code == status


def test_who_does_not_see_projects_does_not_see_the_project_of_an_asset(
    county: County, project: Project, line: LedgerLine, model: DeviceModel, visit: Visit
) -> None:
    receipt = receive(project, delivery(line, model, county), by=county.users["it_staff"])
    asset = Asset.objects.get(serial="PF1")
    assert project.number in text_of(visit("leadership", f"/assets/{asset.pk}/"))
    assert project.number not in text_of(visit("city_reader", f"/assets/{asset.pk}/"))
    assert visit("city_reader", f"/planning/receipts/{receipt.pk}/").status_code == 404


def test_more_pieces_ask_no_more(
    county: County, project: Project, line: LedgerLine, model: DeviceModel, visit: Visit
) -> None:
    def counted() -> int:
        visit("it_staff", f"/planning/projects/{project.pk}/")
        with CaptureQueriesContext(connection) as queries:
            visit("it_staff", f"/planning/projects/{project.pk}/")
        return len(queries)

    receive(project, delivery(line, model, county, serials=("A",)), by=county.users["it_staff"])
    before = counted()
    receive(project, delivery(line, model, county, serials=("B", "C", "D")), by=county.users["it_staff"])
    assert counted() == before
