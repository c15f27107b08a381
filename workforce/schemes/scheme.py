"""Scheme: how many hours whom in how many years, with the share of each category; dated versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Category(StrEnum):
    """What a course teaches, as schemes divide hours."""

    PUBLIC = "public"
    PROFESSIONAL = "professional"
    OTHER = "other"


class Audience(StrEnum):
    """Whom a scheme speaks of."""

    COUNTY_LEADER = "county_leader"
    CIVIL_SERVANT = "civil_servant"
    PROFESSIONAL = "professional"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version for one audience; `anchor` is the first year of any one of its periods."""

    audience: Audience
    starts: date
    hours: Decimal
    years: int = 1
    anchor: int = 2023
    shares: Mapping[Category, Fraction] = field(default_factory=dict)

    def period(self, day: date) -> Period:
        """The period in which the day lies."""
        first = self.anchor + (day.year - self.anchor) // self.years * self.years
        return Period(date(first, 1, 1), date(first + self.years - 1, 12, 31))

    def asked_of(self, category: Category) -> Decimal:
        """The least hours of a category: its share of all that is asked, rounded up to a tenth."""
        exact = Fraction(self.hours) * self.shares.get(category, Fraction(0))
        return Decimal(-(-exact * 10 // 1)) / 10


def in_force(rules: Iterable[Rule], audience: Audience, day: date) -> Rule | None:
    """The version for this audience that held on the day: the latest that had begun."""
    begun = [rule for rule in rules if rule.audience is audience and rule.starts <= day]
    return max(begun, key=lambda rule: rule.starts, default=None)
