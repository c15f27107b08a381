"""Somebody who owns the database attacks the log; the auditor holds a checkpoint of entry 50 of 60 at home.

Each attack is made with a superuser's SQL behind the program's back; the export is then made by the program as usual.
What came after the checkpoint can be forged without a trace, and the report says that nobody vouches for it.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pytest_django import Settings

from itops.files import store
from tests.own_database import OwnDatabase, Server
from tests.support.log import BY, SHEET, Grown, checkpoint, codes, exported, grow, verified
from tools.verify_log import verify
from workforce.actions.checkpoints import take_checkpoint
from workforce.ledger.canonical import encode
from workforce.ledger.checkpoints import SignedCheckpoint
from workforce.ledger.merkle import Frontier, leaf_hash
from workforce.models import LogEntry

SEALED, LAST = 50, 60
TABLES = ("workforce_logentry", "workforce_loghead", "workforce_checkpoint")


@dataclass(frozen=True, slots=True)
class Attacked:
    """The log, who attacks it, and what the auditor keeps."""

    superuser: psycopg.Connection[Any]
    own: SignedCheckpoint
    file: Path
    grown: Grown

    def execute(self, statement: str, *values: object) -> None:
        self.superuser.execute(statement.encode(), values)

    def report(self, **extent: Any) -> dict[str, Any]:
        return verified(self.file, self.own, **extent)


@pytest.fixture
def attacked(
    committing: OwnDatabase, database_server: Server, settings: Settings, tmp_path: Path
) -> Iterator[Attacked]:
    settings.ITOPS_FILES = tmp_path / "files"
    grown = grow(LAST)
    own = checkpoint(SEALED)
    take_checkpoint(text=own.text, by=BY)
    with database_server.dropper.of(committing.owner.name).connect() as superuser:
        for table in TABLES:
            superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        yield Attacked(superuser, own, tmp_path / "log.zip", grown)


def entries(attacked: Attacked) -> dict[int, dict[str, Any]]:
    found = attacked.superuser.execute("SELECT seq, entry FROM workforce_logentry ORDER BY seq").fetchall()
    return {seq: json.loads(entry) for seq, entry in found}


def rewrite(attacked: Attacked, forged: dict[int, dict[str, Any]], log: str | None = None) -> None:
    """Put these entries in the place of all, each following the one before, with a tree and a head to match."""
    attacked.execute("SET session_replication_role = replica")
    attacked.execute("DELETE FROM workforce_logentry")
    tree, last = Frontier(), "0" * 64
    for number, fields in enumerate(forged.values(), 1):
        said = {**fields, "seq": number, "prev": last}
        data = encode(said | ({"log": log} if log else {}))
        subtrees = b"".join(tree.add(leaf_hash(data)))
        last = subtrees[:32].hex()
        attacked.execute(
            "INSERT INTO workforce_logentry (entry, subtrees, at) VALUES (%s, %s, %s)",
            data.decode(),
            subtrees,
            said["at"],
        )
    attacked.execute("UPDATE workforce_loghead SET seq = %s, hash = %s", len(forged), last)


def edited(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "body": {**fields["body"], "minutes": 9000}}


def test_untouched_it_is_verified(attacked: Attacked) -> None:
    assert attacked.report()["verdict"] == "verified"


def test_an_entry_is_edited(attacked: Attacked) -> None:
    attacked.execute(
        "UPDATE workforce_logentry SET entry = replace(entry, '\"minutes\":750', '\"minutes\":9000') WHERE seq = 25"
    )
    assert codes(attacked.report()) == {"chain", "root", "checkpoint_root", "server_checkpoint"}
    assert ["chain", 26] in attacked.report()["findings"]
    assert ["inclusion", 25] in attacked.report(place=attacked.grown.xianxi)["findings"]


def test_an_entry_is_edited_with_its_hash(attacked: Attacked) -> None:
    said = encode(edited(entries(attacked)[25]))
    attacked.execute(
        "UPDATE workforce_logentry SET entry = %s, subtrees = %s WHERE seq = 25",
        said.decode(),
        leaf_hash(said),
    )
    assert {"chain", "root", "checkpoint_root"} <= codes(attacked.report())


def test_an_entry_is_deleted(attacked: Attacked) -> None:
    attacked.execute("DELETE FROM workforce_logpersonal WHERE entry_id = 25")
    attacked.execute("DELETE FROM workforce_logentry WHERE seq = 25")
    assert {"order", "chain", "root", "checkpoint_root"} <= codes(attacked.report())


def test_an_entry_is_inserted(attacked: Attacked) -> None:
    said = entries(attacked)
    rewrite(
        attacked,
        {**{n: said[n] for n in range(1, 26)}, 100: edited(said[25]), **{n: said[n] for n in range(26, 61)}},
    )
    assert {"checkpoint_root", "server_checkpoint"} <= codes(attacked.report())


def test_two_entries_change_places(attacked: Attacked) -> None:
    said = entries(attacked)
    said[25], said[26] = {**said[26], "at": said[25]["at"]}, {**said[25], "at": said[26]["at"]}
    rewrite(attacked, said)
    assert codes(attacked.report()) == {"checkpoint_root", "server_checkpoint"}


def test_the_tail_is_cut_below_the_checkpoint(attacked: Attacked) -> None:
    said = entries(attacked)
    rewrite(attacked, {n: said[n] for n in range(1, 46)})
    report = attacked.report()
    assert report["vouched_to"] == 0
    assert ["checkpoint_beyond", SEALED] in report["findings"]


def test_the_tail_is_cut_above_the_checkpoint_and_only_a_receipt_shows_it(attacked: Attacked) -> None:
    receipt = LogEntry.objects.get(pk=58).receipt
    said = entries(attacked)
    rewrite(attacked, {n: said[n] for n in range(1, 56)})
    report = attacked.report()
    assert (report["verdict"], report["vouched_to"]) == ("verified", SEALED)
    assert report["cannot"]["after_checkpoint"] == 5
    assert codes(verify(attacked.file, attacked.own.text, receipts=[receipt])) == {"receipt_beyond"}


def test_it_is_rewritten_from_entry_41_and_hashed_again(attacked: Attacked) -> None:
    said = entries(attacked)
    rewrite(attacked, {n: edited(one) if n >= 41 else one for n, one in said.items()})
    assert codes(attacked.report()) == {"checkpoint_root", "server_checkpoint"}
    assert {"checkpoint_root"} <= codes(attacked.report(place=attacked.grown.xianxi))


def test_the_checkpoint_in_the_database_is_repaired_as_well(attacked: Attacked) -> None:
    """The server's copy now agrees with the forgery, signed by a key that the forger made; the auditor's does not."""
    said = entries(attacked)
    rewrite(attacked, {n: edited(one) if n >= 41 else one for n, one in said.items()})
    forged = checkpoint(SEALED, key=Ed25519PrivateKey.generate())
    attacked.execute(
        "UPDATE workforce_checkpoint SET text = %s, root = %s, public_key = %s",
        forged.text,
        forged.tree.root,
        forged.public_key,
    )
    exported(attacked.file)
    assert verify(attacked.file, forged.text)["verdict"] == "verified"
    assert codes(verify(attacked.file, forged.text, attacked.own.public_key)) == {"checkpoint_key"}
    assert attacked.report()["findings"] == [["checkpoint_root", SEALED]]
    assert attacked.report(place=attacked.grown.xianxi)["findings"] == [["checkpoint_root", SEALED]]


def test_what_came_after_the_checkpoint_is_rewritten_unseen_and_the_report_says_who_vouches(
    attacked: Attacked,
) -> None:
    receipt = LogEntry.objects.get(pk=56).receipt
    said = entries(attacked)
    rewrite(attacked, {n: edited(one) if n > SEALED else one for n, one in said.items()})
    report = attacked.report()
    assert (report["verdict"], report["vouched_to"], report["cannot"]["after_checkpoint"]) == (
        "verified",
        SEALED,
        10,
    )
    assert codes(verify(attacked.file, attacked.own.text, receipts=[receipt])) == {"receipt"}


def test_an_evidence_file_is_swapped(attacked: Attacked) -> None:
    [sha256] = {file["sha256"] for one in entries(attacked).values() for file in one["files"]}
    store.path_of(sha256).write_bytes(SHEET[:-3] + "敏".encode())
    assert attacked.report()["findings"] == [["file", 5]]
    store.path_of(sha256).unlink()
    assert attacked.report()["cannot"]["files_withheld"] == 1


def test_another_county_s_entries_are_replayed(attacked: Attacked) -> None:
    said = entries(attacked)
    attacked.execute("SET session_replication_role = replica")
    foreign = encode({**said[LAST], "log": "430922-0123456789abcdef"})
    attacked.execute(
        "UPDATE workforce_logentry SET entry = %s, subtrees = %s WHERE seq = 60",
        foreign.decode(),
        leaf_hash(foreign),
    )
    assert ["other_log", LAST] in attacked.report()["findings"]
    rewrite(attacked, said, log="430922-0123456789abcdef")
    attacked.execute("UPDATE workforce_loghead SET log = '430922-0123456789abcdef'")
    assert "checkpoint_log" in codes(attacked.report())


def test_a_name_is_exchanged(attacked: Attacked) -> None:
    attacked.execute("ALTER TABLE workforce_logpersonal DISABLE TRIGGER USER")
    attacked.execute("UPDATE workforce_logpersonal SET value = '\"王某\"' WHERE entry_id = 25")
    assert attacked.report(names=True)["findings"] == [["personal", 25]]


def altered(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """The same archive with one member changed."""

    def alter(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            members = {one: archive.read(one) for one in archive.namelist()}
        members[name] = change(members[name])
        with zipfile.ZipFile(path, "w") as archive:
            for one, data in members.items():
                archive.writestr(one, data)

    return alter


def without_line(number: int) -> Callable[[bytes], bytes]:
    return lambda data: b"".join(line for n, line in enumerate(data.splitlines(True), 1) if n != number)


@pytest.mark.parametrize(
    ("alter", "found"),
    [
        (altered("entries.jsonl", lambda data: data.replace(b'"minutes":750', b'"minutes":751')), "chain"),
        (altered("entries.jsonl", without_line(25)), "order"),
        (altered("entries.jsonl", without_line(60)), "root"),
        (altered("entries.jsonl", lambda data: data.replace(b'"v":1', b'"v": 1', 1)), "entry"),
        (altered("export.json", lambda data: data.replace(b'"entries":60', b'"entries":59')), "export"),
        (
            altered("checkpoints.jsonl", lambda data: data.replace(b"size: 50", b"size: 49")),
            "server_checkpoint",
        ),
        (altered("files.jsonl", lambda data: b""), "file"),
    ],
    ids=["edit", "cut out", "cut off", "space", "count", "checkpoint", "manifest"],
)
def test_the_export_is_altered(attacked: Attacked, alter: Callable[[Path], None], found: str) -> None:
    exported(attacked.file)
    alter(attacked.file)
    assert found in codes(verify(attacked.file, attacked.own.text))


def test_a_part_of_the_export_is_altered(attacked: Attacked) -> None:
    exported(attacked.file, place=attacked.grown.xianxi)
    altered("entries.jsonl", lambda data: data.replace(b'"minutes":750', b'"minutes":751'))(attacked.file)
    assert ["inclusion", 25] in verify(attacked.file, attacked.own.text)["findings"]
