"""The catalogue: kinds of asset, manufacturers, device models and networks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.marks.kind import Kind

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

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DeviceModel(models.Model):
    """A model that a manufacturer sells, with the dates and figures the marks need."""

    manufacturer = models.ForeignKey(
        Manufacturer, models.PROTECT, related_name="models", verbose_name=_("manufacturer")
    )
    name = models.CharField(_("model"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    minimum_years = models.PositiveSmallIntegerField(_("minimum years of use"), null=True, blank=True)
    end_of_support = models.DateField(_("end of support"), null=True, blank=True)

    class Meta:
        ordering = ["manufacturer", "name"]
        constraints = [models.UniqueConstraint(fields=["manufacturer", "name"], name="device_model_once")]

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

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def confidential(self) -> bool:
        return self.kind == NetworkKind.CONFIDENTIAL
