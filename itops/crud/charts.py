"""A chart as data: what static/itops/charts.js draws and the table that stands behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from django.utils import timezone

Moment = datetime | date | str
"""Aware datetimes are shown in the county's time; text is taken as it is: a label, or ISO without offset."""

SECONDS = len("2026-10-26T16:30:00")
MOST_ROWS = 96  # of the table behind: more points than that are put together


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that was not observed: hatched, never drawn as zero and never bridged."""

    start: Moment
    end: Moment
    text: str


@dataclass(frozen=True, slots=True)
class Level:
    """A named horizontal line, in the chart's unit."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`key` is unique in the page, `finding` is read aloud; values in `unit`, None = not seen."""

    key: str
    title: str
    unit: str
    finding: str
    points: Sequence[tuple[Moment, float | None]]
    kind: Literal["line", "bars"] = "line"
    gaps: Sequence[Gap] = ()
    office: Sequence[tuple[Moment, Moment]] = ()
    thresholds: Sequence[Level] = ()
    capacity: Level | None = None
    generated_until: Moment | None = None
    size: Literal["", "sm", "lg"] = ""
    note: str = ""

    @property
    def seen(self) -> bool:
        """Whether there is anything to draw."""
        return any(value is not None for _, value in self.points)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table behind; for one point the three values are the same, None = not seen."""

    start: str
    lowest: float | None
    mean: float | None
    highest: float | None


def as_json(chart: Chart, generated: str) -> dict[str, object]:
    """What the script reads; `generated` is the word at the line that parts made-up from measured values."""
    zone = timezone.get_current_timezone()
    return {
        "kind": chart.kind,
        "unit": chart.unit,
        "points": [[wall_clock(moment, zone), value] for moment, value in chart.points],
        "gaps": [
            {"from": wall_clock(gap.start, zone), "to": wall_clock(gap.end, zone), "text": gap.text}
            for gap in chart.gaps
        ],
        "office": [[wall_clock(start, zone), wall_clock(end, zone)] for start, end in chart.office],
        "thresholds": [_level(level) for level in chart.thresholds],
        "capacity": _level(chart.capacity) if chart.capacity else None,
        "generated": {"until": wall_clock(chart.generated_until, zone), "text": generated}
        if chart.generated_until is not None
        else None,
    }


def rows(chart: Chart) -> Iterator[Row]:
    """At most about a hundred lines: neighbouring points are put together, with lowest, mean and highest."""
    together = -(-len(chart.points) // MOST_ROWS) or 1
    zone = timezone.get_current_timezone()
    for first in range(0, len(chart.points), together):
        yield _row(chart.points[first : first + together], zone)


def grouped(chart: Chart) -> bool:
    """Whether a line of the table behind stands for several points."""
    return len(chart.points) > MOST_ROWS


def wall_clock(moment: Moment, zone: tzinfo) -> str:
    """ISO text without an offset, in the county's time, so that every browser shows the same clock."""
    if isinstance(moment, datetime):
        local = moment.astimezone(zone) if moment.tzinfo else moment
        return local.isoformat(timespec="seconds")[:SECONDS]
    return moment.isoformat() if isinstance(moment, date) else moment


def _row(points: Sequence[tuple[Moment, float | None]], zone: tzinfo) -> Row:
    start = wall_clock(points[0][0], zone).replace("T", " ")[:16]
    known = [value for _, value in points if value is not None]
    if not known:
        return Row(start, None, None, None)
    return Row(start, min(known), round(sum(known) / len(known), 3), max(known))


def _level(level: Level) -> dict[str, object]:
    return {"value": level.value, "text": level.text}
