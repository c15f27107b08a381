"""The catalogue: kinds of asset, their classes, manufacturers, device models and networks."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.catalogue.specification import Specification, SpecificationError, Wrong
from inventory.marks.kind import Kind
from itops.crud.figures import NamedFigures
from itops.organisation.models.place import named

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from inventory.models.system import BusinessSystem

KIND_NAMES = {
    Kind.COMPUTER: _("Computer"),
    Kind.CONFERENCE_ROOM: _("Conference room"),
    Kind.NOTICE_BOARD: _("Notice board"),
    Kind.NETWORK_LINK: _("Network link"),
    Kind.NETWORK_DEVICE: _("Network device"),
    Kind.SERVER: _("Server"),
    Kind.UPS: _("UPS"),
    Kind.PRINTER: _("Printer"),
    Kind.VIDEO_ENDPOINT: _("Video endpoint"),
    Kind.CAMERA: _("Camera"),
    Kind.DISPLAY: _("Display"),
    Kind.MACHINE_ROOM: _("Machine-room installation"),
    Kind.BUSINESS_SYSTEM: _("Business system"),
}
KIND_CHOICES = [(kind.value, name) for kind, name in KIND_NAMES.items()]


class Manufacturer(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    slug = models.SlugField(_("short name"), max_length=100, blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("manufacturer")
        verbose_name_plural = _("manufacturers")
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="manufacturer_slug_once")
        ]

    def __str__(self) -> str:
        return named(self.name, self.name_en)


class AssetClass(models.Model):
    """A class of fixed assets. The same code means other things in other editions: they belong together."""

    code = models.CharField(_("code"), max_length=12)
    edition = models.CharField(_("edition"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    kind = models.CharField(_("default of the kind"), max_length=20, choices=KIND_CHOICES, blank=True)

    class Meta:
        ordering = ["-edition", "code"]
        verbose_name = _("asset class")
        verbose_name_plural = _("asset classes")
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="asset_class_once"),
            models.UniqueConstraint(
                fields=["kind"], condition=~Q(kind=""), name="asset_class_one_default_of_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {named(self.name, self.name_en)} ({self.edition})"


FIGURE_NAMES = {
    "memory_mb": _("Memory (MB)"),
    "disk_gb": _("Disk (GB)"),
    "processor_year": _("Year of the processor"),
    "line_mbps": _("Line (Mbit/s)"),
    "screen_inch": _("Screen (inches)"),
    "interfaces": _("Network interfaces"),
    "power_ports": _("Power ports"),
    "console_ports": _("Console ports"),
    "module_bays": _("Module bays"),
    "device_bays": _("Device bays"),
    "u_height": _("Height (rack units)"),
    "weight_kg": _("Weight (kg)"),
    "full_depth": _("Full depth (yes or no)"),
}
WRONG_SPECIFICATION = {
    Wrong.UNKNOWN: _("“%(key)s” is no figure of a specification."),
    Wrong.NOT_WHOLE: _("“%(key)s” must be a whole number."),
    Wrong.NOT_A_NUMBER: _("“%(key)s” must be a number."),
    Wrong.NOT_YES_OR_NO: _("“%(key)s” must be true or false."),
    Wrong.OUT_OF_RANGE: _("“%(key)s” is beyond what can be."),
}


def valid_specification(value: object) -> None:
    """ValidationError with a sentence for each figure that cannot be taken."""
    if not isinstance(value, dict):
        raise ValidationError(_("A specification is a list of names with figures."), code="not_a_mapping")
    try:
        Specification.read(value)
    except SpecificationError as error:
        raise ValidationError(
            [
                ValidationError(
                    WRONG_SPECIFICATION[one.code],
                    code=one.code.value,
                    params={"key": FIGURE_NAMES.get(one.key, one.key)},
                )
                for one in error.refusals
            ]
        ) from error


class SpecificationField(NamedFigures):
    """A specification, kept by the names of `Specification`."""

    names = FIGURE_NAMES


class DeviceModel(models.Model):
    """A model that a manufacturer sells, with the dates and figures the marks need.

    `kind` is empty while nobody has said it. `imported` keeps what a library's file last said, so that a
    repeated import knows what people have changed since.
    """

    manufacturer = models.ForeignKey(
        Manufacturer, models.PROTECT, related_name="models", verbose_name=_("manufacturer")
    )
    name = models.CharField(_("model"), max_length=120)
    slug = models.SlugField(_("short name"), max_length=120, blank=True)
    part_number = models.CharField(_("part number"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES, blank=True)
    asset_class = models.ForeignKey(
        AssetClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="models",
        verbose_name=_("asset class"),
    )
    minimum_years = models.PositiveSmallIntegerField(_("minimum years of use"), null=True, blank=True)
    released_on = models.DateField(_("released"), null=True, blank=True)
    end_of_sale = models.DateField(_("end of sale"), null=True, blank=True)
    end_of_support = models.DateField(_("end of support"), null=True, blank=True)
    specification = SpecificationField(
        _("specification"), default=dict, blank=True, validators=[valid_specification]
    )
    note = models.TextField(_("note"), blank=True)
    imported = models.JSONField(default=dict, blank=True, editable=False)
    archived = models.BooleanField(_("archived"), default=False)
    custom = models.JSONField(_("own fields"), default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["manufacturer", "name"]
        verbose_name = _("device model")
        verbose_name_plural = _("device models")
        constraints = [
            models.UniqueConstraint(fields=["manufacturer", "name"], name="device_model_once"),
            models.UniqueConstraint(
                fields=["manufacturer", "slug"], condition=~Q(slug=""), name="device_model_slug_once"
            ),
            models.CheckConstraint(
                condition=Q(released_on=None)
                | Q(end_of_support=None)
                | Q(released_on__lte=models.F("end_of_support")),
                name="device_model_released_before_it_ends",
                violation_error_message=_("Support cannot end before the model was released."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manufacturer} {self.name}"


class NetworkKind(models.TextChoices):
    PRIVATE = "private", _("government private network")
    EXTRANET = "extranet", _("government extranet")
    INTERNET = "internet", _("internet")
    LAN = "lan", _("local network")
    SATELLITE = "satellite", _("satellite network")
    CONFIDENTIAL = "confidential", _("confidential network")


class Network(models.Model):
    """A network that equipment is on. On a confidential one nothing is ever probed."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=NetworkKind.choices)
    archived = models.BooleanField(_("archived"), default=False)

    systems: "RelatedManager[BusinessSystem]"

    class Meta:
        ordering = ["name"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.confidential and self.pk and self.systems.exclude(address="").exists():
            said = _("Business systems on it have an address that is probed: take those away first.")
            raise ValidationError({"kind": said})

    @property
    def confidential(self) -> bool:
        return self.kind == NetworkKind.CONFIDENTIAL
