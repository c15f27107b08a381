"""The change record: who changed what, when, from what to what, and why; the latest first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from itops.audit.models import VIEW, Change
from itops.audit.wording import Entry, entries
from itops.crud.paging import KeyPage, in_order, page_of
from itops.organisation.scope import demand_somewhere, signed_in
from itops.site.pages.changes_filter import ChangesFilter
from itops.site.resources import RESOURCES
from itops.site.templatetags.lists import PAGE_SIZES

PAGES = {
    "inventory.asset": "inventory:asset",
    "organisation.place": "inventory:place",
    "organisation.workcalendar": "organisation:calendar",
}
RESOURCE_OF = {resource.key: resource for resource in RESOURCES}


@dataclass(frozen=True, slots=True)
class Paged:
    """What the pager needs to know of a list that is no table."""

    page: KeyPage
    prefixed_page_field: str = "page"
    prefixed_per_page_field: str = "per_page"


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    chosen = ChangesFilter(request.GET, queryset=Change.objects.seen_by(user), request=request)
    found = page_of(chosen.qs, request.GET.get("page", ""), _size(request))
    shown = entries(in_order(Change.objects.select_related("place"), found.keys))
    context = {
        "lines": [(entry, _address(entry)) for entry in shown],
        "paged": Paged(found),
        "form": chosen.form,
        "clear_url": request.path if any(chosen.form.changed_data) else "",
    }
    return render(request, "site/changes.html", context)


def _size(request: HttpRequest) -> int:
    asked = request.GET.get("per_page", "")
    return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]


def _address(entry: Entry) -> str:
    """The page of what the change is about, unless it is gone."""
    change = entry.change
    if not entry.there:
        return ""
    if resource := RESOURCE_OF.get(change.of_model):
        return resource.url("", change.of_id)
    return reverse(PAGES[change.of_model], args=[change.of_id]) if change.of_model in PAGES else ""
