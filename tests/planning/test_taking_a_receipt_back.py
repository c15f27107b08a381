"""A mistaken receipt is taken back with a reason: it stays on record, its assets are archived, its money free."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from inventory.actions.requests import send_request
from inventory.models import Asset, DeviceModel, Manufacturer, Repair, Sighting
from itops.audit.models import Change
from planning.actions.measuring import pieces_of
from planning.actions.receiving import Delivery, receivable_fen, receive
from planning.actions.taking_back import take_back
from planning.models import LedgerLine, Project, Receipt, ReceiptTakenBack
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import funding_source, project_at

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
WHY = "数量录错，实收两台"


@pytest.fixture
def project(county: County) -> Project:
    return project_at(county.xianxi)


@pytest.fixture
def delivery(county: County, project: Project) -> Delivery:
    """Ten computers at 4,800 yuan are ordered, three come."""
    maker = Manufacturer.objects.create(name="联想集团")
    lines = [
        LedgerLine.objects.create(
            project=project, source=funding_source(), category="computer", entry=entry, day=DAY,
            fen=48_000_00, document="合同 7 号",
        )
        for entry in ("allocation", "commitment")
    ]  # fmt: skip
    return Delivery(
        line=lines[1],
        device_model=DeviceModel.objects.create(manufacturer=maker, name="启天 M650", kind="computer"),
        place=county.xianxi,
        day=DAY + timedelta(days=9),
        price_fen=4_800_00,
        document="验收单 3 号",
        serials=("PF1", "PF2", "PF3"),
    )


@pytest.fixture
def receipt(county: County, project: Project, delivery: Delivery) -> Receipt:
    return receive(project, delivery, by=county.users["it_staff"])


def assets(receipt: Receipt) -> list[Asset]:
    return list(Asset.objects.filter(received__receipt=receipt).order_by("serial"))


def test_it_counts_no_more_and_stays_on_record(county: County, project: Project, receipt: Receipt) -> None:
    user = county.users["it_staff"]
    made = take_back(receipt, reason=f" {WHY} ", by=user)
    assert (made.reason, made.on, made.by) == (WHY, timezone.localdate(), str(user))
    assert all(one.archived for one in assets(receipt))
    assert receivable_fen(project, "computer") == 48_000_00
    assert not pieces_of([project.pk])
    assert Receipt.objects.filter(pk=receipt.pk).exists()
    told = Change.objects.filter(model="planning.receipttakenback", action="add").latest("pk")
    assert told.after["reason"] == WHY


def test_the_right_receipt_can_follow(
    county: County, project: Project, delivery: Delivery, receipt: Receipt
) -> None:
    """With the same serial numbers, which stood on the books before."""
    take_back(receipt, reason=WHY, by=county.users["it_staff"])
    again = receive(project, delivery, by=county.users["it_staff"])
    assert [one.serial for one in assets(again)] == ["PF1", "PF2", "PF3"]
    assert receivable_fen(project, "computer") == 48_000_00 - 3 * 4_800_00


def seen(asset: Asset, county: County) -> None:
    Sighting.objects.create(asset=asset, on=timezone.localdate(), found=True, place=asset.place, by="tests")


def repaired(asset: Asset, county: County) -> None:
    Repair.objects.create(asset=asset, on=timezone.localdate(), what="换硬盘")


def asked_about(asset: Asset, county: County) -> None:
    send_request(place=county.xianxi, sort="fault", text="打不开", by="tests", asset=asset)


@pytest.mark.parametrize("happens", [seen, repaired, asked_about])
def test_what_was_there_is_no_mistake(
    county: County, receipt: Receipt, happens: Callable[[Asset, County], None]
) -> None:
    touched = assets(receipt)[1]
    happens(touched, county)
    with pytest.raises(ValidationError, match=touched.tag):
        take_back(receipt, reason=WHY, by=county.users["it_staff"])
    assert not any(one.archived for one in assets(receipt))
    assert not ReceiptTakenBack.objects.exists()


def test_twice_or_without_a_reason_is_refused(county: County, receipt: Receipt) -> None:
    with pytest.raises(ValidationError) as refused:
        take_back(receipt, reason=" ", by=county.users["it_staff"])
    assert set(refused.value.error_dict) == {"reason"}
    take_back(receipt, reason=WHY, by=county.users["it_staff"])
    with pytest.raises(ValidationError) as again:
        take_back(receipt, reason=WHY, by=county.users["it_staff"])
    assert again.value.code == "twice"


def test_the_database_holds_it_whoever_writes(county: County, receipt: Receipt) -> None:
    """No taking back while an asset stands; none of its assets comes back; what was said stays."""
    row = {"receipt": receipt, "on": timezone.localdate(), "by": "tests"}
    with pytest.raises(IntegrityError, match="still stand"), transaction.atomic():
        ReceiptTakenBack.objects.create(reason=WHY, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReceiptTakenBack.objects.create(reason="", **row)
    made = take_back(receipt, reason=WHY, by=county.users["it_staff"])
    for change in (
        lambda: Asset.objects.filter(received__receipt=receipt).update(archived=False),
        lambda: ReceiptTakenBack.objects.filter(pk=made.pk).update(reason="改"),
        lambda: made.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_went_back_comes_back_only_within_the_commitment(
    county: County, project: Project, delivery: Delivery, receipt: Receipt
) -> None:
    """One is archived, the commitment is cut to two: the third may not return."""
    Asset.objects.filter(serial="PF3").update(archived=True)
    LedgerLine.objects.create(
        project=project, source=delivery.line.source, category="computer", entry="commitment",
        day=timezone.localdate(), fen=2 * 4_800_00 - 48_000_00, document="退",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="more came"), transaction.atomic():
        Asset.objects.filter(serial="PF3").update(archived=False)


def test_on_its_page_it_is_taken_back_and_says_so(
    county: County, project: Project, receipt: Receipt, visit: Visit
) -> None:
    page = f"/planning/receipts/{receipt.pk}/"
    assert "Take back this receipt" in text_of(visit("it_staff", page, language="en"))
    answer = visit("it_staff", f"{page}take-back/", data={"reason": WHY})
    assert answer.status_code == 302
    text = text_of(visit("it_staff", page, language="en"))
    assert WHY in text
    assert "Take back this receipt" not in text
    assert "taken back" in text_of(visit("it_staff", f"/planning/projects/{project.pk}/", language="en"))


def test_its_assets_stay_in_the_archive_and_the_page_says_why(
    county: County, receipt: Receipt, visit: Visit
) -> None:
    take_back(receipt, reason=WHY, by=county.users["it_staff"])
    asset = assets(receipt)[0]
    answer = visit("it_staff", f"/assets/{asset.pk}/unarchive/", data={"reason": ""})
    assert answer.status_code == 302
    asset.refresh_from_db()
    assert asset.archived


@pytest.mark.parametrize(("role", "status"), [("leadership", 403), ("auditor", 403), ("city_reader", 404)])
def test_who_may_not_receive_may_not_take_back(
    county: County, receipt: Receipt, visit: Visit, role: str, status: int
) -> None:
    answer = visit(role, f"/planning/receipts/{receipt.pk}/take-back/", data={"reason": WHY})
    assert answer.status_code == status
    assert not ReceiptTakenBack.objects.exists()
