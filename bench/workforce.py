"""The sealed log: how fast it is appended to, verified and proved, with a million entries.

`make bench-workforce`. Appends go through the program's own door, each in a transaction of its own that waits for the
disk; the million is loaded behind its back, and the Python verifier reads it from an export as it lies on the disk.
"""

import random
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from django.db import connection, transaction

from bench import own_django
from bench.ground import BENCH, seconds, sized
from bench.report import Figure, report
from itops.database.cluster import DATABASE, SUPERUSER
from itops.database.connection import embedded
from itops.database.statements import rows
from tools.verify_log import verify
from workforce.actions.log import append
from workforce.actions.log_tree import log_tree, tree_head
from workforce.ledger.canonical import encode
from workforce.ledger.commitments import commitment
from workforce.ledger.entries import Draft, Entry, Head, follow
from workforce.ledger.kinds import Kind
from workforce.ledger.merkle import Frontier

ENTRIES = sized(1_000_000, 500)
APPENDS = sized(150, 3)
WRITERS = 4
PROOFS = sized(300, 5)
LOG = "430923-0123456789abcdef"
BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
PERSON = commitment("person", {"id": 7, "name": "刘敏"}, bytes(32))
COPY = "COPY workforce_logentry (entry, subtrees, at) FROM STDIN"
HEAD = "INSERT INTO workforce_loghead (log, alg, seq, hash, at) VALUES (%s, 'sha256', %s, %s, now())"


def main() -> int:
    with own_django.empty_database(), tempfile.TemporaryDirectory(dir=BENCH) as folder:
        report([appends_per_s()])
        export = Path(folder) / "export.zip"
        fill(export)
        report([verify_s(export), *proofs()])
    return 0


def appends_per_s() -> Figure:
    """Four writers at once."""
    if rows("SELECT current_setting('fsync'), current_setting('synchronous_commit')", {}) != [("on", "on")]:
        raise SystemExit("The database does not wait for the disk.")
    append_some()
    writers = [threading.Thread(target=append_some) for _ in range(WRITERS)]
    begin = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    rate = WRITERS * APPENDS / (time.perf_counter() - begin)
    return Figure("log.appends_per_s", rate, "entries/s", 50, "higher")


def append_some() -> None:
    for minutes in range(APPENDS):
        with transaction.atomic():
            append(
                kind=Kind.TRAINING_ENTRY,
                body={"minutes": minutes, "title": "视频会议室操作", "session": 31, "course": 4},
                personal={"person": {"id": 7, "name": "刘敏"}},
                by="user:7",
            )
    connection.close()


def fill(export: Path) -> None:
    """The log, in the database and in an export, entry for entry as `append` makes them."""
    owner = embedded(BENCH / "postgres", SUPERUSER, DATABASE)
    with owner.connect() as superuser, zipfile.ZipFile(export, "w") as archive:
        for table in ("workforce_logentry", "workforce_loghead", "workforce_logpersonal"):
            superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
        superuser.execute("TRUNCATE workforce_logentry, workforce_loghead, workforce_logpersonal CASCADE")
        tree, last = Frontier(), ""
        with (
            superuser.cursor() as cursor,
            cursor.copy(COPY) as copy,
            archive.open("entries.jsonl", "w", force_zip64=True) as lines,
        ):
            for entry in made():
                last = entry.hash
                lines.write(entry.data + b"\n")
                copy.write_row(
                    (entry.data.decode(), b"".join(tree.add(bytes.fromhex(last))), entry.fields["at"])
                )
        superuser.execute(HEAD, (LOG, ENTRIES, last))
        superuser.execute("ANALYZE workforce_logentry")
        archive.writestr("export.json", header(tree.root().hex(), last))


def made() -> Iterator[Entry]:
    head = Head(log=LOG)
    for number in range(ENTRIES):
        draft = Draft(
            kind=Kind.TRAINING_ENTRY.value,
            body={"minutes": number % 480, "title": "视频会议室操作", "session": number // 30, "course": 4},
            personal={"person": PERSON},
            place=None,
            files=[],
            reverses=None,
            by="user:7",
            at=(BEGAN + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        )
        entry = follow(head, draft)
        head = Head(log=LOG, seq=entry.seq, hash=entry.hash)
        yield entry


def header(root: str, last: str) -> bytes:
    return encode(
        {
            **{"v": 1, "log": LOG, "alg": "sha256", "size": ENTRIES, "root": root, "head": last},
            **{"entries": ENTRIES, "whole": True, "place": None, "since": None, "until": None, "made": ""},
        }
    )


def verify_s(export: Path) -> Figure:
    """The whole log by the Python verifier: every hash, the chain, the tree."""
    taken = seconds(lambda: _verified(export))
    return Figure("log.verify_1m_s", taken, "s", 60, "lower")


def _verified(export: Path) -> None:
    found = verify(export, None)
    if found["findings"] or found["entries"] != ENTRIES:
        raise SystemExit(f"The log was not verified: {found['findings'][:3]}.")


def proofs() -> list[Figure]:
    """From the request to the proof of one entry in the whole log, as the program asks for it each time."""
    random.seed(41)
    chosen = [random.randint(1, ENTRIES) for _ in range(PROOFS)]
    times = [1000 * seconds(lambda seq=seq: proof(seq)) for seq in chosen]  # type: ignore[misc]
    return [
        Figure("log.proof_ms", median(times), "ms", 10, "lower"),
        Figure("log.proof_bytes", max(len(proof(seq)) for seq in chosen), "bytes", 2048, "lower"),
    ]


def proof(seq: int) -> bytes:
    """Root and path, as they stand in an export."""
    head = tree_head()
    assert head is not None
    return encode({"seq": seq, "path": log_tree().inclusion(seq, head.size)})


if __name__ == "__main__":
    sys.exit(main())
