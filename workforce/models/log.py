"""LogEntry, LogPersonal, Checkpoint: the sealed log as the database keeps it. Written by `actions.log` alone."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from itops.organisation.models import Place
from workforce.ledger.algorithms import Algorithm
from workforce.ledger.checkpoints import Receipt
from workforce.ledger.kinds import Kind

KIND_NAMES = {
    Kind.TRAINING_ENTRY: _("training entry"),
    Kind.SIGN_OFF: _("sign-off"),
    Kind.ASSESSMENT_RESULT: _("assessment result"),
    Kind.CERTIFICATE: _("certificate"),
    Kind.REVERSAL: _("reversal"),
    Kind.EXPLANATION_ASKED: _("explanation asked for"),
    Kind.EXPLANATION_ANSWERED: _("explanation given"),
    Kind.LEGACY_IMPORT: _("legacy import, unverified"),
    Kind.ERASURE: _("erasure of personal data"),
}


class LogEntry(models.Model):
    """One sealed entry. All columns but `entry` and `subtrees` are worked out from them by the database."""

    seq = models.BigIntegerField(pgettext_lazy("reference", "number"), primary_key=True)
    entry = models.TextField(_("as sealed"))
    subtrees = models.BinaryField()
    hash = models.CharField(_("hash"), max_length=64)
    kind = models.CharField(_("kind"), max_length=30, choices=list(KIND_NAMES.items()))
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("place"))
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    at = models.DateTimeField(_("at"))

    class Meta:
        managed = False
        ordering = ["seq"]
        default_permissions = ("view", "export")
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")

    def __str__(self) -> str:
        return f"#{self.seq}"

    @cached_property
    def fields(self) -> dict[str, Any]:
        """What the entry says."""
        said: dict[str, Any] = json.loads(self.entry)
        return said

    @property
    def body(self) -> dict[str, Any]:
        return dict(self.fields["body"])

    @property
    def receipt(self) -> str:
        """For print and QR: whoever keeps it can show later that this entry was there, and said this."""
        return Receipt(
            log=self.fields["log"], seq=self.seq, hash=self.hash, algorithm=Algorithm(self.fields["alg"])
        ).text


class LogPersonal(models.Model):
    """Personal data behind a commitment of an entry, with its salt: what a lawful erasure removes."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="personal")
    name = models.CharField(_("name"), max_length=64)
    value = models.JSONField(_("value"))
    salt = models.BinaryField()

    class Meta:
        managed = False
        default_permissions = ("delete",)
        verbose_name = _("personal data of a log entry")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.name}"


class Checkpoint(models.Model):
    """A checkpoint that an auditor signed. The copy that counts is the auditor's own."""

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField(_("entries"))
    root = models.CharField(_("root"), max_length=64)
    signed_at = models.DateTimeField(_("signed at"))
    public_key = models.CharField(_("auditor's key"), max_length=64)
    text = models.TextField(_("as signed"))
    received = models.DateTimeField(_("received"), db_default=Now())
    by = models.CharField(_("by"), max_length=60)

    class Meta:
        managed = False
        ordering = ["size", "id"]
        default_permissions = ("view", "add")
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")

    def __str__(self) -> str:
        return f"≤ #{self.size}"
