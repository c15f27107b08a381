"""A record of each resource for tests that visit all of them."""

from datetime import date
from typing import Any

from inventory.models import AssetClass, DeviceModel, Manufacturer, Network, StandardOverride
from itops.crud.resource import Resource
from itops.extras.models import CustomField, Tag
from itops.organisation.models import Place
from tests.support.county import County


def example(resource: Resource, county: County) -> Any:
    """One that the county's administrator may see; made where the small county has none."""
    found = resource.model._default_manager.order_by("pk").first()
    if found is None and resource.model is StandardOverride:
        return exception_at(county.xianxi)
    return found or MADE[resource.name]()


def exception_at(place: Place) -> StandardOverride:
    return StandardOverride.objects.create(
        place=place, kind="printer", quantity=2, reason="两处办公", starts=date(2026, 1, 1)
    )


def _manufacturer() -> Manufacturer:
    return Manufacturer.objects.get_or_create(name="联想", slug="lenovo")[0]


def _device_model() -> DeviceModel:
    return DeviceModel.objects.create(manufacturer=_manufacturer(), name="M720", kind="computer")


MADE = {
    "manufacturer": _manufacturer,
    "devicemodel": _device_model,
    "assetclass": lambda: AssetClass.objects.create(code="A02010105", edition="2022", name="台式计算机"),
    "tag": lambda: Tag.objects.create(name="待更新", slug="renew"),
    "customfield": lambda: CustomField.objects.create(
        model="inventory.asset", key="batch", label_zh="批次", type="text"
    ),
    "network": lambda: Network.objects.create(name="政务外网", kind="extranet"),
}
