"""Mark: a verdict with its evidence, opened and closed; Standing: the four answers of each asset today."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.marks import mark as marks
from inventory.models.asset import Asset
from inventory.models.catalogue import KIND_CHOICES
from inventory.models.endpoint import Endpoint
from itops.organisation.models import Place

MARK_NAMES = {
    marks.Mark.MISSING: _("missing"),
    marks.Mark.OUTDATED: _("outdated"),
    marks.Mark.UNUSED: _("unused"),
}
ANSWER_NAMES = {
    marks.Answer.MARKED: _("marked"),
    marks.Answer.CLEAR: _("in order"),
    marks.Answer.WAIVED: _("waived"),
    marks.Answer.UNKNOWN: _("cannot tell"),
}
MARK_CHOICES = [(mark.value, name) for mark, name in MARK_NAMES.items()]
ANSWER_CHOICES = [(answer.value, name) for answer, name in ANSWER_NAMES.items()]


class MarkQuerySet(models.QuerySet["Mark"]):
    def open(self) -> Self:
        return self.filter(closed=None)

    def marking(self) -> Self:
        """Findings that mark: not merely shown, not waived."""
        return self.filter(marking=True, waived=False)


class Mark(models.Model):
    """One finding about an asset (or a place's count of a kind), from the day it opened until it closed."""

    asset = models.ForeignKey(Asset, models.CASCADE, null=True, blank=True, related_name="marks")
    place = models.ForeignKey(Place, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    mark = models.CharField(max_length=10, choices=MARK_CHOICES)
    rule = models.CharField(max_length=60)
    marking = models.BooleanField(default=True)
    waived = models.BooleanField(default=False)
    quantity = models.PositiveIntegerField(default=1)
    numbers = models.JSONField(default=dict)
    window_from = models.DateField(null=True)
    window_to = models.DateField(null=True)
    since = models.DateField()
    policy = models.CharField(max_length=64)
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=10, blank=True)  # "clear", "unknown" or "retired"
    endpoint = models.ForeignKey(
        Endpoint, models.SET_NULL, null=True, blank=True, related_name="+", db_constraint=False
    )
    reading_cycle = models.DateTimeField(null=True, blank=True)

    objects: models.Manager["Mark"] = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "rule"],
                condition=Q(closed=None, asset__isnull=False),
                name="asset_mark_open_once",
            ),
            models.UniqueConstraint(
                fields=["place", "kind", "rule"],
                condition=Q(closed=None, asset__isnull=True),
                name="place_mark_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "kind", "mark"], condition=Q(closed=None), name="mark_open"),
            models.Index(fields=["opened"], condition=Q(closed=None), name="mark_opened"),
            models.Index(  # all that "since yesterday" says of each, so that no mark itself is read
                fields=["closed"],
                include=["opened", "place", "kind", "mark", "rule", "quantity", "closed_because"],
                condition=Q(closed__isnull=False, marking=True, waived=False),
                name="mark_closed",
            ),
            models.Index(
                fields=["place"],
                condition=Q(closed=None, rule__endswith=".silent_unconfirmed"),
                name="mark_to_look_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.rule} {self.asset_id or self.place_id}"


class Standing(models.Model):
    """The four answers of an asset as last judged: one row an asset, so that lists filter fast."""

    asset = models.OneToOneField(Asset, models.CASCADE, primary_key=True, related_name="standing")
    missing = models.CharField(max_length=8, choices=ANSWER_CHOICES)
    outdated = models.CharField(max_length=8, choices=ANSWER_CHOICES)
    unused = models.CharField(max_length=8, choices=ANSWER_CHOICES)
    unsupported = models.BooleanField(default=False, db_default=False)
    lacks = models.JSONField(default=list)
    judged_on = models.DateField()  # when these answers were first given
    policy = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.missing} {self.outdated} {self.unused}"


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def in_force(self, day: date) -> Self:
        return self.filter(starts__lte=day, until__gte=day)


class Waiver(models.Model):
    """A person decides that a finding does not count until a day, and says why; it may be ended before that day."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="waivers", verbose_name=_("asset"))
    mark = models.CharField(_("mark"), max_length=10, choices=MARK_CHOICES)
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    author = models.CharField(_("author"), max_length=60)
    starts = models.DateField(_("from"))
    until = models.DateField(_("until"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=60, blank=True)

    objects: models.Manager["Waiver"] = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")

    def __str__(self) -> str:
        return f"{self.asset_id} {self.mark} → {self.until}"


class AssetCount(models.Model):
    """How many assets of a kind in a place stand in the same four answers: what pages count without looking at each.

    Rows are differences, written by the database for every statement that changes assets or standings, and are to be
    summed; each marking folds them into one row a combination. Answers are empty where nothing was judged.
    """

    # A county's few thousand rows are read in one go sooner than by an index.
    place = models.ForeignKey(Place, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    retired = models.BooleanField()
    missing = models.CharField(max_length=8, choices=ANSWER_CHOICES, blank=True)
    outdated = models.CharField(max_length=8, choices=ANSWER_CHOICES, blank=True)
    unused = models.CharField(max_length=8, choices=ANSWER_CHOICES, blank=True)
    unsupported = models.BooleanField()
    pieces = models.BigIntegerField()
    cost_fen = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind}: {self.pieces}"


class DayCount(models.Model):
    """How many assets of a kind in a place there were at the end of a day, and how many had each mark.

    Written by each marking for its day, and never again once the day is over: a past figure stays what it was.
    """

    day = models.DateField()
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=KIND_CHOICES)
    recorded = models.IntegerField()
    missing = models.IntegerField()
    outdated = models.IntegerField()
    unused = models.IntegerField()
    unknown = models.IntegerField()
    cost_fen = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["day", "place", "kind"], name="day_count_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.place_id} {self.kind}: {self.recorded}"
