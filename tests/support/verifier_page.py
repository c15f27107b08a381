"""The offline page of auditors in a real browser, opened from disk."""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

PAGE = Path(__file__).resolve().parents[2] / "static" / "log" / "verify-log.html"
CHROMIUM = shutil.which("chromium")
ASK = """async ([zip, own, key, receipts, number]) => {
    const blob = new Blob([Uint8Array.from(atob(zip), (c) => c.charCodeAt(0))]);
    const found = await verify(blob, own, key, receipts, () => {}, number);
    delete found.head;
    return found;
}"""


@contextmanager
def opened(locale: str = "zh-CN") -> Iterator[Page]:
    """The page; that it asked nobody for anything is checked when it closes."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(locale=locale, accept_downloads=True).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(PAGE.as_uri())
        yield page
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


def page_says(
    page: Page,
    export: Path,
    own: str | None,
    key: str | None = None,
    receipts: str = "",
    number: int | None = None,
) -> dict[str, Any]:
    """What the page finds in an export, as the Python verifier would say it."""
    packed = base64.b64encode(export.read_bytes()).decode()
    found: dict[str, Any] = page.evaluate(ASK, [packed, own, key, receipts, number])
    return {**found, "cannot": dict(sorted(found["cannot"].items()))}
