"""Receipt: things that came in a project against a line of its money; Received: each of them as an asset."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inventory.models import Asset
from inventory.models.catalogue import DeviceModel
from itops.crud.yuan import NOT_NEGATIVE
from itops.organisation.models import Place
from planning.models.fields import NOT_ABSURD, FenField
from planning.models.project import LedgerLine, Project
from planning.money.amounts import ABSURD

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Receipt(models.Model):
    """So many of a model for a place on a day. Written once by `planning.actions.receiving`, with its assets."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="receipts", verbose_name=_("project"))
    line = models.ForeignKey(
        LedgerLine, models.PROTECT, related_name="receipts", verbose_name=_("ordered by the line")
    )
    device_model = models.ForeignKey(DeviceModel, models.PROTECT, related_name="+", verbose_name=_("model"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    day = models.DateField(_("received on"))
    price_fen = FenField(_("price of one"), validators=[NOT_NEGATIVE, NOT_ABSURD])
    document = models.CharField(_("acceptance record"), max_length=80)
    note = models.CharField(_("note"), max_length=200, blank=True)

    received: "RelatedManager[Received]"

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("receipt of goods")
        verbose_name_plural = _("receipts of goods")
        constraints = [
            models.CheckConstraint(
                condition=Q(price_fen__gte=0, price_fen__lte=ABSURD), name="receipt_has_a_price"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.device_model}"

    def clean(self) -> None:
        if self.day and self.day > timezone.localdate():
            raise ValidationError({"day": _("That day is still to come.")})


class Received(models.Model):
    """One thing of a receipt: the asset that it became."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="received", verbose_name=_("receipt"))
    asset = models.OneToOneField(Asset, models.PROTECT, related_name="received", verbose_name=_("asset"))

    class Meta:
        default_permissions = ()
        ordering = ["receipt", "asset"]
        verbose_name = _("thing received")
        verbose_name_plural = _("things received")

    def __str__(self) -> str:
        return str(self.asset)
