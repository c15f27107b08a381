"""Questions asked side by side: while PostgreSQL answers one, Python sees to the others (docs/adr/0014).

    with Together() as both:
        grid = both.ask(cells, user, places)
        alarms = both.ask(open_incidents, user)
    show(grid.found, alarms.found)

Each question is a function that reads; it is left wherever it waits for a kept query, and gone on with when its turn
comes. All that it asks goes through the one connection and the one transaction, in the order in which it was sent.
A question must not write, begin a transaction or a savepoint (that is refused), iterate over a cursor, or catch errors
of the database: another might ask within it, or be the one whose error it is. A block within a question has its own
questions go on, not those beside it.
"""

from collections.abc import Callable
from contextlib import ExitStack
from contextvars import copy_context
from functools import partial
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar

from greenlet import getcurrent, greenlet

P = ParamSpec("P")
T = TypeVar("T")


class Asked(Generic[T]):
    """A question under way."""

    def __init__(self, question: Callable[[], T]) -> None:
        self._question = question
        self._failed: BaseException | None = None
        self._asker = _Asker(self._ask)
        self._asker.gr_context = copy_context()  # language, time zone and actor are the asker's too

    @property
    def found(self) -> T:
        """What it comes to; waited for, if it is wanted before the block has ended."""
        while not self.answered:
            self.go_on()
        if self._failed is not None:
            raise self._failed
        return self._found

    @property
    def answered(self) -> bool:
        return bool(self._asker.dead)

    def go_on(self) -> None:
        """As far as the next answer that it has to wait for. What it raises is raised here."""
        self._asker.parent = getcurrent()
        self._asker.switch()

    def give_up(self) -> None:
        """It ends where it waits, tidies up and is no more."""
        self._asker.parent = getcurrent()
        self._asker.throw()
        while not self.answered:
            self.go_on()

    def _ask(self) -> None:
        try:
            self._found = self._question()
        except BaseException as error:
            self._failed = error
            raise


class Together:
    """The block. What a question raises is raised by the block."""

    def __init__(self) -> None:
        self._asked: list[Asked[Any]] = []

    def __enter__(self) -> "Together":
        return self

    def ask(self, question: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> Asked[T]:
        asked = Asked(partial(question, *arguments, **named))
        asked.go_on()
        self._asked.append(asked)
        return asked

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            while error is None and (under_way := self._under_way()):
                for asked in under_way:
                    asked.go_on()
        finally:
            with ExitStack() as leaving:
                for asked in self._under_way():
                    leaving.callback(asked.give_up)

    def _under_way(self) -> list[Asked[Any]]:
        return [asked for asked in self._asked if not asked.answered]


def is_a_question() -> bool:
    """Whether what runs is a question asked together with others."""
    return isinstance(getcurrent(), _Asker)


def others_go_on() -> None:
    """Of a question: let the others ask."""
    getcurrent().parent.switch()


class _Asker(greenlet):  # type: ignore[misc]
    """Runs one question."""
