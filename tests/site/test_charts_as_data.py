"""A chart's numbers: the county's clock, gaps that stay gaps, a table behind that never grows endless."""

import json
import re
from datetime import UTC, datetime, timedelta

from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from itops.crud.charts import MOST_ROWS, Chart, Gap, Level, Moment, rows, wall_clock


def chart(points: list[tuple[Moment, float | None]], **more: object) -> Chart:
    return Chart("traffic", "Traffic", "kbit/s", "Always below 20", points, **more)  # type: ignore[arg-type]


def hours(count: int) -> list[tuple[Moment, float | None]]:
    start = datetime(2026, 10, 26, tzinfo=UTC)
    return [(start + timedelta(hours=hour), float(hour)) for hour in range(count)]


def shown(drawn: Chart) -> str:
    with override("en"):
        return Template("{% load looks %}{% chart drawn %}").render(Context({"drawn": drawn}))


def test_moments_are_told_by_the_countys_clock_without_an_offset() -> None:
    here = timezone.get_current_timezone()
    assert wall_clock(datetime(2026, 10, 26, 16, 30, tzinfo=UTC), here) == "2026-10-27T00:30:00"
    assert wall_clock("08:00", here) == "08:00"


def test_a_short_chart_lists_every_point() -> None:
    assert [row.mean for row in rows(chart(hours(3)))] == [0, 1, 2]


def test_a_long_chart_puts_neighbours_together() -> None:
    first = next(rows(chart(hours(2 * MOST_ROWS))))
    assert (first.lowest, first.mean, first.highest) == (0, 0.5, 1)


@given(st.lists(st.none() | st.floats(0, 1e9), max_size=1000))
def test_the_table_behind_keeps_the_extremes_and_stays_short(values: list[float | None]) -> None:
    table = list(rows(chart([(str(place), value) for place, value in enumerate(values)])))
    known = [value for value in values if value is not None]
    assert len(table) <= MOST_ROWS
    assert max((row.highest for row in table if row.highest is not None), default=None) == max(
        known, default=None
    )


def test_the_script_gets_gaps_levels_and_the_border_of_what_was_made_up() -> None:
    gap = Gap("2026-10-29T14:00:00", "2026-10-30T09:00:00", "line cut")
    drawn = chart(
        hours(3), gaps=[gap], thresholds=[Level(512, "call")], generated_until="2026-10-31T00:00:00"
    )
    found = re.search(r'<script id="traffic-data" type="application/json">(.*?)</script>', shown(drawn))
    assert found
    data = json.loads(found[1])
    assert data["gaps"] == [{"from": "2026-10-29T14:00:00", "to": "2026-10-30T09:00:00", "text": "line cut"}]
    assert data["thresholds"] == [{"value": 512, "text": "call"}]
    assert data["generated"] == {"until": "2026-10-31T00:00:00", "text": "generated for the demonstration"}


def test_the_finding_is_said_and_the_numbers_stand_behind() -> None:
    page = shown(chart([("2026-10-26T00:00:00", 7.5), ("2026-10-26T01:00:00", None)]))
    assert 'role="img" aria-label="Always below 20"' in page
    assert "2026-10-26 00:00" in page
    assert "not observed" in page


def test_nothing_seen_is_said_and_not_drawn() -> None:
    page = shown(chart([("2026-10-26T00:00:00", None)]))
    assert "Nothing observed" in page
    assert "data-chart" not in page
