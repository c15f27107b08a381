"""Exchange: which resources have an import and an export, and how large ones are put on the queue."""

from collections.abc import Callable
from dataclasses import dataclass

from itops.crud.resource import Resource


@dataclass(frozen=True, slots=True)
class Exchange:
    """The roof writes it down: `resources` by key, `later` puts a run on the queue."""

    resources: dict[str, Resource]
    later: Callable[[int], object]
