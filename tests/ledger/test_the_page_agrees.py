"""The offline page in a real browser, opened from disk: it finds in every vector what the Python verifier finds."""

import base64
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.support.vectors import FOLDER, archive_of
from workforce.ledger.algorithms import Algorithm
from workforce.ledger.checkpoints import read_checkpoint

PAGE = Path(__file__).resolve().parents[2] / "static" / "log" / "verify-log.html"
CHROMIUM = shutil.which("chromium")
EXPORTS = json.loads((FOLDER / "exports.json").read_text())
PRIMITIVES = json.loads((FOLDER / "primitives.json").read_text())
ASK = """async ([zip, own, key, receipts]) => {
    const found = await verify(new Blob([Uint8Array.from(atob(zip), (c) => c.charCodeAt(0))]), own, key, receipts);
    delete found.head;
    return found;
}"""


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(locale="zh-CN", accept_downloads=True).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(PAGE.as_uri())
        yield page
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


def test_it_tests_itself(browser_page: Page) -> None:
    expect(browser_page.locator("#selftest")).to_contain_text("自检通过")


@pytest.mark.parametrize("case", EXPORTS, ids=lambda case: case["name"])
def test_both_verifiers_say_the_same(case, browser_page: Page, tmp_path: Path) -> None:
    archive_of(case["members"], tmp_path / "export.zip")
    packed = base64.b64encode((tmp_path / "export.zip").read_bytes()).decode()
    found = browser_page.evaluate(ASK, [packed, case["checkpoint"], case["key"], case["receipts"]])
    assert {**found, "cannot": dict(sorted(found["cannot"].items()))} == case["expected"]


def test_it_signs_as_the_program_does(browser_page: Page) -> None:
    given = PRIMITIVES["checkpoint"]
    signed = read_checkpoint(given["text"])
    head = {
        "log": signed.tree.log,
        "alg": "sha256",
        "size": signed.tree.size,
        "root": signed.tree.root,
        "head": signed.tree.head,
    }
    ask = "([head, secret]) => signCheckpoint(head, unhex(secret), '2026-10-31T09:30:00Z')"
    assert browser_page.evaluate(ask, [head, given["secret"]]) == given["text"]


@pytest.mark.parametrize("alg", ["sha256", "sm3"])
def test_its_hashes_are_those_of_the_program_at_every_length(browser_page: Page, alg: str) -> None:
    ask = """(alg) => Array.from({length: 200}, (_, n) =>
        hex(digest(alg, Uint8Array.from({length: n}, (_, i) => i))))"""
    assert browser_page.evaluate(ask, alg) == [
        Algorithm(alg).digest(bytes(range(n))).hex() for n in range(200)
    ]


def test_an_auditor_makes_a_key_verifies_and_seals(browser_page: Page, tmp_path: Path) -> None:
    page, case = browser_page, EXPORTS[0]
    archive_of(case["members"], tmp_path / "export.zip")
    expect(page.locator("#verify")).to_be_disabled()
    page.fill("#new-passphrase", "一个很长很长的口令啊啊")
    with page.expect_download() as made:
        page.click("#make")
    made.value.save_as(tmp_path / "my.key")
    assert "secret" in (tmp_path / "my.key").read_text()
    key = page.input_value("#key")
    page.set_input_files("#export", tmp_path / "export.zip")
    expect(page.locator("#verify")).to_be_disabled()
    page.check("#none")
    page.click("#verify")
    expect(page.locator("#result .answer")).to_contain_text("无见证")
    page.set_input_files("#key-file", tmp_path / "my.key")
    page.fill("#passphrase", "错的口令")
    page.click("#sign")
    expect(page.locator("#sign-state")).to_contain_text("不正确")
    page.fill("#passphrase", "一个很长很长的口令啊啊")
    with page.expect_download() as sealed:
        page.click("#sign")
    sealed.value.save_as(tmp_path / "own.seal")
    checkpoint = read_checkpoint((tmp_path / "own.seal").read_text())
    assert checkpoint.holds
    assert (checkpoint.public_key, checkpoint.tree.size) == (key, 11)
    page.uncheck("#none")
    page.set_input_files("#own-file", tmp_path / "own.seal")
    page.click("#verify")
    expect(page.locator("#result .answer")).to_contain_text("核验通过：第 1 至 11 条")


def test_it_speaks_both_languages_and_every_word_is_there(browser_page: Page) -> None:
    for shown in ("English", "中文"):
        expect(browser_page.locator("#language")).to_have_text(shown)
        browser_page.click("#language")
    assert browser_page.evaluate("Object.values({...WORDS, ...SAID}).every((pair) => pair.every(Boolean))")
    silent = "[...document.querySelectorAll('[data-en]')].filter((one) => !one.dataset.zh).length"
    assert browser_page.evaluate(silent) == 0


def test_its_key_file_is_covered_by_pbkdf2(browser_page: Page) -> None:
    salt, word = bytes(range(32)), "一个很长很长的口令啊啊"
    ask = "([word, salt]) => hex(covering(word, unhex(salt), 1000))"
    expected = hashlib.pbkdf2_hmac("sha256", word.encode(), salt, 1000).hex()
    assert browser_page.evaluate(ask, [word, salt.hex()]) == expected
