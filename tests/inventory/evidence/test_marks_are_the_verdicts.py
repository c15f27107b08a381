"""What a marking stores, read from blocks a portion at a time, is what each asset's verdict says by itself."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from inventory.actions import verdicts
from inventory.actions.marking import judged, mark
from inventory.actions.packing import pack_closed
from inventory.marks.mark import Mark as Name
from inventory.models import Mark, Standing
from tests.support.county import County
from tests.support.verdicts import OF_ONE_ASSET, said

TODAY = timezone.localdate()
NOON = timezone.make_aware(datetime.combine(TODAY, time(12)))


def told(day: date) -> tuple[object, object]:
    """The answers, and the findings with their steady numbers, of every asset judged by itself."""
    every = judged(day)
    answers = {one.known.asset: tuple(one.judgement.answer(name).value for name in Name) for one in every}
    findings = {
        (one.known.asset, finding.rule): (finding.marking, said(finding.mark, finding.numbers))
        for one in every
        for finding in one.judgement.findings
    }
    return answers, findings


def stored() -> tuple[object, object]:
    standings = Standing.objects.values_list("asset", "missing", "outdated", "unused")
    marks = Mark.objects.filter(closed=None, asset__isnull=False)
    rows = marks.values_list("asset", "rule", "marking", "mark", "numbers")
    return (
        {asset: tuple(answers) for asset, *answers in standings},
        {(asset, rule): (marking, said(name, numbers)) for asset, rule, marking, name, numbers in rows},
    )


@pytest.mark.parametrize("portion", [3, 8_000])
def test_what_is_stored_is_what_each_verdict_says(
    county: County, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setattr(verdicts, "PORTION", portion)
    pack_closed(NOON)
    for day in (TODAY, TODAY + timedelta(days=2), TODAY + timedelta(days=20)):
        mark(day)
        assert stored() == told(day)


def test_a_mark_keeps_the_numbers_of_the_day_on_which_it_was_written(county: County) -> None:
    mark(TODAY)
    written = dict(Mark.objects.filter(closed=None, asset__isnull=False).values_list("pk", "numbers"))
    verdicts = {
        (one.known.asset, found.rule): found for one in judged(TODAY) for found in one.judgement.findings
    }
    for row in Mark.objects.filter(pk__in=written):
        fresh = verdicts[row.asset_id or 0, row.rule]
        assert (row.window_from, row.window_to) == (fresh.window_from, fresh.window_to)
        assert row.numbers == {
            name: value for name, value in fresh.numbers.items() if name not in OF_ONE_ASSET
        }
    later = mark(TODAY + timedelta(days=1))
    still = Mark.objects.filter(pk__in=written, closed=None)
    assert {row.pk: row.numbers for row in still} == {row.pk: written[row.pk] for row in still}
    assert still.count() == len(written) - later.closed > 5


def test_a_mark_that_says_the_same_is_not_written_again(county: County) -> None:
    mark(TODAY)
    before = list(Mark.objects.order_by("pk").values_list("pk", "window_to", "numbers"))
    Mark.objects.filter(closed=None, asset__isnull=False).update(window_to=TODAY - timedelta(days=1))
    again = mark(TODAY)
    assert (again.opened, again.closed) == (0, 0)
    kept = Mark.objects.filter(closed=None, asset__isnull=False)
    assert set(kept.values_list("window_to", flat=True)) == {TODAY - timedelta(days=1)}
    assert [row[0] for row in before] == list(Mark.objects.order_by("pk").values_list("pk", flat=True))


def test_an_archived_asset_keeps_no_mark_and_no_answers(county: County) -> None:
    old = county.assets["old"]
    assert Mark.objects.filter(asset=old, closed=None).exists()
    old.archived = True
    old.save()
    mark(TODAY)
    assert not Mark.objects.filter(asset=old, closed=None).exists()
    assert set(Mark.objects.filter(asset=old).values_list("closed_because", flat=True)) == {"retired"}
    assert not Standing.objects.filter(asset=old).exists()
