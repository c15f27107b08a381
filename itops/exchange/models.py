"""ImportRun: one file that somebody handed in for a resource, how far it is, and what came of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from itops.exchange.outcome import Keep
from itops.organisation.models import User


class State(models.TextChoices):
    LOOKING = "looking", _("being looked at")
    READY = "ready", _("looked at, nothing written yet")
    WRITING = "writing", _("being written")
    WRITTEN = "written", _("written")
    FAILED = "failed", _("broken off, nothing written")


class ImportRun(models.Model):
    """The file itself is kept by its hash; `outcome` is what is shown of it."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("account"))
    resource = models.CharField(max_length=80)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    language = models.CharField(max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.LOOKING)
    keep = models.CharField(max_length=10, default=Keep.NOTHING.value)
    created = models.DateTimeField(_("handed in"), auto_now_add=True)
    finished = models.DateTimeField(_("finished"), null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    wrong = models.PositiveIntegerField(_("rows with errors"), default=0)
    problem_count = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    moved = models.BooleanField(default=False)  # what is recorded changed between the look and the writing
    outcome: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created", "-pk"]
        default_permissions = ()
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name

    @property
    def busy(self) -> bool:
        return self.state in {State.LOOKING, State.WRITING}

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def good(self) -> int:
        """Rows that would write something."""
        return self.added + self.changed
