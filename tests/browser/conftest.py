"""A real browser (Debian's chromium) before the real demonstration, started as `make demo` starts it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.processes.programs import eventually, program

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LINK = re.compile(r"(http://127\.0\.0\.1:\d+)/sign-in/once/(\S+?)/")
PORT = "8480"


@dataclass(frozen=True)
class Demonstration:
    """Where the running demonstration is, and the link that signs in once."""

    url: str
    link: str


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("demo")
    log = folder / "log"
    environ = {"ITOPS_DEMO_VAR": str(folder / "var"), "DATABASE_URL": "", "DATABASE_APP_URL": ""}
    with program("demo", "--port", PORT, environ=environ, log=log):
        eventually(lambda: log.exists() and LINK.search(log.read_text()) is not None, "the sign-in link", log)
        found = LINK.search(log.read_text())
        assert found is not None
        yield Demonstration(url=found[1], link=found[0])


@pytest.fixture(scope="module")  # its event loop must not outlive these tests
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def state(browser: Browser, demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of somebody who has signed in by the printed link."""
    file = tmp_path_factory.mktemp("state") / "state.json"
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(demonstration.link)
    assert page.url.rstrip("/") == demonstration.url
    context.storage_state(path=file)
    context.close()
    return file


@pytest.fixture
def page(browser: Browser, state: Path, demonstration: Demonstration) -> Iterator[Page]:
    """A signed-in page; the test fails when the console shows an error or a broken security policy."""
    context = browser.new_context(
        storage_state=state,
        base_url=demonstration.url,
        locale="zh-CN",
        viewport={"width": 1440, "height": 900},
    )
    fresh = context.new_page()
    errors: list[str] = []
    fresh.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert errors == []
