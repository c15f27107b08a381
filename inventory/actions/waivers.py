"""A person decides that a finding does not count for a while, and says why."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Asset, Mark, Waiver

LONGEST = timedelta(days=366)


@transaction.atomic
def waive(asset: Asset, *, mark: str, rule: str = "", reason: str, until: date, by: str) -> Waiver:
    """From today up to and including `until`; marks of the rule that stand now are waived at once.

    Raises ValidationError for an end in the past or more than a year away, or without a reason.
    """
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise ValidationError({"until": _("A waiver ends between today and a year from now.")}, code="until")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    waiver = Waiver.objects.create(
        asset=asset, mark=mark, rule=rule, reason=reason.strip(), author=by, starts=today, until=until
    )
    standing = Mark.objects.filter(asset=asset, mark=mark, closed=None)
    (standing.filter(rule=rule) if rule else standing).update(waived=True)
    return waiver
