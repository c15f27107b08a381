"""The Standard of a day: what it asks, what each township lacks, how many people share a computer."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inventory.actions.provision import standard_items
from inventory.actions.shortfalls import PlaceKnown
from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.standard import items_in_force
from inventory.models import KIND_NAMES, Standard, StandardOverride
from inventory.pages.days import asked_day
from inventory.queries.standards import PlaceRatio, Ratio, as_of, ratios, shortfalls
from itops.crud.csv_out import csv_response
from itops.organisation.actions.places import PlaceThen, tree_on
from itops.organisation.actions.staff import assumed_on
from itops.organisation.models import Office, Place, User
from itops.organisation.scope import demand_somewhere, granted_paths, signed_in, visible

VIEW = "inventory.view_asset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One kind in one township; `standard` None: nothing asks for it, or what it asks cannot be told."""

    url: str
    standard: int | None = None
    have: int = 0
    gap: int = 0
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One township."""

    name: str
    url: str
    cells: Sequence[Cell]
    gap: int
    unknown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioLine:
    """One township or office: people, computers, people to a computer."""

    name: str
    url: str
    is_office: bool
    ratio: Ratio

    @property
    def said(self) -> str:
        """People to one computer, as 人机比 is written."""
        value = self.ratio.staff_per_computer
        return "–" if value is None else _("%(people)s : 1") % {"people": number_format(value, 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What both the page and its export show."""

    day: date
    kinds: Sequence[Kind]
    lines: Sequence[Line]
    ratios: Sequence[RatioLine]
    assumed: bool

    @property
    def gap(self) -> int:
        return sum(line.gap for line in self.lines)

    @property
    def short(self) -> int:
        return sum(line.gap > 0 for line in self.lines)

    @property
    def unknown(self) -> int:
        return sum(line.unknown for line in self.lines)

    @property
    def totals(self) -> Sequence[tuple[int, int, int]]:
        """Asked, there and short of each kind, over the places where that can be told."""
        columns = ([line.cells[number] for line in self.lines] for number in range(len(self.kinds)))
        return [
            (
                sum(cell.standard or 0 for cell in column),
                sum(cell.have for cell in column if cell.standard is not None),
                sum(cell.gap for cell in column),
            )
            for column in columns
        ]


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    day = asked_day(request)
    report = _report(user, day)
    versions = list(Standard.objects.prefetch_related("items")) if _may_see_standards(user) else []
    in_force = next((one for one in versions if one.starts <= day), None)
    overrides = visible(StandardOverride.objects.on(day), user, "inventory.view_standardoverride")
    context = {
        "report": report,
        "today": timezone.localdate(),
        "past": day < timezone.localdate(),
        "heads": [str(KIND_NAMES[kind]) for kind in report.kinds],
        "in_force": in_force,
        "items": in_force.items.all() if in_force else [],
        "versions": versions,
        "overrides": [
            (str(KIND_NAMES[Kind(one.kind)]), one) for one in overrides.select_related("place", "office")
        ],
    }
    return render(request, "site/standards.html", context)


def export(request: HttpRequest) -> HttpResponseBase:
    """What the page's first table shows, one row a township and kind."""
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    report = _report(user, asked_day(request))
    head = [_("Township"), _("Kind"), _("Standard"), _("There"), _("Short")]
    return csv_response(f"standards-{report.day}.csv", head, _rows(report))


def _rows(report: Report) -> Iterator[list[str]]:
    for line in report.lines:
        for kind, cell in zip(report.kinds, line.cells, strict=True):
            if cell.standard is not None:
                yield [line.name, str(KIND_NAMES[kind]), str(cell.standard), str(cell.have), str(cell.gap)]
            elif cell.unknown:
                yield [line.name, str(KIND_NAMES[kind]), _("cannot tell"), "", ""]


def _report(user: User, day: date) -> Report:
    in_scope = visible(Place.objects.in_official_order(), user, VIEW, place="")
    places = {place.pk: place for place in in_scope}
    asked = as_of(day, list(places))
    found = {one.place: one for one in shortfalls(asked)}
    shared = {one.place: one for one in ratios(asked)}
    names = _names(places, tree_on(day))
    kinds = _kinds(found.values(), day)
    offices = dict(Office.objects.filter(place__in=shared).values_list("pk", "name"))
    lines = [_line(found[pk], names[pk], kinds) for pk in places if pk in found]
    return Report(
        day=day,
        kinds=kinds,
        lines=sorted(lines, key=lambda line: -line.gap),
        ratios=[
            line for pk in places if pk in shared for line in _ratio_lines(shared[pk], names[pk], offices)
        ],
        assumed=bool(assumed_on(day) & offices.keys()),
    )


def _kinds(found: Collection[PlaceKnown], day: date) -> list[Kind]:
    """Those of which the standard or an exception speaks, in the order of the catalogue."""
    excepted = {one.kind for known in found for one in known.judgement.shortfalls}
    asked = items_in_force(standard_items(), day).keys()
    return [kind for kind in Kind if kind in excepted or kind in asked]


def _line(known: PlaceKnown, name: str, kinds: Sequence[Kind]) -> Line:
    cells = [_cell(known, kind) for kind in kinds]
    return Line(
        name=name,
        url=reverse("inventory:place", args=[known.place]),
        cells=cells,
        gap=sum(cell.gap for cell in cells),
        unknown=any(cell.unknown for cell in cells),
    )


def _cell(known: PlaceKnown, kind: Kind) -> Cell:
    url = f"{reverse('inventory:asset_list')}?place={known.place}&kind={kind}"
    for one in known.judgement.shortfalls:
        if one.kind is kind:
            return Cell(url=url, standard=one.standard, have=one.have, gap=one.gap)
    lacks = {lack.numbers["kind"]: lack.code for lack in known.judgement.lacks}
    return Cell(url=url, unknown=lacks.get(kind.value, Lacking.NO_STANDARD) is not Lacking.NO_STANDARD)


def _ratio_lines(one: PlaceRatio, name: str, offices: Mapping[int, str]) -> Iterator[RatioLine]:
    yield RatioLine(
        name=name, url=reverse("inventory:place", args=[one.place]), is_office=False, ratio=one.whole
    )
    if [office.computers for office in one.offices] == [one.whole.computers]:
        return  # its only office has all of them: one line says it
    for office in one.offices:
        yield RatioLine(name=offices.get(office.office or 0, ""), url="", is_office=True, ratio=office)


def _names(places: Mapping[int, Place], tree: Mapping[int, PlaceThen]) -> dict[int, str]:
    """As the places were called that day; one without a version was always called so."""
    chinese = (get_language() or "").startswith("zh")
    return {
        pk: (then.name if chinese or not then.name_en else then.name_en)
        if (then := tree.get(pk))
        else str(place)
        for pk, place in places.items()
    }


def _may_see_standards(user: User) -> bool:
    return bool(granted_paths(user, "inventory.view_standard"))
