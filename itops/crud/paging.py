"""Pages of long lists: keys are chosen first, counting stops at a cap, the end is read backwards.

    page = page_of(queryset, request.GET.get("page", ""), 50)
    table = AssetTable(Fetched(in_order(Asset.objects.select_related("place"), page.keys)), order_by=…)
    table.page = page

`page=-1` is the last page, `page=-2` the one before it, so that the end is near in a list too long to be counted.
The queryset's order must end with something unique, else rows may be on two pages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from itops.database.kept import Given, Kept, one_of

COUNTED_AT_MOST = 10_000

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPage:
    """Keys of one page. `capped`: there are more than `count`; `start` is unknown (None) at such a list's end."""

    keys: Sequence[Any]
    number: int
    size: int
    start: int | None
    count: int
    capped: bool
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number != 1

    @property
    def first(self) -> int | None:
        """The place of the first row in the whole list, counted from 1; 0 in an empty one."""
        return None if self.start is None else min(self.start + 1, self.count)

    @property
    def last(self) -> int | None:
        return None if self.start is None else self.start + len(self.keys)


def counted(found: QuerySet[Any], at_most: int = COUNTED_AT_MOST) -> tuple[int, bool]:
    """How many there are, and whether there are more than were counted."""
    number = found.order_by().values("pk")[: at_most + 1].count()
    return min(number, at_most), number > at_most


def page_of(
    found: QuerySet[Any],
    asked: str,
    size: int,
    *,
    known: Callable[[], int | None] = lambda: None,
    at_least: int = 0,
) -> KeyPage:
    """The page asked for, or the nearest one.

    `known`: how many there are, where that is known without counting; `at_least`: more than so many, not to be counted.
    """
    number = _number(asked)
    if number == 1:
        return _first_page(found, size, known, at_least)
    count, capped = _count(found, known, at_least)
    return _open_page(found, number, size, count) if capped else _counted_page(found, number, size, count)


def in_order(queryset: QuerySet[M], keys: Sequence[Any]) -> list[M]:
    """The rows with these keys, in their order; one that has gone meanwhile is left out."""
    return _in_order(queryset.in_bulk(list(keys)), keys)


def records(model: type[M], related: tuple[str, ...], keys: Sequence[int]) -> list[M]:
    """The same of a model's records as their pages show them, with what they refer to."""
    return _in_order({one.pk: one for one in _by_key(model, related).all(keys=list(keys))}, keys)


@cache
def _by_key(model: type[M], related: tuple[str, ...]) -> Kept[M]:
    keys = Given("keys", "bigint[]")
    return Kept(lambda: model._default_manager.order_by().select_related(*related).filter(one_of("pk", keys)))


def _in_order(found: Mapping[Any, M], keys: Sequence[Any]) -> list[M]:
    return [found[key] for key in keys if key in found]


def _number(asked: str) -> int:
    text = asked.removeprefix("-")
    number = int(asked) if text.isdecimal() and len(text) < 10 else 1
    return number or 1


def counted_exactly(found: QuerySet[Any]) -> int:
    return found.order_by().count()


def between(
    found: QuerySet[Any], start: int, stop: int, count: int, read: Callable[[QuerySet[Any]], Sequence[Any]]
) -> Sequence[Any]:
    """Of a list of so many; what lies in the second half is reached from the end: an offset costs what it skips."""
    if start >= stop:
        return []
    if 2 * start > count:
        return read(found.reverse()[count - stop : count - start])[::-1]
    return read(found[start:stop])


def _count(found: QuerySet[Any], known: Callable[[], int | None], at_least: int) -> tuple[int, bool]:
    """How many there are, and whether there are more."""
    if at_least:
        return at_least, True
    exact = known()
    return counted(found) if exact is None else (exact, False)


def _first_page(found: QuerySet[Any], size: int, known: Callable[[], int | None], at_least: int) -> KeyPage:
    """Its keys are read before anything is counted: where they are all there is, nothing need be."""
    keys = _keys(found, 0, size + 1)
    more = len(keys) > size
    count, capped = _count(found, known, at_least) if more else (0, False)
    return KeyPage(
        keys=keys[:size],
        number=1,
        size=size,
        start=0,
        count=max(count, len(keys)),
        capped=capped,
        has_next=more,
    )


def _counted_page(found: QuerySet[Any], number: int, size: int, count: int) -> KeyPage:
    pages = max(-(-count // size), 1)
    number = min(max(number if number > 0 else pages + 1 + number, 1), pages)
    start, stop = (number - 1) * size, min(number * size, count)
    return KeyPage(
        keys=between(found, start, stop, count, _all_keys),
        number=number,
        size=size,
        start=start,
        count=count,
        capped=False,
        has_next=number < pages,
    )


def _open_page(found: QuerySet[Any], number: int, size: int, count: int) -> KeyPage:
    """Of a list that goes on beyond what was counted."""
    if number < 0:
        keys, more = _backwards(found, (-number - 1) * size, -number * size), number < -1
        start = None
    else:
        start = (number - 1) * size
        keys = _keys(found, start, start + size + 1)
        keys, more = keys[:size], len(keys) > size
    if not keys:
        return _open_page(found, -1 if number > 0 else 1, size, count)
    return KeyPage(keys=keys, number=number, size=size, start=start, count=count, capped=True, has_next=more)


def _all_keys(found: QuerySet[Any]) -> list[Any]:
    return list(found.values_list("pk", flat=True))


def _keys(found: QuerySet[Any], start: int, stop: int) -> list[Any]:
    return _all_keys(found[start:stop])


def _backwards(found: QuerySet[Any], start: int, stop: int) -> list[Any]:
    return _keys(found.reverse(), start, stop)[::-1]
