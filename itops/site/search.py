"""One box over everything that its reader may see: assets first, then each kind of record, by name, part or number."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet, TextField, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from inventory.queries.search import worst_found
from itops.crud.filters import WORDS_ASKED
from itops.crud.paging import records
from itops.crud.resource import Resource
from itops.database.conditions import among, same, written_in
from itops.database.kept import Given, Kept
from itops.database.together import Together
from itops.organisation.actions.access_records import record_view
from itops.organisation.models import User
from itops.organisation.scope import granted_paths, in_scope, signed_in, visible_when_asked
from itops.site import resources
from itops.site.pages.asset_table import Row, fetch

ASSETS_SHOWN, SHOWN = 10, 6
TEXT_LENGTH = 200
LOOKED_UP = {"office", "place"}  # of which a county has hundreds, and referring records by the thousand
NUMBERED: Kept[int] = Kept(
    lambda: (
        visible_when_asked(Asset.objects.filter(same(Given("text", "text", TextField()), "tag")))
        .order_by("tag")
        .values_list("pk", flat=True)[:1]
    )
)
EVERYTHING = (*resources.RESOURCES, *resources.SHOWN)
SEARCHED = {one.key: one for one in EVERYTHING if one is not ASSETS and one.filters.searched}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record that was found."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was found of one kind; `count` says how many in words where not all are shown."""

    resource: Resource
    hits: Sequence[Hit] = ()
    assets: Sequence[Row] = ()
    count: str
    all_url: str


def page(request: HttpRequest) -> HttpResponse:
    """Whoever types a whole asset number is led to the asset."""
    user = signed_in(request)
    text = request.GET.get("q", "").replace("\x00", " ").strip()[:TEXT_LENGTH]
    if meant := _asset_of_number(user, text):
        return redirect("inventory:asset", meant)
    groups = _groups(user, text) if text else []
    for what, count in _looks(groups).items():
        record_view(request, what=what, count=count)
    return render(request, "site/search.html", {"text": text, "groups": groups})


def _looks(groups: Iterable[Group]) -> Counter[str]:
    """How many records of personal data are shown, by what they tell."""
    looks: Counter[str] = Counter()
    for group in groups:
        if group.resource.personal:
            looks[group.resource.personal.many] += len(group.hits)
    return looks


def _asset_of_number(user: User, text: str) -> int | None:
    if not text or " " in text:
        return None
    return NUMBERED.first(text=text.lower(), **in_scope(user, ASSETS.permission("view")))


def _groups(user: User, text: str) -> list[Group]:
    with Together() as asked:
        assets = asked.ask(_assets, user, text)
        others = asked.ask(_found_records, user, text)
    with Together() as asked:
        groups = [asked.ask(_records, resource, keys, text) for resource, keys in others.found]
    return [*filter(None, [assets.found]), *(group.found for group in groups)]


def _assets(user: User, text: str) -> Group | None:
    """Worst first; retired ones are found too, archived ones are not."""
    found = worst_found(user, text, ASSETS_SHOWN)
    if not found.keys:
        return None
    return Group(
        resource=ASSETS,
        assets=fetch(found.keys, user),
        count=_counted(found.count, more=found.more),
        all_url=_all(ASSETS, text),
    )


def _found_records(user: User, text: str) -> list[tuple[Resource, list[int]]]:
    """Keys of what is found of each kind that the account may see, one more than is shown; all in one query."""
    seen = [one for one in SEARCHED.values() if one.may_somewhere(user, "view")]
    if not seen:
        return []
    words = text.split()[:WORDS_ASKED]
    given = {f"word{number}": word.lower() for number, word in enumerate(words)}
    scopes = {_scope(one): granted_paths(user, one.permission("view")) for one in seen}
    found: dict[str, list[int]] = {}
    for kind, key in _asked(tuple(one.key for one in seen), len(words)).all(**given, **scopes):
        found.setdefault(kind, []).append(key)
    return [(one, found[one.key]) for one in seen if one.key in found]


@lru_cache(maxsize=128)
def _asked(kinds: tuple[str, ...], words: int) -> Kept[tuple[str, int]]:
    """The question of those who may see these kinds, for so many words."""

    def build() -> QuerySet[Any, Any]:
        each = [_keys(SEARCHED[kind], words) for kind in kinds]
        return each[0].union(*each[1:], all=True)

    return Kept(build)


def _keys(resource: Resource, words: int) -> QuerySet[Any, Any]:
    found = resource.model._default_manager.all()
    if resource.place is not None:
        found = visible_when_asked(found, resource.place, given=_scope(resource))
    if resource.archives:
        found = found.filter(archived=False)
    for number in range(words):
        word = Given(f"word{number}", "text", TextField())
        found = found.filter(_anywhere(word, resource.model, resource.filters.searched))
    kind = Value(resource.key, TextField())
    return found.order_by("pk").values_list(kind, "pk")[: SHOWN + 1]


def _anywhere(word: Given, model: type[Model], searched: Iterable[str]) -> Q:
    """The word occurs in one of the fields; of offices and places those that it names are looked up once."""
    own, of_related = [], defaultdict(list)
    for field in searched:
        related, _between, rest = field.partition("__")
        if related in LOOKED_UP:
            of_related[related].append(rest)
        else:
            own.append(written_in(word, field))
    led = (among(related, _named(word, model, related, rests)) for related, rests in of_related.items())
    return reduce(or_, (*own, *map(Q, led)))


def _named(word: Given, model: type[Model], related: str, fields: Iterable[str]) -> QuerySet[Any, Any]:
    named: Any = model._meta.get_field(related).related_model
    found: QuerySet[Any, Any] = named._default_manager.order_by().filter(_anywhere(word, named, fields))
    return found.values("pk")


def _scope(resource: Resource) -> str:
    return f"scope of {resource.key}"


def _records(resource: Resource, keys: Sequence[int], text: str) -> Group:
    listed = records(resource.model, resource.related, keys[:SHOWN])
    hits = [Hit(name=str(one), url=resource.url("", one.pk)) for one in listed]
    return Group(
        resource=resource,
        hits=hits,
        count=_counted(len(hits), more=len(keys) > SHOWN),
        all_url=_all(resource, text),
    )


def _all(resource: Resource, text: str) -> str:
    return f"{resource.list_url}?{urlencode({'q': text})}"


def _counted(number: int, *, more: bool) -> str:
    return _("more than %(count)s") % {"count": number} if more else str(number)
