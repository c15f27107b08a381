"""Whatever a page says, it says in Chinese too."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from itops.site.translations import LOCALE_DIR, compile_all

ROOT = LOCALE_DIR.parent
CHINESE = LOCALE_DIR / "zh_Hans" / "LC_MESSAGES" / "django.po"
PACKAGES = ("itops", "inventory", "monitoring", "workforce", "planning", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\w*\}")


def catalog(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text, locale="zh_Hans")


def messages() -> list[Message]:
    return [message for message in catalog(CHINESE) if message.id]


def texts(value: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [value or ""] if isinstance(value, str | None) else list(value)


def test_every_text_has_its_chinese_and_none_is_a_guess() -> None:
    assert [message.id for message in messages() if not all(texts(message.string))] == []
    assert [message.id for message in messages() if message.fuzzy] == []


def test_the_chinese_fills_in_what_the_english_fills_in() -> None:
    for message in messages():
        wanted = set(PLACEHOLDER.findall(texts(message.id)[-1]))
        for text in texts(message.string):
            assert set(PLACEHOLDER.findall(text)) == wanted, message.id


def test_no_text_stands_twice() -> None:
    keys = re.findall(
        r'^(?:msgctxt "(.*)"\n)?msgid "(.+)"$', CHINESE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_compiling_leaves_a_file_that_gettext_reads(tmp_path: Path) -> None:
    shutil.copytree(LOCALE_DIR, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    [compiled] = compile_all(tmp_path / "locale")
    assert compiled.read_bytes()[:4] in {b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"}


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is not installed")
def test_the_code_and_the_templates_say_nothing_that_was_not_translated(tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("data", "__pycache__")
        )
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale=zh_Hans", "--no-location"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60, env={"PATH": _path()})
    said = catalog(tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po")
    known = {(message.context, texts(message.id)[0]) for message in messages()}
    assert [m.id for m in said if m.id and (m.context, texts(m.id)[0]) not in known] == []


def _path() -> str:
    return str(Path(shutil.which("xgettext") or "").parent)
