"""What fresh answers say beyond their numbers: MAC tables, properties, identity, first sightings."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings

from inventory.actions.evidence import MacTable, record_first_observed, record_mac_tables
from inventory.actions.facts import record_observed_facts
from inventory.actions.identity import Signs, record_signs
from itops.organisation.hours import OfficeHours
from monitoring.actions.claim import Claim
from monitoring.models import StateCode
from monitoring.probes.answer import Answer
from monitoring.probes.identity import Identity, identify

Pair = tuple[Claim, Answer]
MEASURED = ("memory_mb", "disk_gb")  # numbers that describe the equipment rather than its use


def observe(pairs: Sequence[Pair], hours: dict[int, OfficeHours]) -> None:
    """Hand what these first-time-stored answers saw to inventory."""
    answered = [(claim, answer) for claim, answer in pairs if answer.answered]
    record_mac_tables(_mac_table(claim, answer, hours) for claim, answer in answered if answer.macs)
    described = [(claim, answer) for claim, answer in answered if claim.target.ask_texts and answer.texts]
    if described:
        at = max(claim.cycle for claim, _ in described)
        known = [(answer, identify(answer.texts, answer.own_macs)) for _, answer in described]
        record_observed_facts({a.key: _properties(a, who) for a, who in known}, source="snmp", at=at)
        record_signs([_signs(answer.key, who) for answer, who in known], at=at)
    new = [claim.target.key for claim, _ in answered if claim.state == StateCode.NEVER]
    if new:
        record_first_observed(new, max(claim.cycle for claim, _ in answered))


def _mac_table(claim: Claim, answer: Answer, hours: dict[int, OfficeHours]) -> MacTable:
    local = claim.cycle.astimezone(ZoneInfo(settings.TIME_ZONE))
    office = hours.get(claim.calendar or 0)
    minutes = claim.interval_s / 60
    return MacTable(
        switch=claim.target.key,
        day=local.date(),
        cycle=claim.cycle,
        minutes=minutes,
        open_minutes=minutes if office is None or office.open_at(local) else 0.0,
        macs=tuple({sighting.mac for sighting in answer.macs}),
    )


def _properties(answer: Answer, who: Identity) -> dict[str, str]:
    """What is stored as observed beside what people recorded; the names are those of Fact.name."""
    numbers = dict(zip(answer.profile.layout, answer.values, strict=True))
    measured = {name: f"{numbers[name]:.0f}" for name in MEASURED if numbers.get(name) is not None}
    return measured | {
        "vendor": who.vendor,
        "model": who.model,
        "serial": who.serial,
        "version": who.version,
        "operating_system": who.system,
        "system_name": who.name,
        "description": who.description,
        "object_id": who.object_id,
        "processor": answer.texts.get("processor", ""),
    }


def _signs(endpoint: int, who: Identity) -> Signs:
    return Signs(endpoint=endpoint, serial=who.serial, engine_id=who.engine_id, name=who.name, macs=who.macs)
