"""The overview tells the truth of the data in one sentence, four numbers and a grid."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from inventory.counts import FOLD, KEEP_DAY
from inventory.models import Asset, Mark
from itops.database.statements import run
from tests.support.county import County
from tests.support.pages import Visit, text_of


def page(visit: Visit, who: str = "it_staff") -> str:
    return text_of(visit(who, reverse("home"), language="en"))


def test_the_first_sentence_answers(county: County, visit: Visit) -> None:
    """Missing: 3 of 8 computers there, one of them lost; 1 room; 4 boards less the one that is there."""
    text = page(visit)
    assert "<b>10 short or not found</b>" in text
    assert "<b>1 no longer fit</b>" in text
    assert "Now: Yanxi Town: line down." in text


def test_a_lost_thing_is_part_of_the_gap_and_not_beside_it(county: County, visit: Visit) -> None:
    """Yanxi: 4 computers asked for, one on the books and lost: four are missing, not five."""
    text = page(visit)
    assert "Yanxi Town, Computers: missing 4</span>" in text


def test_a_cut_line_is_shown_instead_of_marks(county: County, visit: Visit) -> None:
    assert "Yanxi Town, Lines: line cut, out of sight" in page(visit)


def test_what_is_not_asked_for_and_not_there_is_a_dash(county: County, visit: Visit) -> None:
    assert "not required here" in page(visit)


def test_the_officer_of_another_township_hears_of_no_cut(county: County, visit: Visit) -> None:
    assert "No line is down." in page(visit, "township_officer")


def test_no_history_is_invented(county: County, visit: Visit) -> None:
    """On the first day there is neither a line of months nor a change since yesterday."""
    text = page(visit)
    assert 'class="spark"' not in text
    assert "no yesterday to compare with" in text


def kept_until(day: date) -> None:
    """As if the marking of today had been one of that day."""
    run(FOLD, {})
    run(KEEP_DAY, {"day": day})


def test_history_is_shown_once_there_is_some(county: County, visit: Visit) -> None:
    Mark.objects.update(opened=timezone.localdate() - timedelta(days=120))
    kept_until(timezone.localdate() - timedelta(days=120))
    text = page(visit)
    assert 'class="spark"' in text
    assert "±0 against the end of last month" in text
    assert "No mark opened or closed." in text


def test_a_mark_that_closed_today_is_a_change(county: County, visit: Visit) -> None:
    today = timezone.localdate()
    Mark.objects.update(opened=today - timedelta(days=40))
    kept_until(today - timedelta(days=40))
    Mark.objects.filter(asset=county.assets["old"], rule__endswith="unsupported_os").update(
        closed=today, closed_because="clear"
    )
    text = page(visit)
    assert "Xianxi Town, Computer ×1: settled (Operating system without support)" in text
    assert "balance −1" in text


def test_nothing_judged_is_unknown_and_not_in_order(county: County, visit: Visit) -> None:
    new = county.assets["switch"]
    Asset.objects.filter(pk=new.pk).update(place=county.yanxi)
    new.standing.delete()
    assert "Yanxi Town, Network: not seen enough to say" in page(visit)


def test_without_equipment_the_first_steps_are_shown(county: County, visit: Visit) -> None:
    Asset.objects.update(archived=True)
    Mark.objects.all().delete()
    assert visit("it_staff", reverse("home")).status_code in {200, 302}
