"""Progress: how far somebody was on a day, by the rule then in force and what was known then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workforce.schemes.scheme import Audience, Category, Period, Rule, in_force

NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Hours of one session: when they were written down, signed by both, and taken back, if they were."""

    day: date
    hours: Decimal
    category: Category
    recorded: date
    counts_from: date | None = None
    reversed_on: date | None = None

    def known(self, day: date) -> bool:
        """Whether it stood in the log that day and had not been taken back."""
        return self.day <= day and self.recorded <= day and not self._taken_back(day)

    def counts(self, day: date) -> bool:
        """Only hours that both had signed count."""
        return self.known(day) and self.counts_from is not None and self.counts_from <= day

    def _taken_back(self, day: date) -> bool:
        return self.reversed_on is not None and self.reversed_on <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What was asked and done in the period, as it stood on the day."""

    rule: Rule
    period: Period
    done: Decimal
    unsigned: Decimal
    by_category: Mapping[Category, Decimal]

    @property
    def lacking(self) -> Decimal:
        """Hours still to be done in all, so that every category's share is reached as well."""
        apart = sum(self.lacking_of.values(), NONE)
        return max(self.rule.hours - self.done, apart, NONE)

    @property
    def lacking_of(self) -> Mapping[Category, Decimal]:
        asked = {category: self.rule.asked_of(category) for category in self.rule.shares}
        return {c: max(hours - self.by_category.get(c, NONE), NONE) for c, hours in asked.items()}

    @property
    def reached(self) -> bool:
        return self.lacking == 0


def progress(
    credits: Iterable[Credit], rules: Sequence[Rule], audience: Audience, day: date
) -> Progress | None:
    """None where no scheme was in force for the audience that day."""
    rule = in_force(rules, audience, day)
    if rule is None:
        return None
    period = rule.period(day)
    known = [credit for credit in credits if period.holds(credit.day) and credit.known(day)]
    counting = [credit for credit in known if credit.counts(day)]
    done = total(counting)
    return Progress(
        rule=rule,
        period=period,
        done=done,
        unsigned=total(known) - done,
        by_category={c: total(one for one in counting if one.category is c) for c in Category},
    )


def total(credits: Iterable[Credit]) -> Decimal:
    return sum((credit.hours for credit in credits), NONE)


def will_miss(so_far: Progress, planned: Decimal, day: date) -> bool:
    """Whether all that is planned for somebody until the period ends still leaves the scheme unmet."""
    return so_far.period.holds(day) and so_far.lacking > so_far.unsigned + planned
