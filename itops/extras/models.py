"""Note, Tag and Tagging on anything listed; CustomField: a property that a county adds to a model itself."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from itops.extras.field_types import FieldType, Problem, Spec, parse
from itops.organisation.models import User

TYPE_NAMES: dict[FieldType, StrOrPromise] = {
    FieldType.TEXT: _("text"),
    FieldType.NUMBER: pgettext_lazy("type of a value", "number"),
    FieldType.DATE: _("date"),
    FieldType.YES_NO: _("yes or no"),
    FieldType.CHOICE: _("one choice"),
    FieldType.CHOICES: _("several choices"),
    FieldType.LINK: _("link"),
    FieldType.PLACE: _("place"),
    FieldType.PERSON: _("person"),
}


CUSTOMISABLE: tuple[tuple[str, StrOrPromise], ...] = (
    ("inventory.asset", _("Assets")),
    ("inventory.devicemodel", _("Device models")),
    ("organisation.office", _("Offices")),
    ("organisation.place", _("Places")),
    ("organisation.person", _("People")),
)
"""Models with a column `custom`."""
TAGGABLE = frozenset(
    (
        *("inventory.asset", "inventory.devicemodel", "organisation.office", "organisation.person"),
        *("workforce.post", "workforce.heldskill", "workforce.trainingsession", "planning.projectpaper"),
    )
)
"""Models whose records carry tags: the roof's subjects."""
TAG_SEPARATORS = ";；\n"


class Note(models.Model):
    """What somebody wrote about a thing: plain text, kept with who and when."""

    model = models.CharField(max_length=60, editable=False)
    object_id = models.BigIntegerField(editable=False)
    text = models.TextField(_("note"), max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written at"), auto_now_add=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["model", "object_id"], name="note_subject")]

    def __str__(self) -> str:
        return self.text[:60]


class Colour(models.TextChoices):
    GREY = "grey", _("grey")
    BLUE = "blue", _("blue")
    GREEN = "green", _("green")
    AMBER = "amber", _("amber")
    RED = "red", _("red")
    VIOLET = "violet", _("violet")


class Tag(models.Model):
    """A word that groups things across models, such as "2026 replacement"."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(_("code"), max_length=60, unique=True, allow_unicode=True)
    colour = models.CharField(_("colour"), max_length=10, choices=Colour.choices, default=Colour.GREY)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A file parts several tags by these signs."""
        if any(sign in self.name for sign in TAG_SEPARATORS):
            raise ValidationError({"name": _("A tag may not contain ; because it parts several tags.")})


class Tagging(models.Model):
    """A tag on one thing."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="taggings", verbose_name=_("tag"))
    model = models.CharField(max_length=60, editable=False)
    object_id = models.BigIntegerField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "object_id", "tag"], name="tagging_once")]
        indexes = [models.Index(fields=["tag", "model"], name="tagging_tag")]

    def __str__(self) -> str:
        return f"{self.tag} · {self.model} {self.object_id}"


class CustomField(models.Model):
    """A property that a county adds: its values stand in the column `custom` of the model, under its key."""

    model = models.CharField(_("of"), max_length=60, choices=CUSTOMISABLE)
    key = models.CharField(
        _("key"), max_length=40, validators=[RegexValidator(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    )
    label_zh = models.CharField(_("Chinese label"), max_length=40)
    label_en = models.CharField(_("English label"), max_length=60, blank=True)
    type = models.CharField(
        _("type"), max_length=10, choices=[(kind.value, name) for kind, name in TYPE_NAMES.items()]
    )
    required = models.BooleanField(_("required"), default=False)
    choices = models.TextField(_("choices"), blank=True, help_text=_("One on each line."))
    default = models.CharField(_("default"), max_length=200, blank=True)
    help = models.CharField(_("help"), max_length=200, blank=True)
    position = models.SmallIntegerField(_("order"), default=100)
    archived = models.BooleanField(_("archived"), default=False)

    objects: models.Manager["CustomField"] = models.Manager()

    class Meta:
        verbose_name = _("own field")
        verbose_name_plural = _("own fields")
        ordering = ["model", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="custom_field_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        chinese = (get_language() or "").startswith("zh")
        return self.label_zh if chinese or not self.label_en else self.label_en

    @property
    def spec(self) -> Spec:
        return Spec(type=FieldType(self.type), required=self.required, choices=self.choice_list)

    @property
    def choice_list(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.strip() for line in self.choices.splitlines() if line.strip()))

    def clean(self) -> None:
        """Raises ValidationError where type, choices and default do not go together."""
        self._demand_unchanged()
        chosen = self.type in {FieldType.CHOICE, FieldType.CHOICES}
        if chosen and not self.choice_list:
            raise ValidationError({"choices": _("Write at least one choice.")})
        if chosen and any(sign in self.choices for sign in ";；、"):
            raise ValidationError(
                {"choices": _("A choice may not contain ; or 、: they part several choices.")}
            )
        if self.default and isinstance(parse(self.spec, self.default), Problem):
            raise ValidationError({"default": _("The default is no value of this type.")})

    def _demand_unchanged(self) -> None:
        """Recorded values depend on where, under which key and as what they were recorded."""
        before = CustomField.objects.filter(pk=self.pk).first()
        for name in ("model", "key", "type"):
            if before is not None and getattr(before, name) != getattr(self, name):
                raise ValidationError(
                    {name: _("This cannot change any more: archive the field and add another.")}
                )
