"""Many records at once make Python search all of its memory for garbage, again and again: it need not."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Within it, only what was made since is looked through. Nothing is moved or copied: it costs no time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
