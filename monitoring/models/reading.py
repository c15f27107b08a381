"""Reading: one answer or stated gap an endpoint and cycle; its layout; flips of state; incidents."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.models import Endpoint
from monitoring.models.probe import StateCode


class Layout(models.Model):
    """The names of a reading's values, by profile and version."""

    profile = models.CharField(max_length=40)
    version = models.SmallIntegerField()
    names = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "version"], name="layout_once")]

    def __str__(self) -> str:
        return f"{self.profile} {self.version}"


class Outcome(models.IntegerChoices):
    """What became of one cycle of one endpoint."""

    ANSWERED = 1, _("answered")
    SILENT = 2, _("asked, no answer")
    UNREACHABLE = 3, _("not asked: the way there is down")
    NOT_ASKED = 4, _("not asked: the program was not running")


class Reading(models.Model):
    """One row an endpoint and cycle. Partitioned by local day in the database (migration 0002)."""

    pk = models.CompositePrimaryKey("endpoint_id", "cycle")
    endpoint = models.ForeignKey(Endpoint, models.DO_NOTHING, db_constraint=False, related_name="readings")
    cycle = models.DateTimeField()
    layout = models.ForeignKey(Layout, models.DO_NOTHING, db_constraint=False, null=True)
    outcome = models.SmallIntegerField(choices=Outcome.choices)
    reason = models.CharField(max_length=20)
    values = ArrayField(models.FloatField(null=True), null=True)

    class Meta:
        managed = False
        db_table = "monitoring_reading"


class StateChange(models.Model):
    """An endpoint's state flipped at an instant."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="state_changes")
    at = models.DateTimeField()
    before = models.SmallIntegerField(choices=StateCode.choices)
    after = models.SmallIntegerField(choices=StateCode.choices)
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint", "at"], name="state_change_once")]

    def __str__(self) -> str:
        return f"{self.endpoint_id} {self.before}→{self.after}"


class Incident(models.Model):
    """Something that others depend on is down; it explains all that is behind it."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="incidents")
    opened = models.DateTimeField()
    confirmed = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)
    explains = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=models.Q(closed=None), name="incident_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.opened:%F %R}"


class Sweep(models.Model):
    """One round of asking: how many, how long; shows whether probing keeps its time."""

    started = models.DateTimeField(db_index=True)
    seconds = models.FloatField()
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    unreachable = models.PositiveIntegerField()
    late = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.started:%F %T} {self.asked}"
