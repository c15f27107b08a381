"""FundingSource: money with a document, a year, what it may be spent on and what must be added to it."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from itops.crud.yuan import NOT_NEGATIVE
from planning.models.fields import A_BUDGET, MOST, NOT_ABSURD, FenField
from planning.money.amounts import ABSURD, WHOLE
from planning.money.wording import in_percent, to_the_fen

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from planning.models.project import LedgerLine

FIRST_YEAR, LAST_YEAR = 2000, 2100
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]


class SourceType(models.TextChoices):
    SPECIAL = "special", _("higher-level special funds")
    MATCHING = "matching", _("county matching funds")
    PROJECT = "project", _("project funds")
    OTHER = "other", _("other funds")


class FundingSource(models.Model):
    """
    Money of one year. Without permitted categories it may be spent on anything.

    Of all that it helps to pay, `match_bp` basis points come from `matched_by`.
    """

    name = models.CharField(_("name"), max_length=80)
    type = models.CharField(_("type"), max_length=10, choices=SourceType.choices)
    document = models.CharField(_("document number"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    limit_fen = FenField(_("amount"), validators=[NOT_NEGATIVE, A_BUDGET])
    match_bp = models.PositiveSmallIntegerField(
        _("matching share (basis points)"),
        default=0,
        validators=[MaxValueValidator(WHOLE - 1)],
        help_text=_("of all that it helps to pay; 5000 is half"),
    )
    matched_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="matches", verbose_name=_("matched by")
    )
    note = models.TextField(_("note"), blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    categories: "RelatedManager[PermittedCategory]"
    lines: "RelatedManager[LedgerLine]"

    class Meta:
        ordering = ["-year", "name"]
        verbose_name = _("funding source")
        verbose_name_plural = _("funding sources")
        constraints = [
            models.UniqueConstraint(fields=["document", "year", "name"], name="source_once_a_year"),
            models.CheckConstraint(
                condition=Q(limit_fen__gte=0, limit_fen__lte=MOST),
                name="source_is_money",
                violation_error_message=_("Money is not negative here."),
            ),
            models.CheckConstraint(
                condition=Q(match_bp=0, matched_by=None)
                | Q(match_bp__gt=0, match_bp__lt=WHOLE, matched_by__isnull=False),
                name="source_match_has_a_payer",
                violation_error_message=_("Say both: how much is matched, and from which source."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"

    def clean(self) -> None:
        if self.matched_by_id and (self.matched_by_id == self.pk or self._matching_is_matched()):
            raise ValidationError(
                {"matched_by": _("The matching source is another one that asks for no match itself.")}
            )
        if self.pk and self.limit_fen is not None and self.limit_fen < (allocated := self.allocated_fen()):
            said = _("%(fen)s yuan of it are allocated already: take lines back first, then cut it.")
            raise ValidationError({"limit_fen": said % {"fen": to_the_fen(allocated)}})
        if self.pk and self.lines.exists() and self._terms() != self._recorded_terms():
            raise ValidationError(_("Lines refer to it: its year and its match stay as they are."))

    def _matching_is_matched(self) -> bool:
        return self.matched_by is not None and self.matched_by.match_bp > 0

    def _terms(self) -> tuple[object, ...]:
        return self.year, self.match_bp, self.matched_by_id

    def _recorded_terms(self) -> tuple[object, ...]:
        return FundingSource.objects.values_list("year", "match_bp", "matched_by_id").get(pk=self.pk)

    def allocated_fen(self) -> int:
        """Of its money, what lines have given to projects."""
        found = self.lines.filter(entry="allocation").aggregate(fen=models.Sum("fen"))["fen"]
        return int(found or 0)

    @property
    def match(self) -> str:
        return in_percent(self.match_bp) if self.match_bp else ""


class PermittedCategory(models.Model):
    """One thing that a source may be spent on; a source without any may be spent on everything."""

    source = models.ForeignKey(
        FundingSource, models.CASCADE, related_name="categories", verbose_name=_("funding source")
    )
    category = models.CharField(_("category"), max_length=20, choices=KIND_CHOICES)

    class Meta:
        ordering = ["source", "category"]
        verbose_name = _("permitted category")
        verbose_name_plural = _("permitted categories")
        constraints = [models.UniqueConstraint(fields=["source", "category"], name="permitted_once")]

    def __str__(self) -> str:
        return f"{self.source} · {self.get_category_display()}"


class RemedyTerms(models.Model):
    """What each remedy costs for a kind, and how much it counts that one is lacking, outdated or unused.

    Empty: nobody knows, or the kind has no such remedy; then it is not offered. Freight alone costs nothing then.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES, unique=True)
    price_fen = FenField(_("price"), null=True, blank=True, validators=[NOT_NEGATIVE, NOT_ABSURD])
    price_cap_fen = FenField(_("price cap"), null=True, blank=True, validators=[NOT_NEGATIVE, NOT_ABSURD])
    upkeep_fen = FenField(_("upkeep a year"), default=0, validators=[NOT_NEGATIVE, NOT_ABSURD])
    repair_fen = FenField(_("repair cost"), null=True, blank=True, validators=[NOT_NEGATIVE, NOT_ABSURD])
    upgrade_fen = FenField(
        _("upgrade of the system"), null=True, blank=True, validators=[NOT_NEGATIVE, NOT_ABSURD]
    )
    freight_fen = FenField(_("freight"), null=True, blank=True, validators=[NOT_NEGATIVE, NOT_ABSURD])
    train_fen = FenField(_("training cost"), null=True, blank=True, validators=[NOT_NEGATIVE, NOT_ABSURD])
    connect_fen = FenField(_("connection cost"), null=True, blank=True, validators=[NOT_NEGATIVE, NOT_ABSURD])
    missing_points = models.PositiveIntegerField(_("points for one that is lacking"), default=100)
    outdated_points = models.PositiveIntegerField(_("points for one that is outdated"), default=60)
    unused_points = models.PositiveIntegerField(_("points for one that is unused"), default=30)

    class Meta:
        ordering = ["kind"]
        verbose_name = _("cost of remedies")
        verbose_name_plural = _("costs of remedies")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}_fen": None}) | Q(**{f"{name}_fen__range": (0, ABSURD)}),
                name=f"terms_{name}_is_a_price",
                violation_error_message=_("Money is not negative here."),
            )
            for name in ("price", "price_cap", "upkeep", "repair", "upgrade", "freight", "train", "connect")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
