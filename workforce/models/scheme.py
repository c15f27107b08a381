"""TrainingScheme: how many training hours are asked of whom, in dated versions."""

from fractions import Fraction

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from workforce.schemes.scheme import Audience, Category, Rule

AUDIENCE_NAMES = {
    Audience.COUNTY_LEADER: _("civil servants of county-division rank and above"),
    Audience.CIVIL_SERVANT: _("civil servants below county-division rank"),
    Audience.PROFESSIONAL: _("professional and technical staff"),
    Audience.OTHER: _("all others"),
}
AUDIENCE_CHOICES = [(audience.value, name) for audience, name in AUDIENCE_NAMES.items()]
CATEGORY_NAMES = {
    Category.PUBLIC: _("public subjects"),
    Category.PROFESSIONAL: _("professional subjects"),
    Category.OTHER: _("other subjects"),
}
CATEGORY_CHOICES = [(category.value, name) for category, name in CATEGORY_NAMES.items()]
AT_LEAST_ONE = MinValueValidator(1)


class TrainingScheme(models.Model):
    """One version for one audience; the one in force on a day has the latest start."""

    name = models.CharField(_("name"), max_length=80)
    audience = models.CharField(_("for whom"), max_length=16, choices=AUDIENCE_CHOICES)
    starts = models.DateField(_("in force from"))
    hours = models.DecimalField(
        _("hours asked"), max_digits=5, decimal_places=1, validators=[MinValueValidator(1)]
    )
    years = models.PositiveSmallIntegerField(_("in how many years"), default=1, validators=[AT_LEAST_ONE])
    anchor_year = models.PositiveSmallIntegerField(
        _("first year of a period"),
        default=2023,
        help_text=_("matters only where a period has several years"),
    )
    source = models.CharField(_("document"), max_length=200, blank=True)
    confirmed = models.BooleanField(
        _("source confirmed"),
        default=False,
        help_text=_("the county has held hours and first day against the document"),
    )

    class Meta:
        ordering = ["audience", "-starts"]
        verbose_name = _("training scheme")
        verbose_name_plural = _("training schemes")
        constraints = [
            models.UniqueConstraint(fields=["audience", "starts"], name="scheme_once_from_a_day"),
            models.CheckConstraint(
                condition=models.Q(hours__gt=0, years__gt=0), name="scheme_asks_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def as_rule(self) -> Rule:
        """What the pure rules take; asks for its shares."""
        return Rule(
            audience=Audience(self.audience),
            starts=self.starts,
            hours=self.hours,
            years=self.years,
            anchor=self.anchor_year,
            shares={Category(one.category): one.fraction for one in self.shares.all()},
        )


class SchemeShare(models.Model):
    """At least so much of the hours must be of this category: two of three, one of five."""

    scheme = models.ForeignKey(
        TrainingScheme, models.CASCADE, related_name="shares", verbose_name=_("training scheme")
    )
    category = models.CharField(_("category"), max_length=12, choices=CATEGORY_CHOICES)
    parts = models.PositiveSmallIntegerField(_("parts"), validators=[AT_LEAST_ONE])
    of = models.PositiveSmallIntegerField(_("of how many"), validators=[AT_LEAST_ONE])

    class Meta:
        ordering = ["scheme", "category"]
        verbose_name = _("share of a category")
        verbose_name_plural = _("shares of categories")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "category"], name="scheme_share_once"),
            models.CheckConstraint(
                condition=models.Q(of__gt=0, parts__lte=models.F("of")),
                name="scheme_share_is_a_share",
                violation_error_message=_("A share is not more than the whole."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.parts}/{self.of}"

    def clean(self) -> None:
        if self.of and self.parts and self.parts > self.of:
            raise ValidationError({"parts": _("A share is not more than the whole.")})

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.parts, self.of)
