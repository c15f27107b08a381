"""A record of each resource of business systems."""

from collections.abc import Callable
from datetime import date
from typing import Any

from inventory.models import (
    BusinessSystem,
    ManualEntry,
    StatisticalDefinition,
    SystemExchange,
    SystemFigure,
    SystemUse,
)
from itops.organisation.models import Office, Place, WorkCalendar


def office_at(place: Place) -> Office:
    """The first office there; made where there is none."""
    found = Office.objects.filter(place=place).first()
    calendar = WorkCalendar.objects.earliest("pk")
    return found or Office.objects.create(place=place, name="综合办公室", calendar=calendar)


def system(name: str = "低保系统") -> BusinessSystem:
    return BusinessSystem.objects.get_or_create(name=name)[0]


def exchange() -> SystemExchange:
    found = {"source": system(), "target": system("统计系统"), "way": "hand"}
    return SystemExchange.objects.get_or_create(name="低保人数填入统计系统", defaults=found)[0]


def use_at(place: Place) -> SystemUse:
    return SystemUse.objects.create(system=system(), office=office_at(place), users=2)


def manual_entry_at(place: Place) -> ManualEntry:
    return ManualEntry.objects.create(exchange=exchange(), office=office_at(place), hours="6.5")


def definition() -> StatisticalDefinition:
    counted = {"definition": "期末在册"}
    return StatisticalDefinition.objects.get_or_create(name="低保对象", unit="人", defaults=counted)[0]


def figure_at(place: Place) -> SystemFigure:
    return SystemFigure.objects.create(
        definition=definition(),
        system=system(),
        office=office_at(place),
        starts=date(2026, 3, 1),
        ends=date(2026, 3, 31),
        value=412,
    )


SYSTEMS_AT: dict[str, Callable[[Place], Any]] = {
    "systemuse": use_at,
    "manualentry": manual_entry_at,
    "systemfigure": figure_at,
}
OF_SYSTEMS: dict[str, Callable[[], Any]] = {
    "businesssystem": system,
    "systemexchange": exchange,
    "statisticaldefinition": definition,
}
