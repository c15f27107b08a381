"""Business systems are tested in the small county."""

from tests.api.conftest import call
from tests.support.pages import county, visit

__all__ = ["call", "county", "visit"]
