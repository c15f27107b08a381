"""An entry of the log: what is hashed, and how one follows the other."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workforce.ledger.algorithms import Algorithm
from workforce.ledger.canonical import Json, NotCanonical, decode, encode
from workforce.ledger.merkle import leaf_hash

VERSION = 1
BEFORE_THE_FIRST = "0" * 64
FIELDS = frozenset(
    ("alg", "at", "body", "by", "files", "kind", "log", "personal", "place", "prev", "reverses", "seq", "v")
)
_ALGORITHMS = [one.value for one in Algorithm]
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a log ends: the number and hash of its last entry."""

    log: str
    algorithm: Algorithm = Algorithm.SHA256
    seq: int = 0
    hash: str = BEFORE_THE_FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants to have entered; `personal` holds commitments, never the data."""

    kind: str
    body: Mapping[str, Json]
    personal: Mapping[str, str]
    place: Mapping[str, Json] | None
    files: Sequence[Mapping[str, Json]]
    reverses: int | None
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in the log: its canonical bytes and what they say."""

    data: bytes
    fields: Mapping[str, Any]

    @property
    def seq(self) -> int:
        return int(self.fields["seq"])

    @property
    def algorithm(self) -> Algorithm:
        return Algorithm(self.fields["alg"])

    @property
    def hash(self) -> str:
        """Also the hash of its leaf in the tree."""
        return leaf_hash(self.data, self.algorithm).hex()


def follow(head: Head, draft: Draft) -> Entry:
    """The entry that the draft becomes after this head."""
    fields: dict[str, Json] = {
        "v": VERSION,
        "log": head.log,
        "alg": head.algorithm.value,
        "seq": head.seq + 1,
        "prev": head.hash,
        "at": draft.at,
        "kind": draft.kind,
        "by": draft.by,
        "place": draft.place,
        "body": draft.body,
        "personal": draft.personal,
        "files": draft.files,
        "reverses": draft.reverses,
    }
    return Entry(encode(fields), fields)


def read_entry(data: bytes) -> Entry:
    """The entry of these bytes; NotCanonical for anything that this format does not know."""
    fields = decode(data)
    if (
        not isinstance(fields, dict)
        or fields.keys() != FIELDS
        or not _is_number(fields["v"])
        or fields["v"] != VERSION
    ):
        raise NotCanonical("this is not an entry of version 1")
    for name in FIELDS:
        if not _has_its_form(name, fields[name]):
            raise NotCanonical(f"the field {name} is not as an entry has it")
    return Entry(data, fields)


def _has_its_form(name: str, value: Any) -> bool:
    match name:
        case "seq":
            return _is_number(value) and value > 0
        case "reverses":
            return value is None or _is_number(value)
        case "prev":
            return isinstance(value, str) and _HASH.fullmatch(value) is not None
        case "at":
            return isinstance(value, str) and _TIME.fullmatch(value) is not None
        case "alg":
            return value in _ALGORITHMS
        case "body":
            return isinstance(value, dict)
        case "personal":
            return isinstance(value, dict) and all(_HASH.fullmatch(str(one)) for one in value.values())
        case "files":
            return isinstance(value, list) and all(map(_is_file, value))
        case "place":
            return value is None or isinstance(value, dict)
    return True if name == "v" else isinstance(value, str) and value != ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_file(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"sha256", "size"}
        and _HASH.fullmatch(str(value["sha256"])) is not None
        and _is_number(value["size"])
    )
