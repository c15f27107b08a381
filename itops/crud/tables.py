"""What tables of records share: the box to tick a row, and the link to its page."""

from datetime import date, datetime
from html import escape
from typing import Any

import django_tables2 as tables
from django.db import models
from django.db.models import Model
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from itops.crud.addresses import record_address
from itops.crud.declared import Declared
from itops.crud.looks import link
from itops.crud.rows import Cell, field_at

NUMBERS = (models.IntegerField, models.DecimalField, models.FloatField)
RIGHT = {"class": "num"}
NUMBER = {"td": RIGHT, "th": RIGHT}
NEVER_BROKEN = {"td": {"class": "nowrap"}}


class RecordTable(tables.Table):  # type: ignore[misc]
    """The first column links to the record; ticks are for those who may change them; numbers stand to the right."""

    class Meta:
        per_page = 25
        empty_text = ""
        sequence = ("tick", "...")

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        cls.base_columns = Declared(cls.base_columns)
        for name, column in cls.base_columns.items():
            plain = not column.attrs and not isinstance(column, NameColumn)
            if plain and _is_number(cls._meta.model, str(column.accessor or name)):
                column.attrs = NUMBER

    tick = tables.Column(verbose_name="", orderable=False, empty_values=(), attrs={"td": {"class": "tick"}})

    def cells(self) -> dict[str, Cell]:
        """Made once a page: see `itops.crud.rows`."""
        return {"tick": _ticks()}


def _is_number(model: type[Model] | None, accessor: str) -> bool:
    field = field_at(model, accessor.replace(".", "__").split("__"))
    return isinstance(field, NUMBERS) and not field.choices


def _ticks() -> Cell:
    before, after = escape(_("Select %(name)s")).split("%(name)s")
    box = '<input class="form-check-input" type="checkbox" name="pk" form="bulk"'
    return lambda one: f'{box} value="{one.pk}" aria-label="{before}{escape(str(one))}{after}">'


class NameColumn(tables.Column):  # type: ignore[misc]
    """The record's name as the link to its page, whose address is `url_name`."""

    def __init__(self, url_name: str, **options: Any) -> None:
        super().__init__(**options)
        self.url_name = url_name

    def render(self, value: object, record: Any) -> SafeString:
        return link(record_address(self.url_name, record.pk), value, css="name")


class _TimeColumn(tables.Column):  # type: ignore[misc]
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"attrs": NEVER_BROKEN, **options})


class DayColumn(_TimeColumn):
    """A day as the office writes it: 2026-11-22."""

    def render(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"


class MomentColumn(_TimeColumn):
    """The same with the time: 2026-11-22 09:30."""

    def render(self, value: datetime) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


class YesColumn(tables.Column):  # type: ignore[misc]
    """A word where it is so, nothing where it is not."""

    def render(self, value: bool) -> str:
        return _("yes") if value else ""
