"""A training plan's page shows what became of it: sessions planned and held, hours that count, cost against budget."""

from collections.abc import Mapping

from django.db.models import Count, Q, Sum
from django.http import HttpRequest

from itops.crud.amounts import yuan
from itops.crud.resource import Panel
from itops.organisation.scope import signed_in, visible
from workforce.models import SessionState, TrainingPlan, TrainingSession

STANDS = Q(attendances__isnull=False, attendances__reversed_at=None)
COUNTS = STANDS & Q(attendances__signed_at__isnull=False, attendances__approved_at__isnull=False)


def carried_out(request: HttpRequest, plan: TrainingPlan) -> Mapping[str, object] | None:
    """What the template shows; of sessions only those in the account's scope."""
    seen = visible(
        TrainingSession.objects.filter(plan=plan), signed_in(request), "workforce.view_trainingsession"
    )
    sessions = list(
        seen.select_related("course", "place")
        .annotate(people=Count("attendances", STANDS), counting=Sum("attendances__hours", filter=COUNTS))
        .order_by("day", "starts")
    )
    spent = sum(one.cost_fen or 0 for one in sessions)
    return {
        "sessions": [(one, one.__dict__["people"], one.__dict__["counting"] or 0) for one in sessions],
        "held": sum(one.is_held for one in sessions),
        "planned": sum(one.is_planned for one in sessions),
        "called_off": sum(one.state == SessionState.CANCELLED for one in sessions),
        "spent": yuan(spent),
        "budget": yuan(plan.budget_fen) if plan.budget_fen is not None else "",
        "over": plan.budget_fen is not None and spent > plan.budget_fen,
    }


PLAN_PANEL = Panel("workforce/plan_panel.html", carried_out)
