"""A hundred writers at once, some of whom take their transaction back: one unbroken chain without a gap."""

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from tests.own_database import OwnDatabase
from workforce.actions.log import INSERT, append, reverse
from workforce.actions.log_tree import tree_head
from workforce.ledger.entries import BEFORE_THE_FIRST, Draft, Head, follow, read_entry
from workforce.ledger.kinds import Kind
from workforce.ledger.merkle import Frontier
from workforce.models import LogEntry

WRITERS, CONNECTED = (
    100,
    60,
)  # PostgreSQL takes 100 connections, and other tests want some: the rest wait for one
EACH = 3


def test_they_make_one_chain(committing: OwnDatabase) -> None:
    begin, seats = threading.Barrier(WRITERS), threading.Semaphore(CONNECTED)

    def write(writer: int) -> None:
        begin.wait()
        with seats:
            try:
                for number in range(EACH):
                    with transaction.atomic():
                        append(kind=Kind.SIGN_OFF, body={"writer": writer, "number": number}, by="user:1")
                        transaction.set_rollback(writer % 10 == 0 and number == 1)
            finally:
                connections["default"].close()

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, range(WRITERS)))
    entries = [read_entry(one.entry.encode()) for one in LogEntry.objects.all()]
    assert [one.seq for one in entries] == list(range(1, WRITERS * EACH - 10 + 1))
    assert entries[0].fields["prev"] == BEFORE_THE_FIRST
    assert all(after.fields["prev"] == before.hash for before, after in pairwise(entries))
    assert len({one.fields["log"] for one in entries}) == 1
    assert [one.fields["at"] for one in entries] == sorted(one.fields["at"] for one in entries)
    assert len({(one.fields["body"]["writer"], one.fields["body"]["number"]) for one in entries}) == len(
        entries
    )
    tree = Frontier()
    for one in entries:
        tree.add(bytes.fromhex(one.hash))
    head = tree_head()
    assert head is not None
    assert head.root == tree.root().hex()


def test_of_many_who_reverse_the_same_entry_one_does(committing: OwnDatabase) -> None:
    with transaction.atomic():
        entry = append(kind=Kind.CERTIFICATE, body={"number": "安培 2026-001"}, by="user:1")
    begin = threading.Barrier(8)

    def take_back(_writer: int) -> bool:
        begin.wait()
        try:
            reverse(entry=LogEntry.objects.get(pk=entry.pk), reason="证书编号有误", by="user:2")
        except ValidationError:
            return False
        else:
            return True
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(8) as writers:
        assert sum(writers.map(take_back, range(8))) == 1
    assert LogEntry.objects.filter(reverses=entry).count() == 1


@pytest.mark.django_db
def test_the_database_refuses_a_second_reversal_that_is_written_by_hand() -> None:
    entry = append(kind=Kind.CERTIFICATE, body={}, by="user:1")
    back = reverse(entry=entry, reason="证书编号有误", by="user:1")
    head = Head(log=back.fields["log"], seq=back.seq, hash=back.hash)
    fields = back.fields
    draft = Draft(**{name: fields[name] for name in Draft.__slots__})
    forged = follow(head, draft)
    with pytest.raises(IntegrityError, match="reverses_id"), connections["default"].cursor() as cursor:
        cursor.execute(INSERT, {"entry": forged.data.decode(), "subtrees": bytes.fromhex(forged.hash)})
