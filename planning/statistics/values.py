"""A figure as it is written: numerator by denominator in its unit, rounded half up once, at the end."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from planning.statistics.rules import Rule


class Unit(StrEnum):
    PERCENT = "percent"
    PEOPLE = "people"  # to a computer


UNITS: Mapping[Rule, Unit] = dict.fromkeys(Rule, Unit.PERCENT) | {Rule.STAFF_PER_COMPUTER: Unit.PEOPLE}
SCALE = {Unit.PERCENT: 100, Unit.PEOPLE: 1}
STEP = {Unit.PERCENT: Decimal("0.1"), Unit.PEOPLE: Decimal("0.01")}


def value(part: int, whole: int, unit: Unit) -> Decimal | None:
    """None without a denominator."""
    return rounded(Decimal(part * SCALE[unit]) / Decimal(whole), unit) if whole else None


def rounded(number: Decimal, unit: Unit) -> Decimal:
    """To as many places as figures of the unit are given."""
    return number.quantize(STEP[unit], rounding=ROUND_HALF_UP)


def differ(counted: Decimal | None, reported: Decimal, unit: Unit) -> bool:
    """Whether what was reported is another figure; a finer one that rounds to the same is the same."""
    return counted is None or rounded(reported, unit) != counted
