"""What cannot be told, by what is lacking to tell it, and what helps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Mark
from inventory.models import KIND_NAMES, Asset
from inventory.queries.asset import lacks
from inventory.queries.unknown import Lacks, concerned, unknown_to
from inventory.wording import LACKS, lack_reason, rule_name
from itops.organisation.scope import demand_somewhere, signed_in

VIEW, PAGE = "inventory.view_mark", 100
HELPS: Mapping[Lacking, StrOrPromise] = {
    Lacking.NEVER_OBSERVED: _("check its address; look on the spot"),
    Lacking.NOT_PROBED: _("set up a probe, or look on the spot and record it"),
    Lacking.CONFIDENTIAL: _("look on the spot and record it"),
    Lacking.IN_STORAGE: _("nothing to do until it is put to use"),
    Lacking.UNDER_REPAIR: _("nothing to do until it is back"),
    Lacking.TOO_FEW_DAYS: _("wait; see to the line or the collector"),
    Lacking.NOT_MEASURED: _("let it tell about its use (SNMP), or look on the spot"),
    Lacking.GENERATED_ONLY: _("let the probes run"),
    Lacking.NOT_LOCATED: _("look on the spot"),
    Lacking.SUPPORT_UNKNOWN: _("ask the maker and record the day"),
    Lacking.SYSTEM_UNKNOWN: _("record the system, or let it offer SNMP"),
    Lacking.EDITION_UNKNOWN: _("record the edition"),
    Lacking.AGE_UNKNOWN: _("record both"),
    Lacking.SPECIFICATION_UNKNOWN: _("record it"),
    Lacking.MAINTENANCE_UNKNOWN: _("record it"),
    Lacking.NO_STANDARD: _("nothing: no standard asks for it"),
    Lacking.STAFF_UNKNOWN: _("record the number of staff"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One lack: what it is, what helps, how many, by mark and kind with the address of each list."""

    lack: Lacks
    text: StrOrPromise
    helps: StrOrPromise
    marks: Sequence[tuple[str, int]]
    kinds: Sequence[tuple[str, StrOrPromise, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    asset: Asset
    kind: str
    reasons: Sequence[tuple[str, str, str]]


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    if code := request.GET.get("code", ""):
        return _of(request, code)
    unknown = unknown_to(user)
    return render(
        request,
        "inventory/unknown.html",
        {"unknown": unknown, "lines": [_line(one) for one in unknown.lacks]},
    )


def _line(one: Lacks) -> Line:
    kinds = sorted(one.of_kind.items(), key=lambda item: -item[1])
    return Line(
        lack=one,
        text=LACKS[one.code],
        helps=HELPS[one.code],
        marks=[(mark.value, one.of_mark[mark]) for mark in Mark if mark in one.of_mark],
        kinds=[(kind.value, KIND_NAMES[kind], number) for kind, number in kinds],
    )


def _of(request: HttpRequest, code: str) -> HttpResponse:
    """The assets of which one thing is lacking."""
    kind, mark = request.GET.get("kind", ""), request.GET.get("mark", "")
    if code not in list(Lacking) or kind not in ("", *Kind) or mark not in ("", *Mark):
        raise Http404
    pages = Paginator(concerned(signed_in(request), Lacking(code), kind=kind, mark=mark), PAGE).get_page(
        request.GET.get("page")
    )
    shown = Asset.objects.select_related("place", "standing").in_bulk(list(pages.object_list))
    context = {
        "code": code,
        "text": LACKS[Lacking(code)],
        "helps": HELPS[Lacking(code)],
        "narrowed": KIND_NAMES[Kind(kind)] if kind else "",
        "mark": mark,
        "pieces": [_piece(shown[pk], code) for pk in pages.object_list],
        "pages": pages,
        "address": f"?code={code}&kind={kind}&mark={mark}",
    }
    return render(request, "inventory/unknown_of.html", context)


def _piece(asset: Asset, code: str) -> Piece:
    found = [one for one in lacks(asset) if one.code == code]
    return Piece(
        asset=asset,
        kind=asset.kind_name,
        reasons=[(one.mark.value, rule_name(one.rule), lack_reason(one)) for one in found],
    )
