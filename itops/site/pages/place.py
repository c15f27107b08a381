"""One township: the Standard against what is there, its line, its rooms, its people, what cannot be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from inventory.marks.findings import Lack, Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Mark as MarkCode
from inventory.models import KIND_NAMES, Asset, Standard, Standing
from inventory.queries.cells import Tally, cells, total
from inventory.wording import lack_reason
from itops.crud.charts import Chart
from itops.crud.parts import Link
from itops.organisation.actions.access_records import record_view
from itops.organisation.models import Office, Person, Place, User
from itops.organisation.scope import may, signed_in, visible
from itops.site.pages.asset_chart import chart
from itops.site.pages.county_grid import COLUMNS
from itops.site.pages.rooms import rooms
from monitoring.pages.words import incident_title, state_of
from monitoring.queries.incidents import open_incidents
from monitoring.queries.lines import Line, lines_of
from monitoring.queries.states import Now, states


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """One kind against the Standard."""

    name: str
    url: str
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePanel:
    """A line with its state, its month and its day."""

    asset: Asset
    state: tuple[str, str]
    now: Now | None
    strip: Sequence[tuple[str, str]]  # (css class, words) of each day
    available: str
    generated: bool
    chart: Chart | None


def page(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    place = find(user, pk)
    here = visible(Asset.objects.current(), user, "inventory.view_asset").filter(place=place)
    found = cells(user, [place.pk])
    shown = {kind: tally for (_place, kind), tally in found.items() if kind in COLUMNS}
    assets = list(here.select_related("whole", "network", "office").order_by("location", "kind", "tag"))
    now = states([asset.pk for asset in assets], user)
    people = _people(user, place)
    record_view(request, what="people", count=len(people), place=place)
    context = {
        "place": place,
        "offices": place.offices.order_by("name"),
        "people": people,
        "sees_skills": may(user, "workforce.view_heldskill", place),
        "kinds": _kind_lines(place, shown),
        "whole": total(shown.values()),
        "standard": Standard.objects.filter(starts__lte=timezone.localdate()).order_by("-starts").first(),
        "lines": [_line_panel(line, number) for number, line in enumerate(lines_of(here, user))],
        "rooms": rooms(assets, now),
        "alarms": _alarms(user, place),
        "unknown": _unknown(here),
    }
    return render(request, "site/place.html", context)


def find(user: User, pk: int) -> Place:
    """The place, if it lies in the user's scope; else there is none."""
    places = visible(Place.objects.select_related("parent"), user, "inventory.view_asset", place="")
    return get_object_or_404(places, pk=pk)


def _people(user: User, place: Place) -> list[Person]:
    if not may(user, "organisation.view_person", place):
        return []
    offices = Office.objects.filter(place=place)
    return list(
        Person.objects.filter(office__in=offices, archived=False).select_related("office").by_pinyin()
    )


def _kind_lines(place: Place, shown: dict[Kind, Tally]) -> list[KindLine]:
    """All eight kinds, also those of which there is and should be nothing."""
    listed = reverse("inventory:asset_list")
    return [
        KindLine(
            name=str(KIND_NAMES[kind]),
            url=f"{listed}?place={place.pk}&kind={kind}",
            tally=shown.get(kind, Tally()),
        )
        for kind in COLUMNS
    ]


def _line_panel(line: Line, number: int) -> LinePanel:
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    observed = [day.down_minutes for day in line.days if day.down_minutes is not None]
    lost = sum(observed)
    return LinePanel(
        asset=line.asset,
        state=state_of(line.now, line.asset),
        now=line.now,
        strip=[(_day_class(day.down_minutes), f"{day.day:%m-%d}") for day in line.days],
        available=f"{100 - 100 * lost / (1440 * len(observed)):.1f}%" if observed else "",
        generated=any(day.generated for day in line.days),
        chart=chart(line.asset, line.now, f"line-{number}", since=midnight, size="sm"),
    )


def _day_class(down_minutes: float | None) -> str:
    """More than half a day down is a day down."""
    if down_minutes is None:
        return "nodata"
    return "down" if down_minutes > 720 else "part" if down_minutes > 0 else ""


def _alarms(user: User, place: Place) -> list[Link]:
    return [
        Link(incident_title(one), reverse("monitoring:incident", args=[one.pk]))
        for one in open_incidents(user)
        if one.place == place
    ]


def _unknown(here: QuerySet[Asset]) -> list[tuple[int, str]]:
    """Why it cannot be told of how many things whether they are there or used; each thing once for a reason."""
    reasons: dict[str, set[int]] = {}
    for asset, lacks in Standing.objects.filter(asset__in=here).values_list("asset", "lacks"):
        for lack in lacks:
            if lack["mark"] != MarkCode.OUTDATED:
                # Without its numbers, so that things that lack the same are told together.
                code = Lack(
                    mark=MarkCode(lack["mark"]), rule=lack["rule"], code=Lacking(lack["code"]), numbers={}
                )
                reasons.setdefault(lack_reason(code), set()).add(asset)
    return sorted(((len(assets), reason) for reason, assets in reasons.items()), reverse=True)
