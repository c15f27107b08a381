"""Place: a province, city, county, township or village, and how it was called and coded when."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from itops.organisation.ltree import LtreeField


class Level(models.IntegerChoices):
    PROVINCE = 1, _("province")
    CITY = 2, _("city")
    COUNTY = 3, _("county")
    TOWNSHIP = 4, _("township")
    VILLAGE = 5, _("village")


def short_form(name: str) -> str:
    """A Chinese name without the character that says what kind of place it is; 南县 stays."""
    return name[:-1] if len(name) > 2 and name[-1] in "镇乡县市区" else name


def named(name: str, name_en: str) -> str:
    """What a place is called in the reader's language."""
    return name_en if name_en and not (get_language() or "").startswith("zh") else name


class PlaceQuerySet(models.QuerySet["Place"]):
    def under(self, paths: list[str]) -> Self:
        """Places that equal one of these paths or lie below it."""
        return self.filter(path__under=paths)

    def townships(self) -> Self:
        return self.filter(level=Level.TOWNSHIP)

    def in_official_order(self) -> Self:
        return self.order_by("position", "code")


class Place(models.Model):
    """What the place is today; PlaceVersion keeps what it was. Codes and names repeat and change: no key."""

    path = LtreeField(_("path"), unique=True, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("lies under")
    )
    level = models.SmallIntegerField(_("level"), choices=Level.choices)
    code = models.CharField(_("division code"), max_length=12, db_index=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    pinyin = models.CharField(max_length=160, editable=False)
    position = models.IntegerField(_("official order"), default=0)
    custom = models.JSONField(_("own fields"), default=dict, blank=True, editable=False)

    objects: models.Manager["Place"] = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        indexes = [GistIndex(fields=["path"], name="place_path_gist")]

    def __str__(self) -> str:
        return named(self.name, self.name_en)

    def short_name(self) -> str:
        """The name without its 镇 or 乡, as officials say it in a table."""
        if str(self) != self.name:
            return self.name_en.removesuffix(" Town").removesuffix(" Township")
        return short_form(self.name)


class PlaceVersionQuerySet(models.QuerySet["PlaceVersion"]):
    def on(self, day: date) -> Self:
        """Those that held on that day: one of each place."""
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)


class PlaceVersion(models.Model):
    """Name, code and parent of a place from one day to another (the end is exclusive)."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="versions")
    parent = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.SmallIntegerField(choices=Level.choices)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("to"), null=True, blank=True)

    objects: models.Manager["PlaceVersion"] = PlaceVersionQuerySet.as_manager()

    class Meta:
        ordering = ["place", "starts"]
        constraints = [
            ExclusionConstraint(
                name="place_has_one_version_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (
                        Func("starts", "ends", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts}–{self.ends or ''}"
