"""What an account has chosen of a list: columns, page size, saved views. One query for all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property

from itops.crud.models import SavedView
from itops.crud.own_columns import own_columns, own_fields
from itops.crud.resource import Resource
from itops.database.kept import Given, Kept
from itops.extras.models import CustomField
from itops.organisation.models import User

PAGE_SIZES = (25, 50, 100)
NOT_A_CONDITION = ("page", "per_page", "columns", "sort", "pk", "saved", "csrfmiddlewaretoken")


STORED: Kept[SavedView] = Kept(
    lambda: SavedView.objects.of(Given("owner", "bigint"), Given("resource", "text"))
)


@dataclass
class Choices:
    """Read once a request; written only when the reader has just chosen otherwise."""

    request: HttpRequest
    user: User
    resource: Resource
    known_fields: Sequence[CustomField] | None = None

    @cached_property
    def own(self) -> Sequence[CustomField]:
        """The county's own fields of the model; those that the filter has asked for already."""
        return own_fields(self.resource.model) if self.known_fields is None else self.known_fields

    @cached_property
    def stored(self) -> Sequence[SavedView]:
        return STORED.all(owner=self.user.pk, resource=self.resource.key)

    @cached_property
    def views(self) -> Sequence[SavedView]:
        """Those with a name; whose they are is asked for those of others alone."""
        named = [view for view in self.stored if view.name]
        prefetch_related_objects([view for view in named if view.owner_id != self.user.pk], "owner__person")
        return named

    @cached_property
    def saved(self) -> SavedView | None:
        """The kept view that is shown."""
        asked = self.request.GET.get("saved", "")
        return next((view for view in self.views if str(view.pk) == asked), None) if asked else None

    @cached_property
    def last(self) -> SavedView | None:
        return next((view for view in self.stored if not view.name and view.owner_id == self.user.pk), None)

    @cached_property
    def of_table(self) -> Sequence[str]:
        return [name for name in self.resource.table.base_columns if name != "tick"]

    @cached_property
    def more(self) -> Mapping[str, str]:
        """Headings of the columns that the table does not know: the county's own fields, and tags."""
        return own_columns(self.resource, self.user, self.own)

    @cached_property
    def own_choice(self) -> Sequence[str]:
        """Those used last, else the usual ones."""
        return (self.last.columns if self.last else []) or self._usual

    @property
    def _usual(self) -> Sequence[str]:
        return self.resource.usual or self.of_table

    @cached_property
    def chosen(self) -> Sequence[str]:
        """Those asked for, else one's own choice; the table's before the others."""
        names = [*self.of_table, *self.more]
        asked = [name for name in self.request.GET.getlist("columns") if name in names]
        wanted = asked or self.own_choice
        return [name for name in names if name in wanted]

    @cached_property
    def columns(self) -> Sequence[str]:
        """Those of the table."""
        return [name for name in self.chosen if name not in self.more]

    @cached_property
    def more_columns(self) -> Sequence[str]:
        return [name for name in self.chosen if name in self.more]

    @cached_property
    def page_size(self) -> int:
        asked = self.request.GET.get("per_page", "")
        if asked.isdecimal() and int(asked) in PAGE_SIZES:
            return int(asked)
        return (self.last and self.last.page_size) or PAGE_SIZES[0]

    def remember(self) -> None:
        """Keeps what the reader has chosen just now for the next time; the form leaves the usual columns out.

        What a kept view shows is nobody's choice for the next time, nor where its conditions are changed.
        """
        if self.saved is not None:
            return
        from_form = self.request.headers.get("HX-Source", "").lower() == "form#filters"
        columns = list(self.chosen) if "columns" in self.request.GET else [] if from_form else None
        if from_form and set(columns or self._usual) == self._on_the_page():
            columns = None
        size = self.page_size if "per_page" in self.request.GET else None
        if columns is None and size is None:
            return
        known = self.last or SavedView(owner=self.user, resource=self.resource.key)
        new_columns = known.columns if columns is None else columns
        new_size = known.page_size if size is None else size
        if known.pk and (known.columns, known.page_size) == (new_columns, new_size):
            return
        SavedView.objects.update_or_create(
            owner=self.user,
            resource=self.resource.key,
            name="",
            defaults={"columns": new_columns, "page_size": new_size},
        )

    def _on_the_page(self) -> set[str]:
        """The columns of the page on which the form was filled in."""
        address = urlsplit(self.request.headers.get("HX-Current-URL", ""))
        return set(QueryDict(address.query).getlist("columns") or self.own_choice)


def conditions(query: QueryDict) -> QueryDict:
    """The part of an address that says which records are meant."""
    kept = query.copy()
    for name in NOT_A_CONDITION:
        kept.pop(name, None)
    for name in [name for name, values in kept.lists() if not any(values)]:
        kept.pop(name)
    return kept
