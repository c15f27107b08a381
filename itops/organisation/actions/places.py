"""Places come, are renamed, recoded and moved; every former state stays as a PlaceVersion."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.models import Place, PlaceVersion
from itops.organisation.pinyin import english_name, sort_key

NEXT_ID = "SELECT nextval(pg_get_serial_sequence('organisation_place', 'id')) FROM generate_series(1, %s)"
MOVE = """
    UPDATE organisation_place
    SET path = CASE WHEN path = %(old)s::ltree THEN %(new)s::ltree
        ELSE %(new)s::ltree || subpath(path, nlevel(%(old)s::ltree)) END
    WHERE path <@ %(old)s::ltree
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceThen:
    """A place as it was on a day; `path` is of ids, as in Place."""

    id: int
    parent: int | None
    path: str
    level: int
    code: str
    name: str
    name_en: str


def add_place(
    *, by: str, name: str, code: str, level: int, parent: Place | None = None, starts: date, name_en: str = ""
) -> Place:
    """A new place, called so from `starts` on."""
    with acting(by), transaction.atomic():
        place = new_place(_next_id(), name=name, code=code, level=level, parent=parent, name_en=name_en)
        place.save(force_insert=True)
        first_version(place, starts).save()
    return place


def change_place(
    place: Place,
    *,
    by: str,
    on: date,
    name: str | None = None,
    name_en: str | None = None,
    code: str | None = None,
    parent: Place | None = None,
) -> Place:
    """Rename, recode or move a place from a day on. What is not given stays."""
    with acting(by), transaction.atomic():
        place = Place.objects.select_for_update().get(pk=place.pk)
        if name is not None and name != place.name:
            place.name, place.pinyin = name, sort_key(name)
            place.name_en = name_en or english_name(name)
        place.name_en = name_en or place.name_en
        place.code = place.code if code is None else code
        if parent is not None and parent.pk != place.parent_id:
            _move(place, parent)
        place.save()
        _begin_version(place, on)
    return place


def tree_on(day: date) -> dict[int, PlaceThen]:
    """The places of a day by id, parents before children, each with the path it had then. One query."""

    tree: dict[int, PlaceThen] = {}
    for version in PlaceVersion.objects.on(day).order_by("level", "code"):
        parent = tree.get(version.parent_id or 0)
        tree[version.place_id] = PlaceThen(
            id=version.place_id,
            parent=version.parent_id,
            path=f"{parent.path}.{version.place_id}" if parent else str(version.place_id),
            level=version.level,
            code=version.code,
            name=version.name,
            name_en=version.name_en,
        )
    return tree


def new_place(
    place_id: int, *, name: str, code: str, level: int, parent: Place | None, name_en: str = ""
) -> Place:
    """Not saved: its id is known beforehand because its path contains it."""
    return Place(
        pk=place_id,
        path=f"{parent.path}.{place_id}" if parent else str(place_id),
        parent=parent,
        level=level,
        code=code,
        name=name,
        name_en=name_en or english_name(name),
        pinyin=sort_key(name),
    )


def first_version(place: Place, starts: date) -> PlaceVersion:
    """Not saved: the place as it is, from a day on."""
    return PlaceVersion(
        place=place,
        parent_id=place.parent_id,
        level=place.level,
        code=place.code,
        name=place.name,
        name_en=place.name_en,
        starts=starts,
    )


def next_ids(count: int) -> list[int]:
    """So many unused ids of places."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_ID, [count])
        return [row[0] for row in cursor.fetchall()]


def _next_id() -> int:
    return next_ids(1)[0]


def _move(place: Place, parent: Place) -> None:
    if parent.level >= place.level or f"{parent.path}.".startswith(f"{place.path}."):
        raise ValidationError(
            _("%(place)s cannot lie under %(parent)s.") % {"place": place, "parent": parent}, code="parent"
        )
    old, place.path, place.parent = place.path, f"{parent.path}.{place.pk}", parent
    with connection.cursor() as cursor:
        cursor.execute(MOVE, {"old": old, "new": place.path})


def _begin_version(place: Place, on: date) -> None:
    """Close the current version and open the next; a second change on the same day corrects the first."""
    current = place.versions.select_for_update().get(ends=None)
    if not current.starts <= on <= timezone.localdate():
        raise ValidationError(
            _("The day must lie between %(first)s and today.") % {"first": current.starts}, code="day"
        )
    fresh = first_version(place, on)
    if current.starts == on:
        fresh.pk = current.pk
    else:
        current.ends = on
        current.save()
    fresh.save()
