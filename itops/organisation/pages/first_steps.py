"""The first two steps of a new installation: its county with the townships, and its first account."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from itops.organisation.actions.first_steps import choose_county, start_over
from itops.organisation.divisions import Division, UnknownDivision, edition
from itops.organisation.models import Level, Place
from itops.organisation.pages.entering import BACKEND
from itops.organisation.pages.first_account_form import FirstAccountForm
from itops.organisation.pages.set_up import ACTOR, in_set_up
from itops.organisation.pinyin import english_name
from itops.organisation.scope import may

ADD_PLACE = "organisation.add_place"


@dataclass(frozen=True, slots=True)
class Choice:
    """A division to choose, in the reader's language. `there`: chosen before, and in the database."""

    code: str
    name: str
    there: bool = False


@login_not_required
@never_cache
def first_county(request: HttpRequest) -> HttpResponse:
    """Province, then county, then townships; later the townships that were left out."""
    chosen = the_county()
    if not _allowed(request, chosen):
        return redirect_to_login(request.get_full_path())
    if chosen:
        return _townships(request, _division(chosen.code, Level.COUNTY), chosen)
    if request.GET.get("county"):
        return _townships(request, _division(request.GET["county"], Level.COUNTY), None)
    if request.GET.get("province"):
        return _counties(request, _division(request.GET["province"], Level.PROVINCE))
    provinces = [_choice(division) for division in edition().provinces()]
    return render(request, "first_steps/province.html", {"provinces": provinces})


@login_not_required
@require_POST
def another_county(request: HttpRequest) -> HttpResponse:
    """A wrong choice is taken back while there is no account."""
    if not in_set_up(request):
        raise PermissionDenied
    start_over(by=ACTOR)
    return redirect("organisation:first_county")


@login_not_required
@never_cache
def first_account(request: HttpRequest) -> HttpResponse:
    """The county's administrator, who is signed in at once."""
    if not in_set_up(request):
        return redirect(settings.LOGIN_REDIRECT_URL)
    county = the_county()
    if county is None:
        return redirect("organisation:first_county")
    form = FirstAccountForm(request.POST or None)
    account = form.open(county, language=get_language() or "") if form.is_valid() else None
    if account:
        login(request, account, backend=BACKEND)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "first_steps/account.html", {"form": form, "county": county})


def the_county() -> Place | None:
    """The county that was chosen first."""
    return Place.objects.filter(level=Level.COUNTY).order_by("pk").first()


def _allowed(request: HttpRequest, county: Place | None) -> bool:
    """In the set-up, or by the right to add places to the county; nobody in particular is asked to sign in."""
    if in_set_up(request):
        return True
    if not request.user.is_authenticated:
        return False
    if county is None or not may(request.user, ADD_PLACE, county):
        raise PermissionDenied
    return True


def _counties(request: HttpRequest, province: Division) -> HttpResponse:
    """A province's counties, under the city each belongs to."""
    groups: dict[str, list[Choice]] = {}
    for county in edition().under(province.code, Level.COUNTY):
        groups.setdefault(county.parent, []).append(_choice(county))
    cities = [(_choice(edition().known(code)), counties) for code, counties in groups.items()]
    return render(request, "first_steps/county.html", {"province": _choice(province), "cities": cities})


def _townships(request: HttpRequest, county: Division, chosen: Place | None) -> HttpResponse:
    """All townships ticked at first; those that are there stay."""
    there = set(chosen.children.values_list("code", flat=True)) if chosen else set()
    townships = edition().under(county.code, Level.TOWNSHIP)
    ticked = set(request.POST.getlist("townships")) & {township.code for township in townships}
    if request.method == "POST" and (ticked or there):
        return _choose(request, county, ticked | there)
    context = {
        "county": _choice(county),
        "chosen": chosen,
        "setting_up": in_set_up(request),
        "townships": [_choice(township, there) for township in townships],
        "nothing_ticked": request.method == "POST",
    }
    return render(request, "first_steps/townships.html", context)


def _choose(request: HttpRequest, county: Division, townships: set[str]) -> HttpResponse:
    by = request.user.actor if request.user.is_authenticated else ACTOR
    place = choose_county(edition(), by=by, county=county.code, townships=townships)
    count = place.children.count()
    words = ngettext(
        "%(county)s with %(count)s township is set up.",
        "%(county)s with %(count)s townships is set up.",
        count,
    )
    messages.success(request, words % {"county": place, "count": count})
    return redirect("organisation:first_account")


def _division(code: str, level: Level) -> Division:
    try:
        division = edition().known(code)
    except UnknownDivision as unknown:
        raise Http404 from unknown
    if division.level != level:
        raise Http404
    return division


def _choice(division: Division, there: set[str] | frozenset[str] = frozenset()) -> Choice:
    in_chinese = (get_language() or "").startswith("zh")
    name = division.name if in_chinese else english_name(division.name)
    return Choice(division.code, name, division.code in there)
