"""The published test vectors, made anew: `python -m tests.support.vectors` writes tests/ledger/vectors/."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tools.verify_log import verify
from workforce.ledger.algorithms import Algorithm
from workforce.ledger.canonical import Json, encode
from workforce.ledger.checkpoints import Receipt, SignedCheckpoint, TreeHead, sign
from workforce.ledger.commitments import commitment
from workforce.ledger.entries import Draft, Entry, Head, follow
from workforce.ledger.merkle import Frontier
from workforce.ledger.samples import drawn
from workforce.ledger.tree import StoredTree

FOLDER = Path(__file__).resolve().parent.parent / "ledger" / "vectors"
LOG = "430923-0123456789abcdef"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FORGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
SIGNED_AT = datetime(2026, 10, 31, 9, 30, tzinfo=UTC)
SHEET = "签到表：刘敏、王海涛\n"
SHA256 = hashlib.sha256(SHEET.encode()).hexdigest()
SEALED = 8


@dataclass(frozen=True, slots=True)
class Case:
    """An export, what the auditor holds, and which findings there must be."""

    name: str
    members: dict[str, str]
    own: str | None
    key: str | None
    codes: frozenset[str] = frozenset()
    receipts: str = ""
    number: int | None = None

    def document(self) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.zip"
            archive_of(self.members, path)
            expected = verify(path, self.own, self.key, [self.receipts], self.number)
        return {
            "name": self.name,
            "members": self.members,
            "checkpoint": self.own,
            "key": self.key,
            "receipts": self.receipts,
            "number": self.number,
            "expected": expected,
        }


@dataclass(slots=True)
class Log:
    """A small log in memory."""

    algorithm: Algorithm = Algorithm.SHA256
    entries: list[Entry] = field(default_factory=list)
    subtrees: dict[int, bytes] = field(default_factory=dict)
    tree: Frontier = field(init=False)

    def __post_init__(self) -> None:
        self.tree = Frontier(self.algorithm)

    def add(self, **said: Any) -> None:
        number = len(self.entries) + 1
        last = self.entries[-1].hash if self.entries else "0" * 64
        head = Head(log=LOG, algorithm=self.algorithm, seq=number - 1, hash=last)
        self.entries.append(follow(head, replace(_draft(number, self.algorithm), **said)))
        self.subtrees[number] = b"".join(self.tree.add(bytes.fromhex(self.entries[-1].hash)))

    def stored(self) -> StoredTree:
        return StoredTree(lambda seqs: {seq: self.subtrees[seq] for seq in seqs}, self.algorithm)

    def head(self, size: int) -> TreeHead:
        root, last = self.stored().root(size), self.entries[size - 1].hash
        return TreeHead(log=LOG, size=size, root=root, head=last, algorithm=self.algorithm)


def salt(number: int) -> bytes:
    return hashlib.sha256(f"salt {number}".encode()).digest()


def _draft(number: int, algorithm: Algorithm) -> Draft:
    name: Json = {"id": number, "name": "刘敏"}
    return Draft(
        kind="legacy_import" if number == 1 else "training_entry",
        body={"minutes": 30 * number, "title": 'Operating the "room" \\ 视频会议室😀\u2028\x1f'},
        personal={"person": commitment("person", name, salt(number), algorithm)},
        place={"code": "430923103", "id": 5 + number % 2, "name": "仙溪镇"},
        files=[{"sha256": SHA256, "size": len(SHEET.encode())}] if number == 4 else [],
        reverses=None,
        by="user:7",
        at=f"2026-10-{number:02}T01:02:03.000004Z",
    )


def small_log(algorithm: Algorithm = Algorithm.SHA256, **changes: dict[str, Any]) -> Log:
    """Eleven entries: 6 reverses 3, 7 erases the name in 2. `changes` are by "n5" for entry 5."""
    log = Log(algorithm)
    for number in range(1, 12):
        said: dict[str, Any] = {}
        if number == 6:
            said = {"kind": "reversal", "body": {"reason": "学时登记有误"}, "reverses": 3, "personal": {}}
        if number == 7:
            body = {"basis": "本人申请", "names": ["person"], "seq": 2}
            said = {"kind": "erasure", "body": body, "personal": {}}
        log.add(**said | changes.get(f"n{number}", {}))
    return log


def members_of(
    log: Log, seqs: Sequence[int] | None = None, signed: SignedCheckpoint | None = None
) -> dict[str, str]:
    """An export of the whole log, or of these entries."""
    size, tree = len(log.entries), log.stored()
    chosen = [log.entries[seq - 1] for seq in seqs or range(1, size + 1)]
    head = log.head(size)
    header: dict[str, Json] = {
        **{
            "v": 1,
            "log": LOG,
            "alg": log.algorithm.value,
            "size": size,
            "root": head.root,
            "head": head.head,
        },
        **{"entries": len(chosen), "whole": seqs is None, "place": None if seqs is None else "430923103"},
        **{"since": None, "until": None, "made": "2026-11-01T00:00:00+00:00"},
    }
    members = {
        "entries.jsonl": "".join(one.data.decode() + "\n" for one in chosen),
        "personal.jsonl": "".join(
            map(_name, (one.seq for one in chosen if one.fields["personal"] and one.seq != 2))
        ),
        "checkpoints.jsonl": _line(
            {"path": tree.consistency(signed.tree.size, size), "size": signed.tree.size, "text": signed.text}
        )
        if signed
        else "",
        "files.jsonl": _line({"included": True, "seqs": [4], "sha256": SHA256, "size": len(SHEET.encode())})
        if any(one.fields["files"] for one in chosen)
        else "",
        f"files/{SHA256}": SHEET,
        "export.json": encode(header).decode(),
    }
    if seqs is not None:
        members["proofs.jsonl"] = "".join(
            _line({"path": tree.inclusion(one.seq, size), "seq": one.seq}) for one in chosen
        )
    return members


def _name(seq: int) -> str:
    return _line(
        {"name": "person", "salt": salt(seq).hex(), "seq": seq, "value": {"id": seq, "name": "刘敏"}}
    )


def _line(value: Json) -> str:
    return encode(value).decode() + "\n"


def archive_of(members: dict[str, str], path: Path) -> None:
    """Texts as UTF-8; a lone surrogate U+DCxx stands for the byte xx, which is no text."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(text.encode("utf-8", "surrogateescape"))


def cases() -> list[Case]:
    log = small_log()
    own = sign(log.head(SEALED), KEY, SIGNED_AT)
    key = own.public_key
    forged = small_log(n5={"body": {"minutes": 9000}})
    repaired = sign(forged.head(SEALED), FORGER, SIGNED_AT)
    receipt = Receipt(log=LOG, seq=10, hash=log.entries[9].hash).text
    odd = [1, 3, 5, 7, 9, 11]

    def case(name: str, members: dict[str, str], *codes: str, **held: Any) -> Case:
        return Case(name, members, **{"own": own.text, "key": key, **held}, codes=frozenset(codes))

    def altered(
        name: str, member: str, old: str, new: str, *codes: str, of: dict[str, str] | None = None
    ) -> Case:
        members = dict(of or members_of(log, signed=own))
        assert old in members[member], (name, old)
        members[member] = members[member].replace(old, new, 1)
        return case(name, members, *codes)

    whole, part = members_of(log, signed=own), members_of(log, odd, own)
    lines = [line + "\n" for line in whole["entries.jsonl"].split("\n")[:-1]]
    swapped = "".join([*lines[:4], lines[5], lines[4], *lines[6:]])
    sm3 = small_log(Algorithm.SM3)
    short = Log()
    for one in log.entries[:6]:
        short.add(**{name: one.fields[name] for name in ("kind", "body", "personal", "reverses")})
    root = ("root", "checkpoint_root", "server_checkpoint")
    return [
        case("whole", whole),
        case("whole, no checkpoint yet", whole, own=None, key=None),
        case("whole, no key to compare with", whole, key=None),
        case("whole, checkpoint with other line ends", whole, own=own.text.replace("\n", "\r\n")),
        case("whole, in SM3", members_of(sm3), own=sign(sm3.head(SEALED), KEY, SIGNED_AT).text),
        case("whole, sealed to the end", whole, own=sign(log.head(11), KEY, SIGNED_AT).text),
        case("whole, names not disclosed", {**whole, "personal.jsonl": ""}),
        case("a part", part),
        case("a part, sealed to its end", part, own=sign(log.head(11), KEY, SIGNED_AT).text),
        case("a part of one", members_of(log, [4], own)),
        case("a part, checkpoint not connected", {**part, "checkpoints.jsonl": ""}, "checkpoint_root"),
        case("samples of what is sealed", whole, number=7),
        case("samples, nothing sealed yet", whole, own=None, key=None, number=7),
        case("samples of a part", part, number=2**53 - 1),
        case(
            "samples, in SM3",
            members_of(sm3),
            own=sign(sm3.head(SEALED), KEY, SIGNED_AT).text,
            number=0,
        ),
        case("no samples of what is broken", members_of(forged), "checkpoint_root", number=7),
        case("receipts hold", whole, receipts=f"{receipt}\n\n"),
        case(
            "receipt of another entry",
            whole,
            "receipt",
            receipts=receipt[:-2] + ("00" if receipt[-2:] != "00" else "11"),
        ),
        case(
            "receipt of an entry that is gone",
            whole,
            "receipt_beyond",
            receipts=receipt.replace(" 10 ", " 12 "),
        ),
        case("receipt of another log", whole, "receipt_log", receipts=receipt.replace("430923-", "430922-")),
        case("receipt that is none", whole, "receipt_form", receipts="itops-receipt-1"),
        case("edited and hashed again", members_of(forged), "checkpoint_root"),
        case("edited, server's checkpoint repaired", members_of(forged, signed=repaired), "checkpoint_root"),
        case("edited, part of it", members_of(forged, odd, repaired), "checkpoint_root"),
        case(
            "the forger's checkpoint",
            members_of(forged, signed=repaired),
            "checkpoint_key",
            own=repaired.text,
        ),
        case("cut below the checkpoint", members_of(short), "checkpoint_beyond"),
        altered("edited in place", "entries.jsonl", '"minutes":150', '"minutes":950', "chain", *root),
        altered(
            "edited in place, of a part",
            "entries.jsonl",
            '"minutes":150',
            '"minutes":950',
            "inclusion",
            of=part,
        ),
        case("changed places", {**whole, "entries.jsonl": swapped}, "order", "chain", "time", *root),
        case(
            "one cut out",
            {**whole, "entries.jsonl": "".join(lines[:4] + lines[5:])},
            "order",
            "chain",
            "export",
            "personal",
            *root,
        ),
        case("one cut off", {**whole, "entries.jsonl": "".join(lines[:-1])}, "export", "personal", "root"),
        case(
            "one twice",
            {**whole, "entries.jsonl": "".join([*lines[:5], lines[4], *lines[5:]])},
            "order",
            "chain",
            "export",
            *root,
        ),
        altered(
            "a space in an entry", "entries.jsonl", '"v":1', '"v": 1', "entry", "chain", "personal", *root
        ),
        altered(
            "a number with a fraction",
            "entries.jsonl",
            '"minutes":150',
            '"minutes":150.0',
            "entry",
            "chain",
            "personal",
            *root,
        ),
        altered(
            "a number too large",
            "entries.jsonl",
            '"minutes":150',
            '"minutes":9007199254740992',
            "entry",
            "chain",
            "personal",
            *root,
        ),
        altered(
            "half a surrogate pair",
            "entries.jsonl",
            '"title":"',
            '"title":"\\ud83d',
            "entry",
            "chain",
            "personal",
            *root,
        ),
        altered(
            "bytes that are no text",
            "entries.jsonl",
            '"title":"',
            '"title":"\udcff',
            "entry",
            "chain",
            "personal",
            *root,
        ),
        altered(
            "a key twice", "entries.jsonl", '"v":1}', '"v":1,"v":1}', "entry", "chain", "personal", *root
        ),
        altered(
            "another log's entry",
            "entries.jsonl",
            LOG,
            "430922-0123456789abcdef",
            "other_log",
            "chain",
            *root,
        ),
        altered("a header of another size", "export.json", '"size":11', '"size":12', "root"),
        altered("a header that is none", "export.json", '"v":1', '"v":2', "export"),
        altered(
            "the server's checkpoint altered", "checkpoints.jsonl", "size: 8", "size: 7", "server_checkpoint"
        ),
        altered("another name", "personal.jsonl", '"id":5,"name":"刘敏"', '"id":5,"name":"王某"', "personal"),
        altered("another file", f"files/{SHA256}", "刘敏", "刘明", "file"),
        altered("no file", "files.jsonl", '"included":true', '"included":false'),
        altered("a manifest without the file", "files.jsonl", whole["files.jsonl"], "", "file"),
        case(
            "own checkpoint altered",
            whole,
            "checkpoint_signature",
            own=own.text.replace("size: 8", "size: 9"),
        ),
        case("own checkpoint that is none", whole, "checkpoint_form", own="hello"),
        case(
            "own checkpoint of another log",
            whole,
            "checkpoint_log",
            own=sign(replace(log.head(8), log="430922-0123456789abcdef"), KEY, SIGNED_AT).text,
        ),
        _own(
            case, small_log(n9={"kind": "reversal", "body": {"reason": "x"}, "reverses": 3}), "reversed twice"
        ),
        _own(
            case,
            small_log(n9={"kind": "reversal", "body": {"reason": "\u3000 "}, "reverses": 4}),
            "reversed without a reason",
        ),
        _own(
            case,
            small_log(n9={"kind": "reversal", "body": {"reason": "x"}, "reverses": 6}),
            "a reversal reversed",
        ),
        _own(
            case,
            small_log(n9={"kind": "reversal", "body": {"reason": "x"}, "reverses": 10}),
            "a later one reversed",
        ),
        _own(case, small_log(n9={"reverses": 4}), "reverses and is no reversal"),
    ]


def _own(case: Callable[..., Case], log: Log, name: str) -> Case:
    """A log whose own checkpoint agrees, although it breaks the rules of reversals."""
    return case(name, members_of(log), "reversal", own=sign(log.head(SEALED), KEY, SIGNED_AT).text)


def primitives() -> dict[str, Any]:
    """Values to hold one's own hashes, proofs and signatures against."""
    log = small_log()
    tree, signed = log.stored(), sign(log.head(SEALED), KEY, SIGNED_AT)
    value: Json = {"b": [1, None, True], "a": 'é"\\\x1f\n\x7f\u2028汉😀'}
    return {
        "canonical": {"value": value, "bytes": encode(value).hex()},
        "commitments": [
            {
                "alg": alg.value,
                "name": "person",
                "value": "刘敏",
                "salt": salt(1).hex(),
                "is": commitment("person", "刘敏", salt(1), alg),
            }
            for alg in Algorithm
        ],
        "entries": [{"entry": one.data.decode(), "hash": one.hash} for one in log.entries],
        "roots": {str(size): tree.root(size) for size in range(12)},
        "inclusion": [{"seq": n, "size": 11, "path": tree.inclusion(n, 11)} for n in range(1, 12)],
        "consistency": [{"old": n, "size": 11, "path": tree.consistency(n, 11)} for n in range(1, 12)],
        "checkpoint": {"secret": bytes(range(32)).hex(), "text": signed.text},
        "receipt": Receipt(log=LOG, seq=10, hash=log.entries[9].hash).text,
        "samples": [
            _draw(alg, number, size)
            for alg in Algorithm
            for number, size in ((0, 1), (7, 11), (20261122, 12_840), (2**53 - 1, 2**53 - 1))
        ],
    }


def _draw(algorithm: Algorithm, number: int, size: int) -> dict[str, Any]:
    root = small_log().stored().root(11)
    found = list(islice(drawn(root, number, size, algorithm), 12))
    return {"alg": algorithm.value, "root": root, "number": number, "size": size, "drawn": found}


def documents() -> dict[str, Any]:
    """What stands in each file."""
    return {"primitives.json": primitives(), "exports.json": [case.document() for case in cases()]}


def text_of(document: Any) -> str:
    return json.dumps(document, ensure_ascii=True, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, document in documents().items():
        (FOLDER / name).write_text(text_of(document))
