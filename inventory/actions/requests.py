"""A township sends a request; the county answers it, with the reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Asset, Request
from itops.organisation.models import Place


def send_request(
    *,
    place: Place,
    sort: str,
    text: str,
    by: str,
    asset: Asset | None = None,
    kind: str = "",
    quantity: int = 1,
) -> Request:
    """What speaks of an asset is of its kind, and of one piece."""
    made = Request(
        place=place,
        sort=sort,
        asset=asset,
        kind=asset.kind if asset else kind,
        quantity=1 if asset else quantity,
        text=text.strip(),
        sent_by=by[:60],
    )
    made.full_clean()
    made.save()
    return made


def answer_request(request: Request, *, state: str, answer: str, by: str) -> Request:
    """Accepted, declined or done, each time with the reason."""
    if state not in (Request.State.ACCEPTED, Request.State.DECLINED, Request.State.DONE):
        raise ValidationError({"state": _("Accept it, decline it, or say that it is done.")}, code="state")
    if not answer.strip():
        raise ValidationError({"answer": _("An answer says why.")}, code="answer")
    with transaction.atomic():
        request = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        request.state, request.answer = state, answer.strip()
        request.answered_on, request.answered_by = timezone.localdate(), by[:60]
        request.save()
    return request
