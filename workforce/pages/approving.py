"""What waits for an approver: entries of others, a session at a time, with what the equipment says beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise

from itops.organisation.actions.access_records import record_view
from itops.organisation.models import User
from itops.organisation.scope import signed_in, visible
from workforce.actions.attendance import approve
from workforce.actions.refusals import UNSIGNED
from workforce.models import Attendance, TrainingSession
from workforce.pages.training_session import seen_of
from workforce.pages.training_words import TESTIMONY_WORDS
from workforce.schemes.validity import approver_refused

APPROVE = "workforce.approve_attendance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One entry; `refused` says why this account cannot approve it."""

    row: Attendance
    refused: StrOrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The entries of one session."""

    session: TrainingSession
    witness: StrOrPromise
    contradicted: bool
    waiting: Sequence[Waiting]


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    rows = waiting_for(user).select_related(
        "session__course", "session__place", "person__office", "recorded_by"
    )
    ordered = rows.order_by("session__day", "session", "person__pinyin")
    groups = [
        _group(session, list(found), user) for session, found in groupby(ordered, lambda row: row.session)
    ]
    record_view(request, what="training", count=sum(len(group.waiting) for group in groups))
    count = sum(not one.refused for group in groups for one in group.waiting)
    return render(request, "workforce/approving.html", {"groups": groups, "count": count})


def waiting_for(user: User) -> QuerySet[Attendance]:
    """Unapproved entries of people over whom the account may approve."""
    open_rows = Attendance.objects.filter(reversed_at=None, approved_at=None)
    return visible(open_rows, user, APPROVE, "person__office__place")


@require_POST
def approve_ticked(request: HttpRequest) -> HttpResponse:
    """Each for itself: what cannot be approved is told, the others are."""
    user = signed_in(request)
    keys = [key for key in request.POST.getlist("row") if key.isdecimal()]
    done = 0
    for row in waiting_for(user).filter(pk__in=keys).order_by("pk"):
        try:
            approve(row, by=user)
            done += 1
        except ValidationError as refused:
            messages.error(request, f"{row}: {refused.messages[0]}")
    if done:
        said = ngettext("%(n)d entry was approved.", "%(n)d entries were approved.", done) % {"n": done}
        messages.success(request, said)
    elif not keys:
        messages.error(request, _("Nothing was ticked, so nothing was changed."))
    return redirect("workforce:approving")


def _group(session: TrainingSession, rows: Sequence[Attendance], user: User) -> Group:
    said = seen_of(session)
    return Group(
        session=session,
        witness=TESTIMONY_WORDS[said.testimony],
        contradicted=said.testimony == "contradicts",
        waiting=[_waiting(row, user) for row in rows],
    )


def _waiting(row: Attendance, user: User) -> Waiting:
    code = approver_refused(row.as_entry(), user.pk, user.person_id)
    return Waiting(row=row, refused=UNSIGNED[code] if code else "")
