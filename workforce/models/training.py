"""Course, TrainingPlan, TrainingSession and who is enrolled: what shall be learnt, and when it was held."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.models import Asset
from inventory.models.catalogue import KIND_CHOICES
from itops.crud.yuan import NOT_NEGATIVE
from itops.organisation.models import Person, Place, User
from workforce.models.scheme import CATEGORY_CHOICES
from workforce.models.skill import Skill, in_language
from workforce.schemes.scheme import Category
from workforce.schemes.validity import MINUTES_AN_HOUR

MORE_THAN_NOTHING = MinValueValidator(Decimal("0.1"))


class Course(models.Model):
    """What is taught. `kind` names the equipment whose use it should raise."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    category = models.CharField(
        _("category"), max_length=12, choices=CATEGORY_CHOICES, default=Category.PROFESSIONAL.value
    )
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("skill")
    )
    kind = models.CharField(_("equipment it is about"), max_length=20, choices=KIND_CHOICES, blank=True)
    hours = models.DecimalField(
        _("training hours"),
        max_digits=4,
        decimal_places=1,
        default=Decimal(4),
        validators=[MORE_THAN_NOTHING],
    )
    content = models.TextField(_("content"), blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)


class TrainingPlan(models.Model):
    """What a place means to have taught in a year, and what that may cost."""

    name = models.CharField(_("name"), max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, related_name="training_plans", verbose_name=_("place"))
    year = models.PositiveSmallIntegerField(_("year"))
    budget_fen = models.BigIntegerField(_("budget (fen)"), null=True, blank=True, validators=[NOT_NEGATIVE])
    source = models.CharField(_("document"), max_length=200, blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["-year", "name"]
        verbose_name = _("training plan")
        verbose_name_plural = _("training plans")
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "name"], name="training_plan_once_a_year"),
            models.CheckConstraint(
                condition=Q(budget_fen=None) | Q(budget_fen__gte=0), name="training_plan_budget_is_money"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SessionState(models.TextChoices):
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class TrainingSessionQuerySet(models.QuerySet["TrainingSession"]):
    def overdue(self, day: date) -> Self:
        """Planned for a day that is past, and neither held nor called off since."""
        return self.filter(state=SessionState.PLANNED, day__lt=day)


class TrainingSession(models.Model):
    """A course on one day. Once it was held or called off it is not edited any more."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("course"))
    plan = models.ForeignKey(
        TrainingPlan, models.PROTECT, null=True, blank=True, related_name="sessions",
        verbose_name=_("training plan"),
    )  # fmt: skip
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="training_sessions", verbose_name=_("place")
    )
    location = models.CharField(pgettext_lazy("of training", "location"), max_length=80, blank=True)
    room = models.ForeignKey(
        Asset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_sessions",
        verbose_name=_("recorded room or equipment"),
        help_text=_("its evidence of that day is held against the attendance sheet"),
    )
    computers = models.ManyToManyField(
        Asset, blank=True, related_name="+", verbose_name=_("recorded computers it was held on")
    )
    day = models.DateField(_("day"))
    starts = models.TimeField(_("begins"), default=time(9))
    ends = models.TimeField(_("ends"), default=time(12))
    hours = models.DecimalField(
        _("training hours"), max_digits=4, decimal_places=1, validators=[MORE_THAN_NOTHING]
    )
    provider = models.CharField(_("provider"), max_length=80, blank=True)
    teacher = models.CharField(_("teacher"), max_length=60, blank=True)
    cost_fen = models.BigIntegerField(_("cost (fen)"), null=True, blank=True, validators=[NOT_NEGATIVE])
    state = models.CharField(
        _("state"), max_length=9, choices=SessionState.choices, default=SessionState.PLANNED, editable=False
    )
    closed_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects: models.Manager["TrainingSession"] = TrainingSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-starts", "-pk"]
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="session_ends_after_it_begins",
                violation_error_message=_("The end must lie after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(cost_fen=None) | Q(cost_fen__gte=0),
                name="session_cost_is_money",
                violation_error_message=_("A cost is not below nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.day:%Y-%m-%d}"

    def clean(self) -> None:
        """Checked whatever writes it: forms, the API, imports and many at once."""
        if self.pk and not self.is_planned:
            raise ValidationError(
                _("The session was held or called off: reverse its entries instead of editing it."),
                code="closed",
            )
        if self.starts and self.ends and self.hours and self.hours * MINUTES_AN_HOUR > self.minutes:
            raise ValidationError(
                {"hours": _("A training hour has at least 45 minutes: the session is too short for so many.")}
            )

    @property
    def begin(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, self.starts))

    @property
    def end(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, self.ends))

    @property
    def minutes(self) -> int:
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute

    @property
    def is_planned(self) -> bool:
        return self.state == SessionState.PLANNED

    @property
    def is_held(self) -> bool:
        return self.state == SessionState.HELD


class Enrolment(models.Model):
    """Somebody is to take part."""

    session = models.ForeignKey(
        TrainingSession, models.CASCADE, related_name="enrolments", verbose_name=_("training session")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments", verbose_name=_("person"))

    class Meta:
        ordering = ["session", "person__pinyin", "person"]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="enrolled_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.session}"


class AttendanceSheet(models.Model):
    """The numbered sheet of a session on which people sign with ink. One number a session; printing again keeps it."""

    session = models.OneToOneField(
        TrainingSession, models.PROTECT, related_name="sheet", verbose_name=_("training session")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField(pgettext_lazy("reference", "number"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    scan = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("signed sheet"),
    )  # fmt: skip

    class Meta:
        ordering = ["-year", "-serial"]
        verbose_name = _("attendance sheet")
        verbose_name_plural = _("attendance sheets")
        constraints = [models.UniqueConstraint(fields=["year", "serial"], name="sheet_number_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"QD{self.year}-{self.serial:04d}"
