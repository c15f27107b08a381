"""One incident: where it broke, what it explains, how it went."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES
from itops.crud.amounts import clock, lasted
from itops.crud.parts import Event
from itops.organisation.scope import signed_in
from monitoring.models import Incident, StateCode
from monitoring.pages.words import dot, incident_title
from monitoring.queries.incidents import Group, Node, Shown, above, open_incidents, seen_by, shown, tree

YEAR = timedelta(days=365)


@dataclass(slots=True, kw_only=True)
class TreeLine:
    """One line of the tree: a dot with its words, what stands at the end, and what is behind it."""

    state: tuple[str, str]
    title: str
    end: str
    url: str = ""
    root: bool = False
    quiet: bool = False
    children: list["TreeLine"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """The same endpoint's incidents of the last year."""

    count: int
    lasted: str


def page(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    stored = get_object_or_404(seen_by(user).select_related("endpoint__place"), pk=pk)
    incident = shown([stored])[0]
    context = {
        "incident": incident,
        "title": incident_title(incident),
        "lasted": lasted(incident.opened, incident.closed),
        "tree": _with_above(incident),
        "past": _past(stored),
        "events": _events(incident, stored),
        "others": [
            (incident_title(one), reverse("monitoring:incident", args=[one.pk]), lasted(one.opened, None))
            for one in open_incidents(user)
            if one.pk != pk
        ],
    }
    return render(request, "monitoring/incident.html", context)


def tree_of(endpoint: int) -> TreeLine:
    """The endpoint as root and everything behind it."""
    line = _line(tree(endpoint))
    line.root, line.quiet = True, False
    return line


def _with_above(incident: Shown) -> TreeLine:
    """What leads there, the farthest first, each the only child of the one before."""
    line = tree_of(incident.endpoint)
    for node in reversed(above(incident.endpoint)):
        upper = _line(node)
        upper.children = [line]
        line = upper
    return line


def _line(node: Node) -> TreeLine:
    groups = [_group(group) for group in node.groups]
    return TreeLine(
        state=dot(node.code, node.kind),
        title=node.name,
        end=_end(node),
        url=reverse("inventory:asset", args=[node.asset]) if node.asset else "",
        quiet=node.code is StateCode.UNREACHABLE,
        children=[*[_line(child) for child in node.children], *groups],
    )


def _group(group: Group) -> TreeLine:
    kind = str(KIND_NAMES[Kind(group.kind)]) if group.kind else _("not recorded")
    title = _("%(kind)s: %(n)s") % {"kind": kind, "n": group.number}
    return TreeLine(
        state=dot(group.code, group.kind),
        title=group.names[0] if group.number == 1 else title,
        end=_("last seen %(at)s") % {"at": clock(group.last_answer)} if group.last_answer else "",
        quiet=group.code is StateCode.UNREACHABLE,
    )


def _end(node: Node) -> str:
    if node.code is StateCode.UP:
        return _("answered %(at)s") % {"at": clock(node.last_answer)}
    if node.failures:
        return ngettext(
            "asked %(n)s time in vain", "asked %(n)s times in vain, one after the other", node.failures
        ) % {"n": node.failures}
    return _("last seen %(at)s") % {"at": clock(node.last_answer)} if node.last_answer else ""


def _past(incident: Incident) -> Past:
    since = timezone.now() - YEAR
    found = Incident.objects.filter(endpoint=incident.endpoint_id, opened__gte=since)
    times = [(one.closed or timezone.now()) - one.opened for one in found]
    now = timezone.now()
    return Past(count=len(times), lasted=lasted(now - sum(times, timedelta()), now))


def _events(incident: Shown, stored: Incident) -> Sequence[Event]:
    """When it first failed to answer, was confirmed, and answered again."""
    events = [
        Event(_clock(incident.opened), _("Last answer before it broke")),
        Event(_clock(incident.confirmed), _("Asked again and confirmed"), _behind(incident.explains)),
    ]
    if incident.closed:
        events.append(
            Event(_clock(incident.closed), _("Answers again"), _("No message for each thing behind it."))
        )
    else:
        state = getattr(stored.endpoint, "state", None)
        if state and state.last_cycle and state.failures:
            tried = ngettext("%(n)s time in vain", "%(n)s times in vain", state.failures) % {
                "n": state.failures
            }
            events.append(Event(_clock(state.last_cycle), _("Asked last, still no answer"), tried))
    return events[::-1]


def _behind(number: int) -> str:
    return ngettext(
        "%(n)s thing behind it is out of sight: not called down, not marked, no alarm of its own.",
        "%(n)s things behind it are out of sight: not called down, not marked, no alarms of their own.",
        number,
    ) % {"n": number}


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%m-%d %H:%M:%S}"
