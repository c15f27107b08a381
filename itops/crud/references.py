"""A form field that names another record: a list to pick from, or, where there are many, text with suggestions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

MOST_TO_PICK_FROM = 200


class NamedChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """
    The record is typed as people name it ("FY-0012", "刘敏"); the browser suggests.

    `natural` are the fields that are tried, exactly and without regard to case; one match is needed.
    """

    widget = forms.TextInput

    def __init__(self, queryset: QuerySet[Any], *, natural: Sequence[str], **options: Any) -> None:
        super().__init__(queryset, **options)
        self.natural, self.among = natural, queryset

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) or (
            isinstance(value, str) and value.isdecimal() and not self._named(value)
        ):
            value = self.among.filter(pk=value).first() or value
        return self._text(value) if isinstance(value, Model) else value

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if isinstance(value, Model):
            return value
        found = self._named(str(value).strip())
        if len(found) == 1:
            return found[0]
        raise ValidationError(self._trouble(str(value), len(found)), code="invalid_choice")

    def _named(self, text: str) -> list[Any]:
        """At most two: more need not be known."""
        for name in self.natural:
            if found := list(self.among.filter(**{f"{name}__iexact": text})[:2]):
                return found
        return []

    def _text(self, instance: Any) -> str:
        return next((str(value) for name in self.natural if (value := getattr(instance, name))), "")

    def _trouble(self, text: str, count: int) -> str:
        if not count:
            return _("Nothing here is called “%(text)s”.") % {"text": text}
        return _("More than one is called “%(text)s”: name it by its number or code.") % {"text": text}


def suggestions(queryset: QuerySet[Any], natural: Sequence[str], text: str, most: int = 12) -> list[str]:
    """What the browser offers while somebody types: names that begin with the text, then those that contain it."""
    begins, contains = Q(), Q()
    for name in natural:
        begins |= Q(**{f"{name}__istartswith": text})
        contains |= Q(**{f"{name}__icontains": text})
    found = list(queryset.filter(begins).values_list(natural[0], flat=True)[:most])
    if len(found) < most:
        found += (
            queryset.filter(contains).exclude(begins).values_list(natural[0], flat=True)[: most - len(found)]
        )
    return found
