"""What tables of records share: the box to tick a row, and the link to its page."""

from datetime import date
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


class RecordTable(tables.Table):  # type: ignore[misc]
    """The first column links to the record; ticks are for those who may change them."""

    class Meta:
        per_page = 25
        empty_text = ""
        sequence = ("tick", "...")

    tick = tables.Column(verbose_name="", orderable=False, empty_values=(), attrs={"td": {"class": "tick"}})

    def render_tick(self, record: Any) -> SafeString:
        said = _("Select %(name)s") % {"name": record}
        return format_html(
            '<input class="form-check-input m-0" type="checkbox" name="pk" value="{}" form="bulk" aria-label="{}">',
            record.pk,
            said,
        )


class NameColumn(tables.Column):  # type: ignore[misc]
    """The record's name as the link to its page, whose address is `url_name`."""

    def __init__(self, url_name: str, **options: Any) -> None:
        super().__init__(**options)
        self.url_name = url_name

    def render(self, value: object, record: Any) -> SafeString:
        return format_html(
            '<a class="name" href="{}">{}</a>', reverse(self.url_name, args=[record.pk]), value
        )


class DayColumn(tables.Column):  # type: ignore[misc]
    """A day as the office writes it: 2026-11-22."""

    def render(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"


class YesColumn(tables.Column):  # type: ignore[misc]
    """A word where it is so, nothing where it is not."""

    def render(self, value: bool) -> str:
        return _("yes") if value else ""
