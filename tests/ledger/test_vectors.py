"""The published vectors are what the program makes, and the Python verifier finds in them what must be found."""

import json
from itertools import islice
from pathlib import Path

import pytest

from tests.support.vectors import FOLDER, KEY, archive_of, cases, documents, primitives, text_of
from tools import verify_log
from tools.verify_log import Unusable, main, sentences, verify


@pytest.mark.parametrize("name", ["primitives.json", "exports.json"])
def test_the_published_vectors_are_of_today(name: str) -> None:
    assert (FOLDER / name).read_text() == text_of(documents()[name])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_each_finds_what_it_must(case, tmp_path: Path) -> None:
    archive_of(case.members, tmp_path / "export.zip")
    found = verify(tmp_path / "export.zip", case.own, case.key, [case.receipts], case.number)
    assert {code for code, _number in found["findings"]} == case.codes
    assert (found["verdict"] == "broken") == bool(case.codes)
    for language in ("en", "zh"):
        assert all(f"[{code}]" in sentences(found, language) for code in case.codes | found["cannot"].keys())


def test_signatures_are_verified_by_the_openssl_program_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_log, "CRYPTOGRAPHY", False)
    own = next(case.own for case in cases() if case.own)
    held = verify_log.checkpoint(own)
    assert held is not None
    assert verify_log.has_its_signature(held)
    assert not verify_log.signed(held["key"], held["signature"], b"something else")
    assert KEY.public_key().public_bytes_raw().hex() == held["key"]


def test_it_is_run_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = cases()[0]
    archive_of(case.members, tmp_path / "export.zip")
    (tmp_path / "own.seal").write_text(case.own or "")
    words = [
        "verify_log.py",
        str(tmp_path / "export.zip"),
        "--checkpoint",
        str(tmp_path / "own.seal"),
        "--json",
    ]
    monkeypatch.setattr("sys.argv", [*words, "--key", f"ed25519:{case.key}"])
    assert main() == 0
    assert json.loads(capsys.readouterr().out)["vouched_to"] == 8
    monkeypatch.setattr("sys.argv", [*words[:2], "--no-checkpoint", "--lang", "zh"])
    assert main() == 1
    assert "无见证" in capsys.readouterr().out


def test_it_demands_a_checkpoint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.argv", ["verify_log.py", str(tmp_path)])
    with pytest.raises(SystemExit, match="2"):
        main()


@pytest.mark.parametrize("data", [b"", b"PK", b"{}"])
def test_what_is_no_archive_is_unusable(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(Unusable):
        verify(tmp_path / "x.zip", None)


@pytest.mark.parametrize("vector", primitives()["samples"], ids=lambda one: f"{one['alg']} {one['size']}")
def test_it_draws_what_is_published(vector) -> None:
    digest = verify_log.hasher(vector["alg"])
    drawn = verify_log.drawn(digest, vector["root"], vector["number"], vector["size"])
    assert list(islice(drawn, 12)) == vector["drawn"]


def test_samples_are_those_of_the_checkpoint_whatever_came_after_it(tmp_path: Path) -> None:
    by_name = {case.name: case for case in cases()}
    drawn = {}
    for name in ("samples of what is sealed", "samples, nothing sealed yet"):
        archive_of(by_name[name].members, tmp_path / "export.zip")
        drawn[name] = verify(tmp_path / "export.zip", by_name[name].own, number=7)["drawn"]
    assert set(drawn["samples of what is sealed"]) == {2, 3, 4, 5, 8}  # 1, 6 and 7 tell of no one's training
    assert set(drawn["samples, nothing sealed yet"]) == {2, 3, 4, 5, 8, 9, 10, 11}


@pytest.mark.parametrize("number", ["-1", str(2**53), "1e3", "七"])
def test_a_number_that_is_none_is_refused(
    number: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["verify_log.py", str(tmp_path), "--no-checkpoint", "--draw", number])
    with pytest.raises(SystemExit, match="2"):
        main()
