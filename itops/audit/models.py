"""Change: one row that somebody added, changed or deleted. Row triggers write it, nobody else can."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, Model, Q
from django.utils.translation import gettext_lazy as _

from itops.database.kept import Given, one_of
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import granted_paths, lies_under_given

VIEW = "audit.view_change"
TOLD_WITH = {
    "organisation.user": "organisation.view_user",
    "organisation.role": "organisation.view_role",
    "notify.webhook": "notify.view_webhook",
}
"""Changes of these, and of what belongs to them, are told to those who may see the thing itself."""


class Action(models.TextChoices):
    ADD = "add", _("added")
    CHANGE = "change", _("changed")
    DELETE = "delete", _("deleted")


class ChangeQuerySet(models.QuerySet["Change"]):
    def of(self, instance: Model) -> Self:
        """What happened to an object, and to what belongs to it (an asset's repairs, a standard's items)."""
        return self.filter(of_model=instance._meta.label_lower, of_id=instance.pk)

    def seen_by(self, user: User) -> Self:
        """Those of places in the user's scope; those of no place for whoever may see a whole county.

        Accounts, what they may do, and where messages go are told to those who may see them.
        """
        paths = granted_paths(user, VIEW)
        whole_county = Place.objects.filter(path__in=paths, level__lte=Level.COUNTY)
        hidden = [label for label, permission in TOLD_WITH.items() if not granted_paths(user, permission)]
        return self.filter(
            Q(place__in=Place.objects.under(paths)) | Q(Exists(whole_county), place__isnull=True)
        ).exclude(of_model__in=hidden)

    def seen_when_asked(self) -> Self:
        """The same in a kept query, which is given the scope when it is asked."""
        paths = Given("scope", "ltree[]")
        whole_county = Place.objects.filter(one_of("path", paths), level__lte=Level.COUNTY)
        below = Place.objects.filter(lies_under_given(paths))
        return self.filter(Q(place__in=below) | Q(Exists(whole_county), place__isnull=True))

    def of_step(self, change_id: int) -> Self:
        """All that was changed by the same intent."""
        one = self.model.objects.filter(pk=change_id)
        return self.filter(at__in=one.values("at"), transaction__in=one.values("transaction"))


class Change(models.Model):
    """What the columns were and became; columns that are secret or personal are only named in `withheld`."""

    at = models.DateTimeField(_("time"))
    transaction = models.BigIntegerField()  # with `at`: all that one intent changed
    actor = models.CharField(_("who"), max_length=150)
    reason = models.CharField(_("reason"), max_length=300)
    model = models.CharField(_("sort of record"), max_length=60)
    object_id = models.BigIntegerField()
    of_model = models.CharField(max_length=60)
    of_id = models.BigIntegerField()
    place = models.ForeignKey(
        Place, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name=_("place")
    )
    action = models.CharField(_("action"), max_length=6, choices=Action.choices)
    before: "models.JSONField[dict[str, Any] | None]" = models.JSONField(null=True)
    after: "models.JSONField[dict[str, Any] | None]" = models.JSONField(null=True)
    withheld = ArrayField(models.CharField(max_length=60))

    objects = ChangeQuerySet.as_manager()

    class Meta:
        managed = False
        ordering = ["-id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%F %R} {self.actor} {self.action} {self.model} {self.object_id}"


def changes_of(instance: Model) -> ChangeQuerySet:
    """The changes of an object and of what belongs to it, the latest first."""
    return Change.objects.of(instance)
