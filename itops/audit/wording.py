"""Changes as people read them: names instead of columns and numbers, before beside after."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db.models import BooleanField, DateField, DateTimeField, Field, ForeignKey, Model
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from itops.audit.models import Action, Change
from itops.audit.own_fields import OWN, OwnFields, own_fields, parts, refers_to
from itops.database.kept import Given, Kept, one_of
from itops.database.statements import rows
from itops.extras.models import CustomField
from itops.organisation.models import User
from itops.wording import in_fen

NOTHING = "–"
LONGEST = 200
TELLING = ("tag", "name", "username", "code", "day", "on")  # what a deleted row is called by, if it has it
UNIT = re.compile(r"\s*[（(][^（()）]*[)）]$")
ACTS = {
    "view": pgettext_lazy("permission", "see"),
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
}
BY_ITSELF = {  # what writes without an account: commands, and what the clock does
    "console": gettext_lazy("command line of the server"),
    "set-up": gettext_lazy("setting up"),
    "setup": gettext_lazy("setting up"),
    "demonstration": gettext_lazy("demonstration data"),
    "load_divisions": gettext_lazy("loading of places"),
    "load_systems": gettext_lazy("first list of systems"),
    "import_device_types": gettext_lazy("import of device types"),
    "update_support_dates": gettext_lazy("update of support dates"),
    "mark_today": gettext_lazy("daily judging"),
    "system_watch": gettext_lazy("watch over systems"),
    "count_months": gettext_lazy("monthly count"),
    "remind": gettext_lazy("training reminders"),
    "hold_against_equipment": gettext_lazy("training held against equipment"),
}
RECORDED = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'recorded_add'"
Names = dict[tuple[type[Model], int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One column: what it was and became. Of secrets and personal data only that it changed."""

    name: str
    before: str = ""
    after: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change, ready to be shown."""

    change: Change
    who: str
    sort: str
    name: str
    differences: Sequence[Difference]
    there: bool  # what it is about; not told for a page of the object itself

    @property
    def short(self) -> bool:
        """What changed is shown at once; what was added or deleted only to those who ask."""
        return self.change.action == Action.CHANGE


def entries(changes: Iterable[Change], *, whole: bool = True) -> list[Entry]:
    """In a handful of queries, however many there are. Not whole: for a page of the object itself."""
    shown = list(changes)
    kept = [change for change in shown if whole or change.action == Action.CHANGE]
    own = own_fields(kept)
    names, accounts = _names(kept, own, of_records=whole), _accounts(shown)
    return [_entry(change, names, own, accounts) for change in shown]


def recorded_sorts() -> list[tuple[str, str]]:
    """What can be in the record, by label, in the reader's language."""
    tables = {table for (table,) in rows(RECORDED, {})}
    models = apps.get_models(include_auto_created=True)
    labels = [model._meta.label_lower for model in models if model._meta.db_table in tables]
    return sorted(((label, sort_name(label)) for label in labels), key=lambda one: one[1])


def sort_name(label: str) -> str:
    """What a model's records are called; Django's own English name is translated where the model gives none."""
    model = _model(label)
    if model is None:
        return label
    if model._meta.auto_created:  # a table that joins two models is called by both
        both = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
        return " · ".join(_(str(field.remote_field.model._meta.verbose_name)) for field in both)
    return _(str(model._meta.verbose_name))


def who(actor: str, accounts: Mapping[str, str]) -> str:
    """The account's name; a login of the database for what was written past all pages."""
    kind, _colon, name = actor.partition(":")
    if kind == "database":
        return _("the program") if name == "itops_app" else _("database login %(name)s") % {"name": name}
    return accounts.get(actor) or str(BY_ITSELF.get(actor, actor))


def _entry(change: Change, names: Names, own: OwnFields, accounts: Mapping[str, str]) -> Entry:
    model = _model(change.model)
    return Entry(
        change=change,
        who=who(change.actor, accounts),
        sort=sort_name(change.model),
        name=_name(change, names),
        differences=[*_differences(change, model, names), *_own_differences(change, names, own)],
        there=(_model(change.of_model), change.of_id) in names,
    )


def _differences(change: Change, model: type[Model] | None, names: Names) -> Iterator[Difference]:
    before, after = change.before or {}, change.after or {}
    for column in {**before, **after}:
        field = _field(model, column)
        if column != OWN and (field is None or not field.primary_key):
            yield Difference(
                name=_label(field, column),
                before=_value(field, before.get(column), names),
                after=_value(field, after.get(column), names),
            )
    for column in change.withheld:
        yield Difference(name=_label(_field(model, column), column), withheld=True)


def _own_differences(change: Change, names: Names, own: OwnFields) -> Iterator[Difference]:
    """Of the county's own fields, which one column holds, those that are not what they were."""
    for key, before, after in parts(change):
        field = own.get((change.model, key))
        yield Difference(
            name=field.label if field else key,
            before=_own_value(field, before, names),
            after=_own_value(field, after, names),
        )


def _own_value(field: CustomField | None, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return NOTHING
    if model := refers_to(field):
        return names.get((model, value), f"#{value}")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value))[:LONGEST]


def without_unit(name: str, column: str) -> str:
    """A field's name where its amount is written in yuan: `purchase cost (fen)` is the purchase cost."""
    return UNIT.sub("", name) if in_fen(column) else name


def _label(field: "Field[Any, Any] | None", column: str) -> str:
    if field is None:
        return column
    return without_unit(_(str(field.verbose_name)), column)


def _value(field: "Field[Any, Any] | None", value: Any, names: Names) -> str:
    if value is None or value == "":
        return NOTHING
    if field is None:
        return str(value)[:LONGEST]
    if model := _referred(field):
        return names.get((model, value), f"#{value}")
    if in_fen(field.name):
        return _("%(amount)s yuan") % {"amount": f"{value / 100:,.2f}"}
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    return _text(field, value)[:LONGEST]


def _text(field: "Field[Any, Any]", value: Any) -> str:
    said = getattr(field.model, "SAID", {}).get(field.name, {})  # a model's own words for what is no choice
    if isinstance(value, str) and value in said:
        return str(said[value])
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateTimeField) and (moment := parse_datetime(value)):
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
    if isinstance(field, DateField):
        return str(value)
    if in_words := getattr(field, "in_words", None):  # a field that has its own
        return ", ".join(in_words(value).splitlines())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _name(change: Change, names: Names) -> str:
    """Of the object on whose page it is shown; a repair is called by its asset. What is gone, by what is kept of it."""
    about = _model(change.of_model)
    if about and (found := names.get((about, change.of_id))):
        return found
    columns = {**(change.after or {}), **(change.before or {})}
    return " ".join(str(columns[one]) for one in TELLING if columns.get(one)) or f"#{change.object_id}"


def _names(changes: Sequence[Change], own: OwnFields, *, of_records: bool) -> Names:
    """The present names of what the columns refer to, and of what the records are about."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for change in changes:
        model = _model(change.model)
        if model is None:
            continue
        about = _model(change.of_model)
        if of_records and about is not None:
            wanted[about].add(change.of_id)
        for column, value in _columns(change):
            other = _referred(_field(model, column))
            if other and value is not None:
                wanted[other].add(value)
        for key, before, after in parts(change):
            if other := refers_to(own.get((change.model, key))):
                wanted[other] |= {value for value in (before, after) if value is not None}
    return {
        (model, pk): _called(one) for model, ids in wanted.items() for pk, one in _found(model, ids).items()
    }


def _called(one: Model) -> str:
    """Django's names of permissions are English sentences; here they are said by act and model."""
    if not isinstance(one, Permission):
        return str(one)
    act, _line, model = one.codename.partition("_")
    return f"{sort_name(f'{one.content_type.app_label}.{model}')} · {ACTS.get(act, act)}"


def _columns(change: Change) -> Iterator[tuple[str, Any]]:
    yield from (change.before or {}).items()
    yield from (change.after or {}).items()


def _found(model: type[Model], ids: set[int]) -> dict[Any, Model]:
    """With what their names are made of."""
    joined = [field.name for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    found = model._default_manager.filter(pk__in=ids)
    return (found.select_related(*joined) if joined else found).in_bulk()


def _accounts(changes: Sequence[Change]) -> dict[str, str]:
    ids = {int(one.actor[5:]) for one in changes if re.fullmatch(r"user:\d+", one.actor)}
    return {user.actor: str(user) for user in ACCOUNTS.all(keys=list(ids))} if ids else {}


ACCOUNTS: Kept[User] = Kept(
    lambda: User.objects.filter(one_of("pk", Given("keys", "bigint[]"))).select_related("person")
)


def _model(label: str) -> type[Model] | None:
    """None for a model that a later version no longer has."""
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _field(model: type[Model] | None, column: str) -> "Field[Any, Any] | None":
    fields = model._meta.concrete_fields if model else ()
    return next((field for field in fields if field.column == column), None)


def _referred(field: "Field[Any, Any] | None") -> type[Model] | None:
    """The model that a foreign key's numbers belong to."""
    found = field.related_model if isinstance(field, ForeignKey) else None
    return found if isinstance(found, type) else None
