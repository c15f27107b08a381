"""Notes, tags and own fields are tried in the small county."""

from tests.support.pages import county, visit

__all__ = ["county", "visit"]
