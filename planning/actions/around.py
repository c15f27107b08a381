"""What is around equipment in each place: posts and whether anybody holds one, hours of typing in, skills asked for."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from inventory.queries.manual_entry import entered
from planning.needs.causes import MUCH_ENTRY
from workforce.models import Assignment, EquipmentSkill, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """`posts`, `held` and `hours` by place, `skills` by kind."""

    posts: Mapping[int, int]
    held: Mapping[int, int]
    hours: Mapping[int, float]
    skills: Mapping[str, int]

    def posted(self, place: int) -> bool | None:
        """Whether anybody holds a post there; None where nobody anywhere was given one: then nothing follows."""
        return self.held.get(place, 0) > 0 if self.held else None

    def typed_twice(self, place: int) -> bool | None:
        """Whether too much is entered by hand there; None where nobody recorded any."""
        return self.hours[place] >= MUCH_ENTRY if place in self.hours else None


def around(day: date) -> Around:
    """Four statements, however many places."""
    at_work = Assignment.objects.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day, post__archived=False)
    hours: defaultdict[int, Decimal] = defaultdict(Decimal)
    for one in entered():
        hours[one.place] += one.hours
    return Around(
        posts=_by_place(Post.objects.filter(archived=False).order_by(), "office__place"),
        held=_by_place(at_work.order_by(), "post__office__place"),
        hours={place: float(total) for place, total in hours.items()},
        skills=dict(EquipmentSkill.objects.order_by().values_list("kind").annotate(number=Count("pk"))),
    )


def _by_place(found: QuerySet[Any], place: str) -> dict[int, int]:
    return dict(found.values_list(place).annotate(number=Count("pk")))
