"""What comes of a file: counts of rows, what is added and changed, all that is wrong. Kept with the run as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django_stubs_ext import StrOrPromise

from itops.exchange.said import Problem

MOST_PROBLEMS = 5_000
MOST_SHOWN = 50

Difference = tuple[StrOrPromise, StrOrPromise, StrOrPromise]
"""Heading, old and new of a field."""


class Keep(StrEnum):
    """What is kept of a run: nothing (a look), everything or nothing, or the good rows."""

    NOTHING = "nothing"
    ALL_OR_NOTHING = "all"
    GOOD_ROWS = "good"


@dataclass(frozen=True, slots=True)
class Change:
    """A record that a row adds (no fields) or changes."""

    row: int
    record: str
    fields: Sequence[Difference] = ()


@dataclass(slots=True)
class Outcome:
    """`fingerprint` tells one outcome from another; `written`: it is kept."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: int = 0
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    changes: list[Change] = field(default_factory=list)
    additions: list[Change] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    sheet: str = ""
    fingerprint: str = ""
    written: bool = False

    @property
    def good(self) -> int:
        """Rows that would write something."""
        return self.added + self.changed

    def say(self, problem: Problem) -> None:
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
