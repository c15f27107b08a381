"""The demonstration follows ITOPS_VAR, in a folder of its own: invented data never stand among real ones."""

import os
from pathlib import Path

import pytest

from manage import demonstration


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"ITOPS_VAR": "/srv/ledger"}, "/srv/ledger/demo"),
        ({"ITOPS_VAR": "/srv/ledger", "ITOPS_DEMO_VAR": "/srv/shown"}, "/srv/shown"),
        ({}, str(Path(__file__).resolve().parents[2] / "var" / "demo")),
    ],
)
def test_its_folder_lies_inside_the_one_that_is_set(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], kept: str
) -> None:
    for name in ("ITOPS_VAR", "ITOPS_DEMO_VAR", "ITOPS_DEMONSTRATION"):
        monkeypatch.setenv(name, given.get(name, ""))
    with demonstration(["manage.py", "demo"]):
        assert os.environ["ITOPS_VAR"] == kept


def test_one_cycle_has_a_fresh_folder_that_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ITOPS_VAR", "/srv/ledger")
    monkeypatch.setenv("ITOPS_DEMONSTRATION", "")
    with demonstration(["manage.py", "demo", "--once"]):
        fresh = Path(os.environ["ITOPS_VAR"])
        assert fresh.is_dir()
        assert not fresh.is_relative_to("/srv/ledger")
    assert not fresh.exists()
