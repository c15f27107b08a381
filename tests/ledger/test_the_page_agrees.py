"""The offline page in a real browser, opened from disk: it finds in every vector what the Python verifier finds."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.vectors import FOLDER, archive_of
from tests.support.verifier_page import opened, page_says
from tools.verify_log import verify
from workforce.ledger.algorithms import Algorithm
from workforce.ledger.checkpoints import read_checkpoint

EXPORTS = json.loads((FOLDER / "exports.json").read_text())
HELD = ("checkpoint", "key", "receipts", "number")
PRIMITIVES = json.loads((FOLDER / "primitives.json").read_text())


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with opened() as page:
        yield page


def test_it_tests_itself(browser_page: Page) -> None:
    expect(browser_page.locator("#selftest")).to_contain_text("自检通过")


@pytest.mark.parametrize("case", EXPORTS, ids=lambda case: case["name"])
def test_both_verifiers_say_the_same(case, browser_page: Page, tmp_path: Path) -> None:
    archive_of(case["members"], tmp_path / "export.zip")
    found = page_says(browser_page, tmp_path / "export.zip", *(case[name] for name in HELD))
    assert found == case["expected"]


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


@pytest.mark.parametrize("vector", PRIMITIVES["samples"], ids=lambda one: f"{one['alg']} {one['size']}")
def test_it_draws_what_is_published(browser_page: Page, vector) -> None:
    ask = "(v) => draw(v.alg, v.root, v.number, v.size, 12)"
    assert browser_page.evaluate(ask, vector) == vector["drawn"]


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
    page.fill("#number", "-7")
    page.click("#verify")
    expect(page.locator("#progress")).to_contain_text("抽样数须为")
    page.fill("#number", "7")
    page.click("#verify")
    drawn = verify(tmp_path / "export.zip", (tmp_path / "own.seal").read_text(), number=7)["drawn"]
    expect(page.locator("#result")).to_contain_text("按您的整数抽取：" + " ".join(f"#{seq}" for seq in drawn))


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
