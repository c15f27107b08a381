"""The auditor's desk: how far the training records can be trusted, what is open, and samples to look at."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.organisation.actions.access_records import record_view
from itops.organisation.models import AccessRecord, User
from itops.organisation.pages.access_records import VIEW as LOOKS
from itops.organisation.pages.access_records import WORDS
from itops.organisation.scope import demand_somewhere, granted_paths, signed_in, visible
from workforce.actions.log_export import EXPORT
from workforce.actions.log_scope import reaches_all
from workforce.actions.log_tree import tree_head
from workforce.ledger.checkpoints import TreeHead
from workforce.models import Explanation
from workforce.pages.desk_forms import CheckpointForm, DrawForm, ExportForm, PeriodForm
from workforce.pages.training_words import TESTIMONY_IN_SHORT, apart_said
from workforce.queries.against_log import compare
from workforce.queries.log_state import SEEN, Sealed, sealed, taken_back
from workforce.queries.omissions import SEEN as HOURS
from workforce.queries.omissions import Checked, checked, unproved
from workforce.queries.sampled import Sample, samples

SHOWN = 8
YEAR, DAY = timedelta(days=365), timedelta(days=1)
SEAL = "workforce.add_checkpoint"
CONCERNED = ("training", "training log", "skills", "person")


def page(request: HttpRequest) -> HttpResponse:
    user = demand_desk(request)
    return shown(request, user, CheckpointForm(), ExportForm(user=user))


def demand_desk(request: HttpRequest) -> User:
    """Whoever may see the log anywhere."""
    user = signed_in(request)
    demand_somewhere(user, SEEN)
    return user


def shown(
    request: HttpRequest, user: User, handed_in: CheckpointForm, wanted: ExportForm, status: int = 200
) -> HttpResponse:
    """The page, with forms as they are or as they came back."""
    state = sealed()
    period, since, until = _period(request)
    draw = (
        DrawForm(request.GET) if "number" in request.GET else DrawForm(initial={"size": _drawn_from(state)})
    )
    tree = _tree(state, draw)
    found = _samples(user, tree, draw)
    context = {
        "state": state,
        "late": state.is_late(timezone.localdate()),
        "draw": draw,
        "period": period,
        "since": since,
        "until": until,
        "tree": tree,
        "samples": found,
        "checkpoints": state.checkpoints[:SHOWN],
        "handed_in": handed_in,
        "wanted": wanted,
        "may_seal": reaches_all(user, SEAL),
        "may_export": bool(granted_paths(user, EXPORT)),
        **_open(user, since, until),
        **_compared(user, since, until),
        **_looks(user),
    }
    if found:
        record_view(request, what="training log", count=sum(one.person is not None for one, _said in found))
    return render(request, "workforce/desk.html", context, status=status)


def _drawn_from(state: Sealed) -> int | None:
    """What is sealed, so that the same draw can be made for ever; else all that there is."""
    return state.to or state.size or None


def _tree(state: Sealed, draw: DrawForm) -> TreeHead | None:
    """None where nothing is drawn: no number yet, or none that fits the log."""
    if not draw.is_bound or not draw.is_valid() or not state.size:
        return None
    size = draw.cleaned_data["size"] or _drawn_from(state) or 0
    if size > state.size:
        draw.add_error("size", _("The log has only %(size)d entries.") % {"size": state.size})
        return None
    return tree_head(size)


def _samples(user: User, tree: TreeHead | None, draw: DrawForm) -> list[tuple[Sample, str]]:
    """Each with what the equipment says, in words."""
    found = samples(user, tree, draw.cleaned_data["number"]) if tree else []
    return [(one, str(TESTIMONY_IN_SHORT[one.said.testimony]) if one.said else "") for one in found]


def _period(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    """What is looked through: as asked for, else the last twelve months up to today."""
    today = timezone.localdate()
    usual = {"since": today - YEAR, "until": today}
    if "since" not in request.GET:
        return PeriodForm(initial=usual), usual["since"], today
    form = PeriodForm(request.GET)
    given = form.cleaned_data if form.is_valid() else usual
    return form, given["since"], given["until"]


def _compared(user: User, since: date, until: date) -> dict[str, object]:
    """Where the tables say something else than the log."""
    found = compare(user, since, until)
    told = [(one, [apart_said(apart) for apart in one.differences]) for one in found.disagreements[:SHOWN]]
    return {
        "compared": found.compared,
        "apart": told,
        "apart_in_all": len(found.disagreements),
        "more_apart": len(found.disagreements[SHOWN:]),
    }


def _open(user: User, since: date, until: date) -> dict[str, object]:
    """What the records leave open, as far as the account may see it."""
    past = checked(user, since, min(until, timezone.localdate() - DAY))
    lacking = [one for one in past if not one.is_closed]
    without = unproved(user, since, until)
    reversals, reversed_in_all = taken_back(user, SHOWN)
    asked = visible(Explanation.objects.all(), user, HOURS, "session__place")
    questions = asked.select_related("session__course", "session__place", "answered_by__person")
    return {
        "past": past,
        "lacking": lacking[:SHOWN],
        "more_lacking": len(lacking[SHOWN:]),
        "omissions": _counted(past),
        "without": without[:SHOWN],
        "more_without": len(without[SHOWN:]),
        "hours_without": sum((one.hours for one in without), start=0),
        "reversals": reversals,
        "reversed_in_all": reversed_in_all,
        "questions": questions.order_by("answered_at", "asked_at").reverse()[:SHOWN],
        "unanswered": asked.filter(answered_at=None).count(),
    }


def _counted(past: Sequence[Checked]) -> dict[str, int]:
    held = [one for one in past if one.held]
    return {
        "planned": len(past),
        "held": len(held),
        "recorded": sum(one.recorded > 0 for one in held),
        "sheets": sum(bool(one.sheet) for one in held),
        "signed": sum(one.recorded > 0 and one.counting == one.recorded for one in held),
        "tested": sum(bool(one.results) for one in held),
        "testable": sum(one.results is not None for one in held),
    }


def _looks(user: User) -> dict[str, object]:
    if not granted_paths(user, LOOKS):
        return {"may_see_looks": False}
    records = visible(AccessRecord.objects.filter(what__in=CONCERNED), user, LOOKS)
    latest = records.select_related("user__person")[:SHOWN]
    return {"may_see_looks": True, "looks": [(one, WORDS.get(one.what, one.what)) for one in latest]}
