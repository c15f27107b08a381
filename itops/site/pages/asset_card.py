"""The asset's card: what is recorded of it, and each property recorded beside what was observed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.marks.kind import Condition
from inventory.marks.upkeep import full_years, months_later
from inventory.models import CONDITION_NAMES, Asset
from inventory.models.asset import PROPERTIES, differ
from inventory.queries.asset import facts
from inventory.queries.assets import VIEW_PERSON
from itops.crud.amounts import moment, yuan_in_rows
from itops.organisation.models import User
from itops.organisation.scope import may
from monitoring.queries.states import Now


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property; `differs` when both are known and not the same."""

    name: str
    recorded: str
    observed: str
    note: str
    differs: bool


def properties(asset: Asset) -> list[Property]:
    """Serial number and model come from the card itself when nobody declared them apart."""
    own = {"serial": asset.serial, "model": asset.device_model.name if asset.device_model else ""}
    rows = []
    for fact in facts(asset):
        recorded = fact.declared or own.get(fact.name, "")
        since = _("since %(when)s") % {"when": moment(fact.since)} if fact.since and fact.observed else ""
        rows.append(
            Property(
                name=str(PROPERTIES.get(fact.name, fact.name)),
                recorded=recorded,
                observed=fact.observed,
                note=since,
                differs=differ(recorded, fact.observed),
            )
        )
    order = [str(name) for name in PROPERTIES.values()]
    return sorted(rows, key=lambda row: (not row.differs, order.index(row.name) if row.name in order else 99))


def asset_card(asset: Asset, now: Now | None, user: User) -> Sequence[tuple[str, str]]:
    """What there is to say, in the order of the paper card."""
    everything = (
        (_("Kind"), asset.kind_name),
        (_("Model"), str(asset.device_model or "")),
        (_("Serial number"), asset.serial),
        (_("Condition"), str(CONDITION_NAMES[Condition(asset.condition)])),
        (_("Where"), " ".join(filter(None, [str(asset.office or asset.place), asset.location]))),
        (_("Answers for it"), _responsible(asset, user)),
        (_("Bought"), _bought(asset)),
        (_("Put into use"), _in_use(asset)),
        (_("Minimum years of use"), _minimum(asset)),
        (_("Network"), str(asset.network or "")),
        (_("Address"), now.address if now else ""),
        (_("Note"), asset.note),
    )
    return [(name, value) for name, value in everything if value]


def _differ(recorded: str, observed: str) -> bool:
    return bool(recorded and observed and recorded.casefold() != observed.casefold())


def _responsible(asset: Asset, user: User) -> str:
    """To those who may see the persons of where that one works."""
    person = asset.responsible
    if person is None or not may(user, VIEW_PERSON, person.office.place):
        return ""
    return " · ".join(filter(None, [str(person), person.post, str(person.office)]))


def _bought(asset: Asset) -> str:
    price = _("%(price)s yuan") % {"price": yuan_in_rows(asset.cost_fen)} if asset.cost_fen else ""
    return " · ".join(filter(None, [str(asset.bought_on or ""), price]))


def _in_use(asset: Asset) -> str:
    if asset.in_service_on is None:
        return ""
    years = full_years(asset.in_service_on, timezone.localdate())
    if not years:
        return str(asset.in_service_on)
    lasted = ngettext("%(n)s full year", "%(n)s full years", years) % {"n": years}
    return f"{asset.in_service_on} · {lasted}"


def _minimum(asset: Asset) -> str:
    years = asset.minimum_years or (asset.device_model.minimum_years if asset.device_model else None)
    if not years:
        return ""
    said = ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    if asset.in_service_on is None:
        return said
    over = months_later(asset.in_service_on, 12 * years)
    if over > timezone.localdate():
        return _("%(years)s, until %(over)s") % {"years": said, "over": over}
    return _("%(years)s, over since %(over)s: a replacement may be asked for") % {"years": said, "over": over}
