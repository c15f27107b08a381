"""Whether use of equipment rose after courses about it: by course and township, after each one's latest session."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inventory.queries.witness import AssetDay, DaysUsed, measured_days
from itops.organisation.models import Place, User
from itops.organisation.scope import visible
from workforce.models import Attendance, Course, SessionState
from workforce.queries.testimony import MONTH, Effect, kinds_of

SEEN = "workforce.view_attendance"
LOOKED_BACK = timedelta(days=730)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """A course in a township: its latest session with people from there, and use of equipment before and since."""

    place: Place
    session: int
    day: date
    people: int
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class OfCourse:
    """A course in all townships whose people took part; the least change first."""

    course: Course
    theres: Sequence[There]

    @property
    def told(self) -> list[There]:
        """Where use was measured on both sides of the day."""
        return [one for one in self.theres if one.effect.measurable]

    @property
    def rose(self) -> int:
        return sum(one.effect.rose for one in self.told)

    @property
    def effect(self) -> Effect:
        """All of them together."""
        whole = [one.effect for one in self.told]
        return Effect(
            months=max((one.months for one in whole), default=0),
            before=_sum(one.before for one in whole),
            after=_sum(one.after for one in whole),
            days_after=max((one.days_after for one in whole), default=0),
        )


@dataclass(frozen=True, slots=True)
class _Latest:
    session: int
    day: date
    people: int


def effects(user: User, months: int, today: date) -> list[OfCourse]:
    """Of courses about equipment held in the last two years. Five statements, however many there are."""
    latest = _latest(user, today)
    courses = Course.objects.in_bulk({course for course, _place in latest})
    places = Place.objects.in_bulk({place for _course, place in latest})
    used = _used(courses, latest, months, today)
    found: dict[int, list[There]] = defaultdict(list)
    for (course, place), one in latest.items():
        effect = _effect(one.day, months, today, used.get((courses[course].kind, place), ()))
        there = There(place=places[place], session=one.session, day=one.day, people=one.people, effect=effect)
        found[course].append(there)
    return [
        OfCourse(course=courses[key], theres=sorted(theres, key=_least_first))
        for key, theres in sorted(found.items(), key=lambda one: courses[one[0]].name)
    ]


def _least_first(there: There) -> tuple[bool, int, int]:
    before, after = there.effect.shares
    return not there.effect.measurable, after - before, there.place.pk


def _latest(user: User, today: date) -> dict[tuple[int, int], _Latest]:
    """By course and township."""
    rows = visible(Attendance.objects.standing(), user, SEEN, "person__office__place").filter(
        session__state=SessionState.HELD, day__gte=today - LOOKED_BACK, day__lt=today - DAY
    )
    told = rows.exclude(session__course__kind="").order_by("day", "session")
    found: dict[tuple[int, int], _Latest] = {}
    for course, place, session, day in told.values_list(
        "session__course", "person__office__place", "session", "day"
    ):
        before = found.get((course, place))
        people = before.people + 1 if before and before.session == session else 1
        found[course, place] = _Latest(session, day, people)
    return found


def _used(
    courses: Mapping[int, Course], latest: Mapping[tuple[int, int], _Latest], months: int, today: date
) -> Mapping[tuple[str, int], list[AssetDay]]:
    """Measured days by what the course is about and township."""
    if not latest:
        return {}
    of_kind = {course.kind: kinds_of(course.kind) for course in courses.values()}
    first = min(one.day for one in latest.values()) - months * MONTH
    places = sorted({place for _course, place in latest})
    kinds = sorted({kind for kinds in of_kind.values() for kind in kinds})
    found: dict[tuple[str, int], list[AssetDay]] = defaultdict(list)
    for one in measured_days(kinds, places, first, today - DAY):
        for about, kinds in of_kind.items():
            if one.kind in kinds:
                found[about, one.place].append(one)
    return found


def _effect(day: date, months: int, today: date, days: Sequence[AssetDay]) -> Effect:
    """Equally long before and after, as long as there has been since at most."""
    length = min(day + months * MONTH, today - DAY) - day
    return Effect(
        months=months,
        before=_count(one for one in days if day - length <= one.day < day),
        after=_count(one for one in days if day < one.day <= day + length),
        days_after=length.days,
    )


def _count(days: Iterable[AssetDay]) -> DaysUsed:
    each = list(days)
    return DaysUsed(
        used=sum(one.used for one in each),
        measured=len(each),
        generated=any(one.generated for one in each),
    )


def _sum(counts: Iterable[DaysUsed]) -> DaysUsed:
    each = list(counts)
    return DaysUsed(
        used=sum(one.used for one in each),
        measured=sum(one.measured for one in each),
        generated=any(one.generated for one in each),
    )
