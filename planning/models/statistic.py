"""Monthly statistics: indicators, their dated definitions, the figures counted, those reported by hand, templates."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from itops.organisation.models import Office, Place, User
from itops.organisation.models.place import named
from planning.statistics.months import Month, month_of
from planning.statistics.rules import Counted, Lacking, Rule
from planning.statistics.values import UNITS, Unit, differ, value

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

RULE_NAMES = {
    Rule.COMPUTERS_PROVIDED: _("computers there against the standard"),
    Rule.EQUIPMENT_PROVIDED: _("equipment there against the standard"),
    Rule.STAFF_PER_COMPUTER: _("authorised staff to each computer there"),
    Rule.NETWORK_COVERAGE: _("townships with a network link"),
    Rule.COMPUTERS_CONNECTED: _("computers that the network saw in the month"),
    Rule.SECURITY_PROVIDED: _("townships with a network security device"),
    Rule.SERVICEABLE: _("equipment there, not outdated and not under repair"),
    Rule.IN_USE: _("days of use among the days observed"),
    Rule.ROOMS_USED: _("conference rooms used in the month"),
    Rule.LINKS_ONLINE: _("minutes in which network links answered"),
}
UNIT_NAMES = {Unit.PERCENT: _("percent"), Unit.PEOPLE: _("people to a computer")}
LACKING_NAMES = {
    Lacking.STAFF_UNKNOWN: _("the staff is not recorded"),
    Lacking.NO_STANDARD: _("no standard asks for any"),
    Lacking.CANNOT_TELL: _("nothing was observed of it"),
    Lacking.NOTHING_THERE: _("there is none"),
}
MOST = Decimal(100_000)


def first_of(day: date) -> date:
    """The month that a day lies in, as it is stored."""
    return day.replace(day=1)


class Indicator(models.Model):
    """What is reported each month, and which office answers for it."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reporting office")
    )
    archived = models.BooleanField(_("archived"), default=False)

    definitions: "RelatedManager[IndicatorDefinition]"

    class Meta:
        ordering = ["code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return named(self.name, self.name_en)


class IndicatorDefinition(models.Model):
    """One version of what an indicator counts, from a day on. Once a frozen figure cites it, it stays as it is."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="definitions", verbose_name=_("indicator")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1, validators=[MinValueValidator(1)])
    starts = models.DateField(_("in force from"))
    rule = models.CharField(
        _("counts"), max_length=24, choices=[(rule.value, name) for rule, name in RULE_NAMES.items()]
    )
    text = models.TextField(_("definition"))
    text_en = models.TextField(_("definition in English"), blank=True)
    document = models.CharField(_("document"), max_length=120, blank=True)

    class Meta:
        ordering = ["indicator", "-version"]
        verbose_name = _("definition of an indicator")
        verbose_name_plural = _("definitions of indicators")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="definition_version_once"),
            models.UniqueConstraint(fields=["indicator", "starts"], name="definition_starts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} v{self.version}"

    @property
    def unit(self) -> Unit:
        return UNITS[Rule(self.rule)]

    @property
    def said(self) -> str:
        """The definition in the reader's language."""
        return named(self.text, self.text_en)

    @property
    def label(self) -> str:
        """Such as SB01 v2: how a figure cites it."""
        return f"{self.indicator.code} v{self.version}"


class MonthlyFigureQuerySet(models.QuerySet["MonthlyFigure"]):
    def of(self, month: Month) -> Self:
        return self.filter(month=month.first)

    def current(self) -> Self:
        """Of each figure the version that counts: a correction stands in for what it corrects."""
        keys = ("indicator_id", "month", "place_id")
        return self.order_by(*keys, "-version").distinct(*keys)


class MonthlyFigure(models.Model):
    """
    One indicator of one place in one month. A confirmed one is never changed; the database holds it.

    `county` is the county that the place then lay in, for the county's own figure the county itself. `as_of` is the
    day whose books and marks were counted: the month's last, or the day of counting while the month runs.
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="figures", verbose_name=_("indicator")
    )
    definition = models.ForeignKey(
        IndicatorDefinition, models.PROTECT, related_name="figures", verbose_name=_("definition")
    )
    month = models.DateField(_("month"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    county = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("county"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    part = models.BigIntegerField(_("numerator"), default=0)
    whole = models.BigIntegerField(_("denominator"), default=0)
    untold = models.IntegerField(_("cannot be told"), default=0)
    generated = models.IntegerField(_("from demonstration data"), default=0)
    townships = models.PositiveSmallIntegerField(_("townships counted"), default=0)
    lacking = models.CharField(
        _("why there is no figure"),
        max_length=16,
        blank=True,
        choices=[(lacking.value, name) for lacking, name in LACKING_NAMES.items()],
    )
    as_of = models.DateField(_("as of"))
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reporting office")
    )
    reason = models.CharField(_("reason for the correction"), max_length=300, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )

    objects: models.Manager["MonthlyFigure"] = MonthlyFigureQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "indicator", "place__level", "place__position", "-version"]
        verbose_name = _("monthly figure")
        verbose_name_plural = _("monthly figures")
        permissions = [("confirm_monthlyfigure", "Can confirm the monthly figures of the own office")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "month", "place", "version"], name="monthly_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(part__gte=0, whole__gte=0, untold__gte=0), name="monthly_figure_counts"
            ),
            models.CheckConstraint(
                condition=Q(lacking="", whole__gt=0) | (~Q(lacking="") & Q(whole=0)),
                name="no_figure_without_its_denominator",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, office__isnull=False),
                name="figure_confirmed_by_somebody",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="figure_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.of_month} {self.place}"

    @property
    def of_month(self) -> Month:
        return month_of(self.month)

    @property
    def value(self) -> Decimal | None:
        return value(self.part, self.whole, self.definition.unit)

    @property
    def frozen(self) -> bool:
        return self.confirmed_at is not None

    @property
    def counted(self) -> Counted:
        """As the rules gave it."""
        return Counted(
            part=self.part,
            whole=self.whole,
            untold=self.untold,
            generated=self.generated,
            townships=self.townships,
            lacking=Lacking(self.lacking) if self.lacking else None,
        )


class ReportedFigure(models.Model):
    """What was reported by hand: a figure as it was given, by whom, by which definition, and why it differs."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="reported", verbose_name=_("indicator")
    )
    month = models.DateField(_("month"), help_text=_("any day of the month"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    value = models.DecimalField(
        _("value as reported"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(MOST)],
        help_text=_("in the indicator’s unit: 90.5 for 90.5 percent"),
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reported by")
    )
    definition_said = models.CharField(
        _("definition it was counted by"),
        max_length=200,
        blank=True,
        help_text=_("only where it is not the one laid down"),
    )
    document = models.CharField(_("document"), max_length=120, blank=True)
    explanation = models.CharField(_("explanation of the difference"), max_length=400, blank=True)
    explained_of = models.CharField(_("figures explained"), max_length=80, blank=True, editable=False)
    explained_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("explained by"),
    )
    explained_at = models.DateTimeField(_("explained at"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-month", "indicator", "place__position"]
        verbose_name = _("figure reported by hand")
        verbose_name_plural = _("figures reported by hand")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "month", "place"], name="reported_figure_once"),
            models.CheckConstraint(
                condition=Q(value__gte=0, value__lte=MOST), name="reported_figure_is_sane"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="reported_figure_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {month_of(self.month)} {self.place}: {self.value}"

    def clean(self) -> None:
        """Whatever day of the month is given, the month is meant; one that is still to come is refused."""
        if self.month:
            self.month = first_of(self.month)
            if self.month > timezone.localdate():
                raise ValidationError({"month": _("That month is still to come.")})

    def differs(self, figure: MonthlyFigure | None) -> bool:
        """Whether what was counted is another figure than what was reported."""
        return figure is not None and differ(figure.value, self.value, figure.definition.unit)

    def compared(self, figure: MonthlyFigure) -> str:
        """What an explanation explains: it no longer holds when either side becomes another."""
        return f"{self.value:.2f} {figure.part}/{figure.whole}"

    def open_against(self, figure: MonthlyFigure | None) -> bool:
        """A difference that nobody has explained, or that has become another since."""
        return figure is not None and self.differs(figure) and self.explained_of != self.compared(figure)


class ReportTemplate(models.Model):
    """A form that the office edited and handed in; of each sort the last one is filled in."""

    class Sort(models.TextChoices):
        CITY = "city", _("the city’s form (XLSX)")
        REPORT = "report", _("the monthly report (DOCX)")

    sort = models.CharField(_("form"), max_length=8, choices=Sort.choices)
    name = models.CharField(_("file"), max_length=120)
    data = models.BinaryField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    added_at = models.DateTimeField(_("handed in at"), default=timezone.now)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("handed in by"))

    class Meta:
        ordering = ["sort", "-added_at", "-pk"]
        verbose_name = _("form of a report")
        verbose_name_plural = _("forms of reports")

    def __str__(self) -> str:
        return self.name
