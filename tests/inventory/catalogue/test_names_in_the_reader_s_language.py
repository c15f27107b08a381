"""Manufacturers, their models and asset classes are called in the reader's language where they have a name in it."""

import pytest
from django.utils import translation

from inventory.models import AssetClass, DeviceModel, Manufacturer

LENOVO = Manufacturer(name="联想", name_en="Lenovo")


@pytest.mark.parametrize(
    ("language", "record", "said"),
    [
        ("zh-hans", LENOVO, "联想"),
        ("en", LENOVO, "Lenovo"),
        ("en", Manufacturer(name="某厂"), "某厂"),
        ("en", DeviceModel(manufacturer=LENOVO, name="M437"), "Lenovo M437"),
        ("en", AssetClass(code="A02", edition="2022", name="信息化设备", name_en="IT"), "A02 IT (2022)"),
        (
            "zh-hans",
            AssetClass(code="A02", edition="2022", name="信息化设备", name_en="IT"),
            "A02 信息化设备 (2022)",
        ),
    ],
)
def test_it_is_called(language: str, record: object, said: str) -> None:
    with translation.override(language):
        assert str(record) == said
