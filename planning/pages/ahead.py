"""What becomes outdated in the next 24 months: by month and place, why, and what replacing it would cost."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.marks.ahead import Ending, months_after
from inventory.models import KIND_NAMES
from inventory.wording import rule_name
from itops.crud.charts import Chart
from itops.organisation.scope import granted_paths, signed_in
from planning.models.scenario import WAY_NAMES
from planning.pages.words import BARRED, money
from planning.queries.ahead import Coming, Sum, coming, summed

MONTHS, PAGE = 24, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All of one month, or of one place: how many, of which kinds, why, at what cost."""

    name: str
    query: str
    sum: Sum
    cost: str
    kinds: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    coming: Coming
    kind: str
    reasons: Sequence[tuple[date, str]]
    way: str
    cost: str


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if not granted_paths(user, "inventory.view_mark"):
        raise PermissionDenied
    today = timezone.localdate()
    until = months_after(today, MONTHS)
    found = coming(user, today, until)
    month, place = request.GET.get("month", ""), request.GET.get("place", "")
    chosen = [one for one in found if month in ("", one.month) and place in ("", str(one.place.pk))]
    pages = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    whole = summed(found)
    context = {
        "months": MONTHS,
        "until": until,
        "whole": whole,
        "cost": money(whole.fen),
        "chart": _chart(found, today) if found else None,
        "by_month": _lines(found, lambda one: (one.month, one.month, f"month={one.month}")),
        "by_place": sorted(
            _lines(found, lambda one: (str(one.place), str(one.place.pk), f"place={one.place.pk}")),
            key=lambda line: -line.sum.number,
        ),
        "narrowed": bool(month or place),
        "title": " · ".join(filter(None, [month, str(chosen[0].place) if place and chosen else ""])),
        "pieces": [_piece(one) for one in pages.object_list],
        "pages": pages,
        "address": f"?month={month}&place={place}",
    }
    return render(request, "planning/ahead.html", context)


def reason(ending: Ending) -> str:
    """What ends, by its name where it has one."""
    named = ending.numbers.get("system")
    return f"{rule_name(ending.rule)}{_(': ')}{named}" if named else rule_name(ending.rule)


def _lines(found: Iterable[Coming], by: Callable[[Coming], tuple[str, str, str]]) -> list[Line]:
    """`by` gives the name, the key and the query of what one belongs to."""
    together: defaultdict[tuple[str, str, str], list[Coming]] = defaultdict(list)
    for one in found:
        together[by(one)].append(one)
    return [_line(name, query, several) for (name, _key, query), several in together.items()]


def _line(name: str, query: str, several: Sequence[Coming]) -> Line:
    kinds = Counter(one.kind for one in several).most_common()
    why = Counter(reason(ending) for one in several for ending in one.endings[:1]).most_common()
    total = summed(several)
    return Line(
        name=name,
        query=query,
        sum=total,
        cost=money(total.fen),
        kinds=_(", ").join(f"{KIND_NAMES[kind]} {number}" for kind, number in kinds),
        reasons=[f"{text} {number}" for text, number in why],
    )


def _piece(one: Coming) -> Piece:
    return Piece(
        coming=one,
        kind=str(KIND_NAMES[one.kind]),
        reasons=[(ending.on, reason(ending)) for ending in one.endings],
        way=str(WAY_NAMES[one.remedy.way])
        if one.remedy
        else _(", ").join(str(BARRED[code]) for code in one.barred),
        cost=money(one.fen) if one.remedy and one.fen is not None else "",
    )


def _chart(found: Sequence[Coming], today: date) -> Chart:
    number = Counter(one.month for one in found)
    month, most = max(number.items(), key=lambda item: item[1])
    return Chart(
        key="ahead",
        title=_("Become outdated, by month"),
        unit=_("pieces"),
        finding=ngettext("Most in %(month)s: %(count)s piece.", "Most in %(month)s: %(count)s pieces.", most)
        % {"month": month, "count": most},
        points=[(one, number[one]) for one in _months(today)],
        kind="bars",
        size="sm",
    )


def _months(today: date) -> Iterator[str]:
    for ahead in range(MONTHS + 1):
        yield months_after(today.replace(day=1), ahead).strftime("%Y-%m")
