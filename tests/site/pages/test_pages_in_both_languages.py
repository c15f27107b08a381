"""Every page is wholly in the reader's language and obeys the Content-Security-Policy."""

import re

import pytest
from django.urls import reverse

from monitoring.models import Incident
from tests.support.county import County
from tests.support.pages import Visit, text_of

# Three words of English in a row, outside of code and of what people typed.
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?:[ ’'][a-z]{2,}){2,}\b")
UNSPOKEN = re.compile(
    r"<script.*?</script>|<style.*?</style>|<svg.*?</svg>|<head.*?</head>|<[^>]*>", re.DOTALL
)
OBSERVED = "Hardware: x86 Family 6 - Software: Windows Version 6.1 (Build 7601 Multiprocessor Free)"


def pages(county: County) -> list[str]:
    assets = [
        reverse("inventory:asset", args=[asset.pk])
        for tag, asset in county.assets.items()
        if tag != "foreign"
    ]
    return [
        *(
            reverse(name)
            for name in (
                "home",
                "inventory:asset_list",
                "inventory:place_list",
                "monitoring:overview",
                "changes",
            )
        ),
        *(
            reverse(name)
            for name in ("inventory:standards", "inventory:support_dates", "inventory:device_types")
        ),
        f"{reverse('inventory:standards')}?date=2026-03-02",
        *assets,
        *(f"{path}?date=2026-03-02" for path in assets[:2]),
        *(
            reverse(f"inventory:{name}", args=[county.assets["codec"].pk])
            for name in ("asset_readings", "asset_chart")
        ),
        reverse("inventory:place", args=[county.xianxi.pk]),
        reverse("inventory:place", args=[county.yanxi.pk]),
        reverse("monitoring:incident", args=[Incident.objects.get().pk]),
    ]


def spoken(page: str) -> str:
    return UNSPOKEN.sub("\n", page).replace(OBSERVED, "")


def test_no_chinese_page_says_anything_in_english(county: County, visit: Visit) -> None:
    found = {path: ENGLISH.findall(spoken(text_of(visit("it_staff", path)))) for path in pages(county)}
    assert {path: words for path, words in found.items() if words} == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_can_be_shown_without_inline_style_or_script(
    language: str, county: County, visit: Visit
) -> None:
    for path in pages(county):
        page = text_of(visit("it_staff", path, language=language))
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", page), path
        for script in re.findall(r"<script([^>]*)>", page):
            assert "src=" in script or 'type="application/json"' in script, path


def test_no_placeholder_is_left_unfilled(county: County, visit: Visit) -> None:
    for language in ("zh-hans", "en"):
        for path in pages(county):
            assert "%(" not in spoken(text_of(visit("it_staff", path, language=language))), path
