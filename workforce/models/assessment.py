"""Assessment (考核): Paper, Attempt, and the yearly target sheet of a township with its indicators."""

from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from itops.organisation.models import Person, Place, User
from workforce.models.skill import LEVEL_CHOICES, Skill, in_language
from workforce.schemes.assessment import HIGHEST, Scored, weighted

NOT_NEGATIVE = MinValueValidator(Decimal(0))


class Paper(models.Model):
    """What is asked to show a skill: a paper or a practical task, with its pass mark."""

    class Form(models.TextChoices):
        WRITTEN = "written", _("paper")
        PRACTICAL = "practical", _("practical task")

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    form = models.CharField(_("form"), max_length=9, choices=Form.choices, default=Form.PRACTICAL)
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="papers", verbose_name=_("skill")
    )
    level = models.PositiveSmallIntegerField(_("level that passing shows"), choices=LEVEL_CHOICES, default=3)
    highest = models.DecimalField(
        _("highest score"), max_digits=5, decimal_places=1, default=Decimal(100), validators=[NOT_NEGATIVE]
    )
    pass_mark = models.DecimalField(
        _("pass mark"), max_digits=5, decimal_places=1, default=Decimal(60), validators=[NOT_NEGATIVE]
    )
    questions = models.TextField(_("questions or task"), blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("assessment paper")
        verbose_name_plural = _("assessment papers")
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__gt=0, pass_mark__lte=F("highest")),
                name="pass_mark_can_be_reached",
                violation_error_message=_("The pass mark lies between nothing and the highest score."),
            )
        ]

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def standing(self) -> Self:
        return self.filter(reversed_at=None)


class Attempt(models.Model):
    """Somebody tried once. Each attempt is kept; a retake is the next number. It stands in the sealed log."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, related_name="attempts", verbose_name=_("assessment paper")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="attempts", verbose_name=_("person"))
    number = models.PositiveSmallIntegerField(_("attempt"))
    day = models.DateField(_("day"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=1)
    pass_mark = models.DecimalField(_("pass mark"), max_digits=5, decimal_places=1)
    assessor = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("assessor"))
    recorded_at = models.DateTimeField(_("recorded"))
    entry = models.BigIntegerField(_("number in the log"), unique=True)
    reversed_at = models.DateTimeField(_("reversed"), null=True, blank=True)
    reversed_entry = models.BigIntegerField(_("number in the log"), null=True, blank=True)
    reason = models.CharField(_("reason for the reversal"), max_length=300, blank=True)

    objects: models.Manager["Attempt"] = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        permissions = [("reverse_attempt", "Can reverse assessment results")]
        constraints = [
            models.UniqueConstraint(fields=["paper", "person", "number"], name="attempt_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.paper} ({self.number})"

    @property
    def passed(self) -> bool:
        return self.score >= self.pass_mark


class TargetIndicator(models.Model):
    """One line of the yearly target assessment, and how much it weighs."""

    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("indicator"), max_length=120)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    standard = models.CharField(_("how it is scored"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["-year", "position", "pk"]
        verbose_name = _("target indicator")
        verbose_name_plural = _("target indicators")
        constraints = [
            models.UniqueConstraint(fields=["year", "name"], name="target_indicator_once_a_year"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="target_indicator_weighs"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"

    def clean(self) -> None:
        if self.year and TargetSheet.objects.filter(year=self.year).exclude(signed_at=None).exists():
            raise ValidationError(_("A sheet of that year is signed: its indicators stay as they are."))


class TargetSheet(models.Model):
    """A township's target assessment of a year. Once signed it stands in the log."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="target_sheets", verbose_name=_("township"))
    year = models.PositiveSmallIntegerField(_("year"))
    scored_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scored by")
    )
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    total = models.DecimalField(_("score"), max_digits=5, decimal_places=1, null=True, blank=True)
    entry = models.BigIntegerField(_("number in the log"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "place__position"]
        verbose_name = _("target sheet")
        verbose_name_plural = _("target sheets")
        permissions = [("sign_targetsheet", "Can sign target sheets")]
        constraints = [models.UniqueConstraint(fields=["place", "year"], name="target_sheet_once_a_year")]

    def __str__(self) -> str:
        return f"{self.place} {self.year}"

    def score(self) -> Decimal | None:
        """Weighted, of 100; None until everything is scored."""
        lines = list(self.scores.select_related("indicator"))
        if len(lines) < TargetIndicator.objects.filter(year=self.year).count():
            return None
        return weighted(Scored(line.indicator.weight, line.score) for line in lines)


class TargetScore(models.Model):
    """What a township got for one indicator, and why."""

    sheet = models.ForeignKey(
        TargetSheet, models.PROTECT, related_name="scores", verbose_name=_("target sheet")
    )
    indicator = models.ForeignKey(
        TargetIndicator, models.PROTECT, related_name="+", verbose_name=_("indicator")
    )
    score = models.DecimalField(
        _("score"), max_digits=4, decimal_places=1, validators=[NOT_NEGATIVE, MaxValueValidator(HIGHEST)]
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["sheet", "indicator__position", "indicator"]
        verbose_name = _("target score")
        verbose_name_plural = _("target scores")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "indicator"], name="target_score_once"),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=HIGHEST), name="target_score_of_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.score}"
