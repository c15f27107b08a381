"""The day that a page is asked about: one in its address, today when there is none or it cannot be."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

EARLIEST = date(1900, 1, 1)  # what is asked looks some days further back, and the calendar begins with year 1


def asked_day(request: HttpRequest) -> date:
    """?date=YYYY-MM-DD, not later than today; else a message says why today is shown."""
    today, wanted = timezone.localdate(), request.GET.get("date", "")
    if not wanted:
        return today
    try:
        day = date.fromisoformat(wanted)
    except ValueError:
        day = date.min
    if day < EARLIEST:
        messages.error(request, _("%(day)s is no day; write YYYY-MM-DD.") % {"day": wanted[:20]})
        return today
    if day > today:
        messages.error(request, _("%(day)s has not been yet.") % {"day": wanted[:20]})
        return today
    return day
