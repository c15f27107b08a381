"""What tables of records share: the box to tick a row, and the link to its page."""

from datetime import date
from functools import lru_cache
from typing import Any

import django_tables2 as tables
from django.urls import get_script_prefix, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from itops.crud.looks import link

KEY = 987_654_321  # stands for any key in an address


def record_address(url_name: str, key: int) -> str:
    """The same as `reverse(url_name, args=[key])`, made for one row after the other."""
    before, after = _around_the_key(url_name, get_script_prefix())
    return f"{before}{key}{after}"


@lru_cache(maxsize=256)
def _around_the_key(url_name: str, prefix: str) -> tuple[str, str]:
    before, _key, after = reverse(url_name, args=[KEY]).partition(str(KEY))
    return before, after


class RecordTable(tables.Table):  # type: ignore[misc]
    """The first column links to the record; ticks are for those who may change them."""

    class Meta:
        per_page = 25
        empty_text = ""
        sequence = ("tick", "...")

    tick = tables.Column(verbose_name="", orderable=False, empty_values=(), attrs={"td": {"class": "tick"}})

    def render_tick(self, record: Any) -> SafeString:
        said = escape(_("Select %(name)s") % {"name": record})
        box = f'<input class="form-check-input" type="checkbox" name="pk" value="{record.pk}" form="bulk"'
        return SafeString(f'{box} aria-label="{said}">')


class NameColumn(tables.Column):  # type: ignore[misc]
    """The record's name as the link to its page, whose address is `url_name`."""

    def __init__(self, url_name: str, **options: Any) -> None:
        super().__init__(**options)
        self.url_name = url_name

    def render(self, value: object, record: Any) -> SafeString:
        return link(record_address(self.url_name, record.pk), value, css="name")


class DayColumn(tables.Column):  # type: ignore[misc]
    """A day as the office writes it: 2026-11-22."""

    def render(self, value: date) -> str:
        return f"{value:%Y-%m-%d}"


class YesColumn(tables.Column):  # type: ignore[misc]
    """A word where it is so, nothing where it is not."""

    def render(self, value: bool) -> str:
        return _("yes") if value else ""
