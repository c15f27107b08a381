"""Probe: one question on a schedule; State: when it is due and what the last answers said."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Endpoint
from itops.encrypted import EncryptedTextField
from monitoring.probes.target import Auth, Privacy, SnmpVersion


class Credential(models.Model):
    """How SNMP agents let us in. The secrets are encrypted and never shown again."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    version = models.CharField(
        _("SNMP version"),
        max_length=3,
        choices=[(v.value, v.value) for v in SnmpVersion],
        default=SnmpVersion.V2C,
    )
    community = EncryptedTextField(_("community"), blank=True, default="")
    user = models.CharField(_("user"), max_length=60, blank=True)
    auth = models.CharField(
        _("authentication"), max_length=8, choices=[(a.value, a.value) for a in Auth], default=Auth.NONE
    )
    auth_password = EncryptedTextField(_("authentication password"), blank=True, default="")
    privacy = models.CharField(
        _("encryption"), max_length=8, choices=[(p.value, p.value) for p in Privacy], default=Privacy.NONE
    )
    privacy_password = EncryptedTextField(_("encryption password"), blank=True, default="")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Probe(models.Model):
    """What is asked of an endpoint (a profile) and how often. An endpoint has at most one."""

    endpoint = models.OneToOneField(Endpoint, models.CASCADE, primary_key=True, related_name="probe")
    profile = models.CharField(_("profile"), max_length=40)
    interval_s = models.PositiveIntegerField(_("interval (s)"))
    credential = models.ForeignKey(
        Credential, models.PROTECT, null=True, blank=True, verbose_name=_("credential")
    )
    snmp_port = models.PositiveIntegerField(_("SNMP port"), default=161)
    http_port = models.PositiveIntegerField(_("HTTP port"), null=True, blank=True)
    http_path = models.CharField(_("HTTP path"), max_length=80, blank=True)  # empty: that of the profile
    ping = models.BooleanField(
        _("ping"), default=True
    )  # off where it proves nothing: loopback always answers
    capacity_bps = models.BigIntegerField(_("line capacity (bit/s)"), null=True, blank=True)
    enabled = models.BooleanField(_("enabled"), default=True)

    def __str__(self) -> str:
        return f"{self.endpoint} {self.profile}"


class StateCode(models.IntegerChoices):
    """What is known of an endpoint now. `silent` waits for confirmation; `down` is confirmed."""

    NEVER = 0, _("never observed")
    UP = 1, _("answers")
    SILENT = 2, _("no answer")
    DOWN = 3, _("down")
    UNREACHABLE = 4, _("out of sight")


class State(models.Model):
    """The schedule and the last answer of a probe: written by every cycle, read by claims and screens."""

    endpoint = models.OneToOneField(Endpoint, models.CASCADE, primary_key=True, related_name="state")
    cycle = models.DateTimeField(_("due"))
    leased_until = models.DateTimeField(null=True)
    code = models.SmallIntegerField(choices=StateCode.choices, default=StateCode.NEVER)
    since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=20, blank=True)
    last_cycle = models.DateTimeField(null=True)
    last_answer = models.DateTimeField(null=True)
    texts_at = models.DateTimeField(null=True)
    profile_version = models.SmallIntegerField(null=True)
    counters = ArrayField(models.FloatField(null=True), null=True)
    counted_at = models.FloatField(null=True)
    uptime_s = models.FloatField(null=True)
    content = models.CharField(max_length=160, blank=True)
    object_id = models.CharField(max_length=120, blank=True)  # sysObjectID: which maker's questions to add

    class Meta:
        indexes = [
            models.Index(fields=["cycle"], name="state_due"),
            models.Index(fields=["endpoint"], condition=Q(code=StateCode.NEVER), name="state_never"),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint_id} {self.get_code_display()}"
