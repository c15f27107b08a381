"""manage.py import and export: exit status, sentences, one JSON document, and files that come back unchanged."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from inventory.models import Asset
from itops.audit.models import Change
from tests.support.county import County
from tests.support.tables import table

pytestmark = pytest.mark.django_db
HEAD = ("资产编号", "名称", "类别", "乡镇")
GOOD = table(HEAD, ("新-1", "电脑", "电脑", "仙溪镇"))
BAD = table(HEAD, ("新-1", "电脑", "电脑", "仙溪镇"), ("新-2", "电脑", "飞机", "仙溪镇"))


def told(file: Path, *options: str) -> dict[str, object]:
    said = StringIO()
    call_command("import", str(file), "--resource", "assets", "--json", *options, stdout=said)
    found: dict[str, object] = json.loads(said.getvalue())
    return found


@pytest.fixture
def file(tmp_path: Path, county: County) -> Path:
    return tmp_path / "台账.csv"


def test_a_good_file_is_written_with_the_operator_and_the_file_in_the_record(file: Path) -> None:
    file.write_bytes(GOOD)
    assert told(file)["added"] == 1
    change = Change.objects.filter(model="inventory.asset").latest("pk")
    assert (change.actor, change.reason) == ("console", "台账.csv")


def test_an_account_does_what_it_may(file: Path) -> None:
    file.write_bytes(GOOD)
    with pytest.raises(CommandError) as refused:
        told(file, "--by", "leadership")
    assert refused.value.returncode == 1


def test_errors_end_with_1_and_nothing_written(file: Path) -> None:
    file.write_bytes(BAD)
    with pytest.raises(CommandError) as refused:
        told(file)
    assert refused.value.returncode == 1
    assert not Asset.objects.filter(tag="新-1").exists()


def test_only_the_good_rows(file: Path) -> None:
    file.write_bytes(BAD)
    with pytest.raises(CommandError) as refused:
        told(file, "--only-good")
    assert refused.value.returncode == 1
    assert Asset.objects.filter(tag="新-1").exists()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\xff", "天气\n晴\n".encode()])
def test_an_unusable_file_ends_with_2(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        told(file)
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    "options",
    [
        ("no.csv", "--resource", "assets"),
        ("x", "--resource", "ships"),
        ("x", "--resource", "assets", "--by", "?"),
    ],
)
def test_wrong_use_ends_with_2(county: County, options: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("import", *options)
    assert refused.value.returncode == 2


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_imports_unchanged(county: County, tmp_path: Path, kind: str) -> None:
    made = tmp_path / f"assets.{kind}"
    call_command("export", "--resource", "assets", "--format", kind, "-o", str(made))
    found = told(made)
    assert found["unchanged"] == found["rows"] == Asset.objects.count()


def test_a_folder_that_is_not_there(county: County, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("export", "--resource", "assets", "-o", str(tmp_path / "no" / "x.csv"))
    assert refused.value.returncode == 2
