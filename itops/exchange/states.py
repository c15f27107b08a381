"""What the columns of a file show of records, before a row is taken and after it: so it is told what a row changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from itops.crud.batch import OWN
from itops.crud.intake import Taken
from itops.crud.several_taken import SeveralTaken
from itops.exchange.columns import Column

State = tuple[Any, ...]
ByIndex = Mapping[int, State]
"""By the row's index."""


@dataclass(frozen=True, slots=True)
class States:
    """The model's fields first, then the county's own, then links, which stand in no column of the record's table."""

    columns: Sequence[Column]
    values_of: Callable[[Mapping[str, Any]], State]

    @classmethod
    def shown_by(cls, columns: Iterable[Column]) -> "States":
        given = list(columns)
        plain = [column for column in given if column.field is not None]
        own = [column for column in given if column.own is not None]
        links = [column for column in given if column.several is not None]
        attnames = [str(column.field.attname) for column in plain]
        keys = [column.own.key for column in own if column.own is not None]
        return cls([*plain, *own, *links], _values_of(attnames, keys))

    def of(self, instance: Any) -> State:
        """All but the links."""
        return self.values_of(instance.__dict__)

    def links(self, taken: Taken) -> list[SeveralTaken]:
        """In the order of the columns."""
        known = {one.several.name: one for one in taken.several}
        return [known[column.name] for column in self.columns if column.several is not None]

    def names(self, was: ByIndex, now: ByIndex) -> set[str]:
        """The columns of the table that any of these rows changes."""
        return {
            column.name if column.own is None else OWN
            for index, old in was.items()
            for column, before, after in zip(self.columns, old, now[index], strict=True)
            if before != after and column.several is None
        }


def with_links(states: ByIndex, links: Sequence[Mapping[int, frozenset[int]]]) -> ByIndex:
    """The same with what is linked behind it."""
    if not links:
        return states
    return {index: (*state, *(tuple(sorted(one[index])) for one in links)) for index, state in states.items()}


def _values_of(attnames: Sequence[str], keys: Sequence[str]) -> Callable[[Mapping[str, Any]], State]:
    """Always a tuple, of one value and of none too."""
    if keys:
        return lambda said: (*(said[name] for name in attnames), *(said[OWN].get(key) for key in keys))
    if len(attnames) > 1:
        return itemgetter(*attnames)
    return lambda said: tuple(said[name] for name in attnames)
