"""Standard: how many of each kind a place and its offices should have, versioned and dated."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from itops.database.exclusion import Exclusion
from itops.database.kept import Given
from itops.organisation.models import Office, Place


class Standard(models.Model):
    """One version of the county's provisioning standard; the one in force on a day has the latest start."""

    name = models.CharField(_("name"), max_length=80)
    starts = models.DateField(_("in force from"), unique=True)
    source = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("provisioning standard")
        verbose_name_plural = _("provisioning standards")

    def __str__(self) -> str:
        return self.name


class StandardItem(models.Model):
    """So many of a kind: in each township, for each of its offices, per hundred staff of each office."""

    standard = models.ForeignKey(
        Standard, models.CASCADE, related_name="items", verbose_name=_("provisioning standard")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    fixed = models.PositiveSmallIntegerField(_("per township"), default=0)
    per_office = models.PositiveSmallIntegerField(_("per office"), default=0)
    percent_of_staff = models.PositiveSmallIntegerField(_("percent of staff"), default=0)
    cap = models.PositiveSmallIntegerField(_("at most in a township"), null=True, blank=True)

    class Meta:
        ordering = ["standard", "kind"]
        verbose_name = _("item of a standard")
        verbose_name_plural = _("items of a standard")
        constraints = [models.UniqueConstraint(fields=["standard", "kind"], name="standard_item_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.fixed} + {self.per_office} + {self.percent_of_staff} %"


class StandardOverrideQuerySet(models.QuerySet["StandardOverride"]):
    def on(self, day: date | Given) -> Self:
        """Those that hold on that day."""
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)


def _one_at_a_time(where: str, condition: Q) -> Exclusion:
    return Exclusion(
        name=f"one_override_of_{where}_at_a_time",
        expressions=[
            (where, RangeOperators.EQUAL),
            ("kind", RangeOperators.EQUAL),
            (
                Func("starts", "ends", function="daterange", output_field=DateRangeField()),
                RangeOperators.OVERLAPS,
            ),
        ],
        condition=condition,
        violation_error_message=_("Another exception holds in these days."),
    )


class StandardOverride(models.Model):
    """One place (or one office in it) should have so many of a kind, whatever the standard says, and why.

    An office's number replaces what its staff would ask for; a place's replaces the sum of everything there.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("office")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    quantity = models.PositiveSmallIntegerField(_("number"))
    reason = models.CharField(_("reason"), max_length=300)
    author = models.CharField(_("author"), max_length=60, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(
        _("to"), null=True, blank=True, help_text=_("the first day on which it no longer holds")
    )

    objects: models.Manager["StandardOverride"] = StandardOverrideQuerySet.as_manager()

    class Meta:
        ordering = ["place", "kind", "starts"]
        verbose_name = _("exception from the standard")
        verbose_name_plural = _("exceptions from the standard")
        constraints = [
            _one_at_a_time("place", Q(office=None)),
            _one_at_a_time("office", ~Q(office=None)),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=models.F("starts")),
                name="override_ends_after_it_starts",
                violation_error_message=_("The end must lie after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office or self.place} {self.get_kind_display()}: {self.quantity}"

    def clean(self) -> None:
        if self.office is not None and self.office.place_id != self.place_id:
            raise ValidationError({"office": _("This office is in another place.")})
