"""Office: a unit of the bureau that sits in a place; Person: somebody who works there."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from itops.organisation.models.calendar import WorkCalendar
from itops.organisation.models.place import Place


class Office(models.Model):
    """A township civil-affairs office, or a section of the county bureau."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="offices", verbose_name=_("place"))
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    staff = models.PositiveSmallIntegerField(_("authorised staff in post"), default=0)
    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, verbose_name=_("work calendar"))

    class Meta:
        ordering = ["place", "name"]
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="office_once_in_place")]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def by_pinyin(self) -> Self:
        return self.order_by("pinyin", "id")


class Person(models.Model):
    """Somebody who answers for equipment or works with it."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="people", verbose_name=_("office"))
    name = models.CharField(_("name"), max_length=40)
    pinyin = models.CharField(max_length=160, editable=False)
    post = models.CharField(_("post"), max_length=60, blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    objects: models.Manager["Person"] = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["pinyin", "id"]
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name
