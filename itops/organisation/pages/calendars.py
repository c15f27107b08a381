"""Work calendars: hours of an ordinary week, and the days that differ."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from itops.organisation.actions.calendars import load_holidays, remove_day, set_day
from itops.organisation.holidays import years_not_arranged
from itops.organisation.models import Place, User, WorkCalendar
from itops.organisation.pages.calendar_forms import DayForm, HoursForm
from itops.organisation.scope import granted_paths, signed_in

VIEW, CHANGE = "organisation.view_workcalendar", "organisation.change_workcalendar"


def calendars(request: HttpRequest) -> HttpResponse:
    """The calendars of the offices in the reader's scope."""
    return render(request, "organisation/calendars.html", {"calendars": seen_by(signed_in(request))})


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One calendar: its hours, and a year's days that are not as their weekday says."""
    user = signed_in(request)
    shown = get_object_or_404(seen_by(user), pk=pk)
    changeable = may_change(user, shown)
    if request.method == "POST" and not changeable:
        raise PermissionDenied
    form = HoursForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The office hours are saved."))
        return redirect("organisation:calendar", pk=pk)
    year = _year(request)
    context = {
        "calendar": shown,
        "form": form,
        "changeable": changeable,
        "year": year,
        "years": _years(shown, year),
        "days": shown.days.filter(day__year=year).order_by("day"),
        "day_form": DayForm(initial=_day_to_change(request, shown)),
        "not_arranged": year in years_not_arranged(),
    }
    return render(request, "organisation/calendar.html", context)


@require_POST
def save_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a day, or change the one that is there."""
    shown = _changeable(request, pk)
    form = DayForm(request.POST)
    if not form.is_valid():
        return render(
            request, "organisation/calendar_day.html", {"calendar": shown, "form": form}, status=422
        )
    day = form.cleaned_data["day"]
    set_day(
        shown,
        by=signed_in(request).actor,
        day=day,
        is_open=form.cleaned_data["open"],
        note=form.cleaned_data["note"],
    )
    return _back(shown, day)


@require_POST
def drop_day(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    shown = _changeable(request, pk)
    dropped = _date(day)
    if dropped is None:
        raise Http404
    remove_day(shown, by=signed_in(request).actor, day=dropped)
    return _back(shown, dropped)


@require_POST
def add_holidays(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in the State Council's days that are not there."""
    shown = _changeable(request, pk)
    added = load_holidays(shown, by=signed_in(request).actor)
    text = ngettext("%(count)s day added.", "%(count)s days added.", added) % {"count": added}
    messages.success(request, text if added else _("All known holidays are there already."))
    return redirect("organisation:calendar", pk=pk)


def seen_by(user: User) -> QuerySet[WorkCalendar]:
    """Calendars of offices in the user's scope."""
    return WorkCalendar.objects.filter(office__place__path__under=granted_paths(user, VIEW)).distinct()


def may_change(user: User, shown: WorkCalendar) -> bool:
    """Whoever changes it must hold every place whose office keeps it."""
    beyond = Place.objects.filter(offices__calendar=shown).exclude(path__under=granted_paths(user, CHANGE))
    return not beyond.exists()


def _changeable(request: HttpRequest, pk: int) -> WorkCalendar:
    user = signed_in(request)
    shown = get_object_or_404(seen_by(user), pk=pk)
    if not may_change(user, shown):
        raise PermissionDenied
    return shown


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return (
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else timezone.localdate().year
    )


def _years(shown: WorkCalendar, year: int) -> list[int]:
    there = {day.year for day in shown.days.dates("day", "year")}
    return sorted(there | {year, timezone.localdate().year})


def _day_to_change(request: HttpRequest, shown: WorkCalendar) -> dict[str, object]:
    """The day named in the address, to fill the form with."""
    asked = _date(request.GET.get("day", ""))
    chosen = shown.days.filter(day=asked).first() if asked else None
    return {"day": chosen.day, "open": chosen.open, "note": chosen.note} if chosen else {}


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _back(shown: WorkCalendar, day: date) -> HttpResponse:
    return redirect(f"{reverse('organisation:calendar', args=[shown.pk])}?year={day.year}#days")
