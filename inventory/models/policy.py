"""PolicyVersion: the thresholds that a place sets from a day on; PolicyTrial: what a draft would change."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.models.asset import Asset
from inventory.models.catalogue import KIND_CHOICES
from inventory.models.mark import ANSWER_CHOICES, MARK_CHOICES
from itops.database.kept import Given
from itops.organisation.models import Place


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    def published(self) -> Self:
        """Those that are or will be in force: neither drafts nor withdrawn."""
        return self.exclude(published_on=None).filter(withdrawn_on=None)

    def started(self, day: date | Given) -> Self:
        return self.published().filter(in_force_on__lte=day)


class PolicyVersion(models.Model):
    """Settings of one place from a day on. A draft is edited; what is published is never changed, only followed.

    `settings` name what differs from what holds around the place; in the county that is what the program brings.
    """

    version = models.CharField(_("version"), max_length=20, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    in_force_on = models.DateField(_("in force from"))
    settings: Any = models.JSONField(_("settings"), default=dict)
    reason = models.CharField(_("reason"), max_length=300)
    author = models.CharField(_("author"), max_length=60)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    published_by = models.CharField(_("published by"), max_length=60, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=60, blank=True)

    objects: models.Manager["PolicyVersion"] = PolicyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_on", "-pk"]
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        permissions = [("publish_policyversion", "Can publish policy")]
        constraints = [
            models.UniqueConstraint(fields=["version"], condition=~Q(version=""), name="policy_version_once"),
            models.UniqueConstraint(
                fields=["place", "in_force_on"],
                condition=Q(published_on__isnull=False, withdrawn_on=None),
                name="policy_one_start_a_day",
            ),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(published_on__lte=F("in_force_on")),
                name="policy_published_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__lt=F("in_force_on")),
                name="policy_withdrawn_before_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.version or str(_("draft"))

    @property
    def is_draft(self) -> bool:
        return self.published_on is None


class PolicyTrial(models.Model):
    """A draft tried out on one day's evidence: how far it is, and how many answers it would change."""

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("broken off")

    policy = models.ForeignKey(PolicyVersion, models.CASCADE, related_name="trials")
    day = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    by = models.CharField(max_length=60)
    asked = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-asked", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.policy} {self.day} {self.state}"

    @property
    def busy(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


class TrialChange(models.Model):
    """An asset whose answer about one mark would be another."""

    trial = models.ForeignKey(PolicyTrial, models.CASCADE, related_name="changes")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    mark = models.CharField(max_length=10, choices=MARK_CHOICES)
    before = models.CharField(max_length=8, choices=ANSWER_CHOICES)
    after = models.CharField(max_length=8, choices=ANSWER_CHOICES)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.asset_id} {self.mark}: {self.before} → {self.after}"
