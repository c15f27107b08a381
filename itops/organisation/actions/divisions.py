"""Put the country's divisions into the database: fast, and harmless when repeated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from itops.database.actor import acting
from itops.organisation.actions.places import change_place, first_version, new_place, next_ids
from itops.organisation.divisions import Division
from itops.organisation.models import Place, PlaceVersion


@dataclass(slots=True)
class Loaded:
    """What a load did. `kept`: people have changed these since the file was true, and are not overruled."""

    places: dict[str, Place] = field(default_factory=dict)  # by the file's code
    added: list[Place] = field(default_factory=list)
    changed: list[Place] = field(default_factory=list)
    kept: list[Place] = field(default_factory=list)
    unchanged: int = 0


def load_divisions(divisions: Iterable[Division], *, by: str, on: date) -> Loaded:
    """Add and update places; parents come first. `on` is the day the divisions were true."""
    loaded = Loaded()
    wanted = list(divisions)
    with acting(by), transaction.atomic():
        for level in sorted({division.level for division in wanted}):
            _load_level([division for division in wanted if division.level == level], loaded, by=by, on=on)
        Place.objects.bulk_create(loaded.added, batch_size=5000)
        PlaceVersion.objects.bulk_create(
            [first_version(place, on) for place in loaded.added], batch_size=5000
        )
    return loaded


def _load_level(divisions: list[Division], loaded: Loaded, *, by: str, on: date) -> None:
    matched = _match(divisions, loaded.places)
    ids = iter(next_ids(len(divisions) - len(matched)))
    changed_since = _changed_after(on, matched.values())
    for division in divisions:
        place = matched.get(division.code)
        if place is None:
            place = _add(division, next(ids), loaded)
        elif (place.code, place.name) == (division.code, division.name):
            loaded.unchanged += 1
        elif place.pk in changed_since:
            loaded.kept.append(place)
        else:
            place = change_place(place, by=by, on=on, name=division.name, code=division.code)
            loaded.changed.append(place)
        loaded.places[division.code] = place


def _add(division: Division, place_id: int, loaded: Loaded) -> Place:
    place = new_place(
        place_id,
        name=division.name,
        code=division.code,
        level=division.level,
        parent=loaded.places.get(division.parent),
    )
    loaded.added.append(place)
    return place


def _match(divisions: list[Division], parents: Mapping[str, Place]) -> dict[str, Place]:
    """Which place each division is: the one of its name under the same parent, else of its code.

    Names first: when places are recoded, one often gets the code another had.
    """
    level = divisions[0].level
    siblings = Place.objects.filter(level=level, parent__in=_parent_ids(divisions, parents))
    if level == 1:
        siblings = Place.objects.filter(level=level, parent=None)
    places = list(siblings.select_related("parent"))
    matched = _pair(divisions, parents, {(place.parent_id, place.name): place for place in places}, "name")
    taken = {place.pk for place in matched.values()}
    rest = [division for division in divisions if division.code not in matched]
    by_code = {(place.parent_id, place.code): place for place in places if place.pk not in taken}
    return matched | _pair(rest, parents, by_code, "code")


def _pair(
    divisions: list[Division],
    parents: Mapping[str, Place],
    places: Mapping[tuple[int | None, str], Place],
    attribute: str,
) -> dict[str, Place]:
    found = {}
    for division in divisions:
        parent = parents.get(division.parent)
        place = places.get((parent.pk if parent else None, getattr(division, attribute)))
        if place is not None:
            found[division.code] = place
    return found


def _parent_ids(divisions: list[Division], parents: Mapping[str, Place]) -> set[int]:
    return {parents[division.parent].pk for division in divisions if division.parent in parents}


def _changed_after(on: date, places: Iterable[Place]) -> set[int]:
    ids = [place.pk for place in places]
    return set(PlaceVersion.objects.filter(place__in=ids, starts__gt=on).values_list("place", flat=True))
