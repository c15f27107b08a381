"""What cannot be judged is counted by what is lacking, down to the assets."""

import re

from inventory.marks.findings import Lacking
from inventory.models import Asset, Standing
from inventory.pages.unknown import HELPS
from inventory.queries.unknown import concerned, unknown_to
from itops.organisation.models import Place
from tests.support.county import County
from tests.support.pages import Visit, text_of

PAGE = "/unknown/"


def by_hand(places: list[Place]) -> dict[str, set[int]]:
    """Asset by asset, from what is stored of each."""
    found: dict[str, set[int]] = {}
    current = Asset.objects.current().filter(place__in=places)
    for one in Standing.objects.filter(asset__in=current):
        for lack in one.lacks:
            if getattr(one, lack["mark"]) == "unknown":
                found.setdefault(lack["code"], set()).add(one.asset_id)
    return found


def test_the_counts_are_those_of_the_single_assets(county: County) -> None:
    unknown = unknown_to(county.users["it_staff"])
    expected = by_hand([county.xianxi, county.yanxi])
    assert len(expected) > 2
    assert {one.code.value: one.number for one in unknown.lacks} == {
        code: len(assets) for code, assets in expected.items()
    }
    assert unknown.number == len(set().union(*expected.values()))
    for code, assets in expected.items():
        assert set(concerned(county.users["it_staff"], Lacking(code))) == assets


def test_kinds_and_marks_narrow_it_down(county: County) -> None:
    user = county.users["it_staff"]
    for one in unknown_to(user).lacks:
        for kind, number in one.of_kind.items():
            assert len(concerned(user, one.code, kind=kind.value)) == number
        for mark, number in one.of_mark.items():
            assert len(concerned(user, one.code, mark=mark.value)) == number
        assert sum(one.of_kind.values()) == one.number


def test_a_township_counts_its_own(county: County) -> None:
    unknown = unknown_to(county.users["township_officer"])
    expected = by_hand([county.users["township_officer"].grants.get().place])
    assert {one.code.value: one.number for one in unknown.lacks} == {
        code: len(assets) for code, assets in expected.items()
    }


def test_the_page_leads_to_the_assets_and_says_what_helps(county: County, visit: Visit) -> None:
    text = text_of(visit("it_staff", PAGE, language="en"))
    first = re.search(r'href="\?code=(\w+)">(\d+)</a>', text)
    assert first
    listed = text_of(visit("it_staff", f"{PAGE}?code={first[1]}", language="en"))
    assert len(re.findall(r'href="/assets/\d+/"><span class="mono">', listed)) == int(first[2])
    assert str(HELPS[Lacking(first[1])]) in listed


def test_every_lack_has_its_help() -> None:
    assert set(HELPS) == set(Lacking)


def test_nonsense_and_strangers_are_turned_away(county: County, visit: Visit) -> None:
    assert visit("it_staff", f"{PAGE}?code=weather").status_code == 404
    assert visit("it_staff", f"{PAGE}?code=not_probed&kind=chair").status_code == 404
    assert visit("nobody", PAGE).status_code == 403
