"""An entry follows a head; nothing that this format does not know is read as one."""

import json

import pytest

from workforce.ledger.algorithms import Algorithm
from workforce.ledger.canonical import NotCanonical, encode
from workforce.ledger.commitments import commitment, new_salt
from workforce.ledger.entries import Draft, Head, follow, read_entry

DRAFT = Draft(
    kind="training_entry",
    body={"minutes": 180},
    personal={},
    place=None,
    files=[{"sha256": "ab" * 32, "size": 5}],
    reverses=None,
    by="user:7",
    at="2026-11-22T08:00:00.000001Z",
)
HEAD = Head(log="430923-0123456789abcdef")
WRONG = [
    *(
        {"seq": 0},
        {"seq": True},
        {"seq": "1"},
        {"prev": "ab"},
        {"at": "2026-11-22"},
        {"alg": "md5"},
        {"alg": []},
    ),
    *(
        {"body": []},
        {"personal": {"name": "刘敏"}},
        {"files": [{"sha256": "ab" * 32}]},
        {"place": 3},
        {"by": ""},
    ),
    *({"reverses": "1"}, {"v": 2}, {"v": True}, {"more": 1}, {"kind": None}),
]


@pytest.mark.parametrize("algorithm", Algorithm)
def test_it_names_the_one_before_it_and_is_read_again(algorithm: Algorithm) -> None:
    first = follow(Head(log=HEAD.log, algorithm=algorithm), DRAFT)
    second = follow(Head(log=HEAD.log, algorithm=algorithm, seq=1, hash=first.hash), DRAFT)
    assert second.fields["prev"] == first.hash
    assert (second.seq, second.algorithm) == (2, algorithm)
    assert read_entry(second.data) == second


@pytest.mark.parametrize("change", WRONG, ids=json.dumps)
def test_nothing_else_is_an_entry(change: dict[str, object]) -> None:
    fields = {**follow(HEAD, DRAFT).fields, **change}
    with pytest.raises(NotCanonical):
        read_entry(encode(fields))


def test_a_commitment_depends_on_name_value_and_salt() -> None:
    salt = new_salt()
    made = {
        commitment(name, value, one)
        for name in "ab"
        for value in ("刘敏", "刘明")
        for one in (salt, new_salt())
    }
    assert len(made) == 8
    assert commitment("a", {"x": 1, "y": 2}, salt) == commitment("a", {"y": 2, "x": 1}, salt)
    with pytest.raises(ValueError, match="32 bytes"):
        commitment("a", "b", b"short")
