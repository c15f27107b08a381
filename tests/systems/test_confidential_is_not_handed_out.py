"""Of confidential equipment and of what passes into its systems no detail leaves the program in a file."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from inventory.models import Asset, BusinessSystem, Network, NetworkKind, SystemExchange
from inventory.pages.systems import SYSTEM_EXCHANGES
from planning.models import RemedyTerms
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import session_at
from workforce.models import TrainingSession

pytestmark = pytest.mark.django_db
NOTE = "每周三下午刻盘，由机要员交接"


@pytest.fixture
def secret(county: County) -> Network:
    return Network.objects.create(name="机要内网", kind=NetworkKind.CONFIDENTIAL)


def exported(visit: Visit, file: str, of: str = "/assets/") -> str:
    """Everything that the file says, cell by cell."""
    answer: Any = visit("county_administrator", f"{of}{file}", language="en")
    content = b"".join(answer.streaming_content)
    if file != "export/xlsx/":
        return content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(content)).active
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("file", ["export/csv/", "export/xlsx/", "export.csv"])
@pytest.mark.parametrize("by_its_whole", [False, True])
def test_files_leave_it_out(
    county: County, visit: Visit, secret: Network, file: str, by_its_whole: bool
) -> None:
    hidden, other = county.assets["good"], county.assets["old"]
    before = exported(visit, file)
    assert hidden.tag in before
    if by_its_whole:
        whole = Asset.objects.create(
            tag="JM-1", kind="conference_room", name="机要室", place=county.xianxi, network=secret
        )
        Asset.objects.filter(pk=hidden.pk).update(whole=whole)
    else:
        Asset.objects.filter(pk=hidden.pk).update(network=secret)
    after = exported(visit, file)
    assert hidden.tag not in after
    assert "JM-1" not in after
    assert other.tag in after


@pytest.mark.parametrize("file", ["export/csv/", "export/xlsx/"])
@pytest.mark.parametrize("of", ["/workforce/training-sessions/", "/planning/needs/"])
def test_no_file_of_what_is_about_it_names_it(
    county: County, visit: Visit, secret: Network, file: str, of: str
) -> None:
    old = county.assets["old"]
    TrainingSession.objects.filter(pk=session_at(county.xianxi).pk).update(room=old)
    RemedyTerms.objects.create(kind="computer", price_fen=480_000, repair_fen=30_000)
    assert old.tag in exported(visit, file, of)
    Asset.objects.filter(pk=old.pk).update(network=secret)
    assert old.tag not in exported(visit, file, of)
    assert "confidential network is left out" in text_of(visit("county_administrator", of, language="en"))


def test_the_command_leaves_it_out(county: County, secret: Network, tmp_path: Any) -> None:
    Asset.objects.filter(pk=county.assets["good"].pk).update(network=secret)
    path = tmp_path / "assets.csv"
    call_command("export", resource="assets", by=county.users["county_administrator"].username, output=path)
    text = path.read_text(encoding="utf-8-sig")
    assert county.assets["good"].tag not in text
    assert county.assets["old"].tag in text


def test_it_is_still_on_the_books_for_those_who_answer_for_it(
    county: County, visit: Visit, secret: Network
) -> None:
    good = county.assets["good"]
    Asset.objects.filter(pk=good.pk).update(network=secret)
    assert good.tag in text_of(visit("it_staff", f"/assets/{good.pk}/"))
    assert "confidential network is left out" in text_of(visit("it_staff", "/assets/", language="en"))


@pytest.fixture
def systems(county: County, secret: Network) -> tuple[BusinessSystem, BusinessSystem]:
    inside = BusinessSystem.objects.create(name="机要系统", network=secret)
    return inside, BusinessSystem.objects.create(name="统计系统", network=county.network)


@pytest.mark.parametrize("outwards", [True, False])
def test_a_connection_of_a_confidential_system_has_no_note(
    county: County, visit: Visit, systems: tuple[BusinessSystem, BusinessSystem], outwards: bool
) -> None:
    source, target = systems if outwards else systems[::-1]
    typed = {"name": "外送", "source": str(source.pk), "target": str(target.pk), "way": "hand", "note": NOTE}
    page = visit("county_administrator", SYSTEM_EXCHANGES.add_url, data=typed)
    assert "备注留空" in text_of(page)
    with pytest.raises(IntegrityError, match="has a note"), transaction.atomic():
        SystemExchange.objects.create(name="外送", source=source, target=target, way="hand", note=NOTE)
    visit("county_administrator", SYSTEM_EXCHANGES.add_url, data={**typed, "note": ""})
    assert SystemExchange.objects.get().note == ""


def test_what_becomes_confidential_has_no_noted_connections(
    county: County, secret: Network, systems: tuple[BusinessSystem, BusinessSystem]
) -> None:
    other_network = Network.objects.create(name="内网", kind="lan")
    asset = Asset.objects.create(tag="AH-S-1", kind="business_system", name="低保", place=county.xianxi)
    other = BusinessSystem.objects.create(name="低保系统", network=other_network, asset=asset)
    noted = SystemExchange.objects.create(name="月报", source=other, target=systems[1], way="hand", note=NOTE)
    for become in (
        lambda: BusinessSystem.objects.filter(pk=other.pk).update(network=secret),
        lambda: Network.objects.filter(pk=other_network.pk).update(kind=NetworkKind.CONFIDENTIAL),
        lambda: Asset.objects.filter(pk=asset.pk).update(network=secret),
    ):
        with pytest.raises(IntegrityError, match="has a note"), transaction.atomic():
            become()
    SystemExchange.objects.filter(pk=noted.pk).update(note="")
    BusinessSystem.objects.filter(pk=other.pk).update(network=secret)
