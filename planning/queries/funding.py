"""What of the need is funded: by the published plans of the year, as far as an account sees their townships."""

from collections.abc import Mapping, Sequence
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
    """How many needs are met and left open, and what they cost; without a plan all of them are open.

    `plan`: the one that was published last, of so many `plans` that stand together.
    """

    plan: Plan | None
    plans: int
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
    plans = standing_on(day)
    lines = _lines(user, plans)
    sums = lines.values("chosen").annotate(number=Count("pk"), cost=Sum("fen"))
    found: Mapping[bool, tuple[int, int]] = {row["chosen"]: (row["number"], row["cost"]) for row in sums}
    if not found:
        return None
    (met, met_fen), (open_, open_fen) = found.get(True, (0, 0)), found.get(False, (0, 0))
    return Funding(plan=plans[0], plans=len(plans), met=met, met_fen=met_fen, open=open_, open_fen=open_fen)


def planned_on(user: User, day: date) -> Mapping[str, Planned]:
    """By need, of the same plans."""
    rows = _lines(user, standing_on(day)).values_list("need", "chosen", "paid_by")
    return {
        need: Planned(funded=chosen, sources=tuple(source for source, _fen in paid) if chosen else ())
        for need, chosen, paid in rows
    }


def standing_on(day: date) -> list[Plan]:
    """Plans published by the end of the day whose years it lies in, the last first; else the one published last.

    Who archives a scenario takes its plan out of account from today on: past days stay as they were.
    """
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    found = Plan.objects.filter(published_at__lt=end).select_related("scenario").defer("inputs")
    if day >= timezone.localdate():
        found = found.filter(scenario__archived=False)
    plans = list(found.order_by("-published_at"))
    return [one for one in plans if day.year in one.scenario.all_years] or plans[:1]


def _lines(user: User, plans: Sequence[Plan]) -> QuerySet[PlanLine]:
    """Of each need one line: of a plan that meets it, else of the one published last."""
    seen = visible(PlanLine.objects.filter(plan__in=plans), user, "planning.view_plan")
    if len(plans) < 2:
        return seen.order_by()
    first = seen.order_by("need", "-chosen", "-plan__published_at").distinct("need")
    return PlanLine.objects.filter(pk__in=first.values("pk")).order_by()


def nothing_funded(found: Chosen) -> Funding:
    """What the needs of today cost while no plan is published."""
    cost = sum(remedy.purchase for remedy in found.remedies.values())
    return Funding(plan=None, plans=0, met=0, met_fen=0, open=len(found.needs), open_fen=cost)
