"""Who an endpoint is: maker, model, serial number, version, from all that it said of itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitoring.probes.enterprises import chinese_name, enterprise_of, vendor_in
from monitoring.probes.identity_file import Gives, files_for
from monitoring.probes.identity_rules import first_result
from monitoring.probes.windows import windows_release

# What makers and firmwares write where nobody filled in a serial number; spaces and case do not count.
_PLACEHOLDERS = frozenset(
    {
        *(
            "defaultstring",
            "default",
            "tobefilledbyo.e.m.",
            "tobefilledbyoem",
            "o.e.m.",
            "oem",
            "serial",
            "sn",
        ),
        *("systemserialnumber", "chassisserialnumber", "baseboardserialnumber", "boardserialnumber"),
        *("serialnumber", "notspecified", "notapplicable", "notavailable", "unavailable", "unknown", "none"),
        *("null", "nil", "n/a", "na", "empty", "invalid", "undefined", "unset", "noserial", "noserialnumber"),
        *(
            "noassetinformation",
            "nodata",
            "tbd",
            "test",
            "sample",
            "example",
            "0123456789abcdef",
            "12345678900",
        ),
    }
)
_COUNTING = "0123456789" * 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is known of an endpoint; empty where it does not say."""

    vendor: str = ""
    vendor_zh: str = ""
    model: str = ""
    serial: str = ""
    version: str = ""  # of the firmware, or of the operating system
    system: str = ""  # the operating system's name, where there is one
    name: str = ""
    description: str = ""
    object_id: str = ""
    location: str = ""
    contact: str = ""
    engine_id: str = ""
    macs: tuple[str, ...] = ()


def identify(texts: Mapping[str, str], macs: Sequence[str] = ()) -> Identity:
    """The identity from an Answer's `texts` and `own_macs`.

    The maker's own rules come first, then the general ones (ENTITY-MIB, Printer-MIB, UPS-MIB); an
    enterprise number speaks for a maker only where it is known to. Placeholders give no serial number.
    """
    said = {**texts, "mac": macs[0] if macs else ""}
    object_id = said.get("object_id", "").lstrip(".")
    files = files_for(object_id)
    vendor = _vendor(said, object_id)
    windows = windows_release(object_id, said.get("description", ""))
    return Identity(
        vendor=vendor,
        vendor_zh=chinese_name(vendor) if vendor else "",
        model=_without_vendor(first_result(Gives.MODEL, files, said), vendor),
        serial=first_result(Gives.SERIAL, files, said, lambda serial: not is_placeholder(serial)),
        version=windows.version if windows else first_result(Gives.VERSION, files, said),
        system=windows.name if windows else first_result(Gives.SYSTEM, files, said),
        name=said.get("name", ""),
        description=said.get("description", ""),
        object_id=object_id,
        location=said.get("location", ""),
        contact=said.get("contact", ""),
        engine_id=said.get("engine_id", ""),
        macs=tuple(macs),
    )


def is_placeholder(serial: str) -> bool:
    """Whether a serial number says nothing: unfilled, all one character, or counted up ("123456789")."""
    bare = re.sub(r"[\s_-]", "", serial).casefold()
    if len(bare) < 3 or bare in _PLACEHOLDERS:
        return True
    marks = re.sub(r"[^\w]", "", bare)
    return len(set(marks)) < 2 or (marks.isdigit() and len(marks) > 3 and marks in _COUNTING)


def _vendor(said: Mapping[str, str], object_id: str) -> str:
    files = files_for(object_id)
    named = first_result(Gives.VENDOR, files, said, lambda words: bool(vendor_in(words)))
    if named:
        return vendor_in(named)
    by_file = next((file.vendor for file in files if file.vendor), "")
    if by_file:
        return by_file
    enterprise = enterprise_of(object_id)
    return enterprise.vendor if enterprise and enterprise.maker else vendor_in(said.get("description", ""))


def _without_vendor(model: str, vendor: str) -> str:
    """A model without its maker's name before it: "HP Color LaserJet" is the Color LaserJet of HP."""
    if vendor and model.casefold().startswith(vendor.casefold() + " "):
        return model[len(vendor) :].strip()
    return model
