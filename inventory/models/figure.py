"""SystemFigure: what a system says of a period; what two systems say differently is explained by a person."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.models.system import BusinessSystem
from itops.organisation.models import Office


class StatisticalDefinition(models.Model):
    """What is counted, in which unit and how. Another unit is another definition: only like is compared."""

    name = models.CharField(_("name"), max_length=80)
    unit = models.CharField(_("unit"), max_length=20)
    definition = models.TextField(pgettext_lazy("statistics", "how it is counted"))
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("statistical definition")
        verbose_name_plural = _("statistical definitions")
        constraints = [models.UniqueConstraint(fields=["name", "unit"], name="definition_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


class SystemFigure(models.Model):
    """A figure as one system gives it, for a period and a reporting unit."""

    definition = models.ForeignKey(
        StatisticalDefinition,
        models.PROTECT,
        related_name="figures",
        verbose_name=_("statistical definition"),
    )
    system = models.ForeignKey(
        BusinessSystem, models.PROTECT, related_name="figures", verbose_name=_("business system")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="figures", verbose_name=_("reporting unit")
    )
    starts = models.DateField(pgettext_lazy("period", "first day"))
    ends = models.DateField(pgettext_lazy("period", "last day"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=2)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["-ends", "definition", "office", "system"]
        verbose_name = _("figure of a system")
        verbose_name_plural = _("figures of systems")
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "office", "starts", "ends", "system"], name="figure_once"
            ),
            models.CheckConstraint(
                condition=Q(starts__lte=F("ends")),
                name="figure_of_a_period",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition} {self.starts:%F} – {self.ends:%F} · {self.system}"

    @property
    def period(self) -> str:
        return f"{self.starts:%Y-%m-%d} – {self.ends:%Y-%m-%d}"


class MismatchExplanation(models.Model):
    """
    Why two systems gave these two values. Never changed: once a value is another, it explains that no more.

    `one` is the figure with the smaller key.
    """

    one = models.ForeignKey(SystemFigure, models.PROTECT, related_name="+")
    other = models.ForeignKey(SystemFigure, models.PROTECT, related_name="+")
    one_value = models.DecimalField(max_digits=18, decimal_places=2)
    other_value = models.DecimalField(max_digits=18, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300)
    author = models.CharField(_("author"), max_length=60)
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-at"]
        verbose_name = _("explanation of a data mismatch")
        verbose_name_plural = _("explanations of data mismatches")
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="explanation_smaller_key_first")
        ]

    def __str__(self) -> str:
        return f"{self.one_value} / {self.other_value}: {self.reason}"
