"""Request: a township's fault, need or suggestion, and what the county answered."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.models.asset import Asset
from inventory.models.catalogue import KIND_CHOICES
from itops.organisation.models import Place


class RequestQuerySet(models.QuerySet["Request"]):
    def standing(self) -> Self:
        """Not answered yet, or accepted and not done."""
        return self.filter(state__in=(Request.State.OPEN, Request.State.ACCEPTED))


class Request(models.Model):
    """A fault speaks of an asset or a kind, a need of so many of a kind, a suggestion of anything."""

    class Sort(models.TextChoices):
        FAULT = "fault", pgettext_lazy("request", "fault")
        NEED = "need", pgettext_lazy("request", "need")
        SUGGESTION = "suggestion", _("suggestion")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request", "open")
        ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
        DECLINED = "declined", pgettext_lazy("request", "declined")
        DONE = "done", pgettext_lazy("request", "done")

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    sort = models.CharField(_("request"), max_length=10, choices=Sort.choices)
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("asset")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES, blank=True)
    quantity = models.PositiveSmallIntegerField(_("number"), default=1)
    text = models.CharField(_("what is the matter"), max_length=500)
    sent_on = models.DateTimeField(_("sent"), auto_now_add=True)
    sent_by = models.CharField(_("sent by"), max_length=60, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.CharField(pgettext_lazy("reply", "answer"), max_length=500, blank=True)
    answered_on = models.DateField(pgettext_lazy("reply", "answered"), null=True, blank=True, editable=False)
    answered_by = models.CharField(_("answered by"), max_length=60, blank=True, editable=False)

    objects: models.Manager["Request"] = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        indexes = [
            models.Index(
                fields=["place"], condition=Q(state="open") | Q(state="accepted"), name="request_standing"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=200),
                name="request_quantity",
                violation_error_message=_("From 1 to 200."),
            ),
            models.CheckConstraint(
                condition=Q(sort="suggestion") | ~Q(kind=""),
                name="request_of_a_kind",
                violation_error_message=_("Say which asset or which kind it is about."),
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answer=""),
                name="request_answered_with_reason",
                violation_error_message=_("An answer says why."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def clean(self) -> None:
        """A new one is open; its asset stands in its place."""
        if self._state.adding and self.state != self.State.OPEN:
            raise ValidationError({"state": _("A new request is open; it is answered afterwards.")})
        if self.asset is not None and self.asset.place_id != self.place_id:
            raise ValidationError({"asset": _("This asset stands in another place.")})
