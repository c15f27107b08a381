"""Money and the page for leadership are tried in the small county; files lie in a folder of the test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.support.pages import county, visit

__all__ = ["county", "files_folder", "visit"]


@pytest.fixture(autouse=True)
def files_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.ITOPS_FILES = tmp_path / "files"
    return tmp_path / "files"
