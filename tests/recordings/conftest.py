"""The recordings of real equipment; what needs them is skipped, with a message, where they are absent."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitoring.probes.score import FOLDER
from tests.snmp_agent import serving


@pytest.fixture(scope="session")
def recordings() -> Path:
    folder = Path(os.environ.get("RECORDINGS") or FOLDER)
    if not (folder / "truth.json").is_file():
        pytest.skip(f"the recordings of real equipment are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def served(recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The UDP port of one agent that plays all devices."""
    with serving(recordings / "snmprec", tmp_path_factory.mktemp("recordings")) as port:
        yield port
