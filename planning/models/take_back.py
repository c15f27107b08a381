"""ReceiptTakenBack: a receipt that was a mistake. Written once by `planning.actions.taking_back`."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.models.receipt import Receipt


class ReceiptTakenBack(models.Model):
    """The receipt stays as it was written; its assets are archived and stay so."""

    receipt = models.OneToOneField(
        Receipt, models.PROTECT, related_name="taken_back", verbose_name=_("receipt of goods")
    )
    reason = models.CharField(_("reason"), max_length=200)
    on = models.DateField(_("taken back on"))
    by = models.CharField(_("taken back by"), max_length=60)

    class Meta:
        default_permissions = ()
        ordering = ["-on", "-pk"]
        verbose_name = _("receipt taken back")
        verbose_name_plural = _("receipts taken back")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="taken_back_with_reason")]

    def __str__(self) -> str:
        return f"{self.on} {self.receipt}"
