"""People at work on a day, as far as an account may see them: their posts, what they can do. Three statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from itops.organisation.models import Person, User
from itops.organisation.scope import visible
from workforce.competence.cover import Worker
from workforce.competence.held import Held
from workforce.competence.level import Level
from workforce.competence.shares import WHOLE
from workforce.models import Assignment, Evidence, HeldSkill, Post, Tenure

HELD, ASSIGNED = "workforce.view_heldskill", "workforce.view_assignment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A post that somebody holds."""

    post: int
    name: str
    place: int
    full_time: bool
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody at work."""

    pk: int
    name: str
    office: str
    place: int
    place_path: str
    field_of_study: str
    seats: Sequence[Seat]
    held: Mapping[int, Held]

    @property
    def share(self) -> int:
        return sum(seat.share for seat in self.seats)

    @property
    def full_time(self) -> bool:
        return any(seat.full_time and seat.share == WHOLE for seat in self.seats)

    @property
    def places(self) -> frozenset[int]:
        """Where they work: at their office and in their posts."""
        return frozenset([self.place, *(seat.place for seat in self.seats)])

    @property
    def worker(self) -> Worker:
        return Worker(
            person=self.pk, places=self.places, share=self.share, full_time=self.full_time, held=self.held
        )


def seen_people(user: User) -> QuerySet[Person]:
    """Those whose name and whose skills the account may both see."""
    named = visible(Person.objects.all(), user, "organisation.view_person", "office__place")
    return visible(named, user, HELD, "office__place")


def colleagues(user: User, day: date, *, among: Collection[int] | None = None) -> list[Colleague]:
    """In the order of their names; `among` narrows to these people."""
    found = seen_people(user).filter(Q(left_on=None) | Q(left_on__gt=day), archived=False)
    if among is not None:
        found = found.filter(pk__in=among)
    rows = list(
        found.order_by("pinyin", "pk").values_list(
            "pk", "name", "office__name", "office__place", "office__place__path", "field_of_study"
        )
    )
    keys = [row[0] for row in rows]
    seats, held = seats_of(user, keys, day), held_by(keys, day)
    return [
        Colleague(
            pk=pk,
            name=name,
            office=office,
            place=place,
            place_path=path,
            field_of_study=studied,
            seats=seats.get(pk, ()),
            held=held.get(pk, {}),
        )
        for pk, name, office, place, path, studied in rows
    ]


def holders_of(post: Post, day: date) -> list[int]:
    """Who holds a post on a day."""
    return list(Assignment.objects.on(day).filter(post=post).values_list("person", flat=True))


def seats_of(user: User, people: Collection[int], day: date) -> Mapping[int, Sequence[Seat]]:
    """By person, the largest share first."""
    seen = visible(Assignment.objects.on(day), user, ASSIGNED, "post__office__place")
    found: dict[int, list[Seat]] = defaultdict(list)
    rows = seen.filter(person__in=people, post__archived=False).order_by("-share", "pk")
    for person, post, name, place, tenure, share in rows.values_list(
        "person", "post", "post__name", "post__office__place", "tenure", "share"
    ):
        full_time = tenure == Tenure.FULL_TIME
        found[person].append(Seat(post=post, name=name, place=place, full_time=full_time, share=share))
    return found


def skilled(day: date, seats: Iterable[tuple[int, int]]) -> list[Worker]:
    """Everybody at work of whom a skill is known, whoever looks; `seats`: people and places of their posts."""
    posts: dict[int, set[int]] = defaultdict(set)
    for person, place in seats:
        posts[person].add(place)
    at_work = Q(person__left_on=None) | Q(person__left_on__gt=day)
    known = HeldSkill.objects.known_on(day).filter(at_work, skill__archived=False, person__archived=False)
    rows = known.values_list("person", "skill", "level", "expires", "evidence", "person__office__place")
    found = list(rows)
    for person, *_of_skill, office in found:
        posts[person].add(office)
    held = _held(row[:5] for row in found)
    return [Worker(person=one, places=frozenset(posts[one]), held=of) for one, of in held.items()]


def held_by(people: Iterable[int], day: date) -> Mapping[int, Mapping[int, Held]]:
    """By person and skill: the latest word on it."""
    known = HeldSkill.objects.known_on(day).filter(person__in=people, skill__archived=False)
    return _held(known.values_list("person", "skill", "level", "expires", "evidence"))


def _held(rows: Iterable[tuple[int, int, int, date | None, str]]) -> Mapping[int, Mapping[int, Held]]:
    found: dict[int, dict[int, Held]] = defaultdict(dict)
    for person, skill, level, expires, evidence in rows:
        vouched = evidence != Evidence.DECLARED
        found[person][skill] = Held(level=Level(level), expires=expires, vouched=vouched)
    return found
