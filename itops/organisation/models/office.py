"""Office: a unit of the bureau that sits in a place; Person: somebody who works there."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from itops.organisation.models.calendar import WorkCalendar
from itops.organisation.models.place import Place, named


class Office(models.Model):
    """A township civil-affairs office, or a section of the county bureau."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="offices", verbose_name=_("place"))
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    staff = models.PositiveSmallIntegerField(_("authorised staff in post"), default=0)
    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, verbose_name=_("work calendar"))
    archived = models.BooleanField(_("archived"), default=False)
    custom = models.JSONField(_("own fields"), default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["place", "name"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="office_once_in_place")]

    def __str__(self) -> str:
        return named(self.name, self.name_en)


class OfficeStaff(models.Model):
    """How many authorised staff an office had from a day on. Office.staff is today's number.

    The database adds a row whenever Office.staff changes, so that no way of writing it loses the past.
    """

    office = models.ForeignKey(Office, models.CASCADE, related_name="staff_numbers", verbose_name=_("office"))
    starts = models.DateField(_("from"))
    staff = models.PositiveSmallIntegerField(_("authorised staff in post"))

    class Meta:
        ordering = ["office", "-starts"]
        verbose_name = _("number of staff")
        verbose_name_plural = _("numbers of staff")
        constraints = [models.UniqueConstraint(fields=["office", "starts"], name="office_staff_once")]

    def __str__(self) -> str:
        return f"{self.office}: {self.staff} ({self.starts})"


class Establishment(models.TextChoices):
    """On which kind of establishment (编制) somebody is employed."""

    CIVIL_SERVICE = "civil", _("civil-service establishment")
    INSTITUTION = "institution", _("public-institution establishment")
    WORKER = "worker", _("government worker establishment")
    CONTRACT = "contract", _("contract staff")
    AGENCY = "agency", _("agency staff")
    PUBLIC_WELFARE = "welfare", _("public-welfare post")


class PersonQuerySet(models.QuerySet["Person"]):
    def by_pinyin(self) -> Self:
        return self.order_by("pinyin", "id")


class Person(models.Model):
    """Somebody who answers for equipment or works with it."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="people", verbose_name=_("office"))
    name = models.CharField(pgettext_lazy("person", "name"), max_length=40)
    pinyin = models.CharField(max_length=160, editable=False)
    post = models.CharField(_("post"), max_length=60, blank=True)
    establishment = models.CharField(
        _("establishment type"), max_length=12, choices=Establishment.choices, blank=True
    )
    rank = models.CharField(_("rank"), max_length=40, blank=True)
    technical_title = models.CharField(_("technical title"), max_length=40, blank=True)
    field_of_study = models.CharField(_("field of study"), max_length=60, blank=True)
    joined_on = models.DateField(_("in service from"), null=True, blank=True)
    left_on = models.DateField(
        _("left on"),
        null=True,
        blank=True,
        help_text=_("the first day on which the person no longer works here"),
    )
    archived = models.BooleanField(_("archived"), default=False)
    custom = models.JSONField(_("own fields"), default=dict, blank=True, editable=False)

    objects: models.Manager["Person"] = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["pinyin", "id"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_on=None) | Q(left_on=None) | Q(left_on__gt=models.F("joined_on")),
                name="person_leaves_after_joining",
                violation_error_message=_("The end must lie after the beginning."),
            )
        ]

    def __str__(self) -> str:
        return self.name
