"""Who answers for what, and where nobody does. Two statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.organisation.models import Office, User
from itops.organisation.scope import visible
from workforce.models import Duty, Responsibility

ANSWERED = "workforce.view_responsibility"
Named = Mapping[str, str]
"""Person by duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """An office or a system and who answers for it; `lacking` are the duties that nobody has."""

    name: str
    asset: int | None = None
    office: int | None
    place: int
    named: Named

    @property
    def lacking(self) -> list[str]:
        return [duty for duty in Duty.values if duty not in self.named]


def duties(user: User, day: date) -> tuple[list[Answering], list[Answering]]:
    """Offices that have equipment, and business systems; an office's people stand in for what a system lacks."""
    of_offices, of_assets = _named(user, day)
    offices = [
        Answering(name=name, office=pk, place=place, named=of_offices.get(pk, {}))
        for pk, name, place in _equipped_offices(user)
    ]
    systems = [
        Answering(
            name=name,
            asset=pk,
            office=office,
            place=place,
            named={
                **of_offices.get(office or 0, {}),
                **({Duty.RESPONSIBLE.value: person} if person else {}),
                **of_assets.get(pk, {}),
            },
        )
        for pk, name, office, place, person in _systems(user)
    ]
    return offices, systems


def _named(user: User, day: date) -> tuple[dict[int, dict[str, str]], dict[int, dict[str, str]]]:
    offices: dict[int, dict[str, str]] = defaultdict(dict)
    assets: dict[int, dict[str, str]] = defaultdict(dict)
    seen = visible(Responsibility.objects.on(day), user, ANSWERED, "office__place")
    current = seen.filter(person__archived=False).order_by()
    for office, asset, duty, name in current.values_list("office", "asset", "duty", "person__name"):
        (assets[asset] if asset else offices[office])[duty] = name
    return offices, assets


def _equipped_offices(user: User) -> Sequence[tuple[int, str, int]]:
    equipped = visible(Office.objects.filter(archived=False), user, ANSWERED).filter(
        pk__in=visible(Asset.objects.current(), user, "inventory.view_asset").values("office")
    )
    return list(equipped.order_by("place__position", "name").values_list("pk", "name", "place"))


def _systems(user: User) -> Sequence[tuple[int, str, int | None, int, str | None]]:
    systems = visible(Asset.objects.current(), user, "inventory.view_asset").filter(
        kind=Kind.BUSINESS_SYSTEM.value
    )
    return list(
        systems.order_by("place__position", "tag").values_list(
            "pk", "name", "office", "place", "responsible__name"
        )
    )
