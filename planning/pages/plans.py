"""A plan: what is done about each need and why, how near it is to the best, what more money would buy."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES
from itops.crud.charts import Chart
from itops.organisation.scope import signed_in
from planning.actions.scenarios import publish as publish_plan
from planning.actions.scenarios import short_sources, spent_by_source
from planning.models import FundingSource, Plan, PlanLine
from planning.money.amounts import WAN
from planning.money.wording import in_row
from planning.pages.access import demand_for_county, demand_view, may_for_county
from planning.pages.compared import share, ways
from planning.pages.need_links import of_needs, tag_of
from planning.pages.words import money, points, why

PUBLISH = "planning.publish_plan"
SHOWN = 100  # lines of a page
VERDICTS = ("chosen", "refused", "moved")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One need with its sentence."""

    take: str
    way: str
    what: str
    url: str
    place: str
    year: int | None
    cost: str
    worth: str
    per_wan: str
    sentence: str


def page(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    demand_view(user)
    plan = get_object_or_404(Plan.objects.select_related("scenario", "published_by__person"), pk=pk)
    lines = list(plan.lines.select_related("place"))
    asked = request.GET.get("show", "")
    pages = Paginator(ordered(lines, asked), SHOWN).get_page(request.GET.get("page"))
    names = _names(plan)
    shown = list(pages.object_list)
    behind = of_needs(user, ((line.need, line.place_id) for line in shown))
    context = {
        "plan": plan,
        "cost": money(plan.cost_fen),
        "budget": money(plan.budget_fen),
        "saved": money(plan.saved_fen),
        "percent": share(plan.worth, plan.everything),
        "gap": f"{plan.gap_ppm / 10_000:.3f}%",
        "worth": points(plan.worth),
        "bound": points(plan.bound),
        "counts": _counts(lines),
        "chosen_show": asked if asked in VERDICTS else "",
        "rows": [_row(line, names, behind[line.need]) for line in shown],
        "pages": pages,
        "short": [(str(one.source), money(one.taken), money(one.left)) for one in short_sources(plan)],
        "ways": ways(plan, sum(1 for line in lines if line.chosen)),
        "chart": _frontier(plan),
        "sources": _sources(plan),
        "may_publish": plan.published_at is None and may_for_county(user, PUBLISH),
    }
    return render(request, "planning/plan.html", context)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze it, or say why it is not."""
    user = signed_in(request)
    demand_for_county(user, PUBLISH)
    try:
        publish_plan(get_object_or_404(Plan, pk=pk), by=user)
        messages.success(request, _("The plan is published and frozen."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("planning:plan", pk)


def ordered(lines: Sequence[PlanLine], asked: str) -> list[PlanLine]:
    """What brings most a yuan first; those asked for alone."""
    wanted = {
        "chosen": [line for line in lines if line.chosen],
        "refused": [line for line in lines if not line.chosen],
        "moved": [line for line in lines if line.chosen and line.way == "move"],
    }.get(asked, lines)
    return sorted(wanted, key=lambda line: (not line.chosen, -_per_wan(line), line.need))


def _row(line: PlanLine, names: Mapping[str, str], url: str) -> Row:
    kind = str(KIND_NAMES[Kind(line.kind)])
    return Row(
        take=("move" if line.way == "move" else "yes") if line.chosen else "no",
        way=line.get_way_display(),
        what=f"{kind} {tag_of(line.need)}".strip(),
        url=url,
        place=str(line.place),
        year=line.year,
        cost=in_row(line.fen),
        worth=points(line.worth),
        per_wan=points(int(_per_wan(line))) if line.fen else "",
        sentence=why(line.code, line.numbers, names),
    )


def _per_wan(line: PlanLine) -> float:
    return line.worth * WAN / line.fen if line.fen else float(line.worth * WAN)


def _counts(lines: Sequence[PlanLine]) -> Mapping[str, int]:
    chosen = [line for line in lines if line.chosen]
    moved = sum(1 for line in chosen if line.way == "move")
    return {
        "all": len(lines),
        "chosen": len(chosen),
        "refused": len(lines) - len(chosen),
        "moved": moved,
        "places": len(Counter(line.place_id for line in chosen)),
    }


def _names(plan: Plan) -> Mapping[str, str]:
    return {str(one.pk): str(one) for one in plan.scenario.sources.all()}


def _sources(plan: Plan) -> list[tuple[str, str, str]]:
    """What each source gives, and what is left of it in this plan."""
    taken = spent_by_source(plan)
    sources = FundingSource.objects.filter(pk__in=taken)
    return [(str(one), money(taken[one.pk]), money(one.limit_fen)) for one in sources]


def _frontier(plan: Plan) -> Chart:
    """What each share of the budget would reach."""
    drawn = [
        (money(fen), None if worth is None else float(share(worth, plan.everything)))
        for fen, worth in plan.frontier
    ]
    said = _("With %(money)s %(percent)s percent of what is needed is reached.")
    return Chart(
        key="frontier",
        title=_("What more money buys"),
        unit="%",
        finding=said % {"money": money(plan.budget_fen), "percent": share(plan.worth, plan.everything)},
        points=drawn,
        kind="bars",
        note=_("of all that is needed, by budget; but for the plan’s own, within half a percent of the best"),
        size="lg",
    )
