"""A small country: two counties that each have a 城关镇, and one county's neighbour."""

from datetime import date

import pytest

from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Place, User

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def country(db: None) -> dict[str, Place]:
    """Places by a key that is not their name."""
    province = _add("湖南省", "43", Level.PROVINCE, None)
    city = _add("益阳市", "4309", Level.CITY, province)
    anhua = _add("安化县", "430923", Level.COUNTY, city)
    taojiang = _add("桃江县", "430922", Level.COUNTY, city)
    return {
        "province": province,
        "city": city,
        "anhua": anhua,
        "taojiang": taojiang,
        "qingtangpu": _add("清塘铺镇", "430923101", Level.TOWNSHIP, anhua),
        "anhua_chengguan": _add("城关镇", "430923102", Level.TOWNSHIP, anhua),
        "taojiang_chengguan": _add("城关镇", "430922102", Level.TOWNSHIP, taojiang),
    }


@pytest.fixture
def user(db: None) -> User:
    """Has no password: hashing takes its time, as it should."""
    return User.objects.create_user("zhang")


def _add(name: str, code: str, level: Level, parent: Place | None) -> Place:
    return add_place(by="test", name=name, code=code, level=level, parent=parent, starts=LONG_AGO)
