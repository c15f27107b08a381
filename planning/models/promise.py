"""Promise: what a project says its things will do; PromiseResult: what evidence says of it later."""

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from planning.models.project import Project
from planning.projects.promises import SHARES, STRETCHES, WHOLE, Measure, Measured, Outcome, outcome, tenths
from planning.projects.stages import Stage

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

MOST = 100_000
MEASURE_NAMES = {
    Measure.USED_DAYS: _("office days on which it is used"),
    Measure.REACHABLE: _("reachable in office hours"),
    Measure.CALLS: _("video conferences a month, each"),
    Measure.PAGES: _("pages printed a month, each"),
    Measure.CHANGES: _("changes of content a month, each"),
}
OUTCOME_NAMES = {
    Outcome.PENDING: _("not due yet"),
    Outcome.UNKNOWN: _("cannot be told"),
    Outcome.KEPT: _("kept"),
    Outcome.MISSED: _("not kept"),
}


# Not `__in`: PostgreSQL writes that otherwise once it was restored from a backup.
NO_SHARE = reduce(and_, (~Q(measure=one.value) for one in sorted(SHARES)))


class Promise(models.Model):
    """A figure for one kind of thing. Written down before approval; afterwards it stays as it is."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="promises", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    measure = models.CharField(
        _("what is measured"),
        max_length=12,
        choices=[(one.value, name) for one, name in MEASURE_NAMES.items()],
    )
    figure = models.PositiveIntegerField(
        _("promised figure"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
        help_text=_("percent of days or minutes, or so many a month for each piece"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    results: "RelatedManager[PromiseResult]"

    class Meta:
        ordering = ["project", "kind", "measure"]
        verbose_name = _("promise of a project")
        verbose_name_plural = _("promises of projects")
        constraints = [
            models.UniqueConstraint(fields=["project", "kind", "measure"], name="promise_once"),
            models.CheckConstraint(
                condition=Q(figure__gte=1, figure__lte=MOST) & (NO_SHARE | Q(figure__lte=WHOLE)),
                name="promise_can_be_kept",
                violation_error_message=_("A share is at most 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_measure_display()} ≥ {self.said}"

    def clean(self) -> None:
        if self.project_id and self.project.stage != Stage.APPROVAL:
            raise ValidationError(
                _("The project is approved: what it promised stays as it was."), code="approved"
            )

    @property
    def said(self) -> str:
        return f"{self.figure}%" if Measure(self.measure) in SHARES else str(self.figure)


class PromiseResult(models.Model):
    """What was measured in the months up to `months` after the things came. Written by the measuring alone."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="results", verbose_name=_("promise"))
    months = models.PositiveSmallIntegerField(_("months"))
    pieces = models.IntegerField()
    watched = models.IntegerField()  # pieces of which some day could be measured
    days = models.IntegerField()
    part = models.BigIntegerField()
    whole = models.BigIntegerField()
    generated = models.BooleanField()
    measured_on = models.DateField()

    class Meta:
        default_permissions = ()
        ordering = ["promise", "months"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "months"], name="promise_result_once"),
            models.CheckConstraint(condition=Q(months__in=STRETCHES), name="promise_result_months"),
        ]

    def __str__(self) -> str:
        return f"{self.promise} {self.months}"

    @property
    def found(self) -> Measured:
        return Measured(part=self.part, whole=self.whole, days=self.days)

    @property
    def tenths(self) -> int | None:
        return tenths(self.found)

    @property
    def outcome(self) -> Outcome:
        return outcome(self.promise.figure, self.found)
