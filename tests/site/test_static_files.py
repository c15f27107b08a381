"""The pages' files obey the Content-Security-Policy, and only the needed ones of npm are served."""

import re
from pathlib import Path

import pytest

from itops.site import vendor

TEMPLATES = vendor.BASE_DIR / "templates"
INLINE = re.compile(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)|javascript:|hx-on|hx-vals=.js")


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_carries_a_script_or_a_style(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


def test_source_maps_are_cut_off(tmp_path: Path) -> None:
    for name in vendor.FILES:
        source = tmp_path / "modules" / name
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text("a{}\n/*# sourceMappingURL=a.css.map */\n")
    copied = vendor.copy(tmp_path / "modules", tmp_path / "vendor")
    assert [path.name for path in copied] == ["tabler.min.css", "echarts.min.js", "htmx.min.js"]
    assert {path.read_text() for path in copied} == {"a{}"}


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'id="(\w+)"', (vendor.BASE_DIR / "static/itops/icons.svg").read_text()))
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% icon "(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert named - drawn == set()


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in (vendor.BASE_DIR / "package-lock.json").read_text()
