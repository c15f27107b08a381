"""What of the need is funded: by the plan that was published last, as far as an account sees its townships."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Sum
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


def funding_on(user: User, day: date) -> Funding | None:
    """Nothing where no plan had been published by the end of the day, or none of its townships may be seen."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    plan = (
        Plan.objects.filter(published_at__lt=end)
        .select_related("scenario")
        .defer("inputs")
        .order_by("-published_at")
        .first()
    )
    if plan is None:
        return None
    lines = visible(PlanLine.objects.filter(plan=plan), user, "planning.view_plan").order_by()
    sums = lines.values("chosen").annotate(number=Count("pk"), cost=Sum("fen"))
    found: Mapping[bool, tuple[int, int]] = {row["chosen"]: (row["number"], row["cost"]) for row in sums}
    if not found:
        return None
    (met, met_fen), (open_, open_fen) = found.get(True, (0, 0)), found.get(False, (0, 0))
    return Funding(plan=plan, met=met, met_fen=met_fen, open=open_, open_fen=open_fen)


def nothing_funded(found: Chosen) -> Funding:
    """What the needs of today cost while no plan is published."""
    cost = sum(remedy.purchase for remedy in found.remedies.values())
    return Funding(plan=None, met=0, met_fen=0, open=len(found.needs), open_fen=cost)
