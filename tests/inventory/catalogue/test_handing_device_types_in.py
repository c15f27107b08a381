"""The page of the device-type library: several files at once, told one by one what became of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inventory.models import DeviceModel
from itops.audit.models import changes_of
from tests.support.county import County
from tests.support.pages import Visit, county, text_of, visit

__all__ = ["county", "visit"]

WHO = "county_administrator"


def file(name: str, *lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([*lines, ""]).encode())


def good(model: str) -> SimpleUploadedFile:
    return file(f"{model}.yaml", "manufacturer: Huawei", f"model: {model}", f"slug: huawei-{model.lower()}")


def handed_in(visit: Visit, *files: SimpleUploadedFile, who: str = WHO, **more: str) -> str:
    data = {"handed_in": list(files), **more}
    return text_of(visit(who, reverse("inventory:device_types"), data=data, language="en"))


def test_several_files_are_taken_and_the_bad_one_is_told(county: County, visit: Visit) -> None:
    page = handed_in(
        visit, good("S5731"), good("AR1220"), file("bad.yaml", "model: X"), kind="network_device"
    )
    assert DeviceModel.objects.filter(name__in=["S5731", "AR1220"], kind="network_device").count() == 2
    assert "bad.yaml" in page
    assert "“manufacturer” is missing." in page


def test_the_change_record_names_who_handed_them_in(county: County, visit: Visit) -> None:
    handed_in(visit, good("S5731"))
    made = DeviceModel.objects.get(name="S5731")
    assert changes_of(made).latest("pk").actor == county.users[WHO].actor


def test_the_same_files_again_change_nothing(county: County, visit: Visit) -> None:
    handed_in(visit, good("S5731"))
    before = DeviceModel.objects.count()
    assert "<dt>Unchanged</dt><dd>1</dd>" in handed_in(visit, good("S5731"))
    assert DeviceModel.objects.count() == before


@pytest.mark.parametrize("rubbish", [b"", b"\x00\xff\xfe", b"a: [", b"[]", b"x" * 1_000_002])
def test_rubbish_is_refused_with_a_reason(rubbish: bytes, county: County, visit: Visit) -> None:
    before = DeviceModel.objects.count()
    page = handed_in(visit, SimpleUploadedFile("rubbish.yaml", rubbish))
    assert "rubbish.yaml" in page
    assert "refused" in page
    assert DeviceModel.objects.count() == before


def test_an_empty_file_keeps_no_other_out(county: County, visit: Visit) -> None:
    page = handed_in(visit, good("S5731"), SimpleUploadedFile("empty.yaml", b""))
    assert "<dt>Models added</dt><dd>1</dd>" in page
    assert "empty.yaml" in page


def test_keys_without_use_are_counted_and_said(county: County, visit: Visit) -> None:
    page = handed_in(visit, file("ap.yaml", "manufacturer: H3C", "model: WA", "slug: wa", "airflow: passive"))
    assert '<span class="mono">airflow</span> × 1' in page


def test_more_than_a_hundred_files_are_answered_with_a_page(county: County, visit: Visit) -> None:
    files = [good(f"M{number}") for number in range(101)]
    answer = visit(WHO, reverse("inventory:device_types"), data={"handed_in": files})
    assert answer.status_code == 400
    assert "超过 100 个" in text_of(answer)
    assert "more than 100 files" in text_of(answer)


def test_nothing_handed_in_is_said_beside_the_field(county: County, visit: Visit) -> None:
    answer = visit(WHO, reverse("inventory:device_types"), data={"kind": ""}, language="en")
    assert answer.status_code == 422
    assert 'id="id_handed_in_error"' in text_of(answer)


@pytest.mark.parametrize("who", ["township_officer", "leadership", "auditor", "city_reader"])
def test_whoever_may_not_add_models_has_no_such_page(who: str, county: County, visit: Visit) -> None:
    assert visit(who, reverse("inventory:device_types")).status_code == 403
