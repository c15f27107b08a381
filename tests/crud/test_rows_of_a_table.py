"""Our rows say the same as django-tables2's own."""

from datetime import date

import django_tables2 as tables
import pytest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inventory.models import DeviceModel, Manufacturer
from itops.crud.rows import Fetched, body


class Models(tables.Table):  # type: ignore[misc]
    name = tables.Column(attrs={"td": {"class": "mono"}})
    maker = tables.Column(
        accessor="manufacturer__name", linkify=lambda record: f"/makers/{record.manufacturer_id}/"
    )
    kind = tables.Column()
    end_of_support = tables.Column()
    years = tables.Column(accessor="minimum_years", default="–")
    shown = tables.Column(empty_values=(), orderable=False)

    day = tables.DateColumn(accessor="end_of_support")
    anything = tables.Column(accessor="name")

    class Meta:
        model = DeviceModel
        fields = ()

    def render_anything(self, value: str, **more: object) -> str:
        return f"{value}!"

    def render_shown(self, record: DeviceModel, value: object) -> SafeString:
        return format_html("<b>{}</b>{}", record.name, value or "")


@pytest.fixture
def models(db: None) -> list[DeviceModel]:
    maker = Manufacturer.objects.create(name="<联想>")
    return [
        DeviceModel(pk=1, manufacturer=maker, name="M<1>", kind="computer", end_of_support=date(2030, 1, 2)),
        DeviceModel(pk=2, manufacturer=maker, name="M 2", kind="printer", minimum_years=6),
    ]


def test_each_cell_is_as_the_bound_row_shows_it(models: list[DeviceModel]) -> None:
    table = Models(models)
    shown = body(table)
    for row in table.rows:
        for cell in row:
            assert f">{render_value_in_context(cell, Context())}</td>" in shown
    assert shown.count("<tr>") == 2
    assert '<td class="mono">M&lt;1&gt;</td>' in shown
    assert '<a href="/makers/' in shown
    assert "&lt;联想&gt;" in shown
    assert "<联想>" not in shown


def test_records_of_a_page_stay_in_the_order_in_which_they_came(models: list[DeviceModel]) -> None:
    shown = body(Models(Fetched(models), order_by="name"))
    assert shown.index("M&lt;1&gt;") < shown.index("M 2")
