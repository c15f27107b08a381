"""Assets by words: every word must be found in name or location, at an end of number or serial number, in the model,
the person, the place, or at the beginning of an address.

What is found in few is looked up in the indexes, once; what is in many is met on the way through any list. A page that
shows the worst looks among the worst of all first: words that are written everywhere need no looking up.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import starmap
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import Exact

from inventory.models import Asset, Binding, DeviceModel
from inventory.queries.assets import VIEW, VIEW_PERSON, worst_first
from itops.database.conditions import Word, among, at_an_end, with_its_pairs, written, written_in
from itops.database.kept import Given, Kept, one_of
from itops.organisation.models import Person, Place, User
from itops.organisation.scope import granted_paths, places_in_scope

NAMED = ("name", "location")
REFERRED = ("device_model", "responsible", "place", "pk")
WORDS_ASKED, FEW = 8, 1_000
NEVER = Q(tag="")  # every asset has a number
WORST = 300  # of all assets, among which a page looks first
KEYS_FOLLOWED = (
    1_000  # of one word: a search that names more than so many persons or addresses says too little
)
ADDRESS = re.compile(r"[0-9]{1,3}\.[0-9.]*|[0-9a-fA-F]*:[0-9a-fA-F:.]*")

Led = Mapping[str, Sequence[int]]
"""What a word names in the tables that assets refer to, by the asset's field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Of a word, what decides the statement that looks for it: whether it is ASCII, and which fields it leads to."""

    plain: bool
    led: tuple[str, ...]


Shapes = tuple[Shape, ...]


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


def search(assets: QuerySet[Asset], text: str, user: User) -> Found:
    """Among these assets."""
    words = {word: _led_to_by(word, user) for word in _words(text)}
    few = assets.filter(*_looked_up([(word, _others(word, led)) for word, led in words.items()]))
    keys = list(few.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        return Found(assets=assets.filter(pk__in=keys), count=len(keys), more=False)
    many = assets.filter(*(_met(word, _others(word, led)) for word, led in words.items()))
    return Found(assets=many, count=FEW, more=True)


def worst_found(user: User, text: str, shown: int) -> WorstFound:
    """Among all that the account may see and that is not archived, retired ones too."""
    words = {word: _led_to_by(word, user) for word in _words(text)}
    shapes = tuple(Shape(plain=word.isascii(), led=tuple(led)) for word, led in words.items())
    given = {"places": places_in_scope(user, VIEW), **dict(_given(words))}
    worst: list[int] = _among_the_worst(shapes, shown).all(**given)
    if len(worst) > shown:
        return WorstFound(worst[:shown], shown, more=True)
    few = sorted(_few(shapes).all(**given))
    if len(few) <= FEW:
        return WorstFound([key for _rank, _tag, key in few[:shown]], len(few), more=False)
    return WorstFound(_many(shapes, shown).all(**given), FEW, more=True)


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(text.split()[:WORDS_ASKED]))


def _given(words: Mapping[str, Led]) -> Iterator[tuple[str, object]]:
    """The words as the kept queries are given them, with what each leads to."""
    for number, (word, led) in enumerate(words.items()):
        yield from ((f"{name}_{number}", text) for name, text in written(word).items())
        yield from ((f"{field}_{number}", keys) for field, keys in led.items())


@cache
def _among_the_worst(shapes: Shapes, shown: int) -> Kept[int]:
    """The worst of those that are among the worst of all, one more than is shown."""

    def build() -> QuerySet[Any, Any]:
        worst = worst_first(_seen())[:WORST]
        met = Asset.objects.filter(among("pk", worst.values("pk")), *starmap(_met, _words_given(shapes)))
        return worst_first(met).values_list("pk", flat=True)[: shown + 1]

    return Kept(build)


@cache
def _few(shapes: Shapes) -> Kept[tuple[int, str, int]]:
    """Rank, number and key of what the indexes find, in no order."""

    def build() -> QuerySet[Any, Any]:
        return (
            _seen()
            .filter(*_looked_up(_words_given(shapes)))
            .order_by()
            .values_list("rank", "tag", "pk")[: FEW + 1]
        )

    return Kept(build, planned_anew=True)


@cache
def _many(shapes: Shapes, shown: int) -> Kept[int]:
    """The worst of those that are met in the order of the list."""

    def build() -> QuerySet[Any, Any]:
        met = _seen().filter(*starmap(_met, _words_given(shapes)))
        return worst_first(met).values_list("pk", flat=True)[:shown]

    return Kept(build, planned_anew=True)


def _seen() -> QuerySet[Asset]:
    return Asset.objects.filter(one_of("place", Given("places", "bigint[]")), archived=False)


def _words_given(shapes: Shapes) -> list[tuple[str | Word, Q]]:
    """Words that are given when the query is asked, each with where else it may be found."""
    return [_word_given(number, shape) for number, shape in enumerate(shapes)]


def _word_given(number: int, shape: Shape) -> tuple[Word, Q]:
    word = Word(
        **{
            name: Given(f"{name}_{number}", "text", TextField())
            for name in ("text", "pairs", "begins", "ends")
        }
    )
    led = (Q(one_of(field, Given(f"{field}_{number}", "bigint[]"))) for field in shape.led)
    return word, reduce(or_, led, _at_ends(word) if shape.plain else Q())


def _others(word: str, led: Led) -> Q:
    """Where else than in name and location the word may be found."""
    each = (Q(**{f"{field}__in": keys}) for field, keys in led.items())
    return reduce(or_, each, _at_ends(word) if word.isascii() else Q())


def _at_ends(word: str | Word) -> Q:
    """At an end of the numbers."""
    return at_an_end(word, "tag") | at_an_end(word, "serial")


def _met(word: str | Word, others: Q) -> Q:
    return written_in(word, *NAMED) | others


def _looked_up(words: Sequence[tuple[str | Word, Q]]) -> Iterator[Q]:
    """Of each word a condition for the indexes and one for the row: to make a row's pairs again takes long.

    Of several words one that can stand in names alone gets an idle alternative: a plain condition PostgreSQL makes a
    part of the other words' look in the same index, and then does not intersect what is found of each.
    """
    idle = NEVER if len(words) > 1 else Q()
    for word, others in words:
        yield (others or idle) | with_its_pairs(word, *NAMED)
        yield _met(word, others)


def _led_to_by(word: str, user: User) -> Led:
    """Asked first, so that PostgreSQL knows how much each part of the search will find before it chooses its way.

    Nobody is led by the name of a person to whom persons are not shown.
    """
    asked = LEADING_FROM_ADDRESS if ADDRESS.fullmatch(word) else LEADING
    found = defaultdict(list)
    for field, key in asked.all(word=word.lower()):
        found[field].append(key)
    if not granted_paths(user, VIEW_PERSON):
        found.pop("responsible", None)
    return {field: found[field] for field in REFERRED if field in found}


def _leading(*, from_address: bool) -> QuerySet[Any, Any]:
    word = Given("word", "text", TextField())
    maker = written_in(word, "manufacturer__name") | written_in(word, "manufacturer__name_en")
    in_pinyin = Q(Exact(StrIndex(Lower("pinyin"), word), 1))
    each = [
        _keys("device_model", DeviceModel.objects.filter(written_in(word, "name") | maker), "pk"),
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
