"""Pages are visited in a small county."""

from tests.support.pages import county, visit

__all__ = ["county", "visit"]
