"""Ten times the rows are exported in the same memory."""

import tracemalloc
from collections.abc import Callable

import pytest
from django.db import transaction

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from itops.crud.csv_out import csv_parts
from itops.exchange.form import Form, form
from itops.exchange.xlsx import workbook_file
from itops.organisation.models import User
from tests.support.county import County

pytestmark = pytest.mark.django_db
FEW, MANY = 2_000, 20_000


def as_csv(written: Form) -> int:
    return sum(len(part.encode()) for part in csv_parts(written.head, written.rows()))


def as_xlsx(written: Form) -> int:
    with workbook_file("台账", written.head, written.numeric, written.rows()) as workbook:
        return workbook.seek(0, 2)


def grown_to(county: County, count: int) -> None:
    first = Asset.objects.count()
    Asset.objects.bulk_create(
        Asset(tag=f"M-{n}", kind="computer", name=f"电脑 {n}", place=county.xianxi, note="说明" * 20)
        for n in range(first, count)
    )


def peak_kb(by: User, export: Callable[[Form], int]) -> tuple[float, int]:
    tracemalloc.start()
    with transaction.atomic():
        size = export(form(ASSETS, ASSETS.visible(by), by))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1000, size


@pytest.mark.parametrize("export", [as_csv, as_xlsx])
def test_memory_stays_flat(county: County, export: Callable[[Form], int]) -> None:
    by = county.users["county_administrator"]
    grown_to(county, FEW)
    few, small = peak_kb(by, export)
    grown_to(county, MANY)
    many, large = peak_kb(by, export)
    assert large > 5 * small
    assert many < 2 * few
