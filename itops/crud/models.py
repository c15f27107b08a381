"""SavedView: conditions and columns of a list, kept by name; the nameless one is what an account used last."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from itops.database.kept import Given
from itops.organisation.models import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, user: User | Given, resource: str | Given) -> Self:
        """One's own of a list, and those that others share."""
        return self.filter(Q(owner=user) | Q(shared=True, name__gt=""), resource=resource)


class SavedView(models.Model):
    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views", verbose_name=_("account"))
    resource = models.CharField(max_length=80)
    name = models.CharField(_("name"), max_length=60, blank=True)
    query = models.CharField(max_length=2000, blank=True)
    columns = models.JSONField(default=list)
    page_size = models.PositiveSmallIntegerField(null=True)
    shared = models.BooleanField(_("for everybody who sees this list"), default=False)

    objects: models.Manager["SavedView"] = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "resource", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The query string that shows it: its conditions, its columns, and which view it is."""
        query = QueryDict(self.query, mutable=True)
        query.setlist("columns", self.columns)
        query["saved"] = str(self.pk)
        return query.urlencode()
