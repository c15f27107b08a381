"""What every list can be asked for: a text, and whether archived records are shown."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, TypeVar

import django_filters as filters
from django.db.models import Model, Q, QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from itops.crud.declared import Declared
from itops.crud.own_columns import own_fields
from itops.database.kept import Kept
from itops.extras import custom_fields
from itops.extras.models import TAGGABLE, Tag
from itops.extras.pages import VIEW_TAGS
from itops.extras.queries import tagged
from itops.organisation.scope import granted_paths, signed_in

WORDS_ASKED = 8

M = TypeVar("M", bound=Model)


class StrictFilter(filters.FilterSet):  # type: ignore[misc]
    """A condition that cannot be applied finds nothing: left out, it would find everything."""

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.errors:
            return queryset.none()
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found


class RecordFilter(StrictFilter):
    """`searched` names the lookups in which each word of the text must occur."""

    searched: tuple[str, ...] = ()

    q = filters.CharFilter(label=_("Search"), method="by_text")

    @classmethod
    def get_filters(cls) -> Declared:
        return Declared(super().get_filters())

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.filters |= tag_filters(self._meta.model, self.request)
        self.own = own_fields(self._meta.model)
        self.filters |= custom_fields.filters(self.own)

    @property
    def form(self) -> Form:
        """One form, not a class of forms for each request; the filters' fields are this request's own already."""
        if not hasattr(self, "_form"):
            self._form = Form(self.data if self.is_bound else None, prefix=self.form_prefix)
            self._form.fields = {name: one.field for name, one in self.filters.items()}
        return self._form

    def by_text(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return by_words(queryset, self.searched, value)


def by_words(found: QuerySet[M], searched: Iterable[str], text: str) -> QuerySet[M]:
    """Each word of the text must occur in one of these lookups."""
    for word in text.split()[:WORDS_ASKED]:
        found = found.filter(reduce(or_, (Q(**{f"{one}__icontains": word}) for one in searched)))
    return found


TAGS: Kept[tuple[str, str]] = Kept(lambda: Tag.objects.order_by("name").values_list("slug", "name"))


class TagFilter(filters.ChoiceFilter):  # type: ignore[misc]
    """Records that carry a tag."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return tagged(qs, [value]) if value else qs


def tag_filters(model: type[Model], request: HttpRequest | None) -> dict[str, filters.Filter]:
    """The filter by a tag, of models whose records carry them, for whoever may see them."""
    may_see = request is None or granted_paths(signed_in(request), VIEW_TAGS)
    if model._meta.label_lower not in TAGGABLE or not may_see:
        return {}
    return {"tags": TagFilter(label=_("Tag"), choices=TAGS.all())}


class ArchivableFilter(RecordFilter):
    """Archived records are shown only to those who ask for them."""

    archived = filters.ChoiceFilter(
        label=_("Archived"),
        empty_label=_("not shown"),
        choices=[("only", _("only archived")), ("too", _("archived too"))],
        method="by_archived",
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.filters.move_to_end("archived")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("archived")
        return found if asked == "too" else found.filter(archived=asked == "only")

    def by_archived(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """filter_queryset looks at it: it also decides when nothing is asked."""
        return queryset
