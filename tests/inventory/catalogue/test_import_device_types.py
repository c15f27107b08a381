"""Device types enter the catalogue: once, wholly, and without undoing what people wrote."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.actions.device_types import Imported, import_device_types
from inventory.catalogue.device_types import Fault
from inventory.marks.kind import Kind
from inventory.models import DeviceModel, Manufacturer

pytestmark = pytest.mark.django_db


def written(model: str = "AR1220", maker: str = "Huawei", *more: str) -> bytes:
    slug = f"{maker}-{model}".lower().replace(" ", "-")
    return "\n".join([f"manufacturer: {maker}", f"model: {model}", f"slug: {slug}", *more, ""]).encode()


def imported(*contents: bytes, kind: Kind | None = None) -> Imported:
    return import_device_types(
        [(f"{number}.yaml", content) for number, content in enumerate(contents)], by="t", kind=kind
    )


def counts(result: Imported) -> tuple[int, int, int, int]:
    return result.added, result.changed, result.unchanged, len(result.refused)


def test_a_new_model_comes_with_its_maker_and_figures() -> None:
    more = ("part_number: '0235'", "interfaces:", "  - {name: a, type: 1000base-t}")
    assert counts(imported(written("AR1220", "Huawei", *more))) == (1, 0, 0, 0)
    model = DeviceModel.objects.get()
    assert (model.manufacturer.name, model.manufacturer.slug, model.slug) == (
        "Huawei",
        "huawei",
        "huawei-ar1220",
    )
    assert (model.part_number, model.specification, model.kind) == ("0235", {"interfaces": 1}, "")


def test_the_same_files_again_change_nothing() -> None:
    files = written(), written("S5735", "Huawei", "u_height: 1")
    imported(*files)
    before = list(DeviceModel.objects.values())
    assert counts(imported(*files)) == (0, 0, 2, 0)
    assert list(DeviceModel.objects.values()) == before


def test_a_newer_file_changes_what_people_left_alone() -> None:
    imported(written("AR1220", "Huawei", "u_height: 1", "part_number: a"))
    DeviceModel.objects.update(part_number="people's")
    result = imported(written("AR1220", "Huawei", "u_height: 2", "part_number: b"))
    assert (counts(result), result.kept) == ((0, 1, 0, 0), 1)
    model = DeviceModel.objects.get()
    assert (model.part_number, model.specification) == ("people's", {"u_height": 2})


def test_the_books_chinese_name_of_a_maker_is_found_by_its_english_one() -> None:
    maker = Manufacturer.objects.create(name="华为", name_en="Huawei")
    known = DeviceModel.objects.create(manufacturer=maker, name="ar1220", minimum_years=6)
    assert counts(imported(written())) == (0, 1, 0, 0)
    known.refresh_from_db()
    assert (known.slug, known.minimum_years, Manufacturer.objects.count()) == ("huawei-ar1220", 6, 1)


def test_a_kind_is_given_to_models_without_one_alone() -> None:
    imported(written(), kind=Kind.NETWORK_DEVICE)
    imported(written(), written("UPS5000"), kind=Kind.UPS)
    kinds = dict(DeviceModel.objects.values_list("name", "kind"))
    assert kinds == {"AR1220": "network_device", "UPS5000": "ups"}


def test_a_bad_file_is_listed_and_the_good_ones_are_taken() -> None:
    result = imported(b"manufacturer: Own\n", written())
    assert counts(result) == (1, 0, 0, 1)
    assert (result.refused[0].file, {one.key for one in result.refused[0].problems}) == (
        "0.yaml",
        {"model", "slug"},
    )
    assert not Manufacturer.objects.filter(name="Own").exists()


def test_two_files_that_differ_about_one_model_are_not_both_taken() -> None:
    result = imported(written(), written("AR1220", "Huawei", "u_height: 9"), written())
    assert counts(result) == (1, 0, 1, 1)
    (problem,) = result.refused[0].problems
    assert (problem.code, problem.detail) == (Fault.TWICE, "0.yaml")


def test_a_name_of_one_model_with_the_short_name_of_another_is_refused() -> None:
    imported(written("A"), written("B"))
    mixed = b"manufacturer: Huawei\nmodel: A\nslug: huawei-b\n"
    assert imported(mixed).refused[0].problems[0].code is Fault.TWO_MODELS


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["model: M", "slug: s", "manufacturer: Own", "u_height: 1", "\t", "x: [y"])))
def test_rubbish_leaves_nothing_half_written(lines: list[str]) -> None:
    result = imported("\n".join(lines).encode())
    assert result.added + result.changed + result.unchanged + len(result.refused) == 1


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_device_types", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_takes_the_librarys_folder_and_says_what_it_did(tmp_path: Path) -> None:
    folder = tmp_path / "device-types" / "Huawei"
    folder.mkdir(parents=True)
    (folder / "AR1220.yaml").write_bytes(written("AR1220", "Huawei", "airflow: passive"))
    (tmp_path / "module-types").mkdir()
    (tmp_path / "module-types" / "x.yaml").write_text("manufacturer: Huawei\n")
    assert json.loads(run(tmp_path, "--json")) == {
        "files": 1,
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "kept": 0,
        "ignored": {"airflow": 1},
        "refused": [],
    }


def test_the_command_fails_when_a_file_is_refused_and_names_it(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("model: [\n")
    with pytest.raises(CommandError) as error:
        run(bad)
    assert error.value.returncode == 1


def test_the_command_refuses_a_path_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(CommandError) as error:
            run(path)
        assert error.value.returncode == 2
