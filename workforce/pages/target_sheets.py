"""The yearly target assessment: each township's score, its sheet to fill in, and the signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from itops.organisation.models import Level, Place, User
from itops.organisation.scope import demand, demand_somewhere, may, signed_in, visible
from workforce.actions.assessment import score_sheet, sign_sheet
from workforce.actions.sheet_files import decimal_of
from workforce.models import TargetIndicator, TargetScore, TargetSheet

VIEW, CHANGE, SIGN = (
    "workforce.view_targetsheet",
    "workforce.change_targetsheet",
    "workforce.sign_targetsheet",
)
EARLIEST, LATEST = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One township of the year."""

    place: Place
    sheet: TargetSheet | None
    score: Decimal | None


def page(request: HttpRequest) -> HttpResponse:
    user, year = signed_in(request), _year(request)
    lines = _lines(user, year)
    context = {
        "year": year,
        "lines": lines,
        "signed": sum(1 for line in lines if line.sheet and line.sheet.signed_at),
        "indicators": TargetIndicator.objects.filter(year=year),
    }
    return render(request, "workforce/target_sheets.html", context)


def sheet(request: HttpRequest, year: int, place: int) -> HttpResponse:
    """One township's sheet: filled in by those who may, signed by somebody else."""
    user = signed_in(request)
    where = _place(user, place)
    if request.method == "POST":
        return _scored(request, user, where, year)
    return _show(request, user, where, year)


@require_POST
def sign(request: HttpRequest, year: int, place: int) -> HttpResponse:
    user = signed_in(request)
    where = _place(user, place)
    demand(user, SIGN, where)
    found = get_object_or_404(TargetSheet, place=where, year=year)
    try:
        sign_sheet(found, by=user)
        messages.success(request, _("Signed. The sheet stands in the log."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("workforce:target_sheet", year, place)


def _scored(request: HttpRequest, user: User, where: Place, year: int) -> HttpResponse:
    demand(user, CHANGE, where)
    scores, wrong = {}, []
    for one in TargetIndicator.objects.filter(year=year):
        typed = request.POST.get(f"score_{one.pk}", "").strip()
        if not typed:
            continue
        try:
            scores[one] = (decimal_of(typed), request.POST.get(f"note_{one.pk}", "").strip())
        except ValidationError:
            wrong.append(
                _("%(indicator)s: “%(typed)s” is no score.") % {"indicator": one.name, "typed": typed[:20]}
            )
    try:
        if wrong:
            raise ValidationError(wrong)
        score_sheet(where, year, scores=scores, by=user)
        messages.success(request, _("The sheet is saved."))
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    return redirect("workforce:target_sheet", year, where.pk)


def _show(request: HttpRequest, user: User, where: Place, year: int) -> HttpResponse:
    found = (
        TargetSheet.objects.filter(place=where, year=year).select_related("signed_by", "scored_by").first()
    )
    scores = {one.indicator_id: one for one in found.scores.all()} if found else {}
    unsigned = found is None or found.signed_at is None
    context = {
        "place": where,
        "year": year,
        "sheet": found,
        "score": found.score() if found else None,
        "lines": _with_scores(year, scores),
        "may_score": unsigned and may(user, CHANGE, where),
        "may_sign": found is not None
        and unsigned
        and may(user, SIGN, where)
        and found.scored_by_id != user.pk,
        "own_score": found is not None and unsigned and found.scored_by_id == user.pk,
    }
    return render(request, "workforce/target_sheet.html", context)


def _with_scores(
    year: int, scores: dict[int, TargetScore]
) -> Sequence[tuple[TargetIndicator, TargetScore | None]]:
    return [(one, scores.get(one.pk)) for one in TargetIndicator.objects.filter(year=year)]


def _lines(user: User, year: int) -> list[Line]:
    """The lowest score first, then those without one."""
    demand_somewhere(user, VIEW)
    sheets = {one.place_id: one for one in TargetSheet.objects.filter(year=year)}
    townships = visible(Place.objects.filter(level=Level.TOWNSHIP), user, VIEW, place="")
    lines = []
    for place in townships.order_by("position", "code"):
        found = sheets.get(place.pk)
        lines.append(Line(place=place, sheet=found, score=(found.total or found.score()) if found else None))
    return sorted(lines, key=lambda line: (line.score is None, line.score or 0))


def _place(user: User, pk: int) -> Place:
    townships = visible(Place.objects.filter(level=Level.TOWNSHIP), user, VIEW, place="")
    return get_object_or_404(townships, pk=pk)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and EARLIEST <= int(asked) <= LATEST else timezone.localdate().year
