"""What is around equipment in each place: posts and whether anybody holds one, hours of typing in, who can run it."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count

from inventory.queries.manual_entry import entered
from planning.needs.causes import MUCH_ENTRY
from workforce.models import Assignment, Post
from workforce.queries.equipment import sorts
from workforce.queries.people import skilled


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """`posts`, `held` and `hours` by place; by kind `skills`, how many it needs, and `able`, where one has them all."""

    posts: Mapping[int, int]
    held: Mapping[int, int]
    hours: Mapping[int, float]
    skills: Mapping[str, int]
    able: Mapping[str, frozenset[int]]

    def posted(self, place: int) -> bool | None:
        """Whether anybody holds a post there; None where nobody anywhere was given one: then nothing follows."""
        return self.held.get(place, 0) > 0 if self.held else None

    def trained(self, place: int, kind: str) -> bool | None:
        """Whether one person there has every skill that the kind needs; None where it needs none."""
        return place in self.able[kind] if kind in self.able else None

    def typed_twice(self, place: int) -> bool | None:
        """Whether too much is entered by hand there; None where nobody recorded any."""
        return self.hours[place] >= MUCH_ENTRY if place in self.hours else None


def around(day: date) -> Around:
    """Five statements, however many places."""
    posts = Post.objects.filter(archived=False).order_by().values_list("office__place")
    seats = (
        Assignment.objects.on(day).filter(post__archived=False).values_list("person", "post__office__place")
    )
    held = list(seats)
    workers, known = skilled(day, held), sorts()
    hours: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in entered():
        hours[one.place] += one.hours
    able = {
        kind: frozenset(place for one in workers if one.can(sort.needs, day) for place in one.places)
        for sort in known
        for kind in sort.kinds
    }
    return Around(
        posts=dict(posts.annotate(number=Count("pk"))),
        held=Counter(place for _person, place in held),
        hours={place: float(total) for place, total in hours.items()},
        skills={kind: len(sort.needs) for sort in known for kind in sort.kinds},
        able=able,
    )
