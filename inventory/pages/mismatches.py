"""Data mismatches: figures of two systems that should be the same, listed until somebody explains them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from inventory.actions.mismatches import EXPLAIN, explain
from inventory.models import BusinessSystem, MismatchExplanation, StatisticalDefinition, SystemFigure
from inventory.queries.mismatches import SEEN, Mismatch, mismatches
from itops.crud.csv_out import csv_response
from itops.organisation.models import Office
from itops.organisation.scope import demand_somewhere, may, signed_in, visible

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A mismatch in words."""

    mismatch: Mismatch
    definition: StatisticalDefinition
    office: Office
    one_system: BusinessSystem
    other_system: BusinessSystem
    may_explain: bool

    @property
    def difference(self) -> str:
        return f"{self.mismatch.difference.normalize():+,f}"

    @property
    def one_value(self) -> str:
        return f"{self.mismatch.one_value.normalize():,f}"

    @property
    def other_value(self) -> str:
        return f"{self.mismatch.other_value.normalize():,f}"


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, SEEN)
    found = mismatches(user)
    pages = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "open": sum(not one.explained for one in found),
        "explained": sum(one.explained for one in found),
        "lines": lines(request, list(pages.object_list)),
        "pages": pages,
    }
    return render(request, "inventory/mismatches.html", context)


def export(request: HttpRequest) -> HttpResponseBase:
    """All of them as CSV, the unexplained first."""
    user = signed_in(request)
    demand_somewhere(user, SEEN)
    head = (
        *(
            _("Statistical definition"),
            _("Unit"),
            _("Place"),
            _("Reporting unit"),
            pgettext("period", "first day"),
            pgettext("period", "last day"),
        ),
        *(_("One system"), _("Its figure"), _("Other system"), _("Its figure"), _("Difference")),
        *(_("Explanation"), _("Author"), _("Time")),
    )
    return csv_response("data-mismatches.csv", head, map(_cells, lines(request, mismatches(user))))


def _cells(line: Line) -> Sequence[str]:
    one = line.mismatch
    return (
        *(line.definition.name, line.definition.unit, str(line.office.place), str(line.office)),
        *(one.starts.isoformat(), one.ends.isoformat()),
        *(str(line.one_system), str(one.one_value), str(line.other_system), str(one.other_value)),
        *(str(one.difference), one.reason, one.author),
        f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}" if one.at else "",
    )


def lines(request: HttpRequest, found: Sequence[Mismatch]) -> list[Line]:
    """Their names, in three statements however many they are."""
    user = signed_in(request)
    definitions = StatisticalDefinition.objects.in_bulk({one.definition for one in found})
    offices = Office.objects.select_related("place").in_bulk({one.office for one in found})
    systems = BusinessSystem.objects.in_bulk(
        {key for one in found for key in (one.one_system, one.other_system)}
    )
    return [
        Line(
            mismatch=one,
            definition=definitions[one.definition],
            office=offices[one.office],
            one_system=systems[one.one_system],
            other_system=systems[one.other_system],
            may_explain=may(user, EXPLAIN, offices[one.office].place),
        )
        for one in found
    ]


@require_POST
def give_reason(request: HttpRequest) -> HttpResponse:
    """The form of one line."""
    user, given = signed_in(request), request.POST
    try:
        figures = [int(given.get(name, "")) for name in ("one", "other")]
        seen = [Decimal(given.get(name, "")) for name in ("one_value", "other_value")]
    except (ValueError, InvalidOperation):
        raise Http404 from None
    if visible(SystemFigure.objects.all(), user, SEEN, "office__place").filter(pk__in=figures).count() != 2:
        raise Http404
    try:
        explain(figures, seen=seen, reason=given.get("reason", ""), by=user)
        messages.success(request, _("The explanation is kept."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("inventory:mismatches")


def explanations_of(request: HttpRequest, figure: SystemFigure) -> Mapping[str, object] | None:
    """Everything that was ever said about this figure against another."""
    of_one = MismatchExplanation.objects.filter(one=figure)
    of_other = MismatchExplanation.objects.filter(other=figure)
    found = of_one.union(of_other).order_by("-at")
    return {"explanations": list(found)} if found else None
