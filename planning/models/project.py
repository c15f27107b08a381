"""Project: a purchase or repair on its way, with its papers; LedgerLine: its money, line by line."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from itops.organisation.models import Place
from planning.models.fields import A_BUDGET, MOST, FenField
from planning.models.scenario import Plan
from planning.models.source import FundingSource
from planning.money.wording import to_the_fen
from planning.projects.lines import Breach, Entry, Line, Wrong, breaches, match_lacking
from planning.projects.stages import Ground, Paper, Stage

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

STAGE_NAMES = {
    Stage.APPROVAL: _("project approval"),
    Stage.IMPLEMENTATION: _("implementation"),
    Stage.IN_USE: _("put to use"),
    Stage.REVIEW: _("performance review"),
    Stage.MAINTENANCE: _("operation and maintenance"),
}
PAPER_NAMES = {
    Paper.APPLICATION: _("application"),
    Paper.BUDGET: _("budget"),
    Paper.OFFICIAL_REPLY: _("official reply"),
    Paper.PROCUREMENT: _("procurement record"),
    Paper.CONTRACT: _("contract"),
    Paper.ACCEPTANCE: _("acceptance record"),
    Paper.ASSET_LIST: _("list of assets received"),
    Paper.TRAINING: _("training record"),
    Paper.USE_REPORT: _("report on use"),
    Paper.PERFORMANCE: _("performance report"),
    Paper.HANDOVER: _("handover to maintenance"),
}
GROUND_NAMES = {
    Ground.PROMISE: _("a promised figure"),
    Ground.RECEIPT: _("things received"),
    Ground.MEASURED: _("use measured after 3 months"),
}
ENTRY_NAMES = {
    Entry.ALLOCATION: _("allocation"),
    Entry.COMMITMENT: _("commitment"),
    Entry.INVOICE: _("invoice"),
    Entry.PAYMENT: _("payment"),
    Entry.REFUND: _("refund"),
}
WRONG = {
    Wrong.NOTHING: _("A line of nothing is no line."),
    Wrong.SIGN: _("A refund is money that comes back: it has a minus."),
    Wrong.BELOW_ZERO: _(
        "On %(day)s more would be taken back than there is: take back less, or on a later day."
    ),
    Wrong.COMMITTED_BEYOND: _(
        "On %(day)s %(committed)s yuan would be committed, and %(allocated)s are allocated of this source for this "
        "category: allocate first, or take a later day."
    ),
    Wrong.INVOICED_BEYOND: _(
        "On %(day)s %(invoiced)s yuan would be invoiced, and %(committed)s are committed of this source for this "
        "category: commit first, or take a later day."
    ),
    Wrong.PAID_BEYOND: _(
        "On %(day)s %(paid)s yuan would be paid, and %(committed)s are committed of this source for this category: "
        "commit first, or take a later day."
    ),
}


class Project(models.Model):
    """From approval to maintenance; each gate asks for its papers."""

    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(_("project number"), max_length=40, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="projects", verbose_name=_("place"))
    plan = models.ForeignKey(
        Plan, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("plan")
    )
    promised = models.TextField(_("what it promises"), blank=True)
    stage = models.CharField(
        _("stage"),
        max_length=16,
        choices=[(stage.value, name) for stage, name in STAGE_NAMES.items()],
        default=Stage.APPROVAL.value,
        editable=False,
    )
    since = models.DateField(_("in this stage since"), default=timezone.localdate, editable=False)
    archived = models.BooleanField(_("archived"), default=False)

    papers: "RelatedManager[ProjectPaper]"
    lines: "RelatedManager[LedgerLine]"

    class Meta:
        ordering = ["number"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        permissions = [("advance_project", "Can take a project through a gate")]

    def match_lacking(self, *more: Line) -> dict[FundingSource, int]:
        """What sources that match others have yet to commit to it, also for lines that are only thought of."""
        lines = [*(one.as_line() for one in self.lines.all()), *more]
        found = FundingSource.objects.filter(pk__in={line.source for line in lines}, match_bp__gt=0)
        sources = {one.pk: one for one in found.select_related("matched_by")}
        terms = {pk: (one.match_bp, one.matched_by_id or 0) for pk, one in sources.items()}
        payers = {one.matched_by_id: one.matched_by for one in sources.values() if one.matched_by}
        return {payers[payer]: fen for payer, fen in match_lacking(lines, terms).items()}

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class ProjectPaper(models.Model):
    """A document of a project, by which a gate opens."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="papers", verbose_name=_("project"))
    paper = models.CharField(
        _("paper"), max_length=16, choices=[(paper.value, name) for paper, name in PAPER_NAMES.items()]
    )
    document = models.CharField(_("document number"), max_length=80)
    day = models.DateField(_("day"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["project", "day"]
        verbose_name = _("paper of a project")
        verbose_name_plural = _("papers of projects")
        constraints = [
            models.UniqueConstraint(fields=["project", "paper", "document"], name="project_paper_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()} {self.document}"

    def clean(self) -> None:
        if self.day and self.day > timezone.localdate():
            raise ValidationError({"day": _("That day is still to come.")})


class LedgerLine(models.Model):
    """A signed amount. Lines are never changed: a mistake is taken back by a line with the opposite sign."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="lines", verbose_name=_("project"))
    source = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="lines", verbose_name=_("funding source")
    )
    category = models.CharField(_("category"), max_length=20, choices=KIND_CHOICES)
    entry = models.CharField(
        _("entry"), max_length=10, choices=[(entry.value, name) for entry, name in ENTRY_NAMES.items()]
    )
    day = models.DateField(_("day"))
    fen = FenField(
        _("amount in yuan"), validators=[A_BUDGET], help_text=_("in yuan; what is taken back has a minus")
    )
    document = models.CharField(_("document number"), max_length=80)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("ledger line")
        verbose_name_plural = _("ledger lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gte=-MOST, fen__lte=MOST) & ~Q(fen=0), name="ledger_line_is_money"
            ),
            models.CheckConstraint(
                condition=~Q(entry="refund") | Q(fen__lt=0),
                name="refund_comes_back",
                violation_error_message=WRONG[Wrong.SIGN],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_entry_display()} {self.document}"

    def as_line(self) -> Line:
        return Line(self.source_id, self.category, Entry(self.entry), self.day, self.fen)

    def clean(self) -> None:
        """The same as the database holds, said before it refuses."""
        if None in (self.project_id, self.source_id, self.day, self.fen) or not (
            self.category and self.entry
        ):
            return
        if self.day > timezone.localdate():
            raise ValidationError({"day": _("That day is still to come.")})
        if not self.fen:
            raise ValidationError({"fen": WRONG[Wrong.NOTHING]})
        self._demand_permitted()
        self._demand_room()
        others = LedgerLine.objects.filter(
            project=self.project_id, source=self.source_id, category=self.category
        )
        found = breaches([*(one.as_line() for one in others.exclude(pk=self.pk)), self.as_line()])
        if found:
            raise ValidationError([_said(one) for one in found])
        if self.project.stage != Stage.APPROVAL:
            self._demand_match()

    def _demand_match(self) -> None:
        lacking = self.project.match_lacking(self.as_line())
        if lacking:
            said = _("%(source)s must match this: commit %(fen)s yuan of it to the project first.")
            found = ({"source": source, "fen": to_the_fen(fen)} for source, fen in lacking.items())
            raise ValidationError([said % one for one in found], code="match")

    def _demand_permitted(self) -> None:
        permitted = {one.category: one.get_category_display() for one in self.source.categories.all()}
        if permitted and self.category not in permitted:
            said = _("This source is for %(categories)s alone: choose one of them, or another source.")
            names = gettext(", ").join(permitted.values())
            raise ValidationError({"category": said % {"categories": names}})

    def _demand_room(self) -> None:
        before = self.source.allocated_fen()
        if self.entry == Entry.ALLOCATION and before + self.fen > self.source.limit_fen:
            left = to_the_fen(self.source.limit_fen - before)
            raise ValidationError({"fen": _("Of this source %(left)s yuan are left.") % {"left": left}})


def _said(breach: Breach) -> str:
    stands = breach.stands
    return WRONG[breach.code] % {
        "day": breach.day,
        "allocated": to_the_fen(stands.allocated),
        "committed": to_the_fen(stands.committed),
        "invoiced": to_the_fen(stands.invoiced),
        "paid": to_the_fen(stands.paid),
    }
