"""A day's signs are read once and kept beside its block; whatever changes the day, or who it is read for, is seen."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.actions import kept_signs, marking
from inventory.actions.marking import mark
from inventory.actions.packing import pack_closed, pack_day, write_blocks
from inventory.blocks.codec import unpack
from inventory.blocks.table import merged
from inventory.models import Asset, Casebook, EvidenceBlock, EvidenceDay, Pending
from itops.database.statements import run_packed
from tests.support.county import County, endpoint_of
from tests.support.pages import county
from tests.support.verdicts import agrees, since, stored

__all__ = ["county"]
TODAY = timezone.localdate()
NOON = timezone.make_aware(datetime.combine(TODAY, time(12)))
LATELY = TODAY - timedelta(days=30)
DAYS = [TODAY + timedelta(days=days) for days in (0, 1, 25, 60, 95)]


@pytest.fixture
def kept(county: County) -> County:
    """All days but today lie in blocks, whose signs are kept."""
    pack_closed(NOON)
    mark(TODAY)
    mark(TODAY)
    assert not EvidenceBlock.objects.filter(signs=None).exists()
    return county


def good(county: County) -> int:
    return endpoint_of(county.assets["good"]).pk


def seen_late(county: County) -> None:
    silent = endpoint_of(county.assets["never"])
    for one in (silent.pk, good(county)):
        EvidenceDay.objects.update_or_create(
            endpoint_id=one, day=LATELY, witness="report", defaults={"seen_minutes": 60, "users": 1}
        )


def seen_late_and_packed(county: County) -> None:
    seen_late(county)
    pack_day(LATELY)


def corrected(county: County) -> None:
    """It was never there, as it turns out."""
    never_seen(county, list(EvidenceBlock.objects.values_list("day", flat=True)))


def never_seen(county: County, days: Collection[date]) -> None:
    """The day's blocks are written again without it."""
    for block in EvidenceBlock.objects.filter(day__in=days):
        table = unpack(bytes(block.data))
        others = np.flatnonzero(table.endpoint != good(county))
        silent = table.take(np.flatnonzero(table.endpoint == good(county)))
        nothing = np.zeros(len(silent.endpoint))
        numbers = {**silent.numbers, "seen_minutes": nothing, "users": nothing * np.nan}
        write_blocks(
            block.day, [(block.number, merged([table.take(others), replace(silent, numbers=numbers)]))]
        )


def corrected_by_hand(county: County) -> None:
    """Every day becomes what the first was, past all that the program does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE inventory_evidenceblock SET data = (SELECT data FROM inventory_evidenceblock ORDER BY day LIMIT 1)"
        )


def a_day_is_lost(county: County) -> None:
    EvidenceBlock.objects.filter(day__gt=LATELY).delete()


def signs_are_lost(county: County) -> None:
    EvidenceBlock.objects.filter(day__gt=LATELY).update(signs=None)


def signs_are_of_another_release(county: County) -> None:
    EvidenceBlock.objects.update(signs=b"of another form", signs_by="another release")


def casebooks_are_lost(county: County) -> None:
    Casebook.objects.all().delete()


def another_kind(county: County) -> None:
    Asset.objects.filter(pk=county.assets["good"].pk).update(kind="printer")


CHANGES: Mapping[str, Callable[[County], None]] = {
    one.__name__: one
    for one in (
        seen_late,
        seen_late_and_packed,
        corrected,
        corrected_by_hand,
        a_day_is_lost,
        signs_are_lost,
        signs_are_of_another_release,
        casebooks_are_lost,
        another_kind,
    )
}


def test_a_day_whose_signs_are_kept_is_not_read_again(kept: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(data: bytes, names: object) -> None:
        raise AssertionError("a block was read")

    monkeypatch.setattr(kept_signs, "unpack", refuse)
    mark(TODAY)
    EvidenceBlock.objects.filter(day=LATELY).update(signs=None)
    with pytest.raises(AssertionError, match="a block was read"):
        mark(TODAY)


def test_of_a_day_with_rows_no_signs_are_kept(kept: County) -> None:
    seen_late(kept)
    EvidenceBlock.objects.filter(day=LATELY).update(signs=None)
    mark(TODAY)
    assert EvidenceBlock.objects.filter(signs=None).values_list("day", flat=True).get() == LATELY


def test_the_database_empties_the_signs_of_what_is_written_again(kept: County) -> None:
    block = EvidenceBlock.objects.get(day=LATELY)
    write_blocks(LATELY, [(block.number, unpack(bytes(block.data)))])
    assert EvidenceBlock.objects.get(day=LATELY).signs is None


def test_signs_of_a_block_that_was_written_meanwhile_are_not_kept(
    kept: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    block = EvidenceBlock.objects.get(day=LATELY)
    EvidenceBlock.objects.filter(day=LATELY).update(signs=None)

    def written_first(statement: str, parameters: Mapping[str, object]) -> None:
        with transaction.atomic():  # a row written in the same (sub)transaction would bear the same version
            write_blocks(LATELY, [(block.number, unpack(bytes(block.data)))])
        run_packed(statement, parameters)

    monkeypatch.setattr(kept_signs, "run_packed", written_first)
    mark(TODAY)
    assert EvidenceBlock.objects.get(day=LATELY).signs is None
    monkeypatch.undo()
    mark(TODAY)
    assert EvidenceBlock.objects.get(day=LATELY).signs is not None


def remembered() -> object:
    books = [(book.number, bytes(book.data)) for book in Casebook.objects.order_by("number")]
    signs = EvidenceBlock.objects.order_by("number", "day").values_list("signs", "signs_by")
    return books, list(signs), sorted(Pending.objects.values_list("asset_id", flat=True))


def test_a_marking_that_is_broken_off_leaves_everything_as_it_was(
    kept: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected(kept)
    another_kind(kept)
    before = remembered(), stored()

    def broken_off(by: marking._Run, fold: str) -> None:
        assert (remembered(), stored()) != before
        raise InterruptedError

    monkeypatch.setattr(marking._Run, "counts", broken_off)
    with pytest.raises(InterruptedError):
        mark(TODAY)
    assert (remembered(), stored()) == before
    monkeypatch.undo()
    agrees(TODAY)


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_past_days_is_seen_now_and_as_days_leave_the_window(kept: County, change: str) -> None:
    CHANGES[change](kept)
    for day in DAYS:
        agrees(day)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 30)), min_size=2, max_size=4))
def test_whatever_happens_to_days_marking_what_changed_is_marking_everything(
    kept: County, happened: list[tuple[str, int]]
) -> None:
    day = TODAY
    with transaction.atomic():
        for change, later in happened:
            CHANGES[change](kept)
            day += timedelta(days=later)
            agrees(day)
        transaction.set_rollback(True)


def test_a_correction_may_show_that_a_mark_began_earlier(kept: County) -> None:
    """It answered once in a month of silence; that proves to be wrong."""
    silence = {TODAY - timedelta(days=back) for back in range(45)}
    answered = max(day for day in silence if day.weekday() < 5 and day < TODAY - timedelta(days=30))
    EvidenceDay.objects.filter(endpoint_id=good(kept)).update(seen_minutes=0, users=None)
    never_seen(kept, silence - {answered})
    agrees(TODAY)
    before = silent_since(kept)
    never_seen(kept, [answered])
    mark(TODAY)
    assert silent_since(kept) < before
    agrees(TODAY)


def silent_since(county: County) -> date:
    return since()[county.assets["good"].pk, "missing.computer.silent_unconfirmed"]
