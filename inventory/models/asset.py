"""Asset: anything the county answers for; Fact: what was declared beside what was observed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from inventory.marks.kind import Condition, Kind
from inventory.models.catalogue import KIND_CHOICES, KIND_NAMES, DeviceModel, Network
from itops.crud.yuan import NOT_NEGATIVE
from itops.database.conditions import ends_of, pairs
from itops.organisation.models import Office, Person, Place

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from inventory.models.mark import Mark, Standing

CONDITION_NAMES = {
    Condition.IN_USE: _("in use"),
    Condition.IN_STORAGE: _("in storage"),
    Condition.UNDER_REPAIR: _("under repair"),
    Condition.RETIRED: _("retired"),
}


UNMARKED = 799_999  # the last rank: no mark, nothing missing, nothing that has stood for any time


class AssetQuerySet(models.QuerySet["Asset"]):
    def current(self) -> Self:
        """On the books: neither archived nor retired."""
        return self.filter(archived=False).exclude(condition=Condition.RETIRED.value)


class Asset(models.Model):
    """One thing on the books. A conference room is an asset whose parts name it as their whole."""

    tag = models.CharField(_("asset number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    name = models.CharField(_("name"), max_length=120)
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="assets", db_index=False, verbose_name=_("place")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="assets", verbose_name=_("office")
    )
    location = models.CharField(_("location"), max_length=80, blank=True)
    whole = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="parts",
        verbose_name=_("part of"),
    )
    device_model = models.ForeignKey(
        DeviceModel, models.PROTECT, null=True, blank=True, related_name="assets", verbose_name=_("model")
    )
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="assets", verbose_name=_("network")
    )
    serial = models.CharField(_("serial number"), max_length=80, blank=True)
    condition = models.CharField(
        _("condition"),
        max_length=20,
        choices=[(condition.value, name) for condition, name in CONDITION_NAMES.items()],
        default=Condition.IN_USE.value,
    )
    responsible = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assets",
        verbose_name=_("person responsible"),
    )
    bought_on = models.DateField(_("purchase date"), null=True, blank=True)
    in_service_on = models.DateField(_("date put into use"), null=True, blank=True)
    cost_fen = models.BigIntegerField(
        _("purchase cost (fen)"), null=True, blank=True, validators=[NOT_NEGATIVE]
    )
    minimum_years = models.PositiveSmallIntegerField(_("minimum years of use"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    archived = models.BooleanField(_("archived"), default=False)
    custom = models.JSONField(_("own fields"), default=dict, blank=True, editable=False)
    # The order worst first, written by the marking
    rank = models.IntegerField(default=UNMARKED, db_default=UNMARKED, editable=False)

    marks: "RelatedManager[Mark]"
    standing: "Standing"
    objects: models.Manager["Asset"] = AssetQuerySet.as_manager()

    class Meta:
        ordering = ["tag"]
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        # Every index costs each import its time: of a column none that begins another, none for LIKE, and none of
        # what nearly every row says.
        indexes = [
            models.Index(fields=["place", "kind"], name="asset_place_kind"),
            models.Index(fields=["whole"], name="asset_whole", condition=Q(whole__isnull=False)),
            GinIndex(pairs("name", "location"), name="asset_words"),
            *ends_of("tag", "asset_tag"),
            *ends_of("serial", "asset_serial"),
            GinIndex(
                fields=["custom"],
                opclasses=["jsonb_path_ops"],
                name="asset_own_fields",
                condition=~Q(custom={}),
            ),
            models.Index(fields=["rank", "tag"], name="asset_worst_first", condition=Q(archived=False)),
            models.Index(
                fields=["kind", "rank", "tag"], name="asset_worst_of_kind", condition=Q(archived=False)
            ),
            models.Index(
                fields=["condition", "rank", "tag"],
                include=["place"],  # they are counted in their reader's scope without a look at each
                name="asset_worst_not_in_use",
                condition=Q(archived=False) & ~Q(condition=Condition.IN_USE.value),
            ),
            models.Index(
                fields=["place", "rank", "tag"], name="asset_worst_of_place", condition=Q(archived=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} {self.name}"

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES[Kind(self.kind)])

    @property
    def confidential(self) -> bool:
        return self.network is not None and self.network.confidential


PROPERTIES: Mapping[str, StrOrPromise] = {
    "vendor": _("Manufacturer"),
    "model": _("Model"),
    "serial": _("Serial number"),
    "version": _("Firmware"),
    "operating_system": _("Operating system"),
    "system_name": _("Calls itself"),
    "description": _("Describes itself as"),
    "object_id": _("Object identifier"),
    "processor": _("Processor"),
    "memory_mb": _("Memory (MB)"),
    "disk_gb": _("Disk (GB)"),
    "line_mbps": _("Line speed (Mbit/s)"),
}


def differ(declared: str, observed: str) -> bool:
    """Whether both are known and not the same; case, spaces and a maker's name before the model's do not count."""
    one, other = (text.casefold().replace(" ", "") for text in (declared, observed))
    return bool(one and other) and not (one.endswith(other) or other.endswith(one))


class Fact(models.Model):
    """One property of an asset: what people recorded and what was observed stand side by side."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="facts")
    name = models.CharField(_("property"), max_length=40)
    declared = models.CharField(_("recorded"), max_length=255, blank=True)
    observed = models.CharField(_("observed"), max_length=255, blank=True)
    source = models.CharField(_("source"), max_length=40, blank=True)
    since = models.DateTimeField(_("observed since"), null=True, blank=True)

    SAID: ClassVar = {"name": PROPERTIES}

    class Meta:
        ordering = ["asset", "name"]
        constraints = [models.UniqueConstraint(fields=["asset", "name"], name="fact_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.declared} / {self.observed}"

    @property
    def differs(self) -> bool:
        return differ(self.declared, self.observed)

    @property
    def value(self) -> str:
        return self.observed or self.declared


class FactHistory(models.Model):
    """What was observed of a property before, so that a past day's verdict comes out again."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="fact_history")
    name = models.CharField(max_length=40)
    observed = models.CharField(max_length=255)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asset", "name", "since"], name="fact_history_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.observed} – {self.until:%F}"
