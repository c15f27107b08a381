"""StoredFile: some bytes, once, named by their hash; Attachment: a file or picture that hangs on something."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from itops.database.kept import Given, Kept
from itops.files.sniff import PICTURES
from itops.organisation.models import User


class StoredFile(models.Model):
    """Bytes in the store. They never change and are kept once, however often they are handed in."""

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    size = models.BigIntegerField(_("size"), editable=False)
    media_type = models.CharField(_("type"), max_length=100, editable=False)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURES


class Attachment(models.Model):
    """A file on an asset, an office, a person…: `model` as in "inventory.asset"."""

    class Kind(models.TextChoices):
        FILE = "file", _("file")
        PICTURE = "picture", _("picture")

    model = models.CharField(max_length=60, editable=False)
    object_id = models.BigIntegerField(editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments", verbose_name=_("file"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, editable=False)
    name = models.CharField(_("file name"), max_length=200, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))
    at = models.DateTimeField(_("added at"), auto_now_add=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["model", "object_id"], name="attachment_subject")]

    def __str__(self) -> str:
        return self.title or self.name


def attachments_of(model: str, object_id: int) -> list["Attachment"]:
    """What hangs on one thing today, newest first, with the files."""
    return HUNG.all(model=model, of=object_id)


HUNG: Kept["Attachment"] = Kept(
    lambda: Attachment.objects.filter(
        model=Given("model", "text"), object_id=Given("of", "bigint"), archived=False
    ).select_related("file", "by__person")
)
