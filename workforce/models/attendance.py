"""Attendance: somebody's hours of one session, from being written down to both signatures; what the sealed log says."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from itops.database.exclusion import Exclusion
from itops.organisation.models import Person, User
from workforce.models.scheme import CATEGORY_CHOICES
from workforce.models.training import TrainingSession
from workforce.schemes.progress import Credit
from workforce.schemes.scheme import Category
from workforce.schemes.validity import Entry, Sitting


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def standing(self) -> Self:
        return self.filter(reversed_at=None)

    def counting(self) -> Self:
        """Signed by both and not taken back."""
        return self.standing().exclude(signed_at=None).exclude(approved_at=None)

    def to_sign(self, person: Person) -> Self:
        return self.standing().filter(person=person, signed_at=None)

    def to_approve(self) -> Self:
        return self.standing().filter(approved_at=None)


class Attendance(models.Model):
    """A row is written with its entry of the log, in one transaction; the numbers are those entries' in the log.

    Nothing in it but signatures and the reversal is ever filled in later, and each of them once (migration).
    """

    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="attendances", verbose_name=_("training session")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances", verbose_name=_("person"))
    during = DateTimeRangeField(_("time"))
    day = models.DateField(_("day"))
    hours = models.DecimalField(_("training hours"), max_digits=4, decimal_places=1)
    category = models.CharField(_("category"), max_length=12, choices=CATEGORY_CHOICES)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    entry = models.BigIntegerField(_("number in the log"), unique=True)
    signed_at = models.DateTimeField(_("trainee signed"), null=True, blank=True)
    signed_entry = models.BigIntegerField(_("number in the log"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_entry = models.BigIntegerField(_("number in the log"), null=True, blank=True)
    reversed_at = models.DateTimeField(_("reversed"), null=True, blank=True)
    reversed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reversed by")
    )
    reversed_entry = models.BigIntegerField(_("number in the log"), null=True, blank=True)
    reason = models.CharField(_("reason for the reversal"), max_length=300, blank=True)

    objects: models.Manager["Attendance"] = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "person__pinyin", "pk"]
        verbose_name = _("training entry")
        verbose_name_plural = _("training entries")
        permissions = [
            ("approve_attendance", "Can sign for training entries as approver"),
            ("reverse_attendance", "Can reverse training entries"),
        ]
        constraints = [
            Exclusion(
                name="nobody_sits_in_two_sessions_at_once",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(reversed_at=None),
                violation_error_message=_("The person sits in another session at that time."),
            ),
            models.CheckConstraint(condition=Q(hours__gt=0, hours__lte=24), name="attendance_hours_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.session}"

    @property
    def counts(self) -> bool:
        return bool(self.signed_at and self.approved_at and not self.reversed_at)

    def as_credit(self) -> Credit:
        both = self.signed_at and self.approved_at and max(self.signed_at, self.approved_at)
        return Credit(
            day=self.day,
            hours=self.hours,
            category=Category(self.category),
            recorded=_local(self.recorded_at),
            counts_from=_local(both) if both else None,
            reversed_on=_local(self.reversed_at) if self.reversed_at else None,
        )

    def as_sitting(self) -> Sitting:
        return Sitting(
            starts=timezone.localtime(self.during.lower),
            ends=timezone.localtime(self.during.upper),
            hours=self.hours,
        )

    def as_entry(self) -> Entry:
        """Who had to do with it; asks for the recorder."""
        return Entry(
            trainee=self.person_id,
            recorder=self.recorded_by_id,
            recorder_person=self.recorded_by.person_id,
            trainee_signed=self.signed_at is not None,
            approved=self.approved_at is not None,
            reversed=self.reversed_at is not None,
        )


def _local(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]


class LegacyTraining(models.Model):
    """A paper record from before the log: taken in with a batch, never verified, never counted."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="legacy_trainings", verbose_name=_("person")
    )
    day = models.DateField(_("day"))
    title = models.CharField(_("what was taught"), max_length=120)
    hours = models.DecimalField(_("training hours"), max_digits=4, decimal_places=1)
    provider = models.CharField(_("provider"), max_length=80, blank=True)
    sha256 = models.CharField(_("file"), max_length=64, editable=False)
    row = models.PositiveIntegerField(_("row"), editable=False)
    entry = models.BigIntegerField(_("number in the log"), editable=False)

    class Meta:
        ordering = ["-day", "person__pinyin", "pk"]
        verbose_name = _("legacy training record")
        verbose_name_plural = _("legacy training records")
        constraints = [
            models.UniqueConstraint(fields=["sha256", "row"], name="legacy_row_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="legacy_hours_are_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.title}"


class Explanation(models.Model):
    """The equipment saw nothing of a session that people signed for: somebody is asked why, and answers, openly."""

    session = models.OneToOneField(
        TrainingSession, models.PROTECT, related_name="explanation", verbose_name=_("training session")
    )
    signed_in = models.PositiveIntegerField(_("signed in"))
    minutes = models.FloatField(_("minutes on"))
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.CharField(_("asked by"), max_length=60)
    asked_entry = models.BigIntegerField(_("number in the log"))
    answer = models.TextField(pgettext_lazy("reply", "answer"), blank=True)
    answered_at = models.DateTimeField(pgettext_lazy("reply", "answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_entry = models.BigIntegerField(_("number in the log"), null=True, blank=True)

    class Meta:
        ordering = ["answered_at", "asked_at"]
        verbose_name = _("explanation")
        verbose_name_plural = _("explanations")
        permissions = [("ask_explanation", "Can ask for an explanation of a session")]

    def __str__(self) -> str:
        return f"{self.session}"
