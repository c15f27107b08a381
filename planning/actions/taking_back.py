"""A receipt that was a mistake is taken back: it stays on record, its assets are archived, its money is free again."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Asset, Binding, Repair, Request, Sighting, Waiver
from itops.database.actor import acting
from itops.organisation.models import User
from planning.models import Project, Receipt, ReceiptTakenBack

HISTORY = (Binding, Sighting, Repair, Waiver, Request)
"""What happens to a thing that is really there."""
SHOWN = 5


def take_back(receipt: Receipt, *, reason: str, by: User) -> ReceiptTakenBack:
    """All of it in one transaction. ValidationError: no reason, twice, or a piece of it has been seen or used since."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    with acting(by.actor, reason), transaction.atomic():
        Project.objects.select_for_update(no_key=True).get(pk=receipt.project_id)
        assets = Asset.objects.filter(received__receipt=receipt)
        _demand_mistaken(receipt, assets)
        assets.filter(archived=False).update(archived=True)
        return ReceiptTakenBack.objects.create(
            receipt=receipt, reason=reason.strip(), on=timezone.localdate(), by=str(by)[:60]
        )


def with_history(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """Those that somebody or something has had to do with since they were put on the books."""
    touched = Q()
    for model in HISTORY:
        touched |= Q(Exists(model._default_manager.filter(asset=OuterRef("pk"))))
    return assets.filter(touched).order_by("tag")


def _demand_mistaken(receipt: Receipt, assets: QuerySet[Asset]) -> None:
    if ReceiptTakenBack.objects.filter(receipt=receipt).exists():
        raise ValidationError(_("It has been taken back already."), code="twice")
    known = list(with_history(assets).values_list("tag", flat=True))
    if known:
        said = _(
            "These have been seen, bound, repaired, waived or asked about since: %(tags)s. Archive what went back."
        )
        raise ValidationError(said % {"tags": _some(known)}, code="history")


def _some(tags: Iterable[str]) -> str:
    every = list(tags)
    return _(", ").join(every[:SHOWN]) + (" …" if len(every) > SHOWN else "")
