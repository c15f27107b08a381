"""A person explains why two systems give different figures."""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import MismatchExplanation, SystemFigure
from itops.database.actor import acting
from itops.organisation.models import User
from itops.organisation.scope import demand

EXPLAIN = "inventory.add_mismatchexplanation"
LONGEST = 300


def explain(figures: Sequence[int], *, seen: Sequence[Decimal], reason: str, by: User) -> MismatchExplanation:
    """Keep why the figures differ, as long as they are what the person saw.

    Raises ValidationError without a reason, for figures that agree, that are not about the same, or that have
    changed since; PermissionDenied where the account may not explain.
    """
    said = reason.strip()
    if not said or len(said) > LONGEST:
        raise ValidationError(
            _("Say why, in at most %(most)s characters.") % {"most": LONGEST}, code="reason"
        )
    with acting(by.actor), transaction.atomic():
        one, other = _locked(figures)
        demand(by, EXPLAIN, one.office.place)
        if [one.value, other.value] != list(seen):
            raise ValidationError(_("The figures have changed meanwhile: look again."), code="changed")
        return MismatchExplanation.objects.create(
            one=one,
            other=other,
            one_value=one.value,
            other_value=other.value,
            reason=said,
            author=str(by)[:60],
            at=timezone.now(),
        )


def _locked(figures: Sequence[int]) -> tuple[SystemFigure, SystemFigure]:
    """The two in the order of their keys; nobody changes them before the explanation stands."""
    held = SystemFigure.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=figures)
    found = list(held.select_related("office__place").order_by("pk"))
    if len(found) != 2 or _about(found[0]) != _about(found[1]) or found[0].value == found[1].value:
        raise ValidationError(_("These two figures do not contradict each other."), code="agree")
    return found[0], found[1]


def _about(figure: SystemFigure) -> tuple[object, ...]:
    return figure.definition_id, figure.office_id, figure.starts, figure.ends
