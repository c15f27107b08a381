"""What proves a verdict to the eye: the window day by day, who saw it, which days are made up."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django_stubs_ext import StrOrPromise

from inventory.actions.marking import Verdict
from inventory.marks.daily import DayState, days_shown
from inventory.marks.facts import Witness
from inventory.marks.kind import Kind
from inventory.marks.policy import Policy
from itops.crud.parts import Day, DayKind, Days
from monitoring.wording import WITNESSES

CELLS: dict[DayState, DayKind] = {
    DayState.USED: "used",
    DayState.IDLE: "idle",
    DayState.REST: "rest",
    DayState.UNMEASURED: "off",
    DayState.UNOBSERVABLE: "off",
}
# What a used and an idle day are called.
DAY_WORDS: dict[Kind, tuple[StrOrPromise, StrOrPromise]] = {
    Kind.COMPUTER: (gettext_lazy("somebody signed in"), gettext_lazy("nobody signed in")),
    Kind.CONFERENCE_ROOM: (gettext_lazy("calls"), gettext_lazy("no call")),
    Kind.VIDEO_ENDPOINT: (gettext_lazy("calls"), gettext_lazy("no call")),
    Kind.NOTICE_BOARD: (gettext_lazy("new content"), gettext_lazy("nothing new")),
    Kind.DISPLAY: (gettext_lazy("on"), gettext_lazy("dark")),
    Kind.NETWORK_LINK: (gettext_lazy("traffic"), gettext_lazy("no traffic")),
    Kind.PRINTER: (gettext_lazy("printing"), gettext_lazy("nothing printed")),
    Kind.UPS: (gettext_lazy("load"), gettext_lazy("no load")),
}
ANSWERED = (gettext_lazy("answered"), gettext_lazy("silent"))


def strip(verdict: Verdict, policy: Policy, day: date, *, silence: bool = False) -> Days:
    """The policy's window as the rules see it; for a finding about silence idle days are silent ones."""
    used, idle = ANSWERED if silence else DAY_WORDS.get(verdict.known.facts.kind, ANSWERED)
    shown = days_shown(verdict.known.facts, policy, day)
    return Days(
        days=[Day(one.day, CELLS[one.state], one.generated) for one in shown],
        used=str(used),
        idle=str(idle),
        title=ngettext("%(n)s day one by one", "%(n)s days one by one", len(shown)) % {"n": len(shown)},
        today=day if day == timezone.localdate() else None,
    )


def sources(verdict: Verdict) -> str:
    """Who has seen it within the window."""
    seen = {witness for day in verdict.known.facts.days for witness in day.witnesses}
    return pgettext("between things of a list", ", ").join(
        str(WITNESSES[one]) for one in Witness if one in seen
    )
