"""
BusinessSystem: what the bureau works with, and who runs it; its uses, exchanges and manual entry.

Most of them belong to the ministry or the province and are used in many places: they are a register of their own.
One that the county answers for stands on its books as an Asset as well (`asset`): marks, evidence and the person
responsible hang on that.
"""

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.marks.kind import Kind
from inventory.models.asset import Asset
from inventory.models.catalogue import Network
from inventory.models.endpoint import Binding, Endpoint
from inventory.systems.address import UnusableAddress, WebAddress, Wrong
from inventory.systems.way import Way
from itops.organisation.models import Office
from itops.organisation.models.place import named

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

WAY_NAMES = {
    Way.AUTOMATIC: pgettext_lazy("exchange", "automatic"),
    Way.FILE: pgettext_lazy("exchange", "by file"),
    Way.HAND: pgettext_lazy("exchange", "by hand"),
    Way.NONE: pgettext_lazy("exchange", "none"),
}
WRONG_ADDRESS = {
    Wrong.NO_ADDRESS: _("This is no address; it is written like http://10.61.0.8:8080."),
    Wrong.NOT_THE_WEB: _("Only http and https are asked."),
    Wrong.MORE_THAN_A_PATH: _(
        "After host and port stands a path of at most 80 letters, digits and signs, like /login. Leave out parameters "
        "(?…), marks (#…) and account names."
    ),
}
CONFIDENTIAL = _("On a confidential network nothing is probed: leave the address empty.")
NO_NOTE = _("Of a confidential system nothing but its existence is kept: leave the note empty.")
NO_NOTE_OF_IT = _(
    "Of what passes into a confidential system or out of it nothing but that it does is kept: leave the note empty."
)
MOST_HOURS = 2_000  # a month of a dozen people who do nothing else


class RunBy(models.TextChoices):
    MINISTRY = "ministry", _("ministry")
    PROVINCE = "province", pgettext_lazy("run by", "province")
    CITY = "city", pgettext_lazy("run by", "city")
    COUNTY = "county", pgettext_lazy("run by", "county")
    OTHER = "other", _("another department")


class Stage(models.TextChoices):
    IN_USE = "in_use", pgettext_lazy("system", "in use")
    BEING_BUILT = "being_built", pgettext_lazy("system", "being built")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("system", "not known whether used here")


class BusinessSystemQuerySet(models.QuerySet["BusinessSystem"]):
    def current(self) -> Self:
        return self.filter(archived=False)


class BusinessSystem(models.Model):
    """One system. With an address it is asked over HTTP whether it answers; a confidential one never is."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    short = models.CharField(_("short name"), max_length=24, blank=True, help_text=_("stands in the picture"))
    stage = models.CharField(
        pgettext_lazy("system", "stage"), max_length=12, choices=Stage.choices, default=Stage.IN_USE
    )
    run_by = models.CharField(_("run by"), max_length=10, choices=RunBy.choices, blank=True)
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, blank=True, related_name="systems", verbose_name=_("network")
    )
    address = models.CharField(
        _("address"),
        max_length=140,
        blank=True,
        help_text=_("like http://10.61.0.8:8080/login; empty where it is not to be asked"),
    )
    office = models.ForeignKey(
        Office,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="systems",
        verbose_name=_("section in charge"),
    )
    asset = models.OneToOneField(
        Asset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="system",
        verbose_name=_("asset"),
        help_text=_("where it stands on the county’s own books"),
    )
    # Made by the program for the address
    endpoint = models.ForeignKey(
        Endpoint, models.SET_NULL, null=True, blank=True, related_name="systems", editable=False
    )
    note = models.TextField(_("note"), blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    uses: "RelatedManager[SystemUse]"
    sends: "RelatedManager[SystemExchange]"
    receives: "RelatedManager[SystemExchange]"
    objects: models.Manager["BusinessSystem"] = BusinessSystemQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("business system")
        verbose_name_plural = _("business systems")
        constraints = [
            models.CheckConstraint(
                condition=Q(address="") | Q(network__isnull=False),
                name="system_with_address_has_network",
                violation_error_message=_("Say on which network the address is."),
            )
        ]

    def __str__(self) -> str:
        return named(self.name, self.name_en)

    @property
    def said_short(self) -> str:
        """As it stands in pictures and narrow tables."""
        said = str(self)
        return (self.short or said) if said == self.name else said

    @property
    def confidential(self) -> bool:
        return bool(self.network and self.network.confidential) or bool(
            self.asset and self.asset.confidential
        )

    def clean(self) -> None:
        if self.asset:
            self._demand_a_system(self.asset)
        if self.address:
            self._read_address()
        if self.confidential and self.address:
            raise ValidationError({"address": CONFIDENTIAL})
        if self.confidential and self.note:
            raise ValidationError({"note": NO_NOTE})

    def _read_address(self) -> None:
        try:
            self.address = str(WebAddress.read(self.address))
        except UnusableAddress as error:
            raise ValidationError({"address": WRONG_ADDRESS[error.code]}, code=error.code.value) from None

    def _demand_a_system(self, asset: Asset) -> None:
        if asset.kind != Kind.BUSINESS_SYSTEM:
            raise ValidationError({"asset": _("This asset is not a business system.")})
        if asset.network_id and self.network_id and asset.network_id != self.network_id:
            raise ValidationError({"network": _("On the books this asset is on another network.")})
        if self.confidential and Binding.objects.filter(asset=asset, during__upper_inf=True).exists():
            raise ValidationError({"asset": _("This asset is probed; a confidential system never is.")})


class SystemUse(models.Model):
    """An office that works with a system; `network` where it reaches it over another than the system's own."""

    system = models.ForeignKey(
        BusinessSystem, models.PROTECT, related_name="uses", verbose_name=_("business system")
    )
    office = models.ForeignKey(Office, models.PROTECT, related_name="system_uses", verbose_name=_("office"))
    users = models.PositiveSmallIntegerField(
        _("people who use it"), null=True, blank=True, help_text=_("empty: not known")
    )
    network = models.ForeignKey(
        Network,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="system_uses",
        verbose_name=_("reached over"),
        help_text=_("empty: the network of the system"),
    )

    class Meta:
        ordering = ["system", "office"]
        verbose_name = _("use of a system")
        verbose_name_plural = _("uses of systems")
        constraints = [models.UniqueConstraint(fields=["system", "office"], name="system_used_once")]

    def __str__(self) -> str:
        return f"{self.system} · {self.office}"


class SystemExchange(models.Model):
    """Data of one system that another one needs, and how it gets there today."""

    name = models.CharField(pgettext_lazy("exchange", "what is passed on"), max_length=120, unique=True)
    source = models.ForeignKey(
        BusinessSystem, models.PROTECT, related_name="sends", verbose_name=_("from system")
    )
    target = models.ForeignKey(
        BusinessSystem, models.PROTECT, related_name="receives", verbose_name=_("into system")
    )
    way = models.CharField(
        pgettext_lazy("exchange", "way"),
        max_length=10,
        choices=[(way.value, name) for way, name in WAY_NAMES.items()],
    )
    note = models.TextField(_("note"), blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    entries: "RelatedManager[ManualEntry]"

    class Meta:
        ordering = ["name"]
        verbose_name = _("data connection")
        verbose_name_plural = _("data connections")
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")),
                name="exchange_between_two",
                violation_error_message=_("A system passes nothing on to itself."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not (self.source_id and self.target_id):
            return
        if self.note and (self.source.confidential or self.target.confidential):
            raise ValidationError({"note": NO_NOTE_OF_IT})
        if self.way == Way.AUTOMATIC and self.source.confidential != self.target.confidential:
            said = _("No line leads into or out of a confidential network: it cannot be automatic.")
            raise ValidationError({"way": said})


class ManualEntryQuerySet(models.QuerySet["ManualEntry"]):
    def counted(self) -> Self:
        """Of exchanges still made by hand. What runs by itself by now keeps its hours; they no longer count."""
        return self.filter(exchange__archived=False, exchange__way=Way.HAND.value)


class ManualEntry(models.Model):
    """Hours a month for which an office types in what another system holds already: once for an exchange."""

    exchange = models.ForeignKey(
        SystemExchange, models.PROTECT, related_name="entries", verbose_name=_("data connection")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="manual_entries", verbose_name=_("office")
    )
    hours = models.DecimalField(
        _("hours a month"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
    )

    objects: models.Manager["ManualEntry"] = ManualEntryQuerySet.as_manager()

    class Meta:
        ordering = ["exchange", "office"]
        verbose_name = _("manual entry")
        verbose_name_plural = _("manual entries")
        constraints = [
            models.UniqueConstraint(fields=["exchange", "office"], name="manual_entry_once"),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=MOST_HOURS),
                name="manual_entry_is_possible",
                violation_error_message=_("No office types for so many hours a month."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exchange} · {self.office}"
