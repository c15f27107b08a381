"""FormerRank: what somebody was until a day, so that a past day is judged by the rank of that day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from itops.organisation.models import Establishment, Person


class FormerRank(models.Model):
    """Kept by the database when a person's record is changed (migration), or written by hand with the true day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="former_ranks", verbose_name=_("person"))
    until = models.DateField(_("until"), help_text=_("the first day on which it no longer held"))
    establishment = models.CharField(
        _("establishment type"), max_length=12, choices=Establishment.choices, blank=True
    )
    rank = models.CharField(_("rank"), max_length=40, blank=True)
    technical_title = models.CharField(_("technical title"), max_length=40, blank=True)

    class Meta:
        ordering = ["person__pinyin", "person", "-until"]
        verbose_name = _("former rank")
        verbose_name_plural = _("former ranks")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "until"],
                name="former_rank_once_until_a_day",
                violation_error_message=_("Until that day something is recorded of the person already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} < {self.until:%Y-%m-%d}"

    def clean(self) -> None:
        if self.until and self.until > timezone.localdate():
            raise ValidationError({"until": _("What holds today stands on the person.")})


def standing_on(ranks: "models.QuerySet[FormerRank]", day: date) -> dict[int, FormerRank]:
    """What people were on a past day, by person; whoever is not named was what the person is today."""
    return {one.person_id: one for one in ranks.filter(until__gt=day).order_by("-until")}
