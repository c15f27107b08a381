"""What the townships need: each lack once, with its remedy, reason and money; moves first, and what they save."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Asset
from inventory.queries.confidential import CONFIDENTIAL
from itops.crud.csv_out import csv_response
from itops.crud.lists import conditions
from itops.crud.looks import MARKS
from itops.exchange.pages.exporting import XLSX
from itops.exchange.xlsx import workbook_file
from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, signed_in, visible
from planning.actions.needs import Known, needs_on
from planning.models import FundingSource
from planning.models.scenario import WAY_NAMES
from planning.money.amounts import FEN
from planning.optimiser.need import Way
from planning.pages.access import VIEW, offered_county
from planning.pages.need_lines import Line, Where, lines_of
from planning.pages.need_links import of_assets, of_needs
from planning.pages.need_list import Conditions, NeedTable, conditions_of, paged, paid_by, summed
from planning.pages.not_offered import RULES, Refusal, refusals
from planning.pages.words import BARRED, money
from planning.queries.funding import planned_on
from planning.queries.moves import Chosen, chosen_for

NUMERIC = (False, False, False, False, False, True, True, True, False, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Everything that the reader may see, and what of it was asked for."""

    known: Known
    places: Mapping[str, Where]
    found: Chosen
    payers: Mapping[int, str]
    lines: Sequence[Line]
    form: Conditions
    shown: Sequence[Line]


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    listed = _listed(request, user)
    table = NeedTable(listed.shown, listed.payers, order_by=request.GET.get("sort", ""))
    table.urls = of_needs(user, ((line.need, line.place) for line in paged(request, table)))
    context = {
        "table": table,
        "form": listed.form,
        "clear_url": request.path if any(listed.form.changed_data) else "",
        "query": conditions(request.GET).urlencode(),
        "sums": summed(listed.shown),
        "needs": len(listed.found.needs),
        "moves": len(listed.found.moves),
        "saved": money(listed.found.saved_fen),
        "together": money(sum(line.fen for line in listed.lines)),
        "recurring": money(sum(line.recurring for line in listed.lines)),
        "may_see_plans": offered_county(user, VIEW),
        "quick": _quick(request, listed.lines),
        "waiting": listed.found.waiting,
        "barred": _barred(listed.known, listed.places),
        "refused": sum(one.quantity for one in refusals(listed.known, _names(listed.places))),
    }
    return render(request, "planning/needs.html", context)


def refused(request: HttpRequest) -> HttpResponse:
    """What may not be bought, rule by rule."""
    user = signed_in(request)
    known, places = needs_on(timezone.localdate()), _places(user)
    return render(request, "planning/needs_refused.html", {"refusals": _refusals(user, known, places)})


def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list's conditions, not its page."""
    listed = _listed(request, signed_in(request))
    rows = (_row(line, listed.payers) for line in _handed_out(listed.shown))
    name = f"needs-{timezone.localdate()}.{kind}"
    if kind == "csv":
        return csv_response(name, _head(), rows)
    content = workbook_file(_("Needs"), _head(), NUMERIC, rows)
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


def _handed_out(lines: Sequence[Line]) -> list[Line]:
    """Without those about equipment of a confidential network, which no file names."""
    about = Asset.objects.filter(CONFIDENTIAL, tag__in={line.tag for line in lines})
    kept_in = set(about.values_list("tag", flat=True))
    return [line for line in lines if line.tag not in kept_in]


def _listed(request: HttpRequest, user: User) -> Listed:
    today = timezone.localdate()
    known, places = needs_on(today), _places(user)
    found = chosen_for(user, known, places)
    payers = {one.pk: str(one) for one in FundingSource.objects.all()}
    lines = lines_of(found, known, places, planned_on(user, today))
    form = Conditions(request.GET.dict(), conditions_of(lines, payers))
    shown = form.chosen(lines)
    for name in form.errors:
        said = _("“%(value)s” is none of the choices of “%(name)s”: it was left out.")
        label = form.fields[name].label
        messages.error(request, said % {"value": request.GET.get(name, "")[:40], "name": label})
    return Listed(known=known, places=places, found=found, payers=payers, lines=lines, form=form, shown=shown)


def _places(user: User) -> dict[str, Where]:
    """PermissionDenied for who sees needs nowhere."""
    if not granted_paths(user, VIEW):
        raise PermissionDenied
    found = visible(Place.objects.all(), user, VIEW, place="")
    return {str(one.pk): Where(name=str(one), position=one.position) for one in found}


def _names(places: Mapping[str, Where]) -> dict[str, str]:
    return {key: one.name for key, one in places.items()}


def _quick(request: HttpRequest, lines: Sequence[Line]) -> Iterator[tuple[str, int, str, bool]]:
    """Name, number of needs, address, and whether it is what is shown."""
    asked = conditions(request.GET).dict()
    yield _("all"), sum(line.quantity for line in lines), request.path, not asked
    ways, marks, open_ = Counter[str](), Counter[str](), 0
    for line in lines:
        ways[line.way] += line.quantity
        marks[line.mark] += line.quantity
        open_ += 0 if line.funded else line.quantity
    counted = [
        (_("not funded"), open_, {"funded": "no"}),
        *((str(WAY_NAMES[way]), ways[way.value], {"way": way.value}) for way in Way),
        *((str(MARKS[code].word), marks[code], {"mark": code}) for code in MARKS),
    ]
    for name, number, given in counted:
        if number:
            [(key, value)] = given.items()
            yield name, number, f"{request.path}?{key}={value}", asked == given


def _refusals(
    user: User, known: Known, places: Mapping[str, Where]
) -> list[tuple[Refusal, list[tuple[str, str]]]]:
    found = refusals(known, _names(places))
    addresses = of_assets(user, (tag for one in found for tag in one.tags))
    return [(one, [(tag, addresses.get(tag, "")) for tag in one.tags]) for one in found]


def _barred(known: Known, places: Mapping[str, Where]) -> list[tuple[str, int]]:
    """How many remedies are not offered in these places, and why, but for those that a rule of buying bars."""
    found = Counter(one.code for one in known.counted.barred if one.place in places)
    return [(str(BARRED[code]), number) for code, number in found.most_common() if code not in RULES]


def _head() -> list[str]:
    return [
        _("Remedy"),
        _("Township"),
        _("Category"),
        _("Mark"),
        _("Asset number"),
        _("Quantity"),
        _("Cost (yuan)"),
        _("A year afterwards (yuan)"),
        _("Paid by"),
        _("Reason"),
    ]


def _row(line: Line, payers: Mapping[int, str]) -> list[str]:
    return [
        line.way_name,
        line.place_name,
        line.kind_name,
        str(MARKS[line.mark].word),
        line.tag,
        str(line.quantity),
        _yuan(line.fen),
        _yuan(line.recurring),
        paid_by(line, payers),
        line.reason,
    ]


def _yuan(fen: int) -> str:
    """As a spreadsheet calculates with it."""
    return f"{fen // FEN}.{fen % FEN:02d}"
