"""Figures by name, as `Memory (MB): 8192` on a line each: so people read them and type them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from itops.crud.reading import NO, YES

Names = Mapping[str, StrOrPromise]
PARTED = re.compile("[:：]")


class NamedFigures(models.JSONField):
    """A mapping of the figures in `names`; forms show a line for each, also for those not known."""

    names: Names

    def formfield(self, *given: Any, **more: Any) -> Any:
        label = str(self.verbose_name)
        return FiguresField(
            names=self.names,
            label=label[:1].upper() + label[1:],
            required=not self.blank,
            help_text=self.help_text or _("A figure after each name; leave out what is not known."),
        )

    def in_words(self, figures: Mapping[str, Any]) -> str:
        """What is known, a line for each figure."""
        return "\n".join(_line(name, figures[key]) for key, name in self.names.items() if key in figures)


class FiguresField(forms.Field):
    """Typed as lines of a name, a colon and a figure; kept by the names' codes."""

    def __init__(self, *, names: Names, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": len(names)}), **more)
        self.names = names

    def to_python(self, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        return dict(self._read(str(value or "")))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(_line(name, value.get(key)) for key, name in self.names.items())

    def _read(self, text: str) -> Iterator[tuple[str, Any]]:
        codes = {str(name).casefold(): key for key, name in self.names.items()}
        for line in filter(None, map(str.strip, text.splitlines())):
            name, *figure = PARTED.split(line, maxsplit=1)
            if not figure or name.strip().casefold() not in codes:
                said = _("“%(line)s” does not begin with one of the names and a colon.")
                raise ValidationError(said, code="unknown", params={"line": line[:40]})
            if figure[0].strip():
                yield codes[name.strip().casefold()], _figure(figure[0].strip())


def _line(name: StrOrPromise, figure: object) -> str:
    return (_("%(name)s: %(figure)s") % {"name": name, "figure": _said(figure)}).rstrip()


def _said(figure: object) -> str:
    if isinstance(figure, bool):
        return _("yes") if figure else _("no")
    if isinstance(figure, float) and figure.is_integer():
        return str(int(figure))
    return "" if figure is None else str(figure)


def _figure(text: str) -> Any:
    """A number, or yes or no; any other text as it is, for the model to refuse."""
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    word = text.casefold()
    return word in YES if word in YES or word in NO else text
