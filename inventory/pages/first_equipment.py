"""The first equipment of a county: typed piece by piece, or a CSV of three columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from inventory.actions.add_assets import NewAsset, add_assets
from inventory.equipment_list import LONGEST_NAME, MOST_BYTES, Line, Outcome, Problem, on_the_books, read
from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES, Asset
from inventory.models.catalogue import KIND_CHOICES
from inventory.pages.equipment_words import complaint, enumerated, known_words
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import signed_in, visible

ADD = "inventory.add_asset"
MOST_SHOWN = 200
LAST_ADDED = 10


class PieceForm(forms.Form):
    """One piece, typed."""

    name = forms.CharField(label=gettext_lazy("name"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label=gettext_lazy("kind"), choices=KIND_CHOICES)
    place = forms.ModelChoiceField(
        label=gettext_lazy("township"), queryset=Place.objects.none(), empty_label=None
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, places: QuerySet[Place]) -> None:
        super().__init__(data)
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = places


class ListForm(forms.Form):
    """A CSV of many."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )


def page(request: HttpRequest) -> HttpResponse:
    """Both ways side by side, and what was added last."""
    places = _places(signed_in(request))
    if request.method != "POST":
        return _show(request, places)
    return _take_list(request, places) if "list" in request.POST else _type_one(request, places)


def blank_list(request: HttpRequest) -> HttpResponse:
    """A CSV with the headings and one example, which spreadsheets open with the right characters."""
    place = _places(signed_in(request))[0]
    rows = [
        (_("name"), _("kind"), _("township")),
        (_("Office computer 1"), str(KIND_NAMES[Kind.COMPUTER]), str(place)),
    ]
    text = "".join(",".join(row) + "\r\n" for row in rows)
    headers = {"Content-Disposition": 'attachment; filename="equipment.csv"'}
    return HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


def _type_one(request: HttpRequest, places: QuerySet[Place]) -> HttpResponse:
    """Add one piece, then stay to type the next."""
    form = PieceForm(request.POST, places=places)
    if not form.is_valid():
        return _show(request, places, piece=form)
    given = form.cleaned_data
    new = NewAsset(given["name"], Kind(given["kind"]), given["place"])
    [asset] = add_assets([new], by=signed_in(request).actor)
    messages.success(request, _("%(asset)s is on the books.") % {"asset": asset})
    return redirect(request.path)


def _take_list(request: HttpRequest, places: QuerySet[Place]) -> HttpResponse:
    """Add all pieces of a CSV, or none and say everything that is wrong with it."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, places, many=form)
    outcome = _read(form.cleaned_data["file"], places)
    if outcome.problems:
        return _show(request, places, problems=outcome.problems)
    by_id = {place.pk: place for place in places}
    new = [NewAsset(line.name, line.kind, by_id[line.place]) for line in outcome.lines]
    _report(request, len(add_assets(new, by=signed_in(request).actor)), outcome.unread)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _read(file: UploadedFile, places: QuerySet[Place]) -> Outcome:
    """No more is read than may be; what is on the books already is a problem too."""
    outcome = read(file.read(MOST_BYTES + 1), known_words(places))
    outcome.problems += on_the_books(outcome.lines, _tags(outcome.lines))
    return outcome


def _tags(lines: Sequence[Line]) -> dict[tuple[str, Kind, int], str]:
    recorded = Asset.objects.filter(archived=False, name__in={line.name for line in lines})
    rows = recorded.filter(place__in={line.place for line in lines}).values_list(
        "name", "kind", "place", "tag"
    )
    return {(name, Kind(kind), place): tag for name, kind, place, tag in rows}


def _report(request: HttpRequest, added: int, unread: Sequence[str]) -> None:
    words = ngettext(
        "%(count)s piece of equipment is on the books.",
        "%(count)s pieces of equipment are on the books.",
        added,
    )
    messages.success(request, words % {"count": added})
    if unread:
        messages.info(request, _("Columns that were not read: %(names)s.") % {"names": enumerated(unread)})


def _places(user: User) -> QuerySet[Place]:
    """The county and the townships where the user may add equipment."""
    places = visible(Place.objects.filter(level__gte=Level.COUNTY), user, ADD, place="")
    if not places.exists():
        raise PermissionDenied
    return places.select_related("parent").order_by("-level", "position", "code")


def _show(
    request: HttpRequest,
    places: QuerySet[Place],
    *,
    piece: PieceForm | None = None,
    many: ListForm | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    assets = visible(Asset.objects.all(), signed_in(request), ADD)
    context = {
        "piece": piece or PieceForm(places=places),
        "many": many or ListForm(),
        "complaints": [complaint(problem) for problem in problems[:MOST_SHOWN]],
        "problems": len(problems),
        "places": places,
        "kinds": KIND_NAMES.values(),
        "added": assets.select_related("place").order_by("-pk")[:LAST_ADDED],
    }
    wrong = problems or piece or many
    return render(request, "first_steps/equipment.html", context, status=422 if wrong else 200)
