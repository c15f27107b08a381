"""A person decides that a finding does not count for a while, and says why; or ends that before its day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.marks.rules import RULES
from inventory.models import Asset, Mark, Waiver

LONGEST = timedelta(days=366)


@transaction.atomic
def waive(asset: Asset, *, mark: str, rule: str = "", reason: str, until: date, by: str) -> Waiver:
    """From today up to and including `until`; marks of the rule that stand now are waived at once.

    Raises ValidationError for an end in the past or more than a year away, without a reason, or for no such rule.
    """
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        raise ValidationError({"until": _("A waiver ends between today and a year from now.")}, code="until")
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    if rule and (rule not in RULES or not rule.startswith(f"{mark}.{asset.kind}.")):
        raise ValidationError({"rule": _("This kind of asset has no such rule.")}, code="rule")
    waiver = Waiver.objects.create(
        asset=asset, mark=mark, rule=rule, reason=reason.strip(), author=by, starts=today, until=until
    )
    standing = Mark.objects.filter(asset=asset, mark=mark, closed=None)
    (standing.filter(rule=rule) if rule else standing).update(waived=True)
    return waiver


@transaction.atomic
def end_waiver(waiver: Waiver, *, by: str) -> Waiver:
    """From today on it counts for nothing; what stands and no other waiver covers marks again at once."""
    today = timezone.localdate()
    waiver = Waiver.objects.select_for_update().get(pk=waiver.pk)
    if waiver.until < today:
        raise ValidationError(_("It has ended already."), code="ended")
    waiver.until, waiver.ended_on, waiver.ended_by = today - timedelta(days=1), today, by
    waiver.save()
    others = Waiver.objects.in_force(today).filter(asset=waiver.asset_id, mark=waiver.mark)
    covered = set(others.values_list("rule", flat=True))
    if "" not in covered:
        standing = Mark.objects.filter(asset=waiver.asset_id, mark=waiver.mark, closed=None)
        standing.exclude(rule__in=covered).update(waived=False)
    return waiver
