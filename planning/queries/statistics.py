"""Monthly figures for pages and files: a month as a table, a figure over the months, the rows behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from inventory.models import Asset
from itops.organisation.models import Office, Place, PlaceVersion, User
from itops.organisation.models.place import named
from itops.organisation.scope import visible
from planning.actions.counting import last_counted, townships_in
from planning.models import IndicatorDefinition, MonthlyFigure, ReportedFigure
from planning.statistics.months import Month, back_from, month_of
from planning.statistics.rules import Counted, Lacking, Line, Rule, counted, lines

VIEW = "planning.view_monthlyfigure"
VIEW_REPORTED = "planning.view_reportedfigure"
Key = tuple[int, int]
"""Indicator and place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTable:
    """What one county's month shows: a column for each indicator, a line for each place, the county's first."""

    month: Month
    county: Place | None
    definitions: Sequence[IndicatorDefinition]
    places: Sequence[Place]
    names: Mapping[int, str]
    figures: Mapping[Key, MonthlyFigure]
    reported: Mapping[Key, ReportedFigure]

    @property
    def whole(self) -> bool:
        """Whether the reader sees the county's own figures, and not those of some townships alone."""
        return self.county in self.places

    def of_indicator(self, indicator: int) -> list[MonthlyFigure]:
        return [one for (key, _place), one in self.figures.items() if key == indicator]

    def open_differences(self) -> list[tuple[ReportedFigure, MonthlyFigure]]:
        """What was reported otherwise and nobody has explained, in the order of the table."""
        found = []
        for definition in self.definitions:
            for place in self.places:
                key = (definition.indicator_id, place.pk)
                reported, figure = self.reported.get(key), self.figures.get(key)
                if reported and figure and reported.open_against(figure):
                    found.append((reported, figure))
        return found


def months_counted(user: User) -> list[Month]:
    """Those of which the account sees figures, and the running one; the latest first."""
    seen = visible(MonthlyFigure.objects.all(), user, VIEW).order_by().values_list("month", flat=True)
    found = {month_of(day) for day in seen.distinct()} | {month_of(timezone.localdate())}
    return sorted(found, reverse=True)


def counties_counted(user: User, month: Month) -> list[Place]:
    """The counties to which what the account sees belongs."""
    seen = visible(MonthlyFigure.objects.filter(month=month.first), user, VIEW).order_by()
    keys = seen.values_list("county", flat=True).distinct()
    return list(Place.objects.filter(pk__in=keys).order_by("position", "code"))


def month_table(user: User, month: Month, county: Place | None) -> MonthTable:
    """As far as the account may see it; a handful of statements however many rows."""
    figures = _figures(user, month, county)
    places = {one.place_id: one.place for one in figures.values()}
    definitions = {one.indicator_id: one.definition for one in figures.values()}
    ordered = sorted(places.values(), key=lambda one: (one != county, one.position, one.code))
    return MonthTable(
        month=month,
        county=county,
        definitions=sorted(definitions.values(), key=lambda one: one.indicator.code),
        places=ordered,
        names=names_on(last_counted(month, timezone.localdate()), ordered),
        figures=figures,
        reported=_reported(user, month, places),
    )


def names_on(day: date, places: Sequence[Place]) -> Mapping[int, str]:
    """What the places were called that day, in the reader's language."""
    then = PlaceVersion.objects.on(day).filter(place__in=places)
    return {place.pk: str(place) for place in places} | {
        one.place_id: named(one.name, one.name_en) for one in then
    }


def history(user: User, indicator: int, place: int, until: Month, number: int) -> list[MonthlyFigure | None]:
    """So many months back, None where nothing was counted."""
    months = [month.first for month in back_from(until, number)]
    stored = visible(MonthlyFigure.objects.all(), user, VIEW).filter(
        indicator=indicator, place=place, month__in=months
    )
    found = {one.month: one for one in stored.current().select_related("definition")}  # type: ignore[attr-defined]
    return [found.get(month) for month in months]


def versions(user: User, indicator: int, place: int, month: Month) -> list[MonthlyFigure]:
    """The figure and those that it corrects, the latest first."""
    stored = visible(MonthlyFigure.objects.all(), user, VIEW)
    return list(
        stored.filter(indicator=indicator, place=place, month=month.first)
        .select_related(
            "indicator__office", "definition__indicator", "office", "confirmed_by__person", "place", "county"
        )
        .order_by("-version")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """One thing that was counted. `line` is what it gave."""

    line: Line
    place: Place
    asset: Asset | None = None
    office: Office | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """The same figure counted now from what is known of that month, with every line."""

    counted: Counted
    behind: Sequence[Behind]


def recount(user: User, figure: MonthlyFigure, rule: Rule) -> Recount:
    """Of a township. A county's would judge all that stands in it: it shows what its townships' figures say."""
    [township] = townships_in(figure.of_month, figure.as_of, [figure.place_id])
    return Recount(counted=counted(rule, township), behind=_behind(user, figure.place, lines(rule, township)))


def added_up(figure: MonthlyFigure) -> list[MonthlyFigure]:
    """What a county's figure adds up: those of its townships, as they were counted with it."""
    same = MonthlyFigure.objects.filter(
        indicator=figure.indicator_id, month=figure.month, county=figure.county_id
    )
    found = same.exclude(place=figure.county_id).current().select_related("indicator", "place")
    return sorted(found, key=lambda one: (one.place.position, one.place.code))


def _behind(user: User, place: Place, found: Sequence[Line] | Lacking) -> list[Behind]:
    told = () if isinstance(found, Lacking) else found
    seen = visible(Asset.objects.all(), user, "inventory.view_asset")
    assets = seen.in_bulk([line.asset for line in told if line.asset])
    offices = Office.objects.in_bulk([line.office for line in told if line.office])
    return [
        Behind(
            line=line,
            place=place,
            asset=assets.get(line.asset or 0),
            office=offices.get(line.office or 0),
        )
        for line in told
    ]


def _figures(user: User, month: Month, county: Place | None) -> dict[Key, MonthlyFigure]:
    stored = visible(MonthlyFigure.objects.filter(month=month.first, county=county), user, VIEW)
    current = stored.current().select_related(  # type: ignore[attr-defined]
        "indicator", "definition__indicator__office", "place", "office", "confirmed_by__person"
    )
    return {(one.indicator_id, one.place_id): one for one in current}


def _reported(user: User, month: Month, places: Mapping[int, Place]) -> dict[Key, ReportedFigure]:
    stored = visible(ReportedFigure.objects.filter(month=month.first), user, VIEW_REPORTED)
    of_places = stored.filter(place__in=places).select_related("indicator", "place")
    return {(one.indicator_id, one.place_id): one for one in of_places}
