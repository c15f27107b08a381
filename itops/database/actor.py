"""Who acts: carried beside the call, told to the database in each transaction (DESIGN §12)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_actor: ContextVar[str] = ContextVar("itops_actor", default="")


def current_actor() -> str:
    """The name, or "" when nobody is named."""
    return _actor.get()


@contextmanager
def acting(name: str) -> Iterator[None]:
    """Within it, changes in the database carry this name."""
    token = _actor.set(name)
    try:
        yield
    finally:
        _actor.reset(token)
