"""Records as rows of a file that imports again unchanged, streamed."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from itops.crud.batch import OWN
from itops.crud.naming import Reference
from itops.crud.own_columns import has_own
from itops.crud.resource import Resource
from itops.crud.several import Several
from itops.exchange.columns import ID, Column, columns
from itops.exchange.reading.values import unmistakable, yuan
from itops.extras.custom_fields import export_text
from itops.extras.field_types import REFERENCES, FieldType
from itops.extras.models import CustomField
from itops.extras.references import References
from itops.organisation.models import User
from itops.organisation.scope import granted_paths

AT_ONCE = 1_000
SEVERAL = "；"

Record = Sequence[Any]
Write = Callable[[Record], str]


@dataclass(frozen=True, slots=True)
class Form:
    """The heads and the way to write each column, made before the first row is sent."""

    head: Sequence[str]
    numeric: Sequence[bool]
    rows: Callable[[], Iterator[list[str]]]


def form(resource: Resource, found: QuerySet[Any], user: User) -> Form:
    """All fields of the records found that the reader may see, in the reader's language."""
    known = [column for column in columns(resource) if _is_seen(column, user)]
    plain = [column for column in known if column.own is None and column.several is None]
    names = ["pk" if column.name == ID else str(column.field.attname) for column in plain]
    places = {column.name: place for place, column in enumerate(plain)}
    if has_own(resource.model):
        places |= {column.name: len(names) for column in known if column.own is not None}
        names.append(OWN)
    writes = [_writer(resource, column, places, found, user) for column in known]
    return Form(
        [column.heading() for column in known],
        [_is_numeric(column) for column in known],
        partial(_rows, found.values_list(*names), writes),
    )


def _rows(records: QuerySet[Any, tuple[Any, ...]], writes: Sequence[Write]) -> Iterator[list[str]]:
    for record in records.iterator(chunk_size=AT_ONCE):
        yield [write(record) for write in writes]


def _is_numeric(column: Column) -> bool:
    """Whole numbers and amounts: what spreadsheets should add up."""
    plain = isinstance(column.field, models.IntegerField) and not column.field.choices
    return column.name == ID or column.money or plain


def _is_seen(column: Column, user: User) -> bool:
    view = column.several.view if column.several is not None else ""
    return not view or bool(granted_paths(user, view))


def _of_several(resource: Resource, one: Several, found: QuerySet[Any], user: User) -> Write:
    """Names with a sign between them by which an import parts them again; of what the account may see."""
    seen = found if not one.view else found.filter(pk__in=resource.reached(user, one.view).order_by())
    held = one.held_by(seen.order_by().values("pk"))
    names = dict(one.to._base_manager.values_list("pk", one.natural[0])) if held else {}
    texts = {pk: SEVERAL.join(sorted(names[target] for target in targets)) for pk, targets in held.items()}
    return lambda record: unmistakable(texts.get(record[0], ""))


def _of_own(field: CustomField, place: int, user: User) -> Write:
    references = References.of(user) if FieldType(field.type) in REFERENCES else None
    return lambda record: unmistakable(export_text(field, record[place].get(field.key), references))


def _writer(
    resource: Resource,
    column: Column,
    places: Mapping[str, int],
    found: QuerySet[Any],
    user: User,
) -> Write:
    if column.several is not None:
        return _of_several(resource, column.several, found, user)
    place = places[column.name]
    if column.own is not None:
        return _of_own(column.own, place, user)
    if column.refers:
        return _Names.of(resource, column, place, places, found, user).write
    if column.choices:
        return _known(place, {value: str(label) for value, label in column.field.flatchoices})
    if isinstance(column.field, models.BooleanField):
        return _known(place, {True: _("yes"), False: _("no")})
    if column.money:
        return lambda record: "" if record[place] is None else yuan(record[place])
    if isinstance(column.field, models.JSONField):
        return lambda record: json.dumps(record[place], ensure_ascii=False) if record[place] else ""
    if isinstance(column.field, models.CharField | models.TextField):
        return lambda record: unmistakable(record[place] or "")
    return lambda record: "" if record[place] is None else str(record[place])


def _known(place: int, said: Mapping[Any, str]) -> Write:
    return lambda record: said.get(record[place], "") if record[place] != "" else ""


@dataclass(frozen=True, slots=True)
class _Names:
    """How a foreign key is written: by name where an import finds the same again, else as "#7"."""

    place: int
    plain: Mapping[int, str]
    doubtful: Mapping[int, str]
    kin: Mapping[int, Mapping[str, Any]]
    beside: Mapping[str, int]
    called: Mapping[str, Sequence[int]]
    known: dict[tuple[Any, ...], str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        resource: Resource,
        column: Column,
        place: int,
        places: Mapping[str, int],
        found: QuerySet[Any],
        user: User,
    ) -> "_Names":
        reference = Reference.of(resource, column.field, user)
        names = _texts(reference, column, found)
        often = Counter(names.values())
        doubtful = {pk: text for pk, text in names.items() if often[text] > 1}
        kin_names = [
            str(one.name)
            for one in reference.among.model._meta.fields
            if isinstance(one, models.ForeignKey) and places.get(one.name, place) < place
        ]
        rows = reference.among.filter(pk__in=doubtful).values("pk", *kin_names) if kin_names else ()
        called: dict[str, list[int]] = defaultdict(list)
        for pk, text in doubtful.items():
            called[text].append(pk)
        plain = {pk: text for pk, text in names.items() if pk not in doubtful}
        beside = {name: places[name] for name in kin_names}
        return cls(place, plain, doubtful, {row["pk"]: row for row in rows}, beside, called)

    def write(self, record: Record) -> str:
        pk = record[self.place]
        if pk is None:
            return ""
        text = self.plain.get(pk)
        return self._decided(pk, record) if text is None else text

    def _decided(self, pk: int, record: Record) -> str:
        """Of several of one name the row's other columns may decide, as they do when it is imported."""
        if pk not in self.doubtful:
            return f"#{pk}"
        context = (pk, *(record[place] for place in self.beside.values()))
        if context not in self.known:
            candidates = self.called[self.doubtful[pk]]
            for name, place in self.beside.items():
                agreeing = [one for one in candidates if self.kin.get(one, {}).get(name) == record[place]]
                candidates = agreeing or candidates
            self.known[context] = self.doubtful[pk] if candidates == [pk] else f"#{pk}"
        return self.known[context]


def _texts(reference: Reference, column: Column, found: QuerySet[Any]) -> dict[int, str]:
    """The names of those that are referred to, and of all that are called the same; no name that would be misread."""
    if not reference.natural:
        return {}
    name = reference.natural[0]
    unique = reference.among.model._meta.get_field(name).unique
    among = reference.among
    if unique:
        among = among.filter(pk__in=found.order_by().values(column.field.attname))
    rows = among.values_list("pk", name)
    return {pk: unmistakable(text) for pk, text in rows if text and text == text.strip() and text[0] != "#"}
