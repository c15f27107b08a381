"""The ledger: every asset in scope, worst first, and the same as CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from inventory.queries.assets import Totals, View, totals
from itops.crud.amounts import yuan
from itops.crud.csv_out import csv_response
from itops.crud.lists import Choices, conditions
from itops.crud.own_columns import written
from itops.crud.pages import listing
from itops.crud.paging import KeyPage
from itops.crud.personal import note_export
from itops.database.conditions import same
from itops.database.together import Together
from itops.organisation.models import User
from itops.organisation.scope import signed_in, visible
from itops.site.pages.asset_filter import AssetFilter
from itops.site.pages.asset_table import TEXTS, USUAL, AssetTable, fetch, ordered

BATCH = 1000
VIEWS: dict[View, StrOrPromise] = {
    View.ALL: _("All"),
    View.OLD_OR_UNUSED: _("Outdated or unused"),
    View.IDLE: _("Suspected idle"),
    View.UNSUPPORTED: _("Unsupported"),
    View.NOT_FOUND: _("Not found"),
    View.PARTS: _("Parts and others"),
}
LEDGER = replace(
    ASSETS,
    table=AssetTable,
    filters=AssetFilter,
    usual=USUAL,
    order="-marks",
    ordered=ordered,
    fetch=fetch,
)


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    LEDGER.demand(user, "view")
    everything = _assets(user)
    chosen = AssetFilter(request.GET, queryset=everything, request=request)
    choices = Choices(request, user, LEDGER, chosen.own)
    choices.remember()
    changes = LEDGER.may_somewhere(user, "change")
    with Together() as asked:
        counted = asked.ask(totals, user, chosen.asked_of_counts() if chosen.form.is_valid() else None)
        assets = chosen.qs
        table = listing.table(
            LEDGER,
            assets,
            choices,
            ticks=changes,
            known=lambda: counted.found.found,
            at_least=chosen.at_least,
        )
    found = counted.found
    if table.page.count == 1 and (asset := _meant(request, assets)):
        return redirect("inventory:asset", asset.pk)
    context = {
        "table": table,
        "form": chosen.form,
        "resource": LEDGER,
        "columns": listing.columns(LEDGER, choices.columns),
        "tabs": _views(request, found),
        "views": choices.views,
        "saved": choices.saved,
        "query": conditions(request.GET).urlencode(),
        "may_add": LEDGER.may_somewhere(user, "add"),
        "may_change": changes,
        "cost": yuan(found.cost_fen),
        "count": found.views[View.ALL],
        "sums": _met(table.page) if any(chosen.form.changed_data) else "",
        "clear_url": request.path if any(chosen.form.changed_data) else "",
        "export_url": f"{reverse('inventory:asset_export')}?{request.GET.urlencode()}",
    }
    return render(request, "site/assets.html", context)


def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same conditions, order and columns, all pages."""
    user = signed_in(request)
    LEDGER.demand(user, "view")
    chosen = AssetFilter(request.GET, queryset=_assets(user), request=request)
    choices = Choices(request, user, LEDGER)
    handed_out = LEDGER.handed_out(chosen.qs)
    if "responsible" in choices.columns:
        note_export(LEDGER, request, handed_out)
    assets = ordered(handed_out, listing.order_of(LEDGER, request.GET.get("sort", "")))
    head = [str(AssetTable.base_columns[name].verbose_name) for name in choices.columns]
    head += [choices.more[name] for name in choices.more_columns]
    rows = _texts(assets, choices.columns, choices.more_columns, user)
    return csv_response(f"assets-{timezone.localdate()}.csv", head, rows)


def _texts(
    assets: QuerySet[Asset], names: Sequence[str], more: Sequence[str], user: User
) -> Iterator[list[str]]:
    """`more` are the county's own columns."""
    ids = iter(list(assets.values_list("pk", flat=True)))
    while batch := list(islice(ids, BATCH)):
        own = written(LEDGER, more, batch, user)
        for row in fetch(batch, user):
            yield [
                *(TEXTS[name](row) for name in names),
                *(own[name].get(row.pk, "") for name in more),
            ]


def _assets(user: User) -> QuerySet[Asset]:
    return visible(Asset.objects.all(), user, "inventory.view_asset")


def _views(request: HttpRequest, found: Totals) -> list[dict[str, object]]:
    current = request.GET.get("view", "")
    return [
        {
            "label": label,
            "count": found.views[view],
            "url": f"{request.path}?view={view}" if view else request.path,
            "current": view.value == current and "saved" not in request.GET,
        }
        for view, label in VIEWS.items()
    ]


def _met(page: KeyPage) -> str:
    """The head and the views speak of the whole ledger; this, above the rows, of what was found in it."""
    said = (
        ngettext("More than %(n)s meets the conditions", "More than %(n)s meet the conditions", page.count)
        if page.capped
        else ngettext("%(n)s piece meets the conditions", "%(n)s pieces meet the conditions", page.count)
    )
    return said % {"n": page.count} if page.count else ""


def _meant(request: HttpRequest, assets: QuerySet[Asset]) -> Asset | None:
    """Whoever searches for a whole asset number wants that asset; never while typing."""
    if request.headers.get("HX-Request") or not request.GET.get("q"):
        return None
    return assets.filter(same(request.GET["q"].strip(), "tag")).first()
