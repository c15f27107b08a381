"""What the equipment of a session saw on its day, and whether equipment is used more since a course."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from inventory.models import Asset
from inventory.queries.witness import DaysUsed, days_used, watched
from workforce.models import TrainingSession
from workforce.schemes.witness import Seen, Witnessed, witnessed

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Days of use of the equipment the course is about, where the trainees work: before and after, equally long."""

    months: int
    before: DaysUsed
    after: DaysUsed
    days_after: int

    @property
    def measurable(self) -> bool:
        return bool(self.before.measured and self.after.measured)

    @property
    def shares(self) -> tuple[int, int]:
        """Percent of the days on which use could be measured."""
        return _percent(self.before), _percent(self.after)

    @property
    def rose(self) -> bool:
        before, after = self.shares
        return after > before


def equipment_of(session: TrainingSession) -> list[Asset]:
    """The room with its parts, and the computers."""
    computers = list(session.computers.all())
    if session.room_id is None:
        return computers
    return [*Asset.objects.filter(Q(pk=session.room_id) | Q(whole=session.room_id)), *computers]


def equipment_says(session: TrainingSession, signed_in: int) -> Witnessed:
    """The equipment's evidence of the session's day against how many signed in."""
    assets = equipment_of(session)
    known = watched(assets, session.day) if assets else {}
    seen = [_seen(asset, known) for asset in assets if asset.pk in known or asset.pk == session.room_id]
    return witnessed(signed_in, _without_silent_wholes(seen), session_minutes=session.minutes)


def _seen(asset: Asset, known: dict) -> Seen:  # type: ignore[type-arg]
    one = known.get(asset.pk)
    if one is None:
        return Seen(asset=asset.pk, name=asset.name, observable=None)
    return Seen(
        asset=asset.pk,
        name=asset.name,
        observable=one.observable,
        on=one.on,
        used=one.used,
        generated=one.generated,
    )


def _without_silent_wholes(seen: list[Seen]) -> list[Seen]:
    """A room answers through its parts: where they were watched, the room itself need not have been."""
    watched_ones = [one for one in seen if one.observable is not None]
    return watched_ones or seen


def effect(session: TrainingSession, months: int, today: date) -> Effect | None:
    """None where the course is about no equipment, nobody took part, or the day is too recent to tell."""
    kind = session.course.kind
    places = list(
        session.attendances.standing().values_list("person__office__place", flat=True).distinct().order_by()
    )
    until = min(session.day + months * MONTH, today - timedelta(days=1))
    if not kind or not places or until <= session.day:
        return None
    kinds = kinds_of(kind)
    length = until - session.day
    return Effect(
        months=months,
        before=days_used(kinds, places, session.day - length, session.day - timedelta(days=1)),
        after=days_used(kinds, places, session.day + timedelta(days=1), until),
        days_after=length.days,
    )


def kinds_of(kind: str) -> list[str]:
    """A room answers through its video terminal."""
    return ["conference_room", "video_endpoint"] if kind == "conference_room" else [kind]


def _percent(days: DaysUsed) -> int:
    return round(100 * days.used / days.measured) if days.measured else 0
