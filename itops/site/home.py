"""The overview: one sentence that answers, the three numbers, the county grid, what is down, what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.models import KIND_NAMES, Doubt, Mark
from inventory.queries import changes
from inventory.queries.cells import Tally, cells, total
from inventory.queries.places import equipped_places
from inventory.wording import rule_name
from itops.crud.addresses import address, record_address
from itops.crud.amounts import lasted, share, signed, yuan
from itops.crud.looks import MARKS
from itops.crud.parts import Tile
from itops.database.kept import Counted, Kept
from itops.database.together import Together
from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, in_scope, signed_in, visible_when_asked
from itops.site.first_steps import unfinished
from itops.site.pages.county_grid import COLUMNS, county_grid
from monitoring.models import State, StateCode, Sweep
from monitoring.pages.words import incident_title
from monitoring.queries.incidents import Shown, open_incidents
from monitoring.queries.lines import down_in
from workforce.queries.waiting import waits

M = TypeVar("M", bound=Model)

ASSETS = "inventory.view_asset"
WAITING_COUNTED = 200  # beyond that an exact number helps nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One line of "since yesterday"."""

    sign: str
    mark: str
    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that only a person can settle."""

    number: int
    text: str
    note: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An incident as the overview tells it."""

    title: str
    lasted: str
    opened: datetime
    explains: int
    url: str


def page(request: HttpRequest) -> HttpResponse:
    if unfinished():
        return redirect("first_steps")
    user = signed_in(request)
    if not granted_paths(user, ASSETS):
        return render(request, "site/home_without_equipment.html", {"waiting": _waiting(user)})
    places = equipped_places(user)
    with Together() as asked:
        now = asked.ask(_now, user, places)
        before = asked.ask(_before, user, {place.pk: place for place in places})
        alarms = asked.ask(_alarms, user)
        waiting = asked.ask(_waiting, user)
        observed = asked.ask(_observed, user)
    changed, past = before.found
    context = {
        **now.found,
        "tiles": _tiles(now.found["whole"], past),
        "places": places,
        "alarms": alarms.found,
        "changes": changed,
        "waiting": waiting.found,
        "observed": observed.found,
        "now": timezone.now(),
    }
    return render(request, "site/home.html", context)


def _now(user: User, places: Sequence[Place]) -> dict[str, Any]:
    """The numbers of today: of all together, of each cell of the grid, and of what has no column in it."""
    everything = cells(user, [place.pk for place in places])
    shown = {key: tally for key, tally in everything.items() if key[1] in COLUMNS}
    return {
        "whole": total(shown.values()),
        "other": total(tally for key, tally in everything.items() if key[1] not in COLUMNS),
        "grid": county_grid(places, shown, down_in(user)),
    }


def _before(user: User, places: Mapping[int, Place]) -> tuple[dict[str, object], dict[str, list[int]]]:
    """What changed since yesterday, and the numbers of the months before."""
    first = changes.first_day(user, COLUMNS)
    return _changes(user, places, first), _history(user, first)


def _tiles(whole: Tally, past: Mapping[str, Sequence[int]]) -> list[Tile]:
    """The months before come with what is counted now as the last one."""
    history = {name: [*numbers, getattr(whole, name)] for name, numbers in past.items()}
    return [
        _tile("missing", whole.missing, _against_standard(whole), url=_list(mark="missing")),
        _tile(
            "outdated",
            whole.outdated,
            [_of_the_books(whole.outdated, whole), *_against_last_month(history.get("outdated"))],
            url=_list(mark="outdated"),
            history=history.get("outdated", ()),
        ),
        _tile(
            "unused",
            whole.unused,
            [
                _("bought for %(money)s") % {"money": yuan(whole.unused_fen)},
                *_against_last_month(history.get("unused")),
            ],
            url=_list(mark="unused"),
            history=history.get("unused", ()),
        ),
        _tile(
            "unknown",
            whole.unseen,
            [_of_the_books(whole.unseen, whole), _("no verdict on being there or being used")],
            url=_list(answer="unknown"),
            wide=True,
        ),
    ]


def _tile(
    mark: str, number: int, lines: Sequence[str], *, url: str, history: Sequence[int] = (), wide: bool = False
) -> Tile:
    return Tile(
        title=str(MARKS[mark].phrase),
        mark=mark,
        number=str(number),
        unit=_pieces(number),
        lines=lines,
        history=history,
        url=url,
        wide=wide,
    )


def _against_standard(whole: Tally) -> list[str]:
    standard = whole.standard or 0
    asked = {"standard": standard, "share": share(standard - whole.gap, standard)}
    return [
        _("standard %(standard)s, provided %(share)s") % asked if standard else _("no standard laid down"),
        _("of them %(absent)s on the books but not to be found") % {"absent": whole.absent},
    ]


def _of_the_books(number: int, whole: Tally) -> str:
    numbers = {"share": share(number, whole.recorded), "recorded": whole.recorded}
    return _("%(share)s of the %(recorded)s on the books") % numbers


def _history(user: User, first: date | None) -> dict[str, list[int]]:
    """The months before this one, where figures were kept at the last one's end already."""
    *ends, _today = changes.month_ends(timezone.localdate())
    return {} if first is None or first > ends[-1] else changes.by_month(user, COLUMNS, ends)


def _against_last_month(numbers: Sequence[int] | None) -> list[str]:
    if not numbers or len(numbers) < 2:
        return []
    return [_("%(change)s against the end of last month") % {"change": signed(numbers[-1] - numbers[-2])}]


def _alarms(user: User) -> list[Alarm]:
    return [_alarm(incident) for incident in open_incidents(user)]


def _alarm(incident: Shown) -> Alarm:
    return Alarm(
        title=incident_title(incident),
        lasted=lasted(incident.opened, None),
        opened=incident.opened,
        explains=incident.explains,
        url=record_address("monitoring:incident", incident.pk),
    )


def _changes(user: User, places: Mapping[int, Place], first: date | None) -> dict[str, object]:
    """What opened and closed since yesterday; on the first day there is nothing to compare with."""
    today = timezone.localdate()
    first_day = first in {today, None}
    latest = changes.latest(user, today - timedelta(days=1), places.keys(), together=first_day)
    return {
        "lines": [_changed(one, places.get(one.place)) for one in latest.shown],
        "more": latest.more,
        "balance": signed(latest.balance),
        "first_day": first_day,
    }


def _changed(change: changes.Change, place: Place | None) -> Changed:
    numbers = {
        "place": place or _("Whole county"),
        "number": change.number,
        "kind": KIND_NAMES[change.kind],
        "rule": rule_name(change.rule),
    }
    if change.opened:
        text = _("%(place)s, %(kind)s ×%(number)s: %(rule)s") % numbers
    elif change.because == "unknown":
        text = _("%(place)s, %(kind)s ×%(number)s: cannot be told any more (%(rule)s)") % numbers
    else:
        text = _("%(place)s, %(kind)s ×%(number)s: settled (%(rule)s)") % numbers
    sign = signed(change.number if change.opened else -change.number)
    return Changed(
        sign=sign,
        mark=change.mark,
        text=text,
        url=_list(**({"place": place.pk} if place else {}), kind=change.kind, mark=change.mark),
    )


def _waiting(user: User) -> list[Waiting]:
    """Only what stands open now, in the order in which it should be done."""
    doubts, silent, never = OPEN.all(
        doubts=in_scope(user, "inventory.view_doubt"),
        silent=in_scope(user, "inventory.view_mark"),
        never=in_scope(user, "monitoring.view_state"),
    ).values()
    found = [
        Waiting(
            number=doubts,
            text=ngettext("%(n)s doubt about identity", "%(n)s doubts about identity", doubts)
            % {"n": _said(doubts)},
            note=_("Moved, replaced, or recorded twice? A person decides."),
            url=address("monitoring:overview") + "#doubts",
        ),
        Waiting(
            number=silent,
            text=ngettext("%(n)s silent piece to look for", "%(n)s silent pieces to look for", silent)
            % {"n": _said(silent)},
            note=_("Silence cannot tell stolen from switched off: somebody must look."),
            url=_list(view="not_found"),
        ),
        Waiting(
            number=never,
            text=ngettext("%(n)s probe never answered", "%(n)s probes never answered", never)
            % {"n": _said(never)},
            note=_("Check address, community and cable; nothing is called missing for it."),
            url=address("monitoring:overview") + "#never",
        ),
    ]
    return [one for one in (*found, *_training_waits(user)) if one.number]


def _training_waits(user: User) -> list[Waiting]:
    """Reminders: what becomes of hours only when somebody acts."""
    open_ones = waits(user, timezone.localdate())
    overview = address("workforce:training")
    return [
        Waiting(
            number=open_ones.to_sign,
            text=_("Training entries of yours to sign: %(n)s") % {"n": open_ones.to_sign},
            note=_("Hours count only once you and an approver have signed."),
            url=address("workforce:my_training"),
        ),
        Waiting(
            number=open_ones.to_note,
            text=_("Reminders of yours: %(n)s") % {"n": open_ones.to_note},
            note=_("Something of yours runs out, ends or takes place soon."),
            url=address("workforce:my_training"),
        ),
        Waiting(
            number=open_ones.to_answer,
            text=_("Explanations to give: %(n)s") % {"n": open_ones.to_answer},
            note=_("People signed in, and the equipment was never on."),
            url=overview + "#todo",
        ),
        Waiting(
            number=open_ones.to_close,
            text=_("Sessions past and not closed: %(n)s") % {"n": open_ones.to_close},
            note=_("Held or called off? An auditor sees them too."),
            url=overview + "#overdue",
        ),
        Waiting(
            number=open_ones.to_approve,
            text=_("Training entries to approve: %(n)s") % {"n": open_ones.to_approve},
            note=_("Signed by the trainee; hours count once approved."),
            url=address("workforce:approving"),
        ),
    ]


def _first(found: QuerySet[M], place: str = "place") -> QuerySet[Any, Any]:
    """Those that the account may see, as many as are counted and one more."""
    return visible_when_asked(found, place).order_by().values("pk")[: WAITING_COUNTED + 1]


DOUBTFUL: Kept[Any] = Kept(lambda: _first(Doubt.objects.filter(settled=None), "endpoint__place"))
UNANSWERED: Kept[Any] = Kept(lambda: _first(State.objects.filter(code=StateCode.NEVER), "endpoint__place"))
TO_LOOK_FOR: Kept[Any] = Kept(
    lambda: _first(
        Mark.objects.filter(
            closed=None,
            marking=True,
            waived=False,
            asset__isnull=False,
            rule__endswith=".silent_unconfirmed",
        )
    )
)
OPEN = Counted(doubts=DOUBTFUL, silent=TO_LOOK_FOR, never=UNANSWERED)


def _said(number: int) -> str:
    return f"{WAITING_COUNTED}+" if number > WAITING_COUNTED else str(number)


def _observed(user: User) -> datetime | None:
    """When probing last began a round, for those who may see states anywhere."""
    return LAST_ROUND.first() if granted_paths(user, "monitoring.view_state") else None


LAST_ROUND: Kept[datetime] = Kept(
    lambda: Sweep.objects.order_by("-started").values_list("started", flat=True)[:1]
)


def _list(**conditions: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in conditions.items())
    return f"{address('inventory:asset_list')}?{query}"


def _pieces(number: int) -> str:
    return ngettext("piece", "pieces", number)
