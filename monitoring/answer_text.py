"""One endpoint's answer for people, in aligned words, and for scripts, as JSON."""

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.probes.answer import Answer, Interface
from monitoring.probes.identity import Identity
from monitoring.probes.profile import Quantity
from monitoring.wording import NUMBERS, REASONS

_LISTED = 60  # interfaces and MAC addresses shown; the JSON has all
Rows = list[tuple[str, str]]


def as_lines(answer: Answer, identity: Identity, address: str) -> list[str]:
    """What was understood; first of all whether anything was."""
    rows: Rows = [
        (_("address"), address),
        (_("answer"), str(REASONS[answer.reason])),
        (_("asked for"), _("%(seconds).2f s") % {"seconds": answer.seconds}),
        (_("profile"), answer.profile.name if answer.profile.snmp else ""),
        *_who(identity),
        *_numbers(answer),
        (_("content"), answer.content),
    ]
    return [*_aligned(rows), *_interfaces(answer.interfaces), *_macs(answer)]


def as_document(answer: Answer, identity: Identity, address: str) -> dict[str, Any]:
    """The same as data; numbers that were not offered are null."""
    return {
        "address": address,
        "answered": answer.answered,
        "reason": answer.reason.value,
        "profile": answer.profile.name,
        "profile_version": answer.profile.version,
        "seconds": round(answer.seconds, 3),
        "uptime_s": answer.uptime_s,
        "identity": asdict(identity),
        "numbers": dict(zip(answer.profile.layout, answer.values, strict=True)),
        "counters": sorted(_counters(answer)),
        "texts": answer.texts,
        "interfaces": [asdict(port) for port in answer.interfaces],
        "macs": [asdict(sighting) for sighting in answer.macs],
        "content": answer.content,
    }


def _who(identity: Identity) -> Rows:
    maker = identity.vendor
    if identity.vendor_zh and identity.vendor_zh != maker:
        maker = f"{maker} {identity.vendor_zh}"
    return [
        (_("maker"), maker),
        (_("model"), identity.model),
        (_("serial number"), identity.serial),
        (_("version"), identity.version),
        (_("operating system"), identity.system),
        (_("name"), identity.name),
        (_("location"), identity.location),
        (_("contact"), identity.contact),
        (_("description"), identity.description),
        (_("object identifier"), identity.object_id),
        (_("engine identifier"), identity.engine_id),
        (_("own MAC addresses"), " ".join(identity.macs[:4]) + (" …" if len(identity.macs) > 4 else "")),
    ]


def _numbers(answer: Answer) -> Rows:
    counters = _counters(answer)
    rows = []
    for name, value in zip(answer.profile.layout, answer.values, strict=True):
        said = _("not offered") if value is None else f"{value:.12g}"
        if value is not None and name in counters:
            said = _("%(count)s counted so far") % {"count": said}
        rows.append((_word(name), said))
    return rows


def _word(name: str) -> str:
    if name.startswith("tcp_"):
        return _("connected to port %(port)s (ms)") % {"port": name.split("_")[1]}
    return str(NUMBERS.get(name, name))


def _counters(answer: Answer) -> set[str]:
    growing = {Quantity.COUNTER32, Quantity.COUNTER64}
    return {number.name for number in answer.profile.numbers if number.quantity in growing}


def _interfaces(interfaces: tuple[Interface, ...]) -> list[str]:
    if not interfaces:
        return []
    real = sum(port.physical for port in interfaces)
    head = _("%(count)d interfaces, %(real)d of them real ports") % {"count": len(interfaces), "real": real}
    states = {True: _("up"), False: _("down"), None: _("unknown")}
    rows = [(port.name or str(port.index), f"{_speed(port)} {states[port.up]}") for port in interfaces]
    return [head, *("  " + line for line in _aligned(rows[:_LISTED])), *_more(len(rows))]


def _macs(answer: Answer) -> list[str]:
    if not answer.profile.mac_table:
        return []
    head = ngettext("%(count)d MAC address learned", "%(count)d MAC addresses learned", len(answer.macs))
    names = {port.index: port.name for port in answer.interfaces}
    rows = [(sighting.mac, names.get(sighting.interface, "")) for sighting in answer.macs]
    return [
        head % {"count": len(rows)},
        *(f"  {mac}  {name}".rstrip() for mac, name in rows[:_LISTED]),
        *_more(len(rows)),
    ]


def _more(count: int) -> list[str]:
    return [_("  … and %(count)d more") % {"count": count - _LISTED}] if count > _LISTED else []


def _speed(port: Interface) -> str:
    return f"{port.speed_mbps} Mbit/s" if port.speed_mbps else "-"


def _aligned(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Words in two columns; Chinese characters are two wide."""
    shown = [(word, said) for word, said in rows if said]
    width = max((_width(word) for word, _ in shown), default=0)
    return [f"{word}{' ' * (width - _width(word))}  {said}" for word, said in shown]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
