"""What of the need is funded: by the plan that was published last, as far as an account sees its townships."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from itops.organisation.models import User
from itops.organisation.scope import visible
from planning.models import Plan, PlanLine
from planning.queries.moves import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """How many needs the plan meets and leaves open, and what they cost; without a plan all of them are open."""

    plan: Plan | None
    met: int
    met_fen: int
    open: int
    open_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the plan says of a need: whether it is met, and from which sources (by key)."""

    funded: bool = False
    sources: tuple[int, ...] = ()


def funding_on(user: User, day: date) -> Funding | None:
    """Nothing where no plan had been published by the end of the day, or none of its townships may be seen."""
    plan = _published(day)
    if plan is None:
        return None
    lines = _lines(user, plan)
    sums = lines.values("chosen").annotate(number=Count("pk"), cost=Sum("fen"))
    found: Mapping[bool, tuple[int, int]] = {row["chosen"]: (row["number"], row["cost"]) for row in sums}
    if not found:
        return None
    (met, met_fen), (open_, open_fen) = found.get(True, (0, 0)), found.get(False, (0, 0))
    return Funding(plan=plan, met=met, met_fen=met_fen, open=open_, open_fen=open_fen)


def planned_on(user: User, day: date) -> Mapping[str, Planned]:
    """By need, of the same plan."""
    plan = _published(day)
    rows = _lines(user, plan).values_list("need", "chosen", "paid_by") if plan else ()
    return {
        need: Planned(funded=chosen, sources=tuple(source for source, _fen in paid) if chosen else ())
        for need, chosen, paid in rows
    }


def _published(day: date) -> Plan | None:
    """The plan that was published last by the end of the day."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    found = Plan.objects.filter(published_at__lt=end).select_related("scenario").defer("inputs")
    return found.order_by("-published_at").first()


def _lines(user: User, plan: Plan) -> QuerySet[PlanLine]:
    return visible(PlanLine.objects.filter(plan=plan), user, "planning.view_plan").order_by()


def nothing_funded(found: Chosen) -> Funding:
    """What the needs of today cost while no plan is published."""
    cost = sum(remedy.purchase for remedy in found.remedies.values())
    return Funding(plan=None, met=0, met_fen=0, open=len(found.needs), open_fen=cost)
