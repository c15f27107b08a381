"""Pages of the kernel are visited in the small county."""

from tests.support.pages import county, visit

__all__ = ["county", "visit"]
