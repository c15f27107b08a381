"""People × skills as a map, as a file, and against the equipment of a place."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from itops.organisation.models import AccessRecord
from tests.support.pages import Visit
from tests.support.pages import text_of as page_text
from tests.workforce.conftest import DESKTOP, NETWORK, VIDEO, Team, shows

pytestmark = pytest.mark.django_db


def map_of(team: Team, visit: Visit, query: str = "") -> str:
    return page_text(visit("it_staff", f"/workforce/skills-map/{query}", language="en"))


def test_a_level_is_a_number_and_a_gap_a_frame(team: Team, visit: Visit) -> None:
    said = map_of(team, visit)
    assert '<td class="lv3" title="can do it alone">3</td>' in said
    assert '<td class="lv0 need" title="not learnt, asked for: 3, not learnt">lacks</td>' in said


def test_what_runs_out_soon_has_a_corner_and_ones_own_word_a_hatch(team: Team, visit: Visit) -> None:
    soon = timezone.localdate() + timedelta(days=30)
    shows(team.liu, NETWORK, evidence="declared", expires=soon)
    assert 'class="lv3 need exp said"' in map_of(team, visit)


def test_only_those_with_gaps(team: Team, visit: Visit) -> None:
    assert "王海涛" in map_of(team, visit)
    narrowed = map_of(team, visit, "?gaps=1")
    assert "王海涛" not in narrowed
    assert "刘敏" in narrowed


def test_a_place_shows_what_stands_there_and_that_nobody_is_trained_on_it(team: Team, visit: Visit) -> None:
    xianxi = map_of(team, visit, f"?place={team.county.xianxi.pk}")
    assert "What stands in Xianxi Town, and who there can run it" in xianxi
    assert "nobody here is trained on it" in xianxi
    assert "王海涛" not in xianxi
    yanxi = map_of(team, visit, f"?place={team.county.yanxi.pk}")
    assert ">刘敏</a>" not in yanxi


def test_a_place_out_of_scope_does_not_exist(team: Team, visit: Visit) -> None:
    for place in (team.county.yanxi, team.county.foreign):
        assert visit("township_officer", f"/workforce/skills-map/?place={place.pk}").status_code == 404
    assert visit("it_staff", "/workforce/skills-map/?place=none").status_code == 404


def test_the_file_says_what_the_map_shows(team: Team, visit: Visit) -> None:
    shows(team.wang, DESKTOP, level=2)
    answer = visit("it_staff", "/workforce/skills-map/export.csv", language="en")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    head = lines[0].split(",")
    liu = dict(zip(head, next(line for line in lines if "刘敏" in line).split(","), strict=True))
    assert liu["Video-conference room operation"] == "3"
    assert liu["Gaps"] == "1"
    assert (AccessRecord.objects.latest("pk").act, AccessRecord.objects.latest("pk").what) == (
        "export",
        "skills",
    )


def test_a_spreadsheet_holds_the_same(team: Team, visit: Visit) -> None:
    answer: Any = visit("it_staff", "/workforce/skills-map/export.xlsx", language="en")
    file = BytesIO(b"".join(answer.streaming_content))
    [head, *rows] = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    liu = dict(zip(head, next(row for row in rows if row[0] == "刘敏"), strict=True))
    assert (liu["Video-conference room operation"], liu["Gaps"]) == (3, 1)
    assert visit("city_reader", "/workforce/skills-map/export.xlsx").status_code == 403


def test_the_latest_word_counts(team: Team, visit: Visit) -> None:
    shows(team.liu, VIDEO, level=1, since=timezone.localdate())
    assert 'title="has heard of it, asked for: 3, level too low">1</td>' in map_of(team, visit)
