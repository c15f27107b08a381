"""Both verifiers, written apart, read what the program exports from its database, and say the same of it."""

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.support.log import BY, Grown, checkpoint, exported, grow
from tests.support.verifier_page import opened, page_says
from tools.verify_log import sentences, verify
from workforce.actions.checkpoints import take_checkpoint
from workforce.models import LogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown(db: None, settings: Settings, tmp_path: Path) -> Grown:
    settings.ITOPS_FILES = tmp_path / "files"
    return grow()


def extents(grown: Grown) -> dict[str, dict[str, Any]]:
    today = timezone.localdate()
    return {
        "everything": {},
        "with names": {"names": True},
        "a place": {"place": grown.xianxi},
        "a place and period, with names": {
            "place": grown.yanxi,
            "since": today,
            "until": today,
            "names": True,
        },
        "a period": {"since": today - timedelta(days=1)},
        "nothing of that day": {"until": today - timedelta(days=1)},
        "without its files": {"files": False},
        "connected to a size that only the auditor knows": {"place": grown.xianxi, "sizes": (37,)},
    }


def test_any_place_and_period(grown: Grown, tmp_path: Path) -> None:
    own = checkpoint(50)
    take_checkpoint(text=own.text, by=BY)
    receipt = LogEntry.objects.get(pk=55).receipt
    for name, extent in extents(grown).items():
        exported(tmp_path / f"{name}.zip", **extent)
    exported(tmp_path / "altered.zip")
    with (
        zipfile.ZipFile(tmp_path / "altered.zip", "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("entries.jsonl", "")
    with opened() as page:
        for name in [*extents(grown), "altered"]:
            path = tmp_path / f"{name}.zip"
            expected = verify(path, own.text, own.public_key, [receipt], 20261122)
            assert page_says(page, path, own.text, own.public_key, receipt, 20261122) == expected, name
            assert (expected["verdict"] == "broken") == (name == "altered"), name


@pytest.mark.parametrize(("locale", "language"), [("zh-CN", "zh"), ("en-GB", "en")])
def test_an_auditor_reads_the_same_words(locale: str, language: str, grown: Grown, tmp_path: Path) -> None:
    own, path = checkpoint(50), tmp_path / "log.zip"
    exported(path, names=True)
    said = sentences(verify(path, own.text, own.public_key, number=7), language).splitlines()
    with opened(locale) as page:
        fill_in(page, path, own.text, own.public_key)
        page.click("#verify")
        expect(page.locator("#result .answer")).to_have_text(said[0])
        shown = page.locator("#result").inner_text()
    for line in said[1:]:
        assert line.strip(" ?✗").partition(" [")[0] in shown


def fill_in(page: Page, export: Path, own: str, key: str) -> None:
    page.set_input_files("#export", export)
    page.fill("#own", own)
    page.fill("#key", key)
    page.fill("#number", "7")
