"""Hours, attempts and certificates are listed and answered over REST to whoever sees the person, and only read."""

from collections.abc import Callable
from typing import Any

import pytest

from itops.organisation.models import Place
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import attempt_at, certificate_at, hours_at

pytestmark = pytest.mark.django_db
MADE: dict[str, Callable[[Place], Any]] = {
    "training-entries": hours_at,
    "attempts": attempt_at,
    "certificate-records": certificate_at,
}


@pytest.mark.parametrize("path", MADE)
def test_each_is_read_and_written_by_nobody_here(path: str, county: County, visit: Visit) -> None:
    made = MADE[path](county.xianxi)
    assert str(made.person) in text_of(visit("it_staff", f"/workforce/{path}/"))
    assert str(made.entry) in text_of(visit("auditor", f"/workforce/{path}/{made.pk}/"))
    assert visit("nobody", f"/workforce/{path}/").status_code == 403
    assert visit("county_administrator", f"/workforce/{path}/{made.pk}/edit/").status_code == 404
    assert visit("county_administrator", f"/workforce/{path}/add/").status_code == 404


@pytest.mark.parametrize("path", MADE)
def test_over_rest_too(path: str, county: County, visit: Visit) -> None:
    made = MADE[path](county.xianxi)
    answer = visit("auditor", f"/api/workforce/{path}/").json()  # type: ignore[attr-defined]
    assert [(row["id"], row["entry"]) for row in answer["results"]] == [(made.pk, made.entry)]
    assert visit("county_administrator", f"/api/workforce/{path}/", data={}).status_code in {403, 405}


@pytest.mark.parametrize("path", MADE)
def test_what_is_elsewhere_is_not_there(path: str, county: County, visit: Visit) -> None:
    made = MADE[path](county.yanxi)
    assert visit("township_officer", f"/workforce/{path}/{made.pk}/").status_code == 404
