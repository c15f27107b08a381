"""The ledger: every asset in scope, worst first, and the same as CSV."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from inventory.marks.kind import Condition
from inventory.models import Asset
from inventory.queries.assets import Totals, View, totals
from itops.crud.amounts import yuan
from itops.crud.csv_out import csv_response
from itops.crud.paging import page_of
from itops.crud.rows import Fetched
from itops.organisation.models import User
from itops.organisation.scope import signed_in, visible
from itops.site.pages.asset_filter import AssetFilter
from itops.site.pages.asset_table import TEXTS, USUAL, AssetTable, fetch, ordered
from itops.site.templatetags.lists import PAGE_SIZES

COLUMNS_KEPT = "asset_columns"
BATCH = 1000
VIEWS: dict[View, StrOrPromise] = {
    View.ALL: _("All"),
    View.OLD_OR_UNUSED: _("Outdated or unused"),
    View.IDLE: _("Suspected idle"),
    View.UNSUPPORTED: _("Unsupported"),
    View.NOT_FOUND: _("Not found"),
    View.PARTS: _("Parts and others"),
}


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    everything = _assets(user)
    chosen = AssetFilter(request.GET, queryset=everything, request=request)
    columns = _columns(request)
    table = _table(request, chosen.qs, user, columns)
    if table.page.count == 1 and (asset := _meant(request, chosen.qs)):
        return redirect("inventory:asset", asset.pk)
    found = totals(everything.exclude(condition=Condition.RETIRED.value))
    context = {
        "table": table,
        "form": chosen.form,
        "columns": [
            (n, c.verbose_name, n in columns, n in USUAL) for n, c in AssetTable.base_columns.items()
        ],
        "views": _views(request, found),
        "cost": yuan(found.cost_fen),
        "count": found.views[View.ALL],
        "clear_url": request.path if any(chosen.form.changed_data) else "",
        "export_url": f"{reverse('inventory:asset_export')}?{request.GET.urlencode()}",
    }
    return render(request, "site/assets.html", context)


def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same conditions, order and columns, all pages."""
    user = signed_in(request)
    chosen = AssetFilter(request.GET, queryset=_assets(user), request=request)
    names = [name for name in AssetTable.base_columns if name in _columns(request)]
    assets = ordered(chosen.qs, _order(request))
    head = [str(AssetTable.base_columns[name].verbose_name) for name in names]
    return csv_response(f"assets-{timezone.localdate()}.csv", head, _texts(assets, names, user))


def _texts(assets: QuerySet[Asset], names: Sequence[str], user: User) -> Iterator[list[str]]:
    ids = iter(list(assets.values_list("pk", flat=True)))
    while batch := list(islice(ids, BATCH)):
        for row in fetch(batch, user):
            yield [TEXTS[name](row) for name in names]


def _assets(user: User) -> QuerySet[Asset]:
    return visible(Asset.objects.filter(archived=False), user, "inventory.view_asset")


def _order(request: HttpRequest) -> str:
    alias = request.GET.get("sort", "-marks").split(",")[0]
    column = AssetTable.base_columns.get(alias.removeprefix("-"))
    return alias if column is not None and column.orderable is not False else "-marks"


def _table(request: HttpRequest, assets: QuerySet[Asset], user: User, columns: Sequence[str]) -> AssetTable:
    """One page; only the sizes that are offered."""
    asked = request.GET.get("per_page", "")
    size = int(asked) if asked.isdecimal() and int(asked) in PAGE_SIZES else PAGE_SIZES[0]
    page = page_of(ordered(assets, _order(request)), request.GET.get("page", ""), size)
    unwanted = [name for name in TEXTS if name not in columns]
    table = AssetTable(Fetched(fetch(page.keys, user)), order_by=_order(request), exclude=unwanted)
    table.page = page
    return table


def _columns(request: HttpRequest) -> Sequence[str]:
    """Those asked for, else those remembered, else the usual ones. The form leaves the usual ones out."""
    asked = [name for name in request.GET.getlist("columns") if name in TEXTS]
    from_form = request.headers.get("HX-Source", "").lower() == "form#filters"
    if asked:
        request.session[COLUMNS_KEPT] = asked
    elif from_form:
        request.session.pop(COLUMNS_KEPT, None)
    kept = [name for name in request.session.get(COLUMNS_KEPT, ()) if name in TEXTS]
    return kept or USUAL


def _views(request: HttpRequest, found: Totals) -> list[dict[str, object]]:
    current = request.GET.get("view", "")
    return [
        {
            "label": label,
            "count": found.views[view],
            "url": f"{request.path}?view={view}" if view else request.path,
            "current": view.value == current,
        }
        for view, label in VIEWS.items()
    ]


def _meant(request: HttpRequest, assets: QuerySet[Asset]) -> Asset | None:
    """Whoever searches for a whole asset number wants that asset; never while typing."""
    if request.headers.get("HX-Request") or not request.GET.get("q"):
        return None
    return assets.filter(tag__iexact=request.GET["q"].strip()).first()
