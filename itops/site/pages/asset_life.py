"""An asset's life, newest first: bought, put into use, found, repaired, marked, waived, bound to endpoints."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Asset, Mark, Repair
from inventory.queries.asset import bindings, doubts, sightings, waivers
from inventory.wording import rule_name
from itops.crud.amounts import yuan_in_rows
from itops.crud.looks import MARKS
from itops.crud.parts import Event


def life(asset: Asset, marks: Iterable[Mark], repairs: Iterable[Repair]) -> list[Event]:
    events = [*_begun(asset), *_handled(asset, repairs), *_judged(asset, marks), *_identified(asset)]
    return sorted(events, key=_when, reverse=True)


def spent_fen(asset: Asset, repairs: Iterable[Repair]) -> int | None:
    """Price and repairs; None while the price is not known."""
    if asset.cost_fen is None:
        return None
    return asset.cost_fen + sum(repair.cost_fen for repair in repairs)


def _begun(asset: Asset) -> Iterator[Event]:
    if asset.bought_on:
        price = yuan_in_rows(asset.cost_fen)
        what = _("Bought for %(price)s yuan") % {"price": price} if price else _("Bought")
        yield Event(asset.bought_on, what, kind="money")
    if asset.in_service_on and asset.in_service_on != asset.bought_on:
        yield Event(asset.in_service_on, _("Put into use"))


def _handled(asset: Asset, repairs: Iterable[Repair]) -> Iterator[Event]:
    for repair in repairs:
        cost = (
            _("Repair, %(price)s yuan") % {"price": yuan_in_rows(repair.cost_fen)}
            if repair.cost_fen
            else _("Repair")
        )
        yield Event(repair.on, cost, repair.what, kind="money")
    for sighting in sightings(asset):
        what = _("Found by a person") if sighting.found else _("Looked for and not found")
        said = [
            sighting.get_sort_display(),
            str(sighting.person or sighting.by),
            str(sighting.place or ""),
            sighting.note,
        ]
        yield Event(sighting.on, what, " · ".join(filter(None, said)))


def _judged(asset: Asset, marks: Iterable[Mark]) -> Iterator[Event]:
    for mark in (one for one in marks if one.marking):
        words = {"mark": MARKS[mark.mark].word, "rule": rule_name(mark.rule)}
        yield Event(mark.opened, _("Marked “%(mark)s”: %(rule)s") % words, mark.rule, kind="mark")
        if mark.closed:
            why = (
                _("cannot be told any more") if mark.closed_because == "unknown" else _("it no longer holds")
            )
            yield Event(mark.closed, _("Mark “%(mark)s” closed: %(rule)s") % words, why, kind="mark")
    for waiver in waivers(asset):
        what = _("“%(mark)s” waived until %(until)s") % {
            "mark": MARKS[waiver.mark].word,
            "until": waiver.until,
        }
        yield Event(
            waiver.starts,
            what,
            _("%(author)s: %(reason)s") % {"author": waiver.author, "reason": waiver.reason},
        )


def _identified(asset: Asset) -> Iterator[Event]:
    for binding in bindings(asset):
        at = {"address": str(binding.endpoint), "place": binding.endpoint.place}
        if binding.during.lower:
            yield Event(
                timezone.localtime(binding.during.lower),
                _("Known on the network as %(address)s (%(place)s)") % at,
            )
        if binding.during.upper:
            yield Event(timezone.localtime(binding.during.upper), _("No longer %(address)s (%(place)s)") % at)
    for doubt in doubts(asset):
        yield Event(
            timezone.localtime(doubt.opened),
            _("Doubt: %(sort)s") % {"sort": doubt.get_sort_display()},
            f"{doubt.endpoint} · {doubt.endpoint.place}",
        )
        if doubt.settled:
            decided = (
                _("the endpoint is another asset") if doubt.decision == "rebound" else _("all stays as it is")
            )
            yield Event(
                timezone.localtime(doubt.settled),
                _("Doubt settled: %(decided)s") % {"decided": decided},
                doubt.settled_by,
            )


def _when(event: Event) -> datetime:
    if isinstance(event.when, datetime):
        return event.when
    assert isinstance(event.when, date)
    return timezone.make_aware(datetime.combine(event.when, time()))
