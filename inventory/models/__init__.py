"""One module per noun; everything is importable from here."""

from inventory.models.asset import CONDITION_NAMES, Asset, Fact, FactHistory
from inventory.models.casebook import Casebook, Pending
from inventory.models.catalogue import (
    KIND_NAMES,
    AssetClass,
    DeviceModel,
    Manufacturer,
    Network,
    NetworkKind,
)
from inventory.models.endpoint import Binding, Doubt, Endpoint, EndpointKey, KeyKind
from inventory.models.evidence import EvidenceBlock, EvidenceDay, Repair, Sighting
from inventory.models.figure import MismatchExplanation, StatisticalDefinition, SystemFigure
from inventory.models.mark import ANSWER_NAMES, MARK_NAMES, AssetCount, DayCount, Mark, Standing, Waiver
from inventory.models.policy import PolicyTrial, PolicyVersion, TrialChange
from inventory.models.request import Request
from inventory.models.standard import Standard, StandardItem, StandardOverride
from inventory.models.support import SupportDate, SupportTable
from inventory.models.system import BusinessSystem, ManualEntry, SystemExchange, SystemUse

__all__ = [
    "ANSWER_NAMES",
    "CONDITION_NAMES",
    "KIND_NAMES",
    "MARK_NAMES",
    "Asset",
    "AssetClass",
    "AssetCount",
    "Binding",
    "BusinessSystem",
    "Casebook",
    "DayCount",
    "DeviceModel",
    "Doubt",
    "Endpoint",
    "EndpointKey",
    "EvidenceBlock",
    "EvidenceDay",
    "Fact",
    "FactHistory",
    "KeyKind",
    "ManualEntry",
    "Manufacturer",
    "Mark",
    "MismatchExplanation",
    "Network",
    "NetworkKind",
    "Pending",
    "PolicyTrial",
    "PolicyVersion",
    "Repair",
    "Request",
    "Sighting",
    "Standard",
    "StandardItem",
    "StandardOverride",
    "Standing",
    "StatisticalDefinition",
    "SupportDate",
    "SupportTable",
    "SystemExchange",
    "SystemFigure",
    "SystemUse",
    "TrialChange",
    "Waiver",
]
