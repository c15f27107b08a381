"""What makes a scenario unusable: named before anything is computed, never silently absorbed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from planning.money.amounts import WHOLE, fault_of_price
from planning.optimiser.need import Need, Way
from planning.optimiser.scenario import Floor, Scenario, Source

MOST_POINTS = 10**9


class Wrong(StrEnum):
    """What is wrong with an input."""

    TWICE = "twice"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    ABSURD = "absurd"
    NO_YEARS = "no_years"
    YEARS_UNKNOWN = "years_unknown"
    NO_REMEDY = "no_remedy"
    NO_CATEGORY = "no_category"
    ASSET_WITHOUT_MOVE = "asset_without_move"
    BAD_SHARE = "bad_share"
    BAD_MATCH = "bad_match"


@dataclass(frozen=True, slots=True)
class Fault:
    """`subject` says of what kind the thing is that `key` names: scenario, need, source or floor."""

    code: Wrong
    subject: str
    key: str


class UnusableScenario(ValueError):
    """A scenario that cannot be solved as it was written down."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(", ".join(f"{fault.subject} {fault.key}: {fault.code}" for fault in faults[:20]))
        self.faults = faults


def faults(scenario: Scenario) -> tuple[Fault, ...]:
    """All that is wrong with it, in the order of its parts."""
    return (
        *_of_the_whole(scenario),
        *(Fault(code, "need", need.key) for need in scenario.needs for code in _of_need(need)),
        *(Fault(code, "source", one.key) for one in scenario.sources for code in _of_source(one, scenario)),
        *(
            Fault(code, "floor", floor.place)
            for floor in scenario.floors
            for code in _of_floor(floor, scenario)
        ),
    )


def demand_usable(scenario: Scenario) -> None:
    found = faults(scenario)
    if found:
        raise UnusableScenario(found)


def _of_the_whole(scenario: Scenario) -> Iterator[Fault]:
    if not scenario.years:
        yield Fault(Wrong.NO_YEARS, "scenario", "")
    if type(scenario.delay) is not int or not 0 <= scenario.delay * len(scenario.years) <= WHOLE:
        yield Fault(Wrong.BAD_SHARE, "scenario", "delay")
    yield from _twice("year", map(str, scenario.years))
    yield from _twice("need", (need.key for need in scenario.needs))
    yield from _twice("source", (source.key for source in scenario.sources))


def _twice(subject: str, keys: Iterable[str]) -> Iterator[Fault]:
    return (Fault(Wrong.TWICE, subject, key) for key, times in sorted(Counter(keys).items()) if times > 1)


def _of_need(need: Need) -> Iterator[Wrong]:
    if not need.remedies:
        yield Wrong.NO_REMEDY
    for remedy in need.remedies:
        if not remedy.category:
            yield Wrong.NO_CATEGORY
        if remedy.asset and remedy.way is not Way.MOVE:
            yield Wrong.ASSET_WITHOUT_MOVE
        yield from _of_amounts(remedy.purchase, remedy.recurring)
        yield from _of_number(remedy.benefit, MOST_POINTS)


def _of_source(source: Source, scenario: Scenario) -> Iterator[Wrong]:
    yield from _of_number(source.limit, 10**15)
    if not set(source.years) <= set(scenario.years):
        yield Wrong.YEARS_UNKNOWN
    if type(source.match) is not int or not 0 <= source.match < WHOLE:
        yield Wrong.BAD_SHARE
    elif source.match and not _can_be_matched(source, scenario):
        yield Wrong.BAD_MATCH


def _can_be_matched(source: Source, scenario: Scenario) -> bool:
    """By another source that asks for no match itself."""
    return any(
        one.key == source.matched_by and one.key != source.key and not one.match for one in scenario.sources
    )


def _of_floor(floor: Floor, scenario: Scenario) -> Iterator[Wrong]:
    if floor.year is not None and floor.year not in scenario.years:
        yield Wrong.YEARS_UNKNOWN
    yield from _of_number(floor.needs, 10**6)
    yield from _of_number(floor.fen, 10**15)


def _of_amounts(*amounts: int) -> Iterator[Wrong]:
    return (Wrong(fault) for amount in amounts if (fault := fault_of_price(amount)))


def _of_number(number: int, most: int) -> Iterator[Wrong]:
    if type(number) is not int:
        yield Wrong.NOT_WHOLE
    elif number < 0:
        yield Wrong.NEGATIVE
    elif number > most:
        yield Wrong.ABSURD
