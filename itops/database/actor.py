"""Who acts, and why: carried beside the call, told to the database in each transaction (DESIGN §12)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LONGEST_REASON = 300
_actor: ContextVar[str] = ContextVar("itops_actor", default="")
_reason: ContextVar[str] = ContextVar("itops_reason", default="")


def current_actor() -> str:
    """The name, or "" when nobody is named."""
    return _actor.get()


def current_reason() -> str:
    """Why it is done, or "" when nobody said."""
    return _reason.get()


@contextmanager
def acting(name: str, reason: str = "") -> Iterator[None]:
    """Within it, changes in the database carry this name; without a reason the one said outside it stays."""
    token = _actor.set(name)
    try:
        with because(reason or current_reason()):
            yield
    finally:
        _actor.reset(token)


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Within it, changes in the database carry this reason."""
    token = _reason.set(reason.strip()[:LONGEST_REASON])
    try:
        yield
    finally:
        _reason.reset(token)
