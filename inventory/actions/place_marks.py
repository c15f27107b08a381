"""The marks of places that have fewer than the standard asks: opened, brought up to date, closed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from inventory.actions.shortfalls import PlaceKnown
from inventory.marks.findings import Finding
from inventory.marks.layers import Policies
from inventory.marks.mark import Answer
from inventory.marks.policy import Policy
from inventory.models import Mark

CHANGING = ("marking", "quantity", "numbers", "window_from", "window_to", "since", "policy")


@dataclass(frozen=True, slots=True)
class _Key:
    place: int
    kind: str
    rule: str


def store_place_marks(places: Iterable[PlaceKnown], policies: Policies, day: date) -> tuple[int, int]:
    """How many were opened and how many closed."""
    found = _found(places, policies, day)
    standing = {_Key(m.place_id, m.kind, m.rule): m for m in Mark.objects.filter(closed=None, asset=None)}
    new = [mark for key, mark in found.items() if key not in standing]
    gone = [mark for key, mark in standing.items() if key not in found]
    for mark in gone:
        mark.closed, mark.closed_because = day, Answer.CLEAR.value
    Mark.objects.bulk_update(gone, ["closed", "closed_because"], batch_size=2000)
    Mark.objects.bulk_update(list(_changed(found, standing)), CHANGING, batch_size=2000)
    Mark.objects.bulk_create(new, batch_size=5000)
    return len(new), len(gone)


def _found(places: Iterable[PlaceKnown], policies: Policies, day: date) -> dict[_Key, Mark]:
    found = {}
    for place in places:
        for shortfall in place.judgement.shortfalls:
            if shortfall.finding:
                key = _Key(place.place, shortfall.kind.value, shortfall.finding.rule)
                found[key] = _mark(key, shortfall.finding, policies.of(place.place), day, shortfall.gap)
    return found


def _mark(key: _Key, finding: Finding, policy: Policy, day: date, quantity: int) -> Mark:
    return Mark(
        place_id=key.place,
        kind=key.kind,
        mark=finding.mark.value,
        rule=finding.rule,
        marking=finding.marking,
        quantity=quantity,
        numbers=dict(finding.numbers),
        window_from=finding.window_from,
        window_to=finding.window_to,
        since=finding.since,
        policy=policy.version,
        opened=day,
    )


def _changed(found: dict[_Key, Mark], standing: dict[_Key, Mark]) -> Iterator[Mark]:
    for key, fresh in found.items():
        stored = standing.get(key)
        if stored:
            fresh.since = min(fresh.since, stored.since)  # a mark keeps the day it began
        if stored and any(getattr(stored, name) != getattr(fresh, name) for name in CHANGING):
            for name in CHANGING:
                setattr(stored, name, getattr(fresh, name))
            yield stored
