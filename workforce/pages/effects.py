"""Did training help: use of the equipment before and after, by course and township."""

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from itops.crud.csv_out import csv_response
from itops.organisation.scope import demand_somewhere, signed_in
from workforce.queries.effects import SEEN, OfCourse, There, effects

USUAL = 3


def _months() -> list[tuple[int, str]]:
    """In the language of whoever asks."""
    return [(n, ngettext("%(n)d month", "%(n)d months", n) % {"n": n}) for n in (1, 3, 6, 12)]


class MonthsForm(forms.Form):
    months = forms.TypedChoiceField(label=gettext_lazy("on either side"), coerce=int, choices=_months)


def page(request: HttpRequest) -> HttpResponse:
    form, months, found = _asked(request)
    told = [there for one in found for there in one.told]
    context = {
        "form": form,
        "months": months,
        "courses": found,
        "told": len(told),
        "rose": sum(there.effect.rose for there in told),
        "untold": sum(len(one.theres) for one in found) - len(told),
        "generated": any(t.effect.before.generated or t.effect.after.generated for t in told),
    }
    return render(request, "workforce/effects.html", context)


def export(request: HttpRequest) -> HttpResponseBase:
    """The table as a file; it names nobody."""
    _form, months, found = _asked(request)
    head = [
        *(_("Course"), _("Township"), _("Latest session"), _("People"), _("Days on either side")),
        *(_("Days used before"), _("Days measured before"), _("Days used since"), _("Days measured since")),
    ]
    rows = (_row(one, there) for one in found for there in one.theres)
    return csv_response(f"training-effect-{months}.csv", head, rows)


def _row(of: OfCourse, there: There) -> list[str]:
    before, after = there.effect.before, there.effect.after
    told = [there.day, there.people, there.effect.days_after]
    return [
        str(cell)
        for cell in (of.course, there.place, *told, before.used, before.measured, after.used, after.measured)
    ]


def _asked(request: HttpRequest) -> tuple[MonthsForm, int, Sequence[OfCourse]]:
    user = signed_in(request)
    demand_somewhere(user, SEEN)
    given = MonthsForm(request.GET)
    is_good = "months" in request.GET and given.is_valid()
    months = int(given.cleaned_data["months"]) if is_good else USUAL
    form = MonthsForm(initial={"months": months})
    return form, months, effects(user, months, timezone.localdate())
