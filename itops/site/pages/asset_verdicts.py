"""Findings as cards: the sentence, its proof, the days and numbers behind it, what would undo it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from inventory.marks.findings import Lack
from inventory.marks.policy import Policy
from inventory.models import Asset
from inventory.proofs import proofs
from inventory.queries.asset import Found
from inventory.wording import hint, lack_reason, rule_name, sentence, undo
from itops.crud.looks import MARKS
from itops.crud.parts import Days, Link, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One finding; `mark` and `rule` go into its waiver."""

    verdict: Verdict
    mark: str
    rule: str
    waived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Something shown without marking, or something that could not be judged."""

    name: str
    text: str
    rule: str


def cards(
    asset: Asset, found: Sequence[Found], policy: Policy, days: Days, chart: str, sources: str
) -> list[Card]:
    """Days and chart (its address) go with the first finding that they prove."""
    marking = [one for one in found if one.marking]
    shows_days = next((one for one in marking if _day_by_day(one)), None)
    shows_chart = shows_days or next((one for one in marking if _observed(one)), None)
    return [
        _card(
            asset,
            one,
            policy,
            sources,
            days if one is shows_days else None,
            chart if one is shows_chart else "",
        )
        for one in marking
    ]


def shown_only(found: Iterable[Found]) -> list[Quiet]:
    return [
        Quiet(name=rule_name(one.rule), text=sentence(one), rule=one.rule) for one in found if not one.marking
    ]


def unknowns(lacks: Iterable[Lack]) -> list[Quiet]:
    """Each reason once for each mark, with the first rule that gave it."""
    told: dict[tuple[str, str], Quiet] = {}
    for lack in lacks:
        reason = lack_reason(lack)
        told.setdefault(
            (lack.mark.value, reason), Quiet(name=rule_name(lack.rule), text=reason, rule=lack.rule)
        )
    return list(told.values())


def _day_by_day(found: Found) -> bool:
    """About use or silence: what the strip of days shows."""
    return "idle_days" in found.numbers or "found_within_days" in found.numbers


def _observed(found: Found) -> bool:
    return "window_days" in found.numbers


def _card(asset: Asset, found: Found, policy: Policy, sources: str, days: Days | None, chart: str) -> Card:
    return Card(
        verdict=Verdict(
            mark=found.mark,
            finding=sentence(found),
            note=_note(found),
            proofs=proofs(found),
            days=days,
            later=chart,
            undo=_way_back(found, policy),
            rule=found.rule,
            policy=found.policy,
            sources=sources if _observed(found) else "",
            links=_links(asset, found),
            waived_until=found.waiver.until if found.waiver else None,
        ),
        mark=found.mark,
        rule=found.rule,
        waived=found.waiver is not None,
    )


def _way_back(found: Found, policy: Policy) -> str:
    """What would undo it, and what to try before money is spent."""
    text, first = undo(found.rule, policy), hint(found.rule)
    return _("%(way_back)s Before buying: %(first)s") % {"way_back": text, "first": first} if first else text


def _note(found: Found) -> str:
    said = {"mark": MARKS[found.mark].word, "since": found.since}
    text = _("Holds since %(since)s.") % said
    if found.opened and found.opened != found.since:
        text = _("Holds since %(since)s, marked “%(mark)s” on %(opened)s.") % {**said, "opened": found.opened}
    if generated := found.numbers.get("generated_days"):
        text += " " + _("%(n)s of the days are generated for the demonstration.") % {"n": generated}
    if found.waiver:
        waiver = {"author": found.waiver.author, "reason": found.waiver.reason}
        text += " " + _("Waived by %(author)s: “%(reason)s”") % waiver
    return text


def _links(asset: Asset, found: Found) -> list[Link]:
    if not (found.cited_endpoint and found.cited_cycle and _observed(found)):
        return []
    cited = f"?endpoint={found.cited_endpoint}&cycle={found.cited_cycle.timestamp():.6f}"
    return [Link(_("the reading it cites"), reverse("inventory:asset_readings", args=[asset.pk]) + cited)]
