"""The other figures of the page for leadership, each counted again from single rows."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.counts import FOLD, KEEP_DAY
from inventory.models import Asset, DayCount
from inventory.queries.assets import GRID_KINDS
from itops.database.statements import run
from itops.organisation.models import Office, Place
from planning.models import Promise, PromiseResult
from tests.planning.test_leadership_page import by_hand
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import held_at, project_at
from workforce.models import EquipmentSkill, HeldSkill, Responsibility, Skill

pytestmark = pytest.mark.django_db
PAGE = "/planning/leadership/"


def page(visit: Visit) -> str:
    return re.sub(r"\s+", " ", text_of(visit("leadership", PAGE, language="en")))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def row_of(text: str, place: Place) -> list[str]:
    """The cells of a township's row, without their tags."""
    found = re.search(rf'<tr><th scope="row"[^>]*><a href="/places/{place.pk}/">.*?</tr>', text)
    assert found
    return [plain(cell).strip() for cell in re.split(r"</t[dh]>", found[0])]


def there(places: list[Place]) -> list[Asset]:
    """Main kinds on the books, one by one."""
    every = Asset.objects.filter(place__in=places, kind__in=GRID_KINDS, archived=False).select_related(
        "standing"
    )
    return [one for one in every if one.condition != "retired"]


def in_use(assets: list[Asset]) -> str:
    """Fit, there and used; what cannot be told may add to it."""
    fit = [one for one in assets if one.standing.missing != "marked" and one.standing.outdated != "marked"]
    used = [one for one in fit if one.standing.unused == "clear"]
    unseen = [one for one in assets if "unknown" in (one.standing.missing, one.standing.unused)]
    most = min(len(fit), len(used) + len(unseen))
    return str(len(used)) if most == len(used) else f"{len(used)}–{most}" if used else "?"


def test_a_row_says_what_is_asked_for_there_and_in_use(county: County, visit: Visit) -> None:
    text = page(visit)
    for place in (county.xianxi, county.yanxi):
        cells, here = row_of(text, place), there([place])
        asked = by_hand([place])[0]
        found = [one for one in here if one.standing.missing != "marked"]
        assert cells[1:4] == [str(asked), str(len(found)), in_use(here)]


def test_the_whole_is_the_sum_of_what_is_there(county: County, visit: Visit) -> None:
    here = there([county.xianxi, county.yanxi])
    found = [one for one in here if one.standing.missing != "marked"]
    total = re.search(r'<tr class="total">.*?</tr>', page(visit))
    assert total
    asked = by_hand([county.xianxi, county.yanxi])[0]
    cells = [plain(cell).strip() for cell in re.split(r"</t[dh]>", total[0])]
    assert cells[1:4] == [str(asked), str(len(found)), in_use(here)]


def test_shares_are_of_what_is_on_the_books(county: County, visit: Visit) -> None:
    here, text = there([county.xianxi, county.yanxi]), plain(page(visit))
    for name in ("outdated", "unused"):
        number = sum(getattr(one.standing, name) == "marked" for one in here)
        assert f"{100 * number / len(here):.1f}% of the {len(here)} on the books" in text


def test_changes_stand_in_the_row_of_each_township(county: County, visit: Visit) -> None:
    before = timezone.localdate() - timedelta(days=370)
    run(FOLD, {})
    run(KEEP_DAY, {"day": before})
    DayCount.objects.filter(day=before, place=county.yanxi).update(outdated=0, unused=0)
    DayCount.objects.filter(day=before, place=county.yanxi, kind="computer").update(outdated=40)
    text = page(visit)
    for place, then in ((county.xianxi, by_hand([county.xianxi])[2]), (county.yanxi, 40)):
        change = by_hand([place])[2] - then
        said = f"+{change}" if change > 0 else f"−{-change}" if change else "±0"
        assert row_of(text, place)[5].split() == [str(by_hand([place])[2]), said]


def test_what_it_is_compared_with_is_said(county: County, visit: Visit) -> None:
    today = timezone.localdate()
    assert "no earlier figures were kept: nothing to compare with" in page(visit)
    run(FOLD, {})
    run(KEEP_DAY, {"day": today - timedelta(days=30)})
    said = f"no figures of a year before were kept: compared with the first, of {today - timedelta(days=30)}"
    assert said in page(visit)
    run(KEEP_DAY, {"day": today - timedelta(days=400)})
    text = page(visit)
    assert "no figures of a year before" not in text
    assert f"compared with {today - timedelta(days=400)}" in text


def test_who_answers_and_for_which_offices_nobody_does(county: County, visit: Visit) -> None:
    text = page(visit)
    for place in (county.xianxi, county.yanxi):
        offices = [
            one
            for one in Office.objects.filter(place=place)
            if Asset.objects.filter(office=one, archived=False).exists()
        ]
        named = Responsibility.objects.filter(office__in=offices, duty="responsible", ends=None)
        cell = row_of(text, place)[-3]
        assert ("nobody" in cell) == (named.count() < len(offices))


def test_places_at_risk_are_those_where_one_part_timer_or_nobody_can_run_something(
    county: County, visit: Visit
) -> None:
    EquipmentSkill.objects.all().delete()
    HeldSkill.objects.all().delete()
    EquipmentSkill.objects.create(kind="computer", skill=Skill.objects.earliest("pk"), level=2)
    held_at(county.yanxi)
    stands = {
        one.place_id
        for one in Asset.objects.filter(kind="computer", archived=False)
        if one.condition != "retired"
    }
    able = {
        place.pk: HeldSkill.objects.filter(person__office__place=place, level__gte=2).count()
        for place in (county.xianxi, county.yanxi)
    }
    nobody = [key for key, number in able.items() if key in stands and not number]
    alone = [key for key, number in able.items() if key in stands and number == 1]
    assert (len(nobody), len(alone)) == (1, 1)
    text = plain(page(visit))
    assert "Hanging on one or on nobody 2 places" in text
    assert "in 1 nobody can run something" in text
    assert "1 person could not be replaced" in text
    assert row_of(page(visit), county.xianxi)[-2] == "nobody 1"
    assert row_of(page(visit), county.yanxi)[-2] == "part-timer 1"


def test_promises_are_counted_by_their_last_measurement(county: County, visit: Visit) -> None:
    """One kept after it was missed, one missed, one that nobody could measure, one not due, one elsewhere."""
    project = project_at(county.xianxi)
    today = timezone.localdate()
    measured = {
        "used_days": [(3, 10, 1), (6, 90, 1)],
        "reachable": [(3, 10, 1)],
        "calls": [(3, 0, 0)],
        "pages": [],
    }
    for measure, results in measured.items():
        promise = Promise.objects.create(project=project, kind="computer", measure=measure, figure=80)
        for months, part, whole in results:
            PromiseResult.objects.create(
                promise=promise, months=months, pieces=1, watched=1, days=9, part=part, whole=whole,
                generated=False, measured_on=today,
            )  # fmt: skip
    Promise.objects.create(project=project_at(county.foreign), kind="computer", measure="calls", figure=1)
    text = plain(page(visit))
    assert "Promises kept 1" in text
    assert "of 3 measured; 1 not kept, 1 cannot be told" in text
    assert "1 of 4 are not due yet" in text
    listed = text_of(visit("leadership", "/planning/promised/?outcome=missed", language="en"))
    assert listed.count('<th scope="row"><a href="/planning/projects/') == 1
