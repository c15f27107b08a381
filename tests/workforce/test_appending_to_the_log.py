"""`append` seals what it is given in the caller's transaction, one entry after the other."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tests.support.county import County
from workforce.actions.log import append, erase, reverse
from workforce.ledger.canonical import NotCanonical
from workforce.ledger.commitments import commitment
from workforce.ledger.entries import BEFORE_THE_FIRST, read_entry
from workforce.ledger.kinds import Kind
from workforce.ledger.merkle import Frontier
from workforce.models import LogEntry, LogPersonal

pytestmark = pytest.mark.django_db
BY = "user:1"


def one(county: County, minutes: int = 180) -> LogEntry:
    return append(
        kind=Kind.TRAINING_ENTRY,
        body={"minutes": minutes, "title": "视频会议室操作"},
        personal={"person": {"name": "刘敏", "id": 7}},
        place=county.xianxi,
        by=BY,
    )


def test_an_entry_says_what_it_was_given_where_and_by_whom(county: County) -> None:
    entry = one(county)
    assert (entry.seq, entry.kind, entry.place, entry.reverses) == (1, "training_entry", county.xianxi, None)
    assert entry.body == {"minutes": 180, "title": "视频会议室操作"}
    assert entry.fields["by"] == BY
    assert entry.fields["place"] == {"id": county.xianxi.pk, "code": "430923103", "name": "仙溪镇"}
    assert entry.fields["log"].startswith("430923-")
    assert entry.fields["prev"] == BEFORE_THE_FIRST


def test_each_entry_names_the_hash_of_the_one_before_and_its_subtrees_are_those_of_the_tree(
    county: County,
) -> None:
    for minutes in range(1, 20):
        one(county, minutes)
    entries = list(LogEntry.objects.all())
    assert [entry.seq for entry in entries] == list(range(1, 20))
    assert all(after.fields["prev"] == before.hash for before, after in pairwise(entries))
    tree = Frontier()
    for entry in entries:
        leaf = bytes.fromhex(read_entry(entry.entry.encode()).hash)
        assert b"".join(tree.add(leaf)) == bytes(entry.subtrees)


def test_a_name_is_not_in_the_entry_but_can_be_shown_to_belong_to_it(county: County) -> None:
    entry = one(county)
    kept = LogPersonal.objects.get(entry=entry)
    assert "刘敏" not in entry.entry
    assert entry.fields["personal"] == {"person": commitment("person", kept.value, bytes(kept.salt))}


def test_it_is_taken_back_with_the_transaction_and_leaves_no_gap(county: County) -> None:
    one(county)
    with transaction.atomic():
        one(county)
        transaction.set_rollback(True)
    assert one(county).seq == 2


@pytest.mark.parametrize("body", [{"hours": 1.5}, {"Title": "x"}, {"n": 2**53}, {"x": "\0"}, {"x": "\ud800"}])
def test_what_two_programs_might_write_differently_is_refused(
    county: County, body: dict[str, object]
) -> None:
    with pytest.raises(NotCanonical), transaction.atomic():
        append(kind=Kind.SIGN_OFF, body=body, by=BY)  # type: ignore[arg-type]
    assert not LogEntry.objects.exists()


def test_an_entry_is_reversed_whole_once_and_with_a_reason(county: County) -> None:
    entry = one(county)
    with pytest.raises(ValidationError, match="说明"):
        reverse(entry=entry, reason=" ", by=BY)
    back = reverse(entry=entry, reason="签错了人", by=BY)
    assert (back.kind, back.reverses, back.place, back.body) == (
        "reversal",
        entry,
        county.xianxi,
        {"reason": "签错了人"},
    )
    for again in (entry, back):
        with pytest.raises(ValidationError):
            reverse(entry=again, reason="再冲一次", by=BY)
    assert LogEntry.objects.count() == 2


def test_erasing_a_name_leaves_the_chain_and_says_so_in_an_entry(county: County) -> None:
    entry = one(county)
    sealed = entry.entry
    erased = erase(entry=entry, names=["person"], basis="个人信息保护法第四十七条", by=BY)
    assert not LogPersonal.objects.exists()
    assert erased.body == {"seq": 1, "names": ["person"], "basis": "个人信息保护法第四十七条"}
    assert LogEntry.objects.get(pk=1).entry == sealed
    with pytest.raises(ValidationError):
        erase(entry=entry, names=["person"], basis="再删一次", by=BY)


FORGED = (
    "INSERT INTO workforce_logentry (entry, subtrees) SELECT entry, subtrees FROM workforce_logentry LIMIT 1",
    "INSERT INTO workforce_logentry (entry, subtrees) SELECT replace(entry, '\"seq\":1', '\"seq\":2'), subtrees"
    " FROM workforce_logentry LIMIT 1",
    "INSERT INTO workforce_logentry (entry, subtrees)"
    " SELECT text, sha256('\\x00'::bytea || convert_to(text, 'UTF8')) FROM (SELECT replace(replace(entry,"
    " '\"seq\":1,', '\"seq\":2,'), '4309', '4310') AS text FROM workforce_logentry) forged",
)


@pytest.mark.parametrize("statement", FORGED, ids=["again", "wrong hash", "another log"])
def test_the_database_takes_only_what_follows_the_head(county: County, statement: str) -> None:
    one(county)
    with pytest.raises(DatabaseError, match="does not follow"), connection.cursor() as cursor:
        cursor.execute(statement)
