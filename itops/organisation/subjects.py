"""What files, notes and tags hang on: models named in the roof's list, whose rows lie in places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse

from itops.organisation.models import Level, Place, User
from itops.organisation.scope import granted_paths, may, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A model, the lookup to its place ("" for Place itself, None where the whole county shares it), its page."""

    model: type[Model]
    place: str | None = "place"
    page: str

    @property
    def label(self) -> str:
        """Such as "inventory.asset": how a row about it names its model."""
        return self.model._meta.label_lower

    @property
    def view(self) -> str:
        return f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"

    def url(self, pk: int) -> str:
        return reverse(self.page, args=[pk])

    def seen_by(self, user: User, permission: str = "") -> QuerySet[Model]:
        """Rows the user may see; with a permission, those over which the user holds that."""
        rows = self.model._base_manager.all()
        if self.place is not None:
            return visible(rows, user, permission or self.view, self.place)
        return rows if granted_paths(user, permission or self.view) else rows.none()

    def place_of(self, row: Model) -> Place | None:
        """Where a row lies; None where the whole county shares it."""
        if self.place is None:
            return None
        at: object = row
        for step in filter(None, self.place.split("__")):
            at = getattr(at, step)
        assert isinstance(at, Place)
        return at

    def may(self, user: User, permission: str, row: Model) -> bool:
        """Whether the user holds a permission such as "files.add_attachment" where the row lies."""
        place = self.place_of(row)
        return may(user, permission, place) if place else may_for_all(user, permission)


def may_for_all(user: User, permission: str) -> bool:
    """What the whole county shares is changed by those whose permission reaches over a county or more."""
    paths = granted_paths(user, permission)
    if not paths or permission.partition(".")[2].startswith("view_"):
        return bool(paths)
    return Place.objects.filter(path__in=paths, level__lte=Level.COUNTY).exists()


@dataclass(frozen=True, slots=True)
class Found:
    """One row that a user may see."""

    subject: Subject
    row: Model

    @property
    def label(self) -> str:
        return self.subject.label

    @property
    def pk(self) -> int:
        return int(self.row.pk)

    @property
    def url(self) -> str:
        return self.subject.url(self.pk)

    def may(self, user: User, permission: str) -> bool:
        return self.subject.may(user, permission, self.row)

    def demand(self, user: User, permission: str) -> None:
        """Raise PermissionDenied unless the user holds the permission there."""
        if not self.may(user, permission):
            raise PermissionDenied


Subjects = Sequence[Subject]


def find(subjects: Iterable[Subject], user: User, label: str, pk: int) -> Found:
    """The row, if its model is listed and it lies in the user's scope; else there is none (404)."""
    subject = next((one for one in subjects if one.label == label), None)
    row = subject.seen_by(user).filter(pk=pk).first() if subject else None
    if subject is None or row is None:
        raise Http404
    return Found(subject, row)
