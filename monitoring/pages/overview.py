"""Monitoring at a glance: what is down, is probing on time, what fails and why, what a person must settle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from itops.crud.amounts import lasted, moment
from itops.crud.charts import Chart
from itops.organisation.models import User
from itops.organisation.scope import demand_somewhere, may, signed_in
from monitoring.models import State, StateCode
from monitoring.pages.incident import TreeLine, tree_of
from monitoring.pages.words import incident_title, profile_name
from monitoring.probes.answer import Reason
from monitoring.queries import probing
from monitoring.queries.incidents import open_incidents
from monitoring.queries.probing import Doubtful, Rounds
from monitoring.queries.states import PERMISSION
from monitoring.wording import REASONS

ROUNDS_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIncident:
    title: str
    url: str
    lasted: str
    explains: int
    tree: TreeLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileLine:
    """One row of "is probing on time"."""

    name: str
    code: str
    probes: int
    answering: int
    every: str
    last: str
    due: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtCard:
    """One doubt in words; `can_rebind` where the serial number's owner is known."""

    doubtful: Doubtful
    text: str
    can_rebind: bool
    can_settle: bool


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, PERMISSION)
    states = probing.probes(user)
    counts = probing.by_code(states)
    rounds = probing.rounds(user)
    waiting = probing.doubts(user)
    context = {
        "total": sum(counts.values()),
        "counted": _counted(counts),
        "never_count": counts.get(StateCode.NEVER, 0),
        "incidents": _incidents(user),
        "profiles": _profiles(states),
        "rounds": rounds,
        "chart": _chart(rounds),
        "doubts": [
            _card(one, can_settle=may(user, "inventory.change_binding", one.doubt.endpoint.place))
            for one in waiting
        ],
        "never": probing.never(states),
        "reasons": [(number, _reason(code)) for code, number in probing.reasons(states)],
        "now": timezone.now(),
    }
    return render(request, "monitoring/overview.html", context)


def _counted(counts: Mapping[StateCode, int]) -> str:
    """How many answer, and what became of the others."""
    silent = counts.get(StateCode.SILENT, 0) + counts.get(StateCode.DOWN, 0)
    unreachable, never = counts.get(StateCode.UNREACHABLE, 0), counts.get(StateCode.NEVER, 0)
    parts = [
        ngettext("%(n)s answers", "%(n)s answer", counts.get(StateCode.UP, 0))
        % {"n": counts.get(StateCode.UP, 0)},
        ngettext("%(n)s does not", "%(n)s do not", silent) % {"n": silent} if silent else "",
        _("%(n)s out of sight behind a line that is down") % {"n": unreachable} if unreachable else "",
        _("%(n)s never answered") % {"n": never} if never else "",
    ]
    return pgettext("between parts of a sentence", ", ").join(filter(None, parts))


def _incidents(user: User) -> list[OpenIncident]:
    return [
        OpenIncident(
            title=incident_title(one),
            url=reverse("monitoring:incident", args=[one.pk]),
            lasted=lasted(one.opened, None),
            explains=one.explains,
            tree=tree_of(one.endpoint),
        )
        for one in open_incidents(user)
    ]


def _profiles(states: QuerySet[State]) -> Sequence[ProfileLine]:
    return [
        ProfileLine(
            name=profile_name(one.name),
            code=one.name,
            probes=one.probes,
            answering=one.answering,
            every=_every(one.interval_s),
            last=moment(one.last_cycle) or _("not yet"),
            due=one.due,
            late=one.late,
        )
        for one in probing.by_profile(states)
    ]


def _every(seconds: int) -> str:
    if seconds % 60:
        return _("%(n)s s") % {"n": seconds}
    return _("%(n)s min") % {"n": seconds // 60}


def _chart(rounds: Rounds | None) -> Chart | None:
    if rounds is None or not rounds.times:
        return None
    longest = max(seconds for _at, seconds in rounds.times)
    latest = rounds.times[-ROUNDS_SHOWN:]
    return Chart(
        key="rounds",
        title=_("How long a round took"),
        unit=_("seconds"),
        finding=_("The longest round of the last six hours took %(n)s seconds") % {"n": f"{longest:.1f}"},
        points=[(f"{timezone.localtime(at):%H:%M:%S}", round(seconds, 2)) for at, seconds in latest],
        kind="bars",
        size="sm",
    )


def _reason(code: str) -> str:
    known = set(Reason)
    return str(REASONS[Reason(code)]) if code in known else code


def _card(doubtful: Doubtful, *, can_settle: bool) -> DoubtCard:
    return DoubtCard(
        doubtful=doubtful,
        text=_doubt_text(doubtful),
        can_rebind=doubtful.owner is not None,
        can_settle=can_settle,
    )


def _doubt_text(doubtful: Doubtful) -> str:
    detail = doubtful.doubt.detail
    numbers = {
        "address": doubtful.doubt.endpoint,
        "serial": detail.get("serial", ""),
        "recorded": detail.get("recorded", ""),
        "asset": doubtful.recorded or "",
        "owner": doubtful.owner or _("another asset"),
    }
    if detail.get("owner") and doubtful.recorded is None:
        return (
            _(
                "%(address)s says serial number %(serial)s, which belongs to %(owner)s; nothing is recorded here."
            )
            % numbers
        )
    if detail.get("owner"):
        return (
            _(
                "%(address)s says serial number %(serial)s, which belongs to %(owner)s; recorded here is %(asset)s."
            )
            % numbers
        )
    return _("%(address)s says serial number %(serial)s; recorded for %(asset)s is %(recorded)s.") % numbers
