"""Files are imported into, and exported from, the small county."""

from tests.support.pages import county, visit

__all__ = ["county", "visit"]
