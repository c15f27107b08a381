"""One module per noun; everything is importable from here."""

from inventory.models.asset import CONDITION_NAMES, Asset, Fact, FactHistory
from inventory.models.catalogue import KIND_NAMES, DeviceModel, Manufacturer, Network, NetworkKind
from inventory.models.endpoint import Binding, Doubt, Endpoint, EndpointKey, KeyKind
from inventory.models.evidence import EvidenceDay, Repair, Sighting
from inventory.models.mark import ANSWER_NAMES, MARK_NAMES, Mark, Standing, Waiver
from inventory.models.standard import Standard, StandardItem

__all__ = [
    "ANSWER_NAMES",
    "CONDITION_NAMES",
    "KIND_NAMES",
    "MARK_NAMES",
    "Asset",
    "Binding",
    "DeviceModel",
    "Doubt",
    "Endpoint",
    "EndpointKey",
    "EvidenceDay",
    "Fact",
    "FactHistory",
    "KeyKind",
    "Manufacturer",
    "Mark",
    "Network",
    "NetworkKind",
    "Repair",
    "Sighting",
    "Standard",
    "StandardItem",
    "Standing",
    "Waiver",
]
