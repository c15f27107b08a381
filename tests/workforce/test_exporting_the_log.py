"""What is exported can be verified by whoever holds a checkpoint of their own."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from itops.organisation.models import AccessRecord, User
from tests.support.log import AUDITOR, BY, Grown, checkpoint, codes, exported, grow, verified
from tools.verify_log import verify
from workforce.actions.checkpoints import take_checkpoint
from workforce.actions.log_export import Extent, export_log
from workforce.ledger.checkpoints import sign
from workforce.models import Checkpoint, LogEntry

pytestmark = pytest.mark.django_db
ALWAYS = {"never_recorded": 1, "truth": 1}


@pytest.fixture
def grown(db: None, settings: Settings, tmp_path: Path) -> Grown:
    settings.ITOPS_FILES = tmp_path / "files"
    return grow()


def test_the_whole_log_is_verified_up_to_the_checkpoint(grown: Grown, tmp_path: Path) -> None:
    own = checkpoint(50)
    take_checkpoint(text=own.text, by=BY)
    found = verified(tmp_path / "log.zip", own, names=True)
    assert found == {
        "verdict": "verified",
        "vouched_to": 50,
        "size": 60,
        "entries": 60,
        "findings": [],
        "cannot": {"after_checkpoint": 10, "legacy": 2, "names_erased": 1, **ALWAYS},
    }


def test_without_a_checkpoint_nothing_is_vouched_for(grown: Grown, tmp_path: Path) -> None:
    found = verified(tmp_path / "log.zip", None)
    assert (found["verdict"], found["vouched_to"]) == ("not_vouched", 0)
    assert found["cannot"]["no_checkpoint"] == 1
    assert found["cannot"]["names_withheld"] == 57


def test_a_part_is_proved_to_belong_and_says_that_it_may_lack_something(grown: Grown, tmp_path: Path) -> None:
    own = checkpoint(50)
    take_checkpoint(text=own.text, by=BY)
    found = verified(tmp_path / "part.zip", own, place=grown.xianxi)
    assert (found["verdict"], found["vouched_to"], found["entries"]) == ("verified", 50, 31)
    assert found["cannot"]["partial"] == 1
    with zipfile.ZipFile(tmp_path / "part.zip") as archive:
        lines = archive.read("entries.jsonl").decode().splitlines()
    assert {json.loads(line)["place"]["name"] for line in lines} == {"仙溪镇"}


def test_a_checkpoint_that_the_server_never_got_is_connected_when_its_size_is_named(
    grown: Grown, tmp_path: Path
) -> None:
    own = checkpoint(37)
    assert codes(verified(tmp_path / "part.zip", own, place=grown.yanxi)) == {"checkpoint_root"}
    found = verified(tmp_path / "part.zip", own, place=grown.yanxi, sizes=(37,))
    assert (found["verdict"], found["vouched_to"]) == ("verified", 37)


def test_a_period_takes_whole_local_days(grown: Grown, tmp_path: Path) -> None:
    today = timezone.localdate()
    assert exported(tmp_path / "a.zip", since=today, until=today).entries == 60
    assert exported(tmp_path / "a.zip", since=today + timedelta(days=1)).entries == 0
    assert exported(tmp_path / "a.zip", until=today - timedelta(days=1)).entries == 0


def test_files_go_along_or_are_said_to_be_left_out(grown: Grown, tmp_path: Path) -> None:
    own = checkpoint()
    assert exported(tmp_path / "a.zip").files == 1
    assert verified(tmp_path / "a.zip", own, files=False)["cannot"]["files_withheld"] == 1


def test_receipts_vouch_for_what_came_after_the_checkpoint(grown: Grown, tmp_path: Path) -> None:
    receipt = LogEntry.objects.get(pk=55).receipt
    own = checkpoint(50)
    assert codes(verified(tmp_path / "a.zip", own, [receipt])) == set()
    forged = receipt[:-4] + ("0000" if receipt[-4:] != "0000" else "1111")
    assert codes(verified(tmp_path / "a.zip", own, [forged])) == {"receipt"}
    assert codes(verified(tmp_path / "a.zip", own, [receipt.replace(" 55 ", " 61 ")])) == {"receipt_beyond"}
    assert codes(verified(tmp_path / "a.zip", own, [receipt.replace("430923-", "430922-")])) == {
        "receipt_log"
    }
    assert codes(verified(tmp_path / "a.zip", own, ["garbage"])) == {"receipt_form"}


def test_another_s_checkpoint_does_not_pass_for_one_s_own(grown: Grown, tmp_path: Path) -> None:
    own = checkpoint(50)
    foreign = checkpoint(50, key=Ed25519PrivateKey.generate())
    found = verified(tmp_path / "a.zip", own)
    assert found["verdict"] == "verified"
    wrong = verify(tmp_path / "a.zip", foreign.text, own.public_key)
    assert codes(wrong) == {"checkpoint_key"}
    bad = own.text.replace("size: 50", "size: 51")
    assert codes(verify(tmp_path / "a.zip", bad, own.public_key)) == {"checkpoint_signature"}
    assert codes(verify(tmp_path / "a.zip", "hello", own.public_key)) == {"checkpoint_form"}


def test_a_checkpoint_is_taken_in_once_and_only_if_the_log_agrees(grown: Grown) -> None:
    own = checkpoint(50)
    take_checkpoint(text=own.text.replace("\n", "\r\n"), by=BY)
    other = sign(replace(own.tree, root="ab" * 32), AUDITOR, own.time)
    beyond = sign(replace(own.tree, size=500), AUDITOR, own.time)
    for text in (own.text, other.text, beyond.text, "x", own.text.replace("size: 50", "size: 51")):
        with pytest.raises(ValidationError):
            take_checkpoint(text=text, by=BY)
    assert Checkpoint.objects.get().public_key == own.public_key


def test_only_whoever_may_export_a_place_does_and_it_is_recorded(grown: Grown) -> None:
    grown.account.__dict__["held"] = {"workforce.export_logentry": [grown.xianxi.path]}
    nobody = User(username="nobody")
    nobody.__dict__["held"] = {}
    for account, extent in (
        (grown.account, Extent()),
        (grown.account, Extent(place=grown.yanxi)),
        (nobody, Extent()),
        (nobody, Extent(place=grown.xianxi)),
    ):
        with pytest.raises(PermissionDenied):
            export_log(io.BytesIO(), by=account, extent=extent)
    export_log(io.BytesIO(), by=grown.account, extent=Extent(place=grown.xianxi, names=True))
    record = AccessRecord.objects.get()
    assert (record.act, record.what, record.count) == ("export", "training log", 30)


def test_the_command_prints_one_document(
    grown: Grown, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_log", str(tmp_path / "a.zip"), "--place", "430923103", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["entries"], said["size"], said["files"]) == (31, 60, 1)
    assert zipfile.is_zipfile(tmp_path / "a.zip")
