"""Every page to which others lead is asked for by somebody of one township: none names what lies elsewhere."""

import re
from collections import deque
from html import unescape
from typing import Any

import pytest
from django.test import Client

from inventory.models import Asset
from itops.organisation.actions.accounts import grant
from itops.organisation.models import Person, Place, Role, User
from planning.models import PlanLine
from tests.support.county import County
from tests.support.pages import Visit
from tests.support.plans import plan_of
from tests.support.records import AT_WORK

pytestmark = pytest.mark.django_db
LINK = re.compile(r'(?:href|src|hx-get)="(/[^"#]*)')
NUMBER_OR_VALUE = re.compile(r"\d+|=[^&]*")
NOT_ASKED = re.compile(r"^/(static|sign-in|sign-out|files)/")
ELSEWHERE = "莫须有"


@pytest.fixture
def elsewhere(county: County) -> Place:
    """Another township of the county, with one of everything; its names hold a word that stands nowhere else."""
    place = county.yanxi
    for made in AT_WORK.values():
        made(place)
    PlanLine.objects.create(
        plan=plan_of("全县方案"),
        need="short",
        place=place,
        kind="computer",
        code="worth",
        fen=5,
        worth=1,
        chosen=False,
    )
    Place.objects.filter(pk=place.pk).update(name=f"{ELSEWHERE}镇")
    Person.objects.filter(office__place=place).update(name=f"{ELSEWHERE}人")
    for asset in Asset.objects.filter(place=place):
        Asset.objects.filter(pk=asset.pk).update(tag=f"{ELSEWHERE}{asset.pk}", name=f"{ELSEWHERE}物")
    return place


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if file := getattr(answer, "file_to_stream", None):
        file.close()
    return str(content.decode("utf-8", "replace"))


def every_address(client: Client) -> list[str]:
    """Those to which one comes by following what pages show, one of each kind."""
    found, kinds, waiting = [], set[str](), deque(["/", "/records/"])
    while waiting:
        path = waiting.popleft()
        kind = NUMBER_OR_VALUE.sub("", path)
        if kind in kinds or NOT_ASKED.match(path):
            continue
        kinds.add(kind)
        found.append(path)
        waiting += [unescape(one) for one in LINK.findall(text_of(client.get(path)))]
    return found


def test_no_page_names_what_lies_elsewhere(
    county: County, visit: Visit, client: Client, elsewhere: Place
) -> None:
    client.force_login(county.users["county_administrator"])
    addresses = every_address(client)
    assert len(addresses) > 200, len(addresses)
    assert any(ELSEWHERE in text_of(client.get(path)) for path in ("/assets/", "/people/"))
    user = User.objects.create(username="one", place=county.xianxi)
    role = Role.objects.get(code="county_administrator")  # whoever may do most there
    grant(by="tests", user=user, role=role, place=county.xianxi)
    client.force_login(user)
    assert [path for path in addresses if ELSEWHERE in text_of(client.get(path))] == []
