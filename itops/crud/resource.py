"""Resource: what the kernel must know of a model to give it its pages, its API, its import and its export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django_filters import FilterSet
from django_tables2 import Table

from itops.crud.addresses import address
from itops.extras.models import TAGGABLE
from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, may, visible
from itops.organisation.subjects import may_for_all

View = Callable[..., HttpResponse]
Ordered = Callable[[QuerySet[Any], str], QuerySet[Any]]
Fetch = Callable[[Sequence[int], User], Sequence[Any]]
Extra = Callable[[HttpRequest, QuerySet[Any]], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a detail page: a template and what it shows of an instance; None leaves it out."""

    template: str
    shows: Callable[[HttpRequest, Any], Mapping[str, object] | None]


@dataclass(frozen=True, slots=True)
class Personal:
    """How looks at personal data are named in their record: at a list, and at one."""

    many: str
    one: str


@dataclass(frozen=True, kw_only=True)
class Resource:
    """
    One model's pages and everything they share. Listed by hand in the roof; nothing is discovered.

    `place` is the lookup from the model to its place ("" when the model is Place itself), None for what belongs to
    the whole county. `refers` are the resources that its foreign keys lead to. `natural` are the fields by which
    people name one, in the order in which they are tried. `ordered` and `fetch` are for lists whose columns are
    more than the model's fields. `known` tells how many an account is told of over REST that are not archived,
    where that needs no counting. `derive` writes the fields `derived`, which nobody types because they follow from
    others. `parts` are models (labels) whose rows belong to a record and go with it: they are not its history.
    Looks at what is `personal` are recorded. What is `read_only` is shown here and written elsewhere, by pages
    among the `overrides`; the interface adds to it and changes it where `after_writing` does what has to follow.
    What is a part of something else is `guarded_as` that: whoever may see the one may see the other, and whoever
    may change the one may add the other. What is `kept_in` is not handed out, in files or over REST, nor is what
    `tells_of` it by these foreign keys. What is `distinguishing` no two have alike, though nothing demands it: a
    clone does not take it over.
    """

    model: type[Model]
    path: str
    namespace: str
    table: type[Table]
    filters: type[FilterSet]
    fields: tuple[str, ...]
    natural: tuple[str, ...]
    place: str | None
    usual: tuple[str, ...] = ()
    bulk: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    refers: "tuple[Resource, ...]" = ()
    order: str = ""
    icon: str = "list"
    ordered: Ordered | None = None
    fetch: Fetch | None = None
    extra: Extra | None = None
    known: Callable[[User], int] | None = None
    derive: Callable[[Any], None] | None = None
    derived: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    personal: Personal | None = None
    read_only: bool = False
    after_writing: Callable[[], object] | None = None
    guarded_as: type[Model] | None = None
    kept_in: Q | None = field(default=None, repr=False)  # to show its query would ask it
    tells_of: tuple[str, ...] = ()
    distinguishing: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, View] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """`inventory.asset`: the model's label, used wherever a resource is named."""
        return self.model._meta.label_lower

    @property
    def name(self) -> str:
        return self.model._meta.model_name or ""

    @property
    def singular(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def plural(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    @cached_property
    def archives(self) -> bool:
        return any(one.name == "archived" for one in self.model._meta.fields)

    @property
    def tagged(self) -> bool:
        """Whether its records carry tags."""
        return self.key in TAGGABLE

    @cached_property
    def referred(self) -> "Mapping[str, Resource]":
        """The resources its foreign keys lead to, by the model's label; itself among them."""
        return {one.key: one for one in (*self.refers, self)}

    def template(self, page: str) -> str:
        return self.templates.get(page, f"crud/{page}.html")

    def permission(self, action: str) -> str:
        guarded = (self.guarded_as or self.model)._meta
        if self.guarded_as and action == "add":
            action = "change"
        return f"{guarded.app_label}.{action}_{guarded.model_name}"

    def visible(self, user: User, action: str = "view") -> QuerySet[Any]:
        """What the account may view (or change, delete) of this model, archived ones included."""
        return self.reached(user, self.permission(action))

    def reached(self, user: User, permission: str) -> QuerySet[Any]:
        """Those over which the account holds a permission, such as the one to tag."""
        everything = self.model._default_manager.all()
        if self.place is None:
            return everything if may_for_all(user, permission) else everything.none()
        return visible(everything, user, permission, place=self.place)

    def handed_out(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Of these, what may leave the program, in files or over REST."""
        kept_back = self.kept_back()
        return found.exclude(kept_back) if kept_back else found

    def told(self, user: User, action: str = "view") -> QuerySet[Any]:
        """What the account may view (or change, delete) outside of the program's own pages."""
        return self.handed_out(self.visible(user, action))

    def kept_back(self) -> Q:
        """Which may not leave the program; an empty condition where that is none."""
        found = (self.kept_in, *map(self._told_by, self.tells_of))
        return Q(*filter(None, found), _connector=Q.OR)

    def _told_by(self, name: str) -> Q:
        """Those that tell, by this foreign key, of what is kept back."""
        field: Any = self.model._meta.get_field(name)
        to = self.referred[field.related_model._meta.label_lower]
        kept_back = to.kept_back()
        theirs = to.model._default_manager.filter(kept_back).order_by().values("pk")
        return Q(**{f"{name}__in": theirs}) if kept_back else kept_back

    def may_somewhere(self, user: User, action: str) -> bool:
        permission = self.permission(action)
        return may_for_all(user, permission) if self.place is None else bool(granted_paths(user, permission))

    def may(self, user: User, action: str, instance: Model) -> bool:
        if self.place is None:
            return self.may_somewhere(user, action)
        place = self.place_of(instance)
        return place is not None and may(user, self.permission(action), place)

    def writes(self, user: User, action: str) -> bool:
        """Whether the kernel's own pages let the account add or change any."""
        return not self.read_only and self.may_somewhere(user, action)

    def demand(self, user: User, action: str, instance: Model | None = None) -> None:
        """Raise PermissionDenied unless the account may do it (to this one, or to any)."""
        allowed = self.may_somewhere(user, action) if instance is None else self.may(user, action, instance)
        if not allowed:
            raise PermissionDenied

    def place_of(self, instance: Any) -> Place | None:
        for step in filter(None, (self.place or "").split("__")):
            instance = getattr(instance, step, None)
        return instance if isinstance(instance, Place) else None

    def url(self, page: str = "", *args: object) -> str:
        """`url("list")`, `url("add")`, `url("", 7)` for the one with key 7, `url("edit", 7)`."""
        name = f"{self.namespace}:{self.name}{'_' if page else ''}{page}"
        return reverse(name, args=args) if args else address(name)

    # What templates ask for.
    @property
    def list_url(self) -> str:
        return self.url("list")

    @property
    def add_url(self) -> str:
        return self.url("add")

    @property
    def bulk_url(self) -> str:
        return self.url("bulk")

    @property
    def save_view_url(self) -> str:
        return self.url("save_view")

    @property
    def drop_view_name(self) -> str:
        return f"{self.namespace}:{self.name}_drop_view"
