"""What the standard asks and what is short on a day, within the reader's scope; the table of support dates."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from inventory.actions.support_dates import load_support_dates
from inventory.models import StandardOverride
from itops.organisation.models import Office
from tests.support.county import County
from tests.support.pages import Visit, text_of

TODAY = timezone.localdate()


def shown(visit: Visit, who: str = "it_staff", **query: str) -> str:
    address = reverse("inventory:standards")
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return text_of(visit(who, f"{address}?{asked}", language="en"))


def cells(text: str, place: str) -> list[str]:
    """The township's row in the first table: what stands in each cell, without marks' words."""
    row = next(part for part in text.split("<tr>") if f">{place}</a></th>" in part).split("</tr>")[0]
    return [part.split("</td>")[0] for part in row.split("<td")[1:]]


def test_there_and_asked_for_stand_in_the_township_s_row(county: County, visit: Visit) -> None:
    computers = cells(shown(visit), "Xianxi Town")[0]
    assert '</span>2<span class="muted"> / 4<' in computers
    assert "mk-missing" in computers


def test_the_answer_adds_up_with_the_rows(visit: Visit) -> None:
    text = shown(visit)
    gaps = [int(cells(text, place)[-1].rpartition(">")[2]) for place in ("Xianxi Town", "Yanxi Town")]
    assert f"<b>{sum(gaps)} pieces were short</b>, in 2 of 2 places." in text


def test_a_day_before_the_standard_asks_nothing(visit: Visit) -> None:
    text = shown(visit, date="2025-06-30")
    assert "No standard was in force that day." in text
    assert "nothing was short" in text or "Nothing is asked" in text


def test_an_exception_is_listed_with_its_reason_and_counts(county: County, visit: Visit) -> None:
    StandardOverride.objects.create(
        place=county.xianxi, kind="computer", quantity=9, reason="并入两个村", starts=date(2026, 1, 1)
    )
    text = shown(visit)
    assert "并入两个村" in text
    assert "/ 9<" in cells(text, "Xianxi Town")[0]


def test_people_to_a_computer_stand_by_township_and_its_offices(county: County, visit: Visit) -> None:
    Office.objects.create(place=county.xianxi, name="便民中心", staff=2, calendar=county.calendar)
    text = shown(visit).split('id="ratio"')[1]
    assert "3.00 : 1" in text
    assert "仙溪镇民政所" in text
    assert "便民中心" in text
    assert "烟溪镇民政所" not in text


@pytest.mark.parametrize("wanted", ["tomorrow", "2999-01-01", "0000-00-00", "0001-01-01"])
def test_a_day_that_cannot_be_asked_about_says_so_and_shows_today(wanted: str, visit: Visit) -> None:
    text = shown(visit, date=wanted)
    assert 'role="alert"' in text
    assert f'value="{TODAY}"' in text


def test_an_officer_sees_the_own_township_alone(visit: Visit) -> None:
    text = shown(visit, "township_officer")
    assert "Xianxi" in text
    assert "Yanxi" not in text


def test_the_export_carries_what_the_table_shows(visit: Visit) -> None:
    response = visit("it_staff", reverse("inventory:standards_export"), language="en")
    lines = b"".join(response).decode().splitlines()
    assert lines[0].lstrip("﻿") == "Township,Kind,Standard,There,Short"
    assert "Xianxi Town,Computer,4,2,2" in lines


def dates(visit: Visit, **query: str) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return text_of(visit("it_staff", f"{reverse('inventory:support_dates')}?{asked}", language="en"))


def test_editions_that_end_apart_show_both_days(visit: Visit) -> None:
    text = dates(visit)
    row = next(part for part in text.split("<tr>") if ">Windows 10 21H2<" in part)
    assert "2023-06-13 to 2032-01-13" in row
    assert "depends on the edition" in row


def test_a_day_shows_the_table_of_its_time(visit: Visit) -> None:
    content = (
        b"family,keys,name,cycle,earliest_end,latest_end\ndomestic,ky10,Kylin V10,V10,2029-12-31,2029-12-31\n"
    )
    load_support_dates(content, by="t", source="麒麟公告", starts=TODAY, today=TODAY)
    assert "Windows 7" not in dates(visit)
    assert "Windows 7" in dates(visit, date=str(TODAY - timedelta(days=1)))


def test_the_table_exports_as_the_command_takes_it(visit: Visit) -> None:
    response = visit("it_staff", reverse("inventory:support_dates_export"))
    content = b"".join(response)
    loaded = load_support_dates(content, by="t", source="again", starts=TODAY, today=TODAY)
    assert not loaded.stored
