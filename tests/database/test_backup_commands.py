"""`manage.py backup FILE` and `restore FILE` as people and scripts run them."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.conf import settings

from itops import keys
from tests.own_database import OwnDatabase


def manage(own: OwnDatabase, *arguments: object, **more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "manage.py", *map(str, arguments)]
    environ = own.environ | {"ITOPS_LANGUAGE": "en"} | more
    return subprocess.run(
        command, capture_output=True, text=True, cwd=settings.BASE_DIR, env=environ, check=False
    )


@pytest.fixture
def saved(own_database: OwnDatabase, tmp_path: Path) -> Path:
    (tmp_path / "var" / "files").mkdir(parents=True)
    (tmp_path / "var" / "files" / "report").write_text("年报")
    done = manage(own_database, "backup", tmp_path / "saved.itops")
    assert (done.returncode, done.stderr) == (0, "")
    assert "keep it apart" in done.stdout
    return tmp_path / "saved.itops"


def test_json_is_one_document_and_the_key_is_not_in_the_file(
    own_database: OwnDatabase, saved: Path, tmp_path: Path
) -> None:
    done = manage(own_database, "restore", saved, "--replace", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    key = tmp_path / "var" / "keys" / "secret.key"
    assert said["key_fingerprint"] == keys.fingerprint(key)
    assert (said["files"], said["key_matches"], said["migrate_next"]) == (1, True, False)
    assert key.read_bytes().strip() not in saved.read_bytes()
    with tarfile.open(saved) as file:
        assert file.getnames() == ["manifest.json", "database.dump", "files/report"]


def test_another_installation_is_told_which_key_it_needs(
    own_database: OwnDatabase, saved: Path, tmp_path: Path
) -> None:
    done = manage(own_database, "restore", saved, "--replace", ITOPS_VAR=str(tmp_path / "elsewhere"))
    assert done.returncode == 0
    needed = keys.fingerprint(tmp_path / "var" / "keys" / "secret.key")
    assert f"The backup needs the key {needed}" in done.stderr
    assert (tmp_path / "elsewhere" / "files" / "report").read_text() == "年报"


def test_what_is_wrong_is_one_sentence_and_status_2(own_database: OwnDatabase, saved: Path) -> None:
    done = manage(own_database, "restore", saved)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip().endswith(
        "The database is not empty: add --replace to put the backup in its place."
    )
    assert len(done.stderr.strip().splitlines()) == 1
