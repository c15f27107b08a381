"""What axe finds on a page, and the language that its reader has chosen."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(result => result.violations)")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


def in_chinese(page: Page) -> None:
    _in(page, "zh-CN", "简体中文")


def in_english(page: Page) -> None:
    _in(page, "en", "English")


def _in(page: Page, language: str, button: str) -> None:
    page.goto("/")
    if page.locator("html").get_attribute("lang") != language:
        page.get_by_role("button", name=button).first.click()
        page.wait_for_load_state()
