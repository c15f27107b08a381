"""Evidence of the small county."""

from tests.support.pages import county

__all__ = ["county"]
