"""Standard: how many of each kind an office should have, versioned and dated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES


class Standard(models.Model):
    """One version of the county's provisioning standard; the one in force on a day has the latest start."""

    name = models.CharField(_("name"), max_length=80)
    starts = models.DateField(_("in force from"), unique=True)
    source = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        ordering = ["-starts"]

    def __str__(self) -> str:
        return self.name


class StandardItem(models.Model):
    """So many of a kind in each township, or per hundred authorised staff in post."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    fixed = models.PositiveSmallIntegerField(_("per township"), default=0)
    percent_of_staff = models.PositiveSmallIntegerField(_("percent of staff"), default=0)

    class Meta:
        ordering = ["standard", "kind"]
        constraints = [models.UniqueConstraint(fields=["standard", "kind"], name="standard_item_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.fixed} + {self.percent_of_staff} %"
