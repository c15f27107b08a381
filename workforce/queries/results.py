"""What assessments showed: by township and by month."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from itops.organisation.models import Place
from workforce.models import Attempt

PASSED = Q(score__gte=F("pass_mark"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Attempts of a place or month, how many passed, how many people."""

    name: str
    tried: int
    passed: int
    people: int

    @property
    def percent(self) -> int:
        return round(100 * self.passed / self.tried) if self.tried else 0


def by_township(attempts: QuerySet[Attempt]) -> Sequence[Result]:
    """The lowest share first."""
    rows = (
        attempts.order_by()
        .values_list("person__office__place")
        .annotate(tried=Count("pk"), passes=Count("pk", PASSED), people=Count("person", distinct=True))
    )
    names = Place.objects.in_bulk([place for place, *_rest in rows])
    found = [
        Result(name=str(names[place]), tried=tried, passed=passed, people=people)
        for place, tried, passed, people in rows
    ]
    return sorted(found, key=lambda one: (one.percent, -one.tried))


def by_month(attempts: QuerySet[Attempt]) -> Sequence[Result]:
    """The latest first."""
    rows = (
        attempts.order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("month")
        .annotate(tried=Count("pk"), passes=Count("pk", PASSED), people=Count("person", distinct=True))
        .order_by("-month")
    )
    return [
        Result(name=f"{month:%Y-%m}", tried=tried, passed=passed, people=people)
        for month, tried, passed, people in rows
    ]
