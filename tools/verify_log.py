#!/usr/bin/env python3
"""Verifies an export of the sealed log against the auditor's own checkpoint; docs/log-format.md says by which rules.

One file of its own: Python 3.9 or newer, and for signatures the package `cryptography` or the program `openssl`.
It shares no code with the program that it verifies.

    python3 verify_log.py export.zip --checkpoint mine.seal [--key HEX] [--receipt FILE] [--lang zh|en] [--json]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    CRYPTOGRAPHY = True
except ImportError:
    CRYPTOGRAPHY = False

Digest = Callable[[bytes], bytes]

ZEROS = "0" * 64
KEYS = {
    "alg",
    "at",
    "body",
    "by",
    "files",
    "kind",
    "log",
    "personal",
    "place",
    "prev",
    "reverses",
    "seq",
    "v",
}
HEADER = {"alg", "entries", "head", "log", "made", "place", "root", "since", "size", "until", "v", "whole"}
FIXED = {"reversal", "erasure"}
AT_MOST = 100
ABOUT_PEOPLE = ("training_entry", "assessment_result", "certificate")
MOST_DRAWN, MANY = 400, 8
is_hash = re.compile(r"[0-9a-f]{64}").fullmatch
is_time = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z").fullmatch
is_key = re.compile(r"[a-z0-9_]{1,64}").fullmatch
LOG = r"[0-9a-z]{1,20}-[0-9a-f]{16}"
CHECKPOINT = re.compile(
    rf"(itops-checkpoint-1\nlog: (?P<log>{LOG})\nsize: (?P<size>[1-9][0-9]{{0,14}})\n"
    r"root: (?P<alg>sha256|sm3):(?P<root>[0-9a-f]{64})\nhead: (?P=alg):(?P<head>[0-9a-f]{64})\n"
    r"time: [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\nkey: ed25519:(?P<key>[0-9a-f]{64})\n)"
    r"signature: (?P<signature>[0-9a-f]{128})\n"
)
RECEIPT = re.compile(rf"itops-receipt-1 ({LOG}) ([1-9][0-9]{{0,14}}) (sha256|sm3):([0-9a-f]{{64}})")


class Unusable(Exception):
    """Not even the form of an export."""


# --- canonical JSON


def refuse(_text: str) -> None:
    raise ValueError("not an integer")


DECODER = json.JSONDecoder(parse_float=refuse, parse_constant=refuse)
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
GOOD_KEYS = set(KEYS)


def is_good_key(name: str) -> bool:
    if name in GOOD_KEYS:
        return True
    if is_key(name) and len(GOOD_KEYS) < 10_000:
        GOOD_KEYS.add(name)
    return is_key(name) is not None


def well_formed(value: Any, depth: int = 20) -> bool:
    if depth == 0:
        return False
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, dict):
        return all(is_good_key(name) and well_formed(one, depth - 1) for name, one in value.items())
    if isinstance(value, list):
        return all(well_formed(one, depth - 1) for one in value)
    return value is None or -(2**53) < value < 2**53


def canonical(value: Any) -> bytes:
    return ENCODER.encode(value).encode()


def read(line: bytes) -> Any:
    """The value of a canonical line, or None."""
    try:
        value = DECODER.decode(line.decode())
        return value if well_formed(value) and canonical(value) == line else None
    except (ValueError, RecursionError):
        return None


# --- hashes, tree, signatures


def hasher(alg: str) -> Digest:
    def digest(data: bytes) -> bytes:
        return hashlib.new(alg, data).digest()

    return (lambda data: hashlib.sha256(data).digest()) if alg == "sha256" else digest


class Tree:
    """A stack of perfect trees, the largest first."""

    def __init__(self, digest: Digest) -> None:
        self.digest, self.size = digest, 0
        self.stack: list[bytes] = []

    def push(self, leaf: bytes) -> None:
        self.size += 1
        rest = self.size
        while not rest & 1:
            leaf = self.digest(b"\1" + self.stack.pop() + leaf)
            rest >>= 1
        self.stack.append(leaf)

    def root(self) -> str:
        if not self.stack:
            return self.digest(b"").hex()
        found = self.stack[-1]
        for left in self.stack[-2::-1]:
            found = self.digest(b"\1" + left + found)
        return found.hex()


def hashes_of(path: Any) -> list[bytes] | None:
    if not isinstance(path, list) or not all(isinstance(one, str) and is_hash(one) for one in path):
        return None
    return [bytes.fromhex(one) for one in path]


def included(digest: Digest, leaf: bytes, seq: int, size: int, proof: Any, root: str) -> bool:
    """RFC 9162, 2.1.3.2."""
    path = hashes_of(proof)
    if path is None or not 0 < seq <= size:
        return False
    fn, sn, r = seq - 1, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = digest(b"\1" + p + r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = digest(b"\1" + r + p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r.hex() == root


def consistent(
    digest: Digest, first: int, second: int, first_root: str, second_root: str, proof: Any
) -> bool:
    """RFC 9162, 2.1.4.2."""
    path = hashes_of(proof)
    if path is None or not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    if first & (first - 1) == 0:
        path = [bytes.fromhex(first_root), *path]
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = digest(b"\1" + c + fr), digest(b"\1" + c + sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = digest(b"\1" + sr + c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr.hex() == first_root and sr.hex() == second_root


def signed(key: str, signature: str, data: bytes) -> bool:
    if not CRYPTOGRAPHY:
        return signed_by_openssl(key, signature, data)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_by_openssl(key: str, signature: str, data: bytes) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        parts = {
            "key": bytes.fromhex("302a300506032b6570032100" + key),
            "sig": bytes.fromhex(signature),
            "data": data,
        }
        for name, content in parts.items():
            Path(folder, name).write_bytes(content)
        words = "openssl pkeyutl -verify -pubin -inkey key -keyform DER -rawin -in data -sigfile sig"
        try:
            return subprocess.run(words.split(), cwd=folder, capture_output=True, check=False).returncode == 0
        except OSError as error:
            raise Unusable("neither the package cryptography nor the program openssl is here") from error


def checkpoint(text: str) -> re.Match[str] | None:
    return CHECKPOINT.fullmatch(text.replace("\r\n", "\n").strip(" \t\r\n") + "\n")


def has_its_signature(found: re.Match[str]) -> bool:
    return signed(found["key"], found["signature"], found[1].encode())


# --- entries


def is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_evidence(file: Any) -> bool:
    if not isinstance(file, dict) or set(file) != {"sha256", "size"}:
        return False
    return isinstance(file["sha256"], str) and bool(is_hash(file["sha256"])) and is_number(file["size"])


def is_entry(e: Any) -> bool:
    return (
        isinstance(e, dict)
        and set(e) == KEYS
        and is_number(e["v"])
        and e["v"] == 1
        and e["alg"] in ("sha256", "sm3")
        and all(isinstance(e[name], str) and e[name] for name in ("log", "kind", "by", "prev", "at"))
        and bool(is_hash(e["prev"]) and is_time(e["at"]))
        and is_number(e["seq"])
        and e["seq"] > 0
        and (e["reverses"] is None or is_number(e["reverses"]))
        and (e["place"] is None or isinstance(e["place"], dict))
        and isinstance(e["body"], dict)
        and isinstance(e["personal"], dict)
        and all(isinstance(one, str) and is_hash(one) for one in e["personal"].values())
        and isinstance(e["files"], list)
        and all(map(is_evidence, e["files"]))
    )


class Members:
    """The files of an uncompressed archive, as their bytes lie there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
        if any(one.compress_type != zipfile.ZIP_STORED for one in listed):
            raise zipfile.BadZipFile("it is compressed")
        self.where = {one.filename: (one.header_offset, one.file_size) for one in listed}
        self.twice = len(self.where) != len(listed)

    def blocks(self, name: str) -> Iterator[bytes]:
        """Of an absent member, none."""
        if name not in self.where:
            return
        offset, left = self.where[name]
        with self.path.open("rb") as stream:
            stream.seek(offset + 26)
            stream.seek(sum(struct.unpack("<HH", stream.read(4))), 1)
            while left and (block := stream.read(min(left, 1 << 20))):
                left -= len(block)
                yield block

    def lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for block in self.blocks(name):
            *whole, rest = (rest + block).split(b"\n")
            yield from whole
        if rest:
            yield rest


class Verifier:
    def __init__(
        self,
        members: Members,
        own: str | None,
        key: str | None,
        receipts: list[tuple[str, int, str, str]],
        number: int | None,
    ) -> None:
        self.members, self.own, self.key, self.receipts, self.number = members, own, key, receipts, number
        self.head: dict[str, Any] = {"size": 0}
        self.mine: re.Match[str] | None = None
        self.claims: list[dict[str, Any]] = []
        self.findings: set[tuple[str, int | None]] = set()
        self.cannot = {"never_recorded": 1, "truth": 1}
        self.hash_at: dict[int, str] = {}
        self.root_at: dict[int, str] = {}
        self.files: dict[str, tuple[int, int]] = {}
        self.reversed: set[int] = set()
        self.fixed: set[int] = set()
        self.undisclosed: dict[tuple[str, ...], array[int]] = {}
        self.drawn: dict[int, bool] = {}
        self.erased: set[tuple[int, str]] = set()
        self.legacy = self.lines = self.vouched = 0

    def find(self, code: str, number: int | None = None) -> None:
        self.findings.add((code, number))

    def objects_of(self, name: str, keys: set[str], number: str) -> Iterator[dict[str, Any]]:
        for line in self.members.lines(name):
            value = read(line)
            if isinstance(value, dict) and set(value) == keys and is_number(value[number]):
                yield value
            else:
                self.find("export")

    def run(self) -> dict[str, Any]:
        if self.members.twice:
            self.find("export")
        if not self.read_header():
            return self.answer()
        self.read_own()
        self.draw()
        self.claims = list(self.objects_of("checkpoints.jsonl", {"path", "size", "text"}, "size"))
        self.read_entries()
        self.compare_own()
        self.compare_claims()
        self.compare_receipts()
        self.compare_files()
        self.count()
        return self.answer()

    def read_header(self) -> bool:
        head = read(b"\n".join(self.members.lines("export.json")))
        good = (
            isinstance(head, dict)
            and set(head) == HEADER
            and head["v"] == 1
            and head["alg"] in ("sha256", "sm3")
            and is_number(head["size"])
            and isinstance(head["whole"], bool)
            and all(isinstance(head[name], str) and is_hash(head[name]) for name in ("root", "head"))
        )
        if not good:
            self.find("export")
            return False
        self.head, self.digest = head, hasher(head["alg"])
        return True

    def read_own(self) -> None:
        if self.own is None:
            self.cannot["no_checkpoint"] = 1
            return
        self.mine = checkpoint(self.own)
        if self.mine is None:
            self.find("checkpoint_form")
        elif not has_its_signature(self.mine):
            self.find("checkpoint_signature")
            self.mine = None
        elif self.key and self.mine["key"] != self.key:
            self.find("checkpoint_key")
            self.mine = None
        elif (self.mine["log"], self.mine["alg"]) != (self.head["log"], self.head["alg"]):
            self.find("checkpoint_log")
            self.mine = None
        if not self.key:
            self.cannot["key_unconfirmed"] = 1

    def draw(self) -> None:
        """Which entries the auditor's number draws: from what the checkpoint seals, or from all."""
        if self.number is None:
            return
        root, size = (
            (self.mine["root"], int(self.mine["size"]))
            if self.mine
            else (self.head["root"], self.head["size"])
        )
        self.drawn = dict.fromkeys(drawn(self.digest, root, self.number, size), False)

    def read_entries(self) -> None:
        """One pass over the log; nothing of it is kept that grows with it but a number an entry."""
        self.tree = Tree(self.digest)
        self.sizes = {one["size"] for one in self.claims} | ({int(self.mine["size"])} if self.mine else set())
        self.heads = self.sizes | {seq for _log, seq, _alg, _hash in self.receipts} | {self.head["size"]}
        self.proofs = {p["seq"]: p["path"] for p in self.objects_of("proofs.jsonl", {"path", "seq"}, "seq")}
        personal: dict[int, list[dict[str, Any]]] = {}
        for one in self.objects_of("personal.jsonl", {"name", "salt", "seq", "value"}, "seq"):
            personal.setdefault(one["seq"], []).append(one)
        self.last, self.last_hash, self.last_at = 0, ZEROS, ""
        for line in self.members.lines("entries.jsonl"):
            self.lines += 1
            leaf = self.digest(b"\0" + line)
            if self.head["whole"]:
                self.grow(leaf)
            entry = read(line)
            if is_entry(entry):
                self.stands_in_its_place(entry, leaf)
                self.look_into(entry, personal.pop(entry["seq"], []))
            else:
                self.find("entry", self.lines)
                self.last, self.last_hash = (self.lines if self.head["whole"] else 0), leaf.hex()
        for left_over in personal:
            self.find("personal", left_over)
        self.ends_as_it_says()

    def grow(self, leaf: bytes) -> None:
        self.tree.push(leaf)
        if self.lines in self.sizes:
            self.root_at[self.lines] = self.tree.root()

    def stands_in_its_place(self, entry: dict[str, Any], leaf: bytes) -> None:
        """Number, log, the hash before, time; of a part its proof as well."""
        seq, whole, own_hash = entry["seq"], self.head["whole"], leaf.hex()
        if (seq != self.lines) if whole else (seq <= self.last or seq > self.head["size"]):
            self.find("order", seq)
        if entry["log"] != self.head["log"] or entry["alg"] != self.head["alg"]:
            self.find("other_log", seq)
        before = ZEROS if seq == 1 else self.last_hash
        if entry["prev"] != before and (whole or seq == self.last + 1 or seq == 1):
            self.find("chain", seq)
        if entry["at"] < self.last_at:
            self.find("time", seq)
        if not whole and not self.belongs(leaf, seq):
            self.find("inclusion", seq)
        if seq in self.heads:
            self.hash_at[seq] = own_hash
        self.last, self.last_hash, self.last_at = seq, own_hash, entry["at"]

    def belongs(self, leaf: bytes, seq: int) -> bool:
        path = self.proofs.pop(seq, None)
        return included(self.digest, leaf, seq, self.head["size"], path, self.head["root"])

    def ends_as_it_says(self) -> None:
        size = self.head["size"]
        if self.lines != self.head["entries"]:
            self.find("export")
        differs = self.hash_at.get(size) not in (None, self.head["head"])
        if differs or (
            self.head["whole"] and (self.tree.size != size or self.tree.root() != self.head["root"])
        ):
            self.find("root")

    def look_into(self, entry: dict[str, Any], disclosed: list[dict[str, Any]]) -> None:
        seq, kind, body = entry["seq"], entry["kind"], entry["body"]
        is_reversal = kind == "reversal"
        if is_reversal != (entry["reverses"] is not None) or (is_reversal and not self.may_reverse(entry)):
            self.find("reversal", seq)
        if kind in FIXED:
            self.fixed.add(seq)
        if kind == "erasure" and isinstance(body.get("names"), list) and is_number(body.get("seq")):
            self.erased |= {(body["seq"], name) for name in body["names"] if isinstance(name, str)}
        self.legacy += kind == "legacy_import"
        if seq in self.drawn and kind in ABOUT_PEOPLE:
            self.drawn[seq] = True
        for file in entry["files"]:
            self.files.setdefault(file["sha256"], (seq, file["size"]))
        hidden = set(entry["personal"])
        for one in disclosed:
            if self.opens(entry["personal"], one):
                hidden.discard(one["name"])
            else:
                self.find("personal", seq)
        if hidden:
            self.undisclosed.setdefault(tuple(hidden), array("Q")).append(seq)

    def may_reverse(self, entry: dict[str, Any]) -> bool:
        target, reason = entry["reverses"], entry["body"].get("reason")
        good = 0 < target < entry["seq"] and target not in self.reversed and target not in self.fixed
        self.reversed.add(target)
        return good and isinstance(reason, str) and reason.strip(" \t\r\n\u3000") != ""

    def opens(self, commitments: dict[str, str], one: dict[str, Any]) -> bool:
        if not isinstance(one["name"], str) or not isinstance(one["salt"], str) or not is_hash(one["salt"]):
            return False
        data = b"\2" + bytes.fromhex(one["salt"]) + canonical([one["name"], one["value"]])
        return self.digest(data).hex() == commitments.get(one["name"])

    def agrees(self, size: int, root: str, head: str) -> bool:
        """Whether the first `size` entries are those of a checkpoint."""
        if size in self.hash_at and self.hash_at[size] != head:
            return False
        if self.head["whole"]:
            return self.root_at.get(size) == root and size in self.hash_at
        if size == self.head["size"]:
            return bool((root, head) == (self.head["root"], self.head["head"]))
        paths = [one["path"] for one in self.claims if one["size"] == size]
        return any(
            consistent(self.digest, size, self.head["size"], root, self.head["root"], one) for one in paths
        )

    def length(self) -> int:
        return self.lines if self.head["whole"] else int(self.head["size"])

    def compare_own(self) -> None:
        if self.mine is None:
            return
        size = int(self.mine["size"])
        if size > self.length():
            self.find("checkpoint_beyond", size)
        elif not self.agrees(size, self.mine["root"], self.mine["head"]):
            self.find("checkpoint_root", size)
        else:
            self.vouched = size
        if self.length() > size:
            self.cannot["after_checkpoint"] = self.length() - size

    def compare_claims(self) -> None:
        for one in self.claims:
            if one["text"] is None:
                continue
            found = checkpoint(one["text"]) if isinstance(one["text"], str) else None
            good = (
                found is not None
                and int(found["size"]) == one["size"]
                and (found["log"], found["alg"]) == (self.head["log"], self.head["alg"])
                and has_its_signature(found)
                and self.agrees(one["size"], found["root"], found["head"])
            )
            if not good:
                self.find("server_checkpoint", one["size"])

    def compare_receipts(self) -> None:
        for log, seq, alg, own_hash in self.receipts:
            if seq == 0:
                self.find("receipt_form")
            elif (log, alg) != (self.head["log"], self.head["alg"]):
                self.find("receipt_log", seq)
            elif seq > self.length():
                self.find("receipt_beyond", seq)
            elif self.hash_at.get(seq, own_hash if not self.head["whole"] else None) != own_hash:
                self.find("receipt", seq)

    def compare_files(self) -> None:
        withheld, listed = 0, set()
        for one in self.objects_of("files.jsonl", {"included", "seqs", "sha256", "size"}, "size"):
            name = one["sha256"] if isinstance(one["sha256"], str) else ""
            first, size = self.files.get(name, (None, None))
            listed.add(name)
            if size is None or size != one["size"]:
                self.find("file", first)
            elif one["included"] is not True:
                withheld += 1
            elif not self.is_the_file(name, size):
                self.find("file", first)
        for name in set(self.files) - listed:
            self.find("file", self.files[name][0])
        if withheld:
            self.cannot["files_withheld"] = withheld

    def is_the_file(self, name: str, size: int) -> bool:
        found, length = hashlib.sha256(), 0
        for part in self.members.blocks("files/" + name):
            found.update(part)
            length += len(part)
        return found.hexdigest() == name and length == size

    def count(self) -> None:
        hidden = self.undisclosed.items()
        erased = sum((seq, name) in self.erased for names, seqs in hidden for name in names for seq in seqs)
        withheld = sum(len(names) * len(seqs) for names, seqs in hidden) - erased
        counts = {"names_erased": erased, "names_withheld": withheld, "legacy": self.legacy}
        counts["partial"] = 0 if self.head["whole"] else 1
        self.cannot |= {code: number for code, number in counts.items() if number}

    def answer(self) -> dict[str, Any]:
        shown: list[list[Any]] = []
        seen: dict[str, int] = {}
        for code, number in sorted(self.findings, key=lambda one: (one[0], one[1] or 0)):
            seen[code] = seen.get(code, 0) + 1
            if seen[code] <= AT_MOST:
                shown.append([code, number])
        found: dict[str, Any] = {
            "verdict": "broken" if shown else "verified" if self.vouched else "not_vouched",
            "vouched_to": self.vouched,
            "size": self.head["size"],
            "entries": self.lines,
            "findings": shown,
            "cannot": dict(sorted(self.cannot.items())),
        }
        if self.number is not None and not shown:
            found["drawn"] = [seq for seq, is_told in self.drawn.items() if is_told][:MANY]
        return found


def receipts_in(texts: Iterable[str]) -> list[tuple[str, int, str, str]]:
    found = []
    for text in texts:
        for line in filter(None, (one.strip(" \t\r") for one in text.split("\n"))):
            match = RECEIPT.fullmatch(line)
            found.append((match[1], int(match[2]), match[3], match[4]) if match else ("", 0, "", ""))
    return found


def verify(
    path: Path,
    own: str | None,
    key: str | None = None,
    receipts: Iterable[str] = (),
    number: int | None = None,
) -> dict[str, Any]:
    """What can be said of the export at this path; with a number also which samples it draws."""
    try:
        return Verifier(Members(path), own, key, receipts_in(receipts), number).run()
    except (OSError, zipfile.BadZipFile) as error:
        raise Unusable(f"{path} cannot be read as an export: {error}") from error


def drawn(digest: Digest, root: str, number: int, size: int) -> Iterator[int]:
    """At most MOST_DRAWN numbers of entries, each once."""
    taken: dict[int, None] = {}
    turn = 0
    while len(taken) < min(size, MOST_DRAWN):
        turn += 1
        seed = b"\x03" + bytes.fromhex(root) + canonical([number, turn])
        value = struct.unpack(">Q", digest(seed)[:8])[0]
        seq = value % size + 1
        if value - value % size + size <= 2**64 and seq not in taken:
            taken[seq] = None
            yield seq


# --- for people

TABLE = """\
export | this is not an export of this version, or it contradicts itself | 不是本版本的导出文件，或自相矛盾
entry | this line is not an entry in the canonical form | 该行不是规范格式的条目
order | numbers are missing, repeated or out of order | 序号缺失、重复或次序错误
chain | it does not follow the entry before it | 与前一条目不相接
other_log | it is an entry of another log | 是另一本日志的条目
time | it is earlier than the entry before it | 时间早于前一条目
reversal | the reversal breaks the rules | 冲正不合规则
root | root or head are not those of the entries | 根值或末条哈希与条目不符
inclusion | it is not proved to belong to the log | 没有证明该条目属于本日志
personal | the personal data shown is not what was sealed | 所示个人信息与封存的承诺值不符
file | an evidence file is missing or is not the one that was sealed | 证据文件缺失或不是封存时的文件
server_checkpoint | a checkpoint kept by the server does not hold | 服务器保存的封存点不成立
checkpoint_form | your checkpoint cannot be read | 无法读取您的封存点
checkpoint_signature | the signature of your checkpoint is false | 您的封存点签名无效
checkpoint_key | your checkpoint was signed with another key | 封存点不是用您指定的密钥签名
checkpoint_log | your checkpoint is of another log | 您的封存点属于另一本日志
checkpoint_beyond | entries that your checkpoint vouches for are gone | 您的封存点所见证的条目已被截去
checkpoint_root | the entries are not those that your checkpoint vouches for | 条目与您的封存点所见证的不符
receipt_form | a receipt cannot be read | 无法读取回执
receipt_log | a receipt is of another log | 回执属于另一本日志
receipt_beyond | an entry that a receipt names is gone | 回执所载条目已被截去
receipt | the entry is not the one that a receipt names | 条目与回执所载不符
after_checkpoint | entries after your checkpoint, for which only the server vouches: {} |\
 封存点之后只有服务器作证的条目：{} 条
no_checkpoint | nothing was compared with a checkpoint of your own | 没有用您自己的封存点核对
partial | whether this part leaves out entries of that place and period | 本部分是否遗漏该地、该时段的条目
key_unconfirmed | whose key it is: you named none | 密钥属于谁：您没有指定公钥
names_withheld | personal data that is not in the export: {} | 导出中没有的个人信息：{} 项
names_erased | personal data that was erased, as an entry says: {} | 已依条目记载删除的个人信息：{} 项
files_withheld | evidence files that are not in the export: {} | 导出中没有的证据文件：{} 个
legacy | entries imported from older records and verified by nobody: {} | 由旧台账导入、无人核实的条目：{} 条
never_recorded | what was never recorded: no log can show it | 从未登记的事项：任何日志都无法发现
truth | whether what was recorded was true on that day | 所登记的内容在当时是否属实
verified | VERIFIED: entries 1 to {} are as they were when you signed your checkpoint. |\
 核验通过：第 1 至 {} 条与您签名封存时一致。
broken | BROKEN: this export must not be relied on. Entries that your checkpoint still covers: {}. |\
 核验不通过：此导出不可采信。您的封存点仍可见证的条目：{} 条。
not_vouched | NOT VOUCHED FOR: the file agrees with itself, and that is all. | 无见证：文件仅自身相符，别无其他证明。
drawn | Drawn by your number: {} | 按您的整数抽取：{}
cannot | This cannot be vouched for: | 以下无法作证：
"""
WORDS = {code: (en, zh) for code, en, zh in (line.split(" | ") for line in TABLE.splitlines())}


def sentences(found: dict[str, Any], language: str) -> str:
    """The answer, the findings, and what cannot be told."""

    def say(code: str, number: object = None) -> str:
        return WORDS[code][language == "zh"].format(number)

    lines = [say(found["verdict"], found["vouched_to"])]
    lines += [
        f"  ✗ {'' if number is None else f'#{number} '}{say(code)} [{code}]"
        for code, number in found["findings"]
    ]
    if "drawn" in found:
        lines.append(say("drawn", " ".join(f"#{seq}" for seq in found["drawn"]) or "–"))
    lines.append(say("cannot"))
    lines += [f"  ? {say(code, number)} [{code}]" for code, number in found["cannot"].items()]
    return "\n".join(lines)


def natural(text: str) -> int:
    if not re.fullmatch("[0-9]{1,16}", text) or int(text) >= 2**53:
        raise argparse.ArgumentTypeError("a whole number from 0 to 9007199254740991, please")
    return int(text)


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Verify an export of the sealed log. Exit status: 0 verified, 1 not, 2 unusable."
    )
    parser.add_argument("export", type=Path)
    own = parser.add_mutually_exclusive_group(required=True)
    own.add_argument("--checkpoint", type=Path, help="your own signed checkpoint, kept by you")
    own.add_argument(
        "--no-checkpoint", action="store_true", help="you have none yet: nothing can be vouched for"
    )
    parser.add_argument("--key", help="your public key, 64 hexadecimal digits")
    parser.add_argument(
        "--receipt", type=Path, action="append", default=[], help="a file of receipts, one a line"
    )
    parser.add_argument(
        "--draw", type=natural, metavar="NUMBER", help="draw eight samples by a whole number of yours"
    )
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    try:
        text = given.checkpoint.read_text(encoding="utf-8-sig") if given.checkpoint else None
        receipts = [file.read_text(encoding="utf-8-sig") for file in given.receipt]
        key = given.key.lower().removeprefix("ed25519:") if given.key else None
        found = verify(given.export, text, key, receipts, given.draw)
    except (OSError, UnicodeDecodeError, Unusable) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write((json.dumps(found) if given.json else sentences(found, given.lang)) + "\n")
    return 0 if found["verdict"] == "verified" else 1


if __name__ == "__main__":
    sys.exit(main())
