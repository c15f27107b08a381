"""Money and the page for leadership are tried in the small county."""

from tests.support.pages import county, visit

__all__ = ["county", "visit"]
