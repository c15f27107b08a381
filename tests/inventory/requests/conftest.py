"""Requests are sent in the small county."""

from tests.support.pages import county, visit

__all__ = ["county", "visit"]
