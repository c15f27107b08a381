"""What a list is asked for: conditions by column with lookup suffixes, the list page's own filters, order, page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from itops.api.columns import Column, Endpoint, Sort
from itops.api.output import Chosen, members
from itops.crud.forms import label_of
from itops.crud.naming import Reference, natural_names
from itops.crud.paging import counted_exactly
from itops.crud.reading import Reader, reader_of, yes_or_no
from itops.crud.several import Several
from itops.crud.several_taken import keys_of
from itops.database.conditions import begins, ends, has_ends, same
from itops.extras.custom_fields import custom_fields
from itops.extras.custom_fields import filters as custom_filters
from itops.organisation.models import Place, User
from itops.organisation.scope import visible

USUAL_LIMIT, HIGHEST_LIMIT = 50, 1000
FARTHEST = 10**9
CONTROLS = {"limit", "offset", "ordering", "brief", "fields"}  # they choose no records
NULL = "null"

# Suffix → Django's lookup; those that begin with n are the other way round.
OF_TEXT = {
    "": "exact",
    "ic": "icontains",
    "isw": "istartswith",
    "iew": "iendswith",
    "ie": "iexact",
}
QUICKLY = {"exact": same, "iexact": same, "istartswith": begins, "iendswith": ends}
OF_ORDER = {"": "exact", "gt": "gt", "gte": "gte", "lt": "lt", "lte": "lte"}
EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Condition:
    """A parameter: how its texts are read, and the rows that it means."""

    name: str
    sort: Sort
    read: Reader
    rows: Callable[[Sequence[Any]], Q]


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was asked for."""

    found: QuerySet[Any]
    count: int
    limit: int
    offset: int
    chosen: Chosen


def asked(endpoint: Endpoint, request: HttpRequest, user: User) -> Asked:
    """Raises ValidationError by parameter for whatever cannot be understood: nothing asked is passed over."""
    query = request.GET
    troubles: dict[str, list[str]] = {}
    found = endpoint.resource.told(user)
    narrowing = query.keys() - CONTROLS
    known = {one.name: one for one in conditions(endpoint, user)} if narrowing else {}
    rest = QueryDict(mutable=True)
    for name, texts in query.lists():
        if name in known:
            found = _narrowed(found, known[name], texts, troubles)
        elif name not in CONTROLS:
            rest.setlist(name, texts)
    found = _by_page_filters(endpoint, found, rest, request, troubles)
    if endpoint.resource.archives and "archived" not in query:
        found = found.filter(archived=False)
    order = _order(endpoint, query, troubles)
    limit = _whole(query, "limit", USUAL_LIMIT, troubles) or HIGHEST_LIMIT
    offset = _whole(query, "offset", 0, troubles)
    chosen = _chosen(endpoint, query, troubles)
    if troubles:
        raise ValidationError(troubles)
    count = (
        endpoint.resource.known(user) if not narrowing and endpoint.resource.known else counted_exactly(found)
    )
    return Asked(found.order_by(*order), count, min(limit, HIGHEST_LIMIT), min(offset, FARTHEST), chosen)


def conditions(endpoint: Endpoint, user: User | None = None) -> Iterator[Condition]:
    """Every parameter that narrows; for documentation no account is needed."""
    for column in endpoint.columns.values():
        if column.sort is Sort.REFERENCE:
            yield from _of_reference(endpoint, column, user)
        elif column.sort is not Sort.STRUCTURE:
            yield from _of_column(column)
    for one in endpoint.several:
        yield from _of_several(endpoint, one, user)
    yield from _under(endpoint, user)


def page_filters(endpoint: Endpoint) -> list[str]:
    """The list page's filters that are no column's."""
    known = {one.name for one in conditions(endpoint)} | {"q", "archived"}
    return [name for name in endpoint.resource.filters.base_filters if name not in known]


def orders(endpoint: Endpoint) -> list[str]:
    return [column.name for column in endpoint.columns.values() if column.sort is not Sort.STRUCTURE]


def _of_column(column: Column) -> Iterator[Condition]:
    name = column.field.name
    read = reader_of(column.field) if column.name != "id" else _key
    lookups = {Sort.TEXT: OF_TEXT, Sort.CHOICE: {"": "exact"}, Sort.YES_NO: {"": "exact"}}.get(
        column.sort, OF_ORDER
    )
    plain = _or_null(read)
    for suffix, lookup in lookups.items():
        reader = (
            _part_of_text if column.sort is Sort.TEXT else plain if lookup == "exact" else _demanding(read)
        )
        rows = _quickly(column, lookup) or _either(name, lookup)
        yield Condition(_suffixed(column.name, suffix), column.sort, reader, rows)
        if lookup in ("gt", "gte", "lt", "lte") or column.sort is Sort.YES_NO:
            continue
        negated = _suffixed(column.name, f"n{suffix}")
        yield Condition(negated, column.sort, reader, _neither(name, lookup))
    yield Condition(f"{column.name}__{EMPTY}", Sort.YES_NO, yes_or_no, _emptiness(column))


def _of_reference(endpoint: Endpoint, column: Column, user: User | None) -> Iterator[Condition]:
    """By id (`place_id`) and by name (`place`), both also with __n."""
    key, name = f"{column.name}_id", column.name
    by_name = _names_of(endpoint, column, user)
    for parameter, sort, read in ((key, Sort.NUMBER, _key), (name, Sort.TEXT, by_name)):
        yield Condition(parameter, sort, read, _either(key, "exact"))
        yield Condition(f"{parameter}__n", sort, read, _neither(key, "exact"))
    yield Condition(f"{name}__{EMPTY}", Sort.YES_NO, yes_or_no, _emptiness(column))


def _of_several(endpoint: Endpoint, one: Several, user: User | None) -> Iterator[Condition]:
    """Those that hold any of what is named, by id or by name; with __n those that hold none of it."""

    def read(text: str) -> Any:
        return list(keys_of(one, text))

    def holding(given: Sequence[Any]) -> Q:
        assert user is not None
        holders = Q(pk__in=one.holders(_spread(given)))
        return holders & Q(pk__in=endpoint.resource.reached(user, one.view)) if one.view else holders

    yield Condition(one.name, Sort.TEXT, read, holding)
    yield Condition(f"{one.name}__n", Sort.TEXT, read, lambda given: ~holding(given))


def _under(endpoint: Endpoint, user: User | None) -> Iterator[Condition]:
    """`place_under`: in the place (by id, name or code) or in what lies under it."""
    place = endpoint.resource.place
    if place is None:
        return

    def read(text: str) -> Any:
        assert user is not None
        seen = visible(Place.objects.all(), user, "organisation.view_place", place="")
        if (
            text.isdecimal()
            and len(text) < 19
            and (found := seen.filter(pk=text).values_list("path", flat=True))
        ):
            return list(found)
        keys = Reference(Place._meta.get_field("parent"), ("name", "code", "name_en"), seen).named(text)
        return list(Place.objects.filter(pk__in=keys).values_list("path", flat=True))

    def rows(given: Sequence[Any]) -> Q:
        under = Place.objects.filter(path__under=_spread(given)).order_by()
        return Q(**{f"{place or 'pk'}__in": list(under.values_list("pk", flat=True))})

    yield Condition("place_under", Sort.TEXT, read, rows)


def _names_of(endpoint: Endpoint, column: Column, user: User | None) -> Reader:
    """Every record of that name that the account sees, archived ones too."""
    target = endpoint.resource.referred.get(label_of(column.field))

    def read(text: str) -> Any:
        assert user is not None
        model = column.field.remote_field.model
        if text == NULL:
            return None
        if target is not None:
            among = target.told(user)
        elif model is Place:
            among = visible(Place.objects.all(), user, "organisation.view_place", place="")
        else:
            among = model._default_manager.all()
        return Reference(column.field, natural_names(column.field, target), among.order_by()).named(text)

    return read


def _or_null(read: Reader) -> Reader:
    def reader(text: str) -> Any:
        if text == NULL or not text:
            return None
        return read(text)

    return reader


def _demanding(read: Reader) -> Reader:
    def reader(text: str) -> Any:
        if not text.strip():
            raise ValidationError(_("A value is needed to compare with."), code="required")
        return read(text)

    return reader


def _part_of_text(text: str) -> str:
    if "\x00" in text:
        raise ValidationError(_("Null characters are not allowed."), code="null_characters_not_allowed")
    return text


def _key(text: str) -> int | None:
    if text == NULL:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise ValidationError(_("“%(value)s” is no id.") % {"value": text}, code="invalid")
    return int(text)


def _suffixed(name: str, suffix: str) -> str:
    return f"{name}__{suffix}" if suffix else name


def _either(name: str, lookup: str) -> Callable[[Sequence[Any]], Q]:
    """Several values: any of them. A name that several records bear means each of them."""

    def rows(given: Sequence[Any]) -> Q:
        values = _spread(given)
        if lookup == "exact":
            among = Q(**{f"{name}__in": [value for value in values if value is not None]})
            return among | Q(**{f"{name}__isnull": True}) if None in values else among
        return Q(*((f"{name}__{lookup}", value) for value in values if value is not None), _connector=Q.OR)

    return rows


def _quickly(column: Column, lookup: str) -> Callable[[Sequence[Any]], Q] | None:
    """The same as `_either` where the model keeps indexes of what a text begins and ends with, in any case."""
    name, quick = column.field.name, QUICKLY.get(lookup)
    exact = lookup == "exact" and column.field.unique  # its own index is as good
    if quick is None or exact or not has_ends(column.field.model, name):
        return None

    def rows(given: Sequence[Any]) -> Q:
        found = Q(*(quick(text, name) for text in given if text), _connector=Q.OR)
        return found & _either(name, lookup)(given) if all(given) else _either(name, lookup)(given)

    return rows


def _neither(name: str, lookup: str) -> Callable[[Sequence[Any]], Q]:
    either = _either(name, lookup)
    return lambda given: ~either(given)


def _spread(given: Sequence[Any]) -> list[Any]:
    spread: list[Any] = []
    for value in given:
        spread.extend(value if isinstance(value, list) else [value])
    return spread


def _emptiness(column: Column) -> Callable[[Sequence[Any]], Q]:
    name, empty = column.field.name, Q(**{f"{column.field.name}__isnull": True})
    if isinstance(column.field, models.CharField | models.TextField):
        empty |= Q(**{name: ""})
    return lambda given: Q() if len(set(given)) > 1 else (empty if given[0] else ~empty)


def _narrowed(
    found: QuerySet[Any], condition: Condition, texts: Sequence[str], troubles: dict[str, list[str]]
) -> QuerySet[Any]:
    values = []
    for text in texts:
        try:
            values.append(condition.read(text))
        except ValidationError as refused:
            troubles.setdefault(condition.name, []).extend(refused.messages)
    return found if condition.name in troubles else found.filter(condition.rows(values))


def _by_page_filters(
    endpoint: Endpoint,
    found: QuerySet[Any],
    given: QueryDict,
    request: HttpRequest,
    troubles: dict[str, list[str]],
) -> QuerySet[Any]:
    """The filters of the list page and of the county's own fields; anything else is refused."""
    if not given:
        return found
    custom = custom_filters(custom_fields(endpoint.resource.model)) if "custom" in endpoint.columns else {}
    allowed = {"q", *page_filters(endpoint), *custom}
    for name in given.keys() - allowed:
        troubles[name] = [_("There is no such filter.")]
    for name, one in custom.items():
        if name in given:
            found = _by_own_field(found, name, one, given, troubles)
    of_page = QueryDict(mutable=True)
    for name in given.keys() & (allowed - custom.keys()):
        of_page.setlist(name, given.getlist(name))
    if not of_page:
        return found
    if endpoint.resource.archives:
        of_page["archived"] = "too"
    filters = endpoint.resource.filters(of_page, queryset=found, request=request)
    if not filters.form.is_valid():
        troubles |= {name: [str(one) for one in said] for name, said in filters.form.errors.items()}
        return found
    narrowed: QuerySet[Any] = filters.qs
    return narrowed


def _by_own_field(
    found: QuerySet[Any], name: str, one: Any, given: QueryDict, troubles: dict[str, list[str]]
) -> QuerySet[Any]:
    field = one.field
    try:
        value = field.clean(field.widget.value_from_datadict(given, {}, name))
    except ValidationError as refused:
        troubles[name] = list(refused.messages)
        return found
    narrowed: QuerySet[Any] = one.filter(found, value)
    return narrowed


def _order(endpoint: Endpoint, query: QueryDict, troubles: dict[str, list[str]]) -> list[str]:
    given = [one.strip() for text in query.getlist("ordering") for one in text.split(",") if one.strip()]
    known = orders(endpoint)
    for one in given:
        if one.removeprefix("-") not in known:
            troubles.setdefault("ordering", []).append(_("“%(name)s” is no field.") % {"name": one})
    usual = [endpoint.resource.order] if endpoint.resource.order else endpoint.resource.model._meta.ordering
    return [*(given or map(str, usual or ())), "pk"]


def _whole(query: QueryDict, name: str, usual: int, troubles: dict[str, list[str]]) -> int:
    text = query.get(name, "")
    if not text:
        return usual
    if not text.isascii() or not text.isdecimal():
        troubles[name] = [_("“%(value)s” is no whole number.") % {"value": text}]
        return usual
    return int(text[:12])


def _chosen(endpoint: Endpoint, query: QueryDict, troubles: dict[str, list[str]]) -> Chosen:
    fields = [one.strip() for text in query.getlist("fields") for one in text.split(",") if one.strip()]
    unknown = sorted(set(fields) - set(members(endpoint)))
    if unknown:
        troubles["fields"] = [_("“%(name)s” is no field.") % {"name": one} for one in unknown]
    try:
        brief = bool(query.get("brief")) and yes_or_no(query["brief"])
    except ValidationError as refused:
        troubles["brief"] = list(refused.messages)
        brief = False
    return Chosen.of(endpoint, brief=brief, fields=fields)
