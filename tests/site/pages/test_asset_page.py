"""An asset's page: the verdict in a sentence with its proof, the reading it cites, what is unknown, its life."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from inventory.actions.marking import mark
from inventory.actions.waivers import waive
from inventory.models import Asset, Mark
from tests.support.county import County
from tests.support.pages import Visit, text_of


def page(visit: Visit, asset: Asset, query: str = "", who: str = "it_staff") -> str:
    return text_of(visit(who, reverse("inventory:asset", args=[asset.pk]) + query, language="en"))


def chart_of(visit: Visit, asset: Asset, text: str) -> str:
    """What the page fetches where it says so."""
    address = reverse("inventory:asset_chart", args=[asset.pk])
    assert text.count(f'hx-get="{address}" hx-trigger="load"') == 1
    return text_of(visit("it_staff", address, language="en"))


def test_a_finding_is_a_sentence_with_four_cells_and_a_way_back(county: County, visit: Visit) -> None:
    text = page(visit, county.assets["codec"])
    assert "Not one call on the" in text
    assert text.count('<dl class="proof">') == 1
    for cell in ("Days with calls", "Threshold", "Window", "Days observable"):
        assert cell in text
    assert "unused.video_endpoint.no_calls" in text
    assert "A call of 5 minutes or more on 1 day." in text
    assert "train first" in text


def test_a_mark_leads_to_the_very_reading_it_cites(county: County, visit: Visit) -> None:
    mark_of_codec = Mark.objects.get(asset=county.assets["codec"], rule__endswith="no_calls")
    assert mark_of_codec.reading_cycle is not None
    link = f"?endpoint={mark_of_codec.endpoint_id}&amp;cycle={mark_of_codec.reading_cycle.timestamp():.6f}"
    assert link in page(visit, county.assets["codec"])


def test_days_are_counted_for_the_page_whatever_the_mark_counted_when_it_was_written(
    county: County, visit: Visit
) -> None:
    codec = county.assets["codec"]
    before = re.findall(r'<dl class="proof">.*?</dl>|<h3.*?</h3>', page(visit, codec), re.DOTALL)
    written = Mark.objects.filter(asset=codec, closed=None, rule__endswith="no_calls")
    written.update(window_from="2020-01-01", window_to="2020-03-30", reading_cycle=None)
    for one in written:
        one.numbers = {**one.numbers, "idle_days": 777, "observable_days": 777}
        one.save()
    after = page(visit, codec)
    assert "777" not in after
    assert re.findall(r'<dl class="proof">.*?</dl>|<h3.*?</h3>', after, re.DOTALL) == before
    assert before


def test_the_window_is_shown_day_by_day_and_the_week_as_a_chart(county: County, visit: Visit) -> None:
    text = page(visit, county.assets["codec"])
    assert text.count('class="idle"') > 30
    assert 'data-chart="week-data"' in chart_of(visit, county.assets["codec"], text)
    assert "generated for the demonstration" not in text.partition("</main>")[0]


def test_what_is_merely_shown_does_not_look_like_a_mark(county: County, visit: Visit) -> None:
    text = page(visit, county.assets["codec"])
    verdicts, _, quiet = text.partition("Also true, but no mark")
    assert "the minimum of 6 is over" in quiet
    assert "the minimum of 6 is over" not in verdicts


def test_what_cannot_be_told_says_what_is_lacking(county: County, visit: Visit) -> None:
    text = page(visit, county.assets["never"])
    assert "it has never answered, and a thing never seen is not therefore missing" in text
    assert "Nothing stands against it, as far as can be told" in text


def test_a_difference_is_shown_beside_what_is_recorded(county: County, visit: Visit) -> None:
    text = page(visit, county.assets["old"])
    assert "PF0001" in text
    assert "PF9999" in text
    assert "differs from what is recorded" in text


def test_a_past_day_is_judged_again_and_nothing_is_stored(county: County, visit: Visit) -> None:
    before = list(Mark.objects.values())
    day = timezone.localdate() - timedelta(days=45)
    text = page(visit, county.assets["codec"], f"?date={day}")
    assert f"Judged again as of {day}" in text
    assert "Not one call" not in text
    assert list(Mark.objects.values()) == before


def test_a_day_that_cannot_be_judged_is_today(county: County, visit: Visit) -> None:
    for query in ("?date=2026-13-45", "?date=1999-01-01", "?date=2199-01-01", "?date=x"):
        assert "Judged again" not in page(visit, county.assets["codec"], query)


def test_a_waived_finding_says_until_when_by_whom_and_why(county: County, visit: Visit) -> None:
    codec, until = county.assets["codec"], timezone.localdate() + timedelta(days=30)
    waive(codec, mark="unused", rule="", reason="Being moved", until=until, by="Liu Min")
    mark(timezone.localdate())
    text = page(visit, codec)
    assert f"waived until {until}" in text
    assert "Waived by Liu Min: “Being moved”" in text


def test_the_life_tells_purchase_repairs_sightings_and_marks(county: County, visit: Visit) -> None:
    life = page(visit, county.assets["codec"]).partition("From purchase until now")[2]
    assert "Bought for 38,600 yuan" in life
    assert "Repair, 1,200 yuan" in life
    assert "Marked “unused”: No calls" in life
    lost = page(visit, county.assets["lost"]).partition("From purchase until now")[2]
    assert "Looked for and not found" in lost
    assert "办公室已腾空" in lost


def test_a_part_shows_the_room_it_belongs_to(county: County, visit: Visit) -> None:
    text = page(visit, county.assets["codec"])
    assert "二楼视频会议室" in text
    assert reverse("inventory:asset", args=[county.assets["room"].pk]) in text


def test_a_room_is_judged_and_drawn_by_its_video_endpoint(county: County, visit: Visit) -> None:
    text = page(visit, county.assets["room"])
    assert "Not one call on the" in text
    assert 'data-chart="week-data"' in chart_of(visit, county.assets["room"], text)
    assert "online" in text


def test_readings_name_their_numbers_and_mark_the_cited_one(county: County, visit: Visit) -> None:
    cited = Mark.objects.get(asset=county.assets["codec"], rule__endswith="no_calls")
    assert cited.reading_cycle is not None
    path = reverse("inventory:asset_readings", args=[county.assets["codec"].pk])
    query = f"?endpoint={cited.endpoint_id}&cycle={cited.reading_cycle.timestamp():.6f}"
    text = text_of(visit("it_staff", path + query, language="en"))
    assert "The reading that the mark cites" in text
    assert "traffic in (bit/s): 12" in text
    assert "Days of evidence" in text


def test_readings_of_another_assets_endpoint_are_not_found(county: County, visit: Visit) -> None:
    foreign = county.assets["foreign"].bindings.get().endpoint_id
    path = reverse("inventory:asset_readings", args=[county.assets["codec"].pk])
    assert visit("it_staff", f"{path}?endpoint={foreign}").status_code == 404
    assert visit("it_staff", f"{path}?endpoint=x&cycle=nan&day=2026-99-99").status_code == 404
    assert visit("it_staff", f"{path}?cycle=1e999&day=2026-99-99").status_code == 200


def test_an_asset_without_any_probe_says_so(county: County, visit: Visit) -> None:
    lonely = Asset.objects.create(tag="AH-XX-77", kind="camera", name="摄像头", place=county.xianxi)
    mark(timezone.localdate())
    assert "not probed" in page(visit, lonely)
    path = reverse("inventory:asset_readings", args=[lonely.pk])
    assert "Nothing on the network stands for this asset" in text_of(visit("it_staff", path, language="en"))
