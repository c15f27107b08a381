"""One asset: what stands against it and why, what is lacking, its properties, its life, its neighbours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, Func, Q

from inventory.actions.looking import Cited
from inventory.actions.marking import Verdict
from inventory.marks.bearing import steady
from inventory.marks.facts import Waiver as WaiverFacts
from inventory.marks.findings import Finding, Judgement, Lack, Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Mark as MarkCode
from inventory.marks.policy import Policy
from inventory.models import Asset, Binding, Doubt, Fact, Mark, Repair, Sighting, Standing, Waiver
from itops.database.kept import Given, Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding as a page shows it: as it is stored, or as it is judged for another day."""

    mark: str
    rule: str
    marking: bool
    numbers: Mapping[str, Any]
    window_from: date | None
    window_to: date | None
    since: date
    policy: str
    opened: date | None = None
    waiver: WaiverFacts | None = None
    cited_endpoint: int | None = None
    cited_cycle: datetime | None = None


def stored(marks: Iterable[Mark], verdict: Verdict) -> list[Found]:
    """Findings that stand, those that mark first, then those waived, then those merely shown.

    What was counted over the window is that of the verdict, given now: a mark keeps the numbers of the day it was
    written.
    """
    judgement, cited = verdict.judgement, verdict.known.cited
    fresh = {finding.rule: finding for finding in judgement.findings}
    return _in_order(
        [
            _stored(mark, fresh.get(mark.rule), judgement.waivers, cited)
            for mark in marks
            if mark.closed is None
        ]
    )


def _stored(mark: Mark, fresh: Finding | None, waivers: Iterable[WaiverFacts], cited: Cited | None) -> Found:
    """Numbers, window and reading go together."""
    told = fresh or mark
    reading = (mark.endpoint_id, mark.reading_cycle)
    if fresh:
        reading = (cited.endpoint, cited.cycle) if cited else (None, None)
    return Found(
        mark=mark.mark,
        rule=mark.rule,
        marking=mark.marking,
        numbers=told.numbers,
        window_from=told.window_from,
        window_to=told.window_to,
        since=mark.since,
        policy=mark.policy,
        opened=mark.opened,
        waiver=_covering(mark, waivers) if mark.waived else None,
        cited_endpoint=reading[0],
        cited_cycle=reading[1],
    )


def judged_then(verdict: Verdict, policy: Policy) -> list[Found]:
    """The same of a verdict that is not stored."""
    cited = verdict.known.cited
    return _in_order(
        [
            Found(
                mark=finding.mark.value,
                rule=finding.rule,
                marking=finding.marking,
                numbers=finding.numbers,
                window_from=finding.window_from,
                window_to=finding.window_to,
                since=finding.since,
                policy=policy.version,
                waiver=verdict.judgement.waiver(finding),
                cited_endpoint=cited.endpoint if cited else None,
                cited_cycle=cited.cycle if cited else None,
            )
            for finding in verdict.judgement.findings
        ]
    )


def lacks(asset: Asset, judgement: Judgement | None = None) -> list[Lack]:
    """What was lacking when the asset was last judged.

    With the numbers of a verdict given now, or else with those alone that do not change from day to day.
    """
    standing: Standing | None = getattr(asset, "standing", None)
    now = {(one.rule, one.code.value): one for one in judgement.lacks} if judgement else {}
    return [now.get((one["rule"], one["code"])) or _lack(one) for one in (standing.lacks if standing else [])]


def _lack(one: Mapping[str, Any]) -> Lack:
    return Lack(
        mark=MarkCode(one["mark"]),
        rule=one["rule"],
        code=Lacking(one["code"]),
        numbers=steady(one["mark"], one["numbers"]),
    )


def facts(asset: Asset) -> Sequence[Fact]:
    """Properties that say something, recorded beside observed."""
    return FACTS.all(asset=asset.pk)


def parts(asset: Asset) -> tuple[Asset | None, list[Asset]]:
    """The whole that the asset belongs to (itself, when it has parts), and the parts of that whole."""
    whole = asset.whole or asset
    others = PARTS.all(asset=whole.pk)
    return (whole, others) if others else (None, [])


def open_marks(assets: Iterable[Asset]) -> dict[int, list[str]]:
    """The codes of the marks that stand against each of these."""
    found: dict[int, list[str]] = {}
    marks = Mark.objects.filter(asset__in=list(assets), closed=None, marking=True, waived=False)
    for asset, code in marks.order_by("mark").values_list("asset", "mark").distinct():
        found.setdefault(asset or 0, []).append(code)
    return found


def bindings(asset: Asset) -> list[Binding]:
    """Which endpoints were this asset, and when; the latest first."""
    return BINDINGS.all(asset=asset.pk)


def endpoints_of(asset: Asset) -> dict[int, int | None]:
    """Endpoints that ever spoke for the asset, the present one first, each with what it is behind.

    That may be the switch by whose table its MAC address was seen.
    """
    spoke = Q(asset=asset) | Q(asset__whole=asset, asset__kind=Kind.VIDEO_ENDPOINT.value)
    found = Binding.objects.filter(spoke).order_by("-during__upper_inf", "-pk")
    return dict(found.values_list("endpoint", "endpoint__behind"))


def doubts(asset: Asset) -> list[Doubt]:
    """About an endpoint that is or was this asset, or one that bears this asset's serial number elsewhere."""
    return DOUBTS.all(asset=asset.pk)


def waivers(asset: Asset) -> list[Waiver]:
    return WAIVERS.all(asset=asset.pk)


def sightings(asset: Asset) -> list[Sighting]:
    return SIGHTINGS.all(asset=asset.pk)


def repairs(asset: Asset) -> list[Repair]:
    return REPAIRS.all(asset=asset.pk)


ASSET = Given("asset", "bigint", BigIntegerField())
FACTS: Kept[Fact] = Kept(lambda: Fact.objects.filter(asset=ASSET).exclude(declared="", observed=""))
PARTS: Kept[Asset] = Kept(lambda: Asset.objects.filter(whole=ASSET, archived=False).order_by("kind", "tag"))
BINDINGS: Kept[Binding] = Kept(
    lambda: (
        Binding.objects.filter(asset=ASSET)
        .select_related("endpoint__place", "endpoint__network")
        .order_by("-during")
    )
)
DOUBTS: Kept[Doubt] = Kept(
    lambda: (
        Doubt.objects.filter(
            Q(endpoint__bindings__asset=ASSET) | Q(detail__owner=Func(ASSET, function="to_jsonb"))
        )
        .select_related("endpoint__place")
        .distinct()
        .order_by("-opened")
    )
)
WAIVERS: Kept[Waiver] = Kept(lambda: Waiver.objects.filter(asset=ASSET).order_by("-starts", "-pk"))
REPAIRS: Kept[Repair] = Kept(lambda: Repair.objects.filter(asset=ASSET))
SIGHTINGS: Kept[Sighting] = Kept(
    lambda: Sighting.objects.filter(asset=ASSET).select_related("person", "place")
)


def _covering(mark: Mark, in_force: Iterable[WaiverFacts]) -> WaiverFacts | None:
    covering = [one for one in in_force if one.mark == mark.mark and one.rule in (None, mark.rule)]
    return max(covering, key=lambda one: one.until, default=None)


def _in_order(found: list[Found]) -> list[Found]:
    order = list(MarkCode)
    return sorted(
        found,
        key=lambda one: (not one.marking, one.waiver is not None, order.index(MarkCode(one.mark)), one.since),
    )
