"""What single townships get at the least: a small table of two numbers for each, beside what holds for all."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from itops.crud.yuan import NOT_NEGATIVE, YuanField
from itops.organisation.models import Level, Place
from planning.models import Scenario, ScenarioFloor
from planning.money.wording import in_row

MOST_NEEDS = 1_000
Floor = tuple[int, int]
"""Needs and fen."""


@dataclass(slots=True)
class Line:
    """One township: what stands in its two fields, and what is wrong with them."""

    place: Place
    needs: str
    yuan: str
    error: str = ""

    @property
    def asked(self) -> bool:
        return bool(self.needs or self.yuan)


class FloorFields:
    """Empty fields: what holds for every township holds there too."""

    def __init__(self, data: Mapping[str, Any] | None, scenario: Scenario) -> None:
        self.places = list(Place.objects.filter(level=Level.TOWNSHIP).order_by("position", "pk"))
        kept = {one.place_id: (one.needs, one.fen) for one in scenario.floors.all()} if scenario.pk else {}
        self.usual = _usual(kept, len(self.places))
        self.lines = [
            _typed(place, data) if data is not None else _kept(place, kept, self.usual)
            for place in self.places
        ]
        self.floors: dict[int, Floor] = {}

    @property
    def any_asked(self) -> bool:
        return any(line.asked for line in self.lines)

    def is_valid(self) -> bool:
        for line in self.lines:
            try:
                if line.asked:
                    self.floors[line.place.pk] = (_whole(line.needs), _fen(line.yuan))
            except ValidationError as refused:
                line.error = refused.messages[0]
        return not any(line.error for line in self.lines)

    def of(self, scenario: Scenario, usual: Floor) -> Iterator[ScenarioFloor]:
        """The township's own floor, else the usual one; no row where nothing is asked."""
        for place in self.places:
            needs, fen = self.floors.get(place.pk, usual)
            if needs or fen:
                yield ScenarioFloor(scenario=scenario, place=place, needs=needs, fen=fen)


def _usual(kept: Mapping[int, Floor], places: int) -> Floor:
    """What most townships get: the rest is an exception."""
    counted = Counter([*kept.values(), *[(0, 0)] * (places - len(kept))])
    return counted.most_common(1)[0][0] if counted else (0, 0)


def _typed(place: Place, data: Mapping[str, Any]) -> Line:
    return Line(place, data.get(f"needs-{place.pk}", "").strip(), data.get(f"yuan-{place.pk}", "").strip())


def _kept(place: Place, kept: Mapping[int, Floor], usual: Floor) -> Line:
    needs, fen = kept.get(place.pk, (0, 0))
    return Line(place, "", "") if (needs, fen) == usual else Line(place, str(needs), in_row(fen))


def _whole(text: str) -> int:
    if text and not (text.isdecimal() and int(text) <= MOST_NEEDS):
        raise ValidationError(_("A whole number of needs, at most 1,000."))
    return int(text or 0)


def _fen(text: str) -> int:
    found: int = YuanField(required=False, validators=[NOT_NEGATIVE]).clean(text) or 0
    return found
