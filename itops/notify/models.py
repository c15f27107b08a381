"""Webhook: where changes are told; Delivery: one telling, tried until it arrives; Cursor: how far it has come."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from itops.audit.models import Action
from itops.encrypted import EncryptedTextField
from itops.organisation.models import Place

SORTS: tuple[tuple[str, str | Promise], ...] = (
    ("inventory.asset", _("Assets")),
    ("inventory.devicemodel", _("Device models")),
    ("inventory.sighting", _("Sightings")),
    ("inventory.repair", _("Repairs")),
    ("inventory.waiver", _("Waivers")),
    ("organisation.office", _("Offices")),
    ("organisation.place", _("Places")),
    ("workforce.reminder", _("Reminders of training, without names")),
)
"""What changes can be told of. People and accounts are not among them: personal data does not leave."""
COUNTYWIDE = frozenset({"inventory.devicemodel"})
"""What belongs to no place and is told to every webhook that asks for it."""


class Webhook(models.Model):
    """An address that is told what changes in a place and under it."""

    name = models.CharField(_("name"), max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    url = models.URLField(_("address"), max_length=500)
    sorts = ArrayField(models.CharField(max_length=60, choices=SORTS), verbose_name=_("changes of"))
    actions = ArrayField(models.CharField(max_length=6, choices=Action.choices), verbose_name=_("when it is"))
    secret = EncryptedTextField(_("secret"))
    headers = EncryptedTextField(_("further headers"), blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    @property
    def header_list(self) -> tuple[tuple[str, str], ...]:
        lines = (line.partition(":") for line in (self.headers or "").splitlines() if line.strip())
        return tuple((name.strip(), value.strip()) for name, _colon, value in lines)


class Delivery(models.Model):
    """One body for one webhook, kept with what the other side answered last."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ARRIVED = "arrived", _("arrived")
        GIVEN_UP = "given_up", _("given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(_("event"), max_length=80)
    body = models.TextField()
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due = models.DateTimeField(_("next attempt"))
    code = models.PositiveSmallIntegerField(_("answer"), null=True)
    answer = models.CharField(max_length=600, blank=True)
    made = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["due"], condition=Q(status="waiting"), name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.event} → {self.webhook_id}"


class Cursor(models.Model):
    """Up to which change deliveries have been made: one row.

    Changes are taken in the order (transaction, id), and only of transactions older than any that still runs, so that
    none is missed that commits late. Up to `floor` nothing is looked at.
    """

    transaction = models.BigIntegerField(default=0)
    change_id = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.transaction}/{self.change_id}"
