"""Evidence: what was observed of an endpoint or an asset on a day; the only thing marks read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.models.asset import Asset
from inventory.models.endpoint import Endpoint
from itops.crud.yuan import NOT_NEGATIVE
from itops.organisation.models import Person, Place


class EvidenceDay(models.Model):
    """One endpoint, one local day, one witness. Minutes are whole cycles; None is "not offered".

    Partitioned by month in the database (migration 0003); rows of a day are only ever added to. Once the day is over
    they are packed (docs/evidence.md): whoever asks for past days asks inventory.actions.observed.
    """

    pk = models.CompositePrimaryKey("endpoint_id", "day", "witness")
    endpoint = models.ForeignKey(Endpoint, models.DO_NOTHING, db_constraint=False, related_name="evidence")
    day = models.DateField(_("day"))
    witness = models.CharField(_("witness"), max_length=10)
    open_minutes = models.FloatField(default=0)
    observable_minutes = models.FloatField(default=0)
    seen_minutes = models.FloatField(default=0)
    asked_minutes = models.FloatField(default=0)  # at any hour, the way there being up
    users = models.SmallIntegerField(null=True)
    used_minutes = models.FloatField(null=True)
    calls = models.IntegerField(null=True)
    pages = models.IntegerField(null=True)
    content_changes = models.SmallIntegerField(null=True)
    display_on_minutes = models.FloatField(null=True)
    line_share_p95 = models.IntegerField(null=True)  # basis points of the line's capacity, office hours
    last_cycle = models.DateTimeField(null=True)  # the latest reading of the day, which a mark cites
    generated = models.BooleanField(default=False)

    class Meta:
        managed = False
        db_table = "inventory_evidenceday"


class EvidenceBlock(models.Model):
    """A closed day of the endpoints whose numbers lie together, packed (inventory.blocks).

    `signs` is what marks read of it, kept by the marking; whoever writes `data` empties it (migration 0024).
    """

    pk = models.CompositePrimaryKey("number", "day")
    number = models.BigIntegerField()  # of an endpoint's block: inventory.blocks.table.BLOCK
    day = models.DateField()
    generated = models.BooleanField()  # some of it is
    data = models.BinaryField()
    signs = models.BinaryField(null=True)
    signs_by = models.CharField(max_length=32, blank=True, db_default="")  # for which assets, by which rules

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} {self.day}"


class Sighting(models.Model):
    """A person looked for an asset and found it, or did not."""

    class Sort(models.TextChoices):
        STOCKTAKE = "stocktake", _("stock-take")
        INSPECTION = "inspection", _("inspection")
        REPORT = "report", _("report")

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="sightings")
    on = models.DateField(_("day"))
    found = models.BooleanField(_("found"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    sort = models.CharField(_("occasion"), max_length=12, choices=Sort.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.CharField(_("by"), max_length=60)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.asset} {self.on} {self.found}"


class Repair(models.Model):
    """An asset was repaired or maintained."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="repairs")
    on = models.DateField(_("day"))
    what = models.CharField(_("what"), max_length=200)
    cost_fen = models.BigIntegerField(_("cost (fen)"), default=0, validators=[NOT_NEGATIVE])

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on} {self.what}"
