"""Custom fields as forms, filters, columns of a file and words: what lists, API, import and export use.

fields = custom_fields(Asset)                 # one query: hand the list on
form_fields(fields, user, asset.custom)            # name → forms.Field, named custom_KEY
values_from(fields, form.cleaned_data)        # → what asset.custom becomes
filters(fields)                               # name → django-filter Filter, named cf_KEY, cf_KEY__gte…
parse_text(field, "是", references)           # a cell of a file → value or Problem
export_text(field, value, references)         # and back
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from itops.database.kept import Given, Kept
from itops.extras import field_types
from itops.extras.field_types import REFERENCES, FieldType, Problem, Spec, Value, Wrong
from itops.extras.models import TYPE_NAMES, CustomField
from itops.extras.references import References
from itops.organisation.models import Person, Place, User
from itops.organisation.scope import visible
from itops.wording import enumerated, filled

FORM_PREFIX, FILTER_PREFIX = "custom_", "cf_"


FIELDS: Kept[CustomField] = Kept(
    lambda: CustomField.objects.filter(model=Given("model", "text"), archived=False)
)


def custom_fields(model: type[Model]) -> list[CustomField]:
    """A model's fields in their order."""
    return FIELDS.all(model=model._meta.label_lower)


def parse_text(field: CustomField, text: str, references: References | None = None) -> Value | Problem:
    """A cell of a file as a value."""
    lookup = references.lookup(FieldType(field.type)) if references and field.type in REFERENCES else None
    return field_types.parse(field.spec, text, lookup)


def export_text(field: CustomField, value: Value, references: References | None = None) -> str:
    """A value as a cell of a file; it imports again unchanged."""
    if field.type in REFERENCES and references and isinstance(value, int):
        return references.name(FieldType(field.type), value)
    return field_types.text_of(value)


def problem_text(problem: Problem) -> StrOrPromise:
    """The problem in a sentence."""
    sentence = _SENTENCES[problem.code]
    if not problem.right:
        return sentence
    return filled(_("%(wrong)s Possible: %(right)s"), {"wrong": sentence, "right": enumerated(problem.right)})


def expected_of(field: CustomField) -> StrOrPromise:
    """What would be right, in words."""
    if field.choice_list:
        return filled(_("one of: %(names)s"), {"names": enumerated(field.choice_list)})
    return TYPE_NAMES[FieldType(field.type)]


def defaults(fields: Iterable[CustomField]) -> dict[str, Value]:
    """What `custom` of a new thing begins with."""
    given = {field.key: parse_text(field, field.default) for field in fields if field.default}
    return {key: value for key, value in given.items() if not isinstance(value, Problem)}


def form_fields(
    fields: Iterable[CustomField], user: User, values: Mapping[str, Value] | None = None
) -> dict[str, forms.Field]:
    """Form fields by name, filled with what is recorded, or with the defaults where `values` is None."""
    fields = list(fields)
    current = defaults(fields) if values is None else values
    return {FORM_PREFIX + field.key: _form_field(field, current.get(field.key), user) for field in fields}


def values_from(
    fields: Iterable[CustomField], cleaned: Mapping[str, Any], before: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """What `custom` becomes: values of fields that are not in the form stay as they were."""
    values = dict(before or {})
    for field in fields:
        name = FORM_PREFIX + field.key
        if name in cleaned:
            values[field.key] = _as_json(cleaned[name])
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def filters(fields: Iterable[CustomField]) -> dict[str, django_filters.Filter]:
    """Filters by name: exact, and part of it or a range where the type has one."""
    return {name: one for field in fields for name, one in _filters(field)}


def shown(field: CustomField, value: Value, references: References | None = None) -> str:
    """A value in words for a page."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return export_text(field, value, references)


def _form_field(field: CustomField, value: Value, user: User) -> forms.Field:
    common: dict[str, Any] = {
        "label": field.label,
        "required": field.required,
        "help_text": field.help,
        "initial": value,
    }
    choices = [(choice, choice) for choice in field.choice_list]
    match FieldType(field.type):
        case FieldType.DATE:
            return forms.DateField(widget=_day(), **common)
        case FieldType.YES_NO:
            return forms.TypedChoiceField(choices=_yes_no(), coerce=_is_true, empty_value=None, **common)
        case FieldType.CHOICE:
            return forms.ChoiceField(choices=[("", "–"), *choices], **common)
        case FieldType.CHOICES:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case FieldType.PLACE:
            return forms.ModelChoiceField(_places(user, value), **common)
        case FieldType.PERSON:
            return forms.ModelChoiceField(_people(user, value), **common)
        case _:
            return ParsedField(field.spec, **common)


class ParsedField(forms.CharField):
    """Text that must be a value of the type: the same rule as for a file's cell."""

    def __init__(self, spec: Spec, **common: Any) -> None:
        self.spec = spec
        super().__init__(**common)

    def clean(self, value: Any) -> Any:
        parsed = field_types.parse(self.spec, super().clean(value) or "")
        if isinstance(parsed, Problem):
            raise forms.ValidationError(problem_text(parsed))
        return parsed


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _yes_no() -> list[tuple[object, StrOrPromise]]:
    return [("", _("not recorded")), (True, _("yes")), (False, _("no"))]


def _is_true(answer: str) -> bool:
    return answer == "True"


def _places(user: User, value: Value) -> QuerySet[Place]:
    """Those the user sees, and the one that is recorded."""
    seen = visible(Place.objects.all(), user, "organisation.view_place", "")
    return Place.objects.filter(Q(pk__in=seen.values("pk")) | _recorded(value))


def _people(user: User, value: Value) -> QuerySet[Person]:
    seen = visible(Person.objects.filter(archived=False), user, "organisation.view_person", "office__place")
    return Person.objects.filter(
        Q(pk__in=seen.values("pk")) | Q(pk=value if isinstance(value, int) else None)
    )


def _recorded(value: Value) -> Q:
    return Q(pk__in=[value] if isinstance(value, int) else [])


def _as_json(value: Any) -> Value:
    if isinstance(value, Model):
        return int(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value  # type: ignore[no-any-return]


class Holds(django_filters.Filter):  # type: ignore[misc]
    """Rows whose custom field is this value: containment, which the column's index of rows that hold any answers."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value in EMPTY_VALUES:
            return qs
        wanted = value if isinstance(value, list) else [value]
        either = Q()
        for one in wanted:
            either |= Q(custom__contains={self.field_name: self.stored(one)})
        return qs.filter(either & ~Q(custom={}))

    def stored(self, value: Any) -> Any:
        return _as_json(value)


class HoldsAmong(Holds):
    """The same for a field of several choices."""

    def stored(self, value: Any) -> Any:
        return [value]


class Compares(django_filters.Filter):  # type: ignore[misc]
    """Part of a text, or one end of a range."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value in EMPTY_VALUES:
            return qs
        return qs.filter(**{f"custom__{self.field_name}__{self.lookup_expr}": _as_json(value)})


def _filters(field: CustomField) -> Iterator[tuple[str, django_filters.Filter]]:
    name, key = FILTER_PREFIX + field.key, field.key
    common: dict[str, Any] = {"field_name": key, "label": field.label, "required": False}
    choices = [(choice, choice) for choice in field.choice_list]
    match FieldType(field.type):
        case FieldType.NUMBER:
            yield from _with_range(name, common, Holds, forms.DecimalField, {})
        case FieldType.DATE:
            yield from _with_range(name, common, Holds, forms.DateField, {"widget": _day()})
        case FieldType.YES_NO:
            yield (
                name,
                _built(
                    Holds,
                    forms.TypedChoiceField,
                    common,
                    choices=_yes_no(),
                    coerce=_is_true,
                    empty_value=None,
                ),
            )
        case FieldType.CHOICE:
            yield name, _built(Holds, forms.MultipleChoiceField, common, choices=choices)
        case FieldType.CHOICES:
            yield name, _built(HoldsAmong, forms.MultipleChoiceField, common, choices=choices)
        case FieldType.PLACE | FieldType.PERSON:
            yield name, _built(Holds, forms.IntegerField, common)
        case _:
            yield name, _built(Holds, forms.CharField, common)
            part = common | {"lookup_expr": "icontains", "label": f"{field.label} …"}
            yield f"{name}__ic", _built(Compares, forms.CharField, part)


def _with_range(
    name: str,
    common: dict[str, Any],
    exact: type[django_filters.Filter],
    field: type[forms.Field],
    more: dict[str, Any],
) -> Iterator[tuple[str, django_filters.Filter]]:
    yield name, _built(exact, field, common, **more)
    for end, sign in (("gte", "≥"), ("lte", "≤")):
        bound = common | {"lookup_expr": end, "label": f"{common['label']} {sign}"}
        yield f"{name}__{end}", _built(Compares, field, bound, **more)


def _built(
    kind: type[django_filters.Filter], field: type[forms.Field], common: dict[str, Any], **more: Any
) -> django_filters.Filter:
    """A filter of the kind whose form field is of the given class."""
    built = kind(**common, **more)
    built.field_class = field
    return built


_SENTENCES: dict[Wrong, StrOrPromise] = {
    Wrong.REQUIRED: _("A value is required."),
    Wrong.TOO_LONG: _("The text is too long."),
    Wrong.NO_NUMBER: _("This is no number."),
    Wrong.NO_DATE: _("This is no date; write YYYY-MM-DD."),
    Wrong.NO_YES_OR_NO: _("This is neither yes nor no."),
    Wrong.NO_CHOICE: _("This is none of the choices."),
    Wrong.NO_LINK: _("This is no link; it begins with http:// or https://."),
    Wrong.NOT_FOUND: _("Nothing of that name was found."),
    Wrong.AMBIGUOUS: _("Several have that name; write more of it."),
}
