"""Endpoint: what the network saw; EndpointKey: by which signs; Binding: which asset it was, and when."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models.asset import Asset
from inventory.models.catalogue import Network
from itops.organisation.models import Place


class Endpoint(models.Model):
    """Something that answers, or should, at an address. `behind` is what must be up for it to be reached."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="endpoints", verbose_name=_("network"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="endpoints", verbose_name=_("place"))
    address = models.CharField(_("address"), max_length=120, blank=True)
    behind = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="before", verbose_name=_("behind")
    )
    first_observed = models.DateTimeField(_("first observed"), null=True, blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["network", "address"], name="endpoint_address"),
            models.Index(fields=["address"], opclasses=["text_pattern_ops"], name="endpoint_address_begins"),
        ]

    def __str__(self) -> str:
        return self.address or f"#{self.pk}"


class KeyKind(models.TextChoices):
    SERIAL = "serial", _("serial number")
    MAC = "mac", _("MAC address")
    ENGINE_ID = "engine_id", _("SNMP engine ID")
    NAME = "name", _("system name")


class EndpointKey(models.Model):
    """One sign by which an endpoint is known, and from when to when it bore it. Never one alone decides."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=12, choices=KeyKind.choices)
    value = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "kind", "value"],
                condition=Q(until=None),
                name="endpoint_key_current_once",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "value"], condition=Q(until=None), name="endpoint_key_current")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class BindingQuerySet(models.QuerySet["Binding"]):
    def current(self) -> Self:
        return self.filter(during__upper_inf=True)


class Binding(models.Model):
    """This endpoint was this asset during that time, said by somebody."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="bindings")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="bindings")
    during = DateTimeRangeField(_("during"))
    by = models.CharField(_("by"), max_length=60)

    objects: models.Manager["Binding"] = BindingQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_asset_per_endpoint_at_a_time",
                expressions=[("endpoint", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            )
        ]

    def __str__(self) -> str:
        return f"{self.endpoint} = {self.asset}"


class Doubt(models.Model):
    """Two signs disagree about what an endpoint is; a person decides."""

    class Sort(models.TextChoices):
        MOVED = "moved", _("same serial number at another place")
        REPLACED = "replaced", _("another serial number at this address")
        TWICE = "twice", _("same serial number at two addresses at once")

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="doubts")
    other = models.ForeignKey(Endpoint, models.CASCADE, null=True, blank=True, related_name="+")
    sort = models.CharField(max_length=12, choices=Sort.choices)
    detail = models.JSONField(default=dict)
    opened = models.DateTimeField()
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)
    decision = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "sort"], condition=Q(settled=None), name="doubt_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}: {self.get_sort_display()}"
