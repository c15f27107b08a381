"""Fields that hold several: many-to-many fields of a model, and the tags of a record. Read and written by the batch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from itops.crud.resource import Resource
from itops.extras.models import Tag, Tagging
from itops.extras.pages import TAG, VIEW_TAGS

TAGS = "tags"
USUAL_NAMES = ("name", "slug", "code", "codename")

Held = dict[int, frozenset[int]]
"""By the key of a record the keys of what it holds."""


@dataclass(frozen=True, slots=True)
class Several:
    """The table of links `through`: its columns for the record and for what it holds; `fixed` are the others.

    `said` is what it is called within a sentence.
    """

    name: str
    said: StrOrPromise
    through: type[Model]
    owner: str
    target: str
    to: type[Model]
    natural: tuple[str, ...]
    fixed: Mapping[str, str]

    @property
    def label(self) -> str:
        return capfirst(str(self.said))

    def held(self, keys: Iterable[int]) -> Held:
        """What these records hold; those that hold nothing are left out."""
        return self.held_by(list(keys))

    def held_by(self, owners: "Sequence[int] | QuerySet[Any, Any] | Expression") -> Held:
        """The same; the keys may be a query's."""
        found: dict[int, set[int]] = defaultdict(set)
        links = self.through._base_manager.filter(**self.fixed, **{f"{self.owner}__in": owners})
        for owner, target in links.order_by().values_list(self.owner, self.target):
            found[owner].add(target)
        return {owner: frozenset(targets) for owner, targets in found.items()}

    def holders(self, targets: Iterable[int]) -> QuerySet[Any, Any]:
        """The keys of records that hold any of these, as a part of a query."""
        links = self.through._base_manager.filter(**self.fixed, **{f"{self.target}__in": list(targets)})
        return links.order_by().values(self.owner)

    def write(self, wanted: Mapping[int, Iterable[int]]) -> None:
        """Each of these records holds what is wanted and nothing else; what stays is not touched."""
        before = self.held(wanted)
        links = self.through._base_manager
        new: list[Model] = []
        gone: dict[int, list[int]] = defaultdict(list)
        for owner, targets in wanted.items():
            held, kept = before.get(owner, frozenset()), frozenset(targets)
            new += [self._link(owner, target) for target in sorted(kept - held)]
            for target in held - kept:
                gone[target].append(owner)
        for target, owners in gone.items():
            links.filter(**self.fixed, **{f"{self.owner}__in": owners, self.target: target}).delete()
        links.bulk_create(new, batch_size=5000, ignore_conflicts=True)

    def _link(self, owner: int, target: int) -> Model:
        return self.through(**self.fixed, **{self.owner: owner, self.target: target})

    def named(self, keys: Iterable[int]) -> dict[int, str]:
        """What they are called, by key."""
        return {pk: str(one) for pk, one in self.to._base_manager.in_bulk(set(keys)).items()}

    @property
    def view(self) -> str:
        """The permission that shows it; "" where it is seen with the record."""
        return VIEW_TAGS if self.name == TAGS else ""

    @property
    def change(self) -> str:
        """The permission that changes it; "" where it is changed with the record."""
        return TAG if self.name == TAGS else ""


def several(resource: Resource) -> list[Several]:
    """Those of a resource: the many-to-many fields that it names, and the tags where its records carry them."""
    fields = {one.name: one for one in resource.model._meta.many_to_many}
    found = [_of_field(fields[name]) for name in resource.fields if name in fields]
    return [*found, tags_of(resource.model)] if resource.tagged else found


def tags_of(model: type[Model]) -> Several:
    return Several(
        name=TAGS,
        said=_("tags"),
        through=Tagging,
        owner="object_id",
        target="tag_id",
        to=Tag,
        natural=("name", "slug"),
        fixed={"model": model._meta.label_lower},
    )


def _of_field(field: Any) -> Several:
    to = field.remote_field.model
    known = {one.name for one in to._meta.concrete_fields}
    return Several(
        name=field.name,
        said=field.verbose_name,
        through=field.remote_field.through,
        owner=field.m2m_column_name(),
        target=field.m2m_reverse_name(),
        to=to,
        natural=tuple(name for name in USUAL_NAMES if name in known),
        fixed={},
    )
