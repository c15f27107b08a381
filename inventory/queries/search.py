"""Assets by words: every word must be found in name or location, at an end of number or serial number, in the model,
the person, the place, or at the beginning of an address.

What is found in few is looked up in the indexes, once; what is in many is met on the way through any list.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import Exact

from inventory.models import Asset, Binding, DeviceModel
from inventory.queries.assets import VIEW, worst_first
from itops.database.conditions import Word, at_an_end, inside, written, written_in
from itops.database.kept import Given, Kept, one_of
from itops.organisation.models import Person, Place, User
from itops.organisation.scope import places_in_scope

NAMED = ("name", "location")
REFERRED = ("device_model", "responsible", "place", "pk")
WORDS_ASKED, FEW = 8, 1_000
KEYS_FOLLOWED = (
    1_000  # of one word: a search that names more than so many persons or addresses says too little
)
ADDRESS = re.compile(r"[0-9]{1,3}\.[0-9.]*|[0-9a-fA-F]*:[0-9a-fA-F:.]*")

Led = Mapping[str, Sequence[int]]
"""What a word names in the tables that assets refer to, by the asset's field."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text found; `more`: there are more than `count`."""

    assets: QuerySet[Asset]
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class WorstFound:
    """The keys of the worst of them."""

    keys: Sequence[int]
    count: int
    more: bool


def search(assets: QuerySet[Asset], text: str) -> Found:
    """Among these assets."""
    words = {word: _led_to_by(word) for word in _words(text)}
    few = assets.filter(*(_found(inside(word, *NAMED), word, led) for word, led in words.items()))
    keys = list(few.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        return Found(assets=assets.filter(pk__in=keys), count=len(keys), more=False)
    many = assets.filter(*(_found(written_in(word, *NAMED), word, led) for word, led in words.items()))
    return Found(assets=many, count=FEW, more=True)


def worst_found(user: User, text: str, shown: int) -> WorstFound:
    """Among all that the account may see and that is not archived, retired ones too."""
    words = _words(text)
    plain = tuple(word.isascii() for word in words)
    given = {"places": places_in_scope(user, VIEW), **dict(_given(words))}
    few = sorted(_few(plain).all(**given))
    if len(few) <= FEW:
        return WorstFound([key for _rank, _tag, key in few[:shown]], len(few), more=False)
    return WorstFound(_many(plain, shown).all(**given), FEW, more=True)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(text.split()[:WORDS_ASKED]))


def _given(words: Iterable[str]) -> Iterator[tuple[str, object]]:
    """The words as the kept queries are given them, with what each leads to."""
    for number, word in enumerate(words):
        led = _led_to_by(word)
        yield from ((f"{name}_{number}", text) for name, text in written(word).items())
        yield from ((f"{field}_{number}", list(led.get(field, ()))) for field in REFERRED)


@cache
def _few(plain: tuple[bool, ...]) -> Kept[tuple[int, str, int]]:
    """Rank, number and key of what the indexes find, in no order; for words of which these are ASCII."""
    return Kept(
        lambda: _meeting(plain, inside).order_by().values_list("rank", "tag", "pk")[: FEW + 1],
        planned_anew=True,
    )


@cache
def _many(plain: tuple[bool, ...], shown: int) -> Kept[int]:
    """The worst of those that are met in the order of the list."""
    return Kept(
        lambda: worst_first(_meeting(plain, written_in)).values_list("pk", flat=True)[:shown],
        planned_anew=True,
    )


def _meeting(plain: Sequence[bool], in_names: Any) -> QuerySet[Asset]:
    asked = [_asked(number, in_names, is_plain=one) for number, one in enumerate(plain)]
    places = one_of("place", Given("places", "bigint[]"))
    return Asset.objects.filter(places, *asked, archived=False)


def _asked(number: int, in_names: Any, *, is_plain: bool) -> Q:
    """The condition for one word that is given when the query is asked."""
    word = Word(
        **{
            name: Given(f"{name}_{number}", "text", TextField())
            for name in ("text", "pairs", "begins", "ends")
        }
    )
    found = _at_ends(word, in_names(word, *NAMED)) if is_plain else in_names(word, *NAMED)
    for field in REFERRED:
        found |= Q(one_of(field, Given(f"{field}_{number}", "bigint[]")))
    return found


def _found(in_names: Q, word: str, led: Led) -> Q:
    found = _at_ends(word, in_names) if word.isascii() else in_names
    for field, keys in led.items():
        found |= Q(**{f"{field}__in": keys})
    return found


def _at_ends(word: str | Word, found: Q) -> Q:
    """Or at an end of the numbers."""
    return found | at_an_end(word, "tag") | at_an_end(word, "serial")


def _led_to_by(word: str) -> Led:
    """Asked first, so that PostgreSQL knows how much each part of the search will find before it chooses its way."""
    asked = LEADING_FROM_ADDRESS if ADDRESS.fullmatch(word) else LEADING
    found = defaultdict(list)
    for field, key in asked.all(word=word.lower()):
        found[field].append(key)
    return found


def _leading(*, from_address: bool) -> QuerySet[Any, Any]:
    word = Given("word", "text", TextField())
    makers = written_in(word, "name") | written_in(word, "manufacturer__name")
    in_pinyin = Q(Exact(StrIndex(Lower("pinyin"), word), 1))
    each = [
        _keys("device_model", DeviceModel.objects.filter(makers), "pk"),
        _keys("responsible", Person.objects.filter(written_in(word, "name") | in_pinyin), "pk"),
        _keys("place", Place.objects.filter(written_in(word, "name") | written_in(word, "name_en")), "pk"),
    ]
    if from_address:
        bound = Binding.objects.current().filter(endpoint__address__startswith=word)
        each.append(_keys("pk", bound, "asset"))
    return each[0].union(*each[1:], all=True)


def _keys(field: str, these: QuerySet[Any], key: str) -> QuerySet[Any]:
    return these.order_by().values_list(Value(field, TextField()), key)[:KEYS_FOLLOWED]


LEADING: Kept[tuple[str, int]] = Kept(lambda: _leading(from_address=False))
LEADING_FROM_ADDRESS: Kept[tuple[str, int]] = Kept(lambda: _leading(from_address=True), planned_anew=True)
