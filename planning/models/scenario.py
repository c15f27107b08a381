"""Scenario: which money over which years and what is demanded; Plan: what came out, frozen once it is published."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from itops.crud.yuan import NOT_NEGATIVE
from itops.organisation.models import Place, User
from planning.models.fields import FenField
from planning.models.source import YEARS, FundingSource
from planning.optimiser.need import Way

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

MOST_YEARS = 5
WAY_NAMES = {
    Way.MOVE: _("move"),
    Way.REPAIR: _("mend"),
    Way.UPGRADE: _("upgrade the system"),
    Way.TRAIN: _("train"),
    Way.CONNECT: _("connect"),
    Way.BUY: _("buy"),
    Way.WRITE_OFF: _("write off"),
}
WAY_CHOICES = [(way.value, name) for way, name in WAY_NAMES.items()]


class Scenario(models.Model):
    """What is asked of the optimiser; needs are taken as they are when it is solved."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), validators=YEARS)
    years = models.PositiveSmallIntegerField(
        _("number of years"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_YEARS)]
    )
    delay_bp = models.PositiveSmallIntegerField(
        _("what waiting a year costs (basis points)"),
        default=500,
        validators=[MaxValueValidator(2_000)],
        help_text=_("so much of its points a need loses with each year it waits"),
    )
    sources = models.ManyToManyField(
        FundingSource, related_name="scenarios", verbose_name=_("funding sources")
    )
    asked_at = models.DateTimeField(_("solving asked for"), null=True, blank=True, editable=False)
    done = models.PositiveSmallIntegerField(_("solved so far (percent)"), default=0, editable=False)
    trouble = models.TextField(_("why there is no plan"), blank=True, editable=False)
    archived = models.BooleanField(_("archived"), default=False)

    floors: "RelatedManager[ScenarioFloor]"
    musts: "RelatedManager[MustDo]"
    plans: "RelatedManager[Plan]"

    class Meta:
        ordering = ["-first_year", "name"]
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints = [
            models.CheckConstraint(condition=Q(years__range=(1, MOST_YEARS)), name="scenario_has_years")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def all_years(self) -> tuple[int, ...]:
        return tuple(range(self.first_year, self.first_year + self.years))


class ScenarioFloor(models.Model):
    """What a township gets at the least: so many needs met, so much of purchases."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="floors", verbose_name=_("scenario"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("township"))
    needs = models.PositiveSmallIntegerField(_("needs met at the least"), default=0)
    fen = FenField(_("purchases at the least"), default=0, validators=[NOT_NEGATIVE])

    class Meta:
        ordering = ["scenario", "place__position"]
        verbose_name = _("floor of a township")
        verbose_name_plural = _("floors of townships")
        constraints = [
            models.UniqueConstraint(fields=["scenario", "place"], name="floor_once"),
            models.CheckConstraint(condition=Q(fen__gte=0), name="floor_is_money"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} · {self.place}"


class MustDo(models.Model):
    """A need that every plan of the scenario meets."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="musts", verbose_name=_("scenario"))
    need = models.CharField(_("need"), max_length=120)

    class Meta:
        ordering = ["scenario", "need"]
        verbose_name = _("must-do")
        verbose_name_plural = _("must-dos")
        constraints = [models.UniqueConstraint(fields=["scenario", "need"], name="must_do_once")]

    def __str__(self) -> str:
        return self.need


class Plan(models.Model):
    """
    What came out of a scenario. `inputs` are all that went in, `fingerprint` their hash.

    Worth and bound are in ten-thousandths of a point. A published plan is never changed; the database holds it.
    """

    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="plans", verbose_name=_("scenario"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.CharField(_("made by"), max_length=60)
    fingerprint = models.CharField(_("hash of the inputs"), max_length=64)
    inputs = models.TextField(_("inputs"))
    budget_fen = models.BigIntegerField(_("budget (fen)"))
    cost_fen = models.BigIntegerField(_("cost (fen)"))
    saved_fen = models.BigIntegerField(_("saved by moves (fen)"))
    worth = models.BigIntegerField(_("worth"))
    bound = models.BigIntegerField(_("bound"))
    everything = models.BigIntegerField(_("worth of all needs"))
    gap_ppm = models.IntegerField(_("gap (millionths)"))
    frontier = models.JSONField(_("frontier"), default=list)
    compared = models.JSONField(_("comparison"), default=list)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )

    lines: "RelatedManager[PlanLine]"

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        permissions = [("publish_plan", "Can publish a plan")]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(published_at__isnull=False), name="one_published_plan"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="plan_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} · {self.fingerprint[:8]}"


class PlanLine(models.Model):
    """One need: what is done about it, or why nothing is."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines", verbose_name=_("plan"))
    need = models.CharField(_("need"), max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("township"))
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    subject = models.CharField(_("what it is about"), max_length=200, blank=True)
    chosen = models.BooleanField(_("chosen"))
    way = models.CharField(_("remedy"), max_length=10, choices=WAY_CHOICES)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    fen = models.BigIntegerField(_("cost (fen)"))
    worth = models.BigIntegerField(_("worth"))
    code = models.CharField(_("reason"), max_length=20)
    numbers = models.JSONField(_("numbers"), default=dict)
    paid_by = models.JSONField(_("paid by"), default=list)

    class Meta:
        ordering = ["plan", "-chosen", "need"]
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of a plan")
        constraints = [
            models.UniqueConstraint(fields=["plan", "need"], name="plan_line_once"),
            models.CheckConstraint(condition=Q(fen__gte=0), name="plan_line_is_money"),
        ]

    def __str__(self) -> str:
        return self.need
