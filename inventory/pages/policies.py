"""How the county decides: policies in force, to come and past; drafts are written, tried out and published here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from procrastinate.contrib.django import app

from inventory.actions import policies as actions
from inventory.actions.trials import AT_ONCE, begin_trial, run_trial
from inventory.marks.layers import Layer, in_force, laid_over
from inventory.marks.mark import Answer, Mark
from inventory.marks.policy import policy_for
from inventory.models import PolicyTrial, PolicyVersion, TrialChange
from inventory.pages.policy_form import PolicyForm
from inventory.policy_words import Difference, differences, in_words
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import demand, demand_somewhere, granted_paths, may, signed_in, visible

VIEW = "inventory.view_policyversion"
ADD, PUBLISH = "inventory.add_policyversion", "inventory.publish_policyversion"
LATER = "inventory.jobs.try_policy"
FIRST, PAGE = 20, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A version with what it sets otherwise than what holds around its place."""

    version: PolicyVersion
    differs: Sequence[Difference]
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """So many would be marked more, or fewer, by one mark."""

    mark: str
    way: str
    number: int
    changes: Sequence[TrialChange]


def seen_by(user: User) -> QuerySet[PolicyVersion]:
    """Those of places in the account's scope and of places around them: they decide there too."""
    paths = granted_paths(user, VIEW)
    around = {int(key) for path in paths for key in path.split(".")}
    return PolicyVersion.objects.filter(Q(place__path__under=paths) | Q(place__in=around)).select_related(
        "place"
    )


def listing(request: HttpRequest) -> HttpResponse:
    user = _viewer(request)
    today = timezone.localdate()
    layers = actions.all_layers()
    lines = [_line(one, layers) for one in seen_by(user)]
    context = {
        "shipped": policy_for(today),
        "in_words": in_words(policy_for(today)),
        "in_force": [one for one in lines if one.in_force],
        "coming": [one for one in lines if _comes(one.version)],
        "drafts": [one for one in lines if one.version.is_draft],
        "past": [one for one in lines if not (one.in_force or _comes(one.version) or one.version.is_draft)],
        "may_add": bool(granted_paths(user, ADD)),
    }
    return render(request, "inventory/policies.html", context)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What it sets, what it would change, and what may be done with it."""
    user = _viewer(request)
    version = get_object_or_404(seen_by(user), pk=pk)
    trial = version.trials.first()
    context = {
        "line": _line(version, actions.all_layers()),
        "version": version,
        "trial": trial,
        "ways": _ways(trial, user) if trial and not trial.busy else [],
        "may_change": version.is_draft and may(user, ADD, version.place),
        "may_publish": version.is_draft and may(user, PUBLISH, version.place),
        "may_withdraw": _comes(version) and may(user, PUBLISH, version.place),
    }
    return render(request, "inventory/policy.html", context)


def add(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    places = _places(user)
    chosen = request.GET.get("place", "")
    place = next((one for one in places if str(one.pk) == chosen), None)
    if chosen and place is None:
        raise Http404
    if place is None and len(places) > 1:
        return render(request, "inventory/policy_place.html", {"places": places})
    place = place or places[0]
    own = actions.own_settings(place, timezone.localdate())
    return _form(request, user, place, own, None)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    draft = _reached(user, pk, ADD)
    return _form(request, user, draft.place, draft.settings, draft)


def _form(
    request: HttpRequest, user: User, place: Place, own: Mapping[str, Any], draft: PolicyVersion | None
) -> HttpResponse:
    """Saved, it is tried out at once."""
    around = actions.above(place, timezone.localdate(), actions.all_layers())
    initial = {"in_force_on": draft.in_force_on, "reason": draft.reason} if draft else {}
    form = PolicyForm(request.POST or None, around=around, own=own, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.draft_policy(
                place=place,
                in_force_on=form.cleaned_data["in_force_on"],
                reason=form.cleaned_data["reason"],
                settings=form.settings(),
                by=str(user),
                draft=draft,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _try(saved, user)
            return redirect("inventory:policy", saved.pk)
    context = {"form": form, "place": place, "around": around, "draft": draft}
    return render(request, "inventory/policy_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    draft = _reached(user, pk, ADD)
    if draft.is_draft:
        _try(draft, user)
    return redirect("inventory:policy", pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    return _done(request, _reached(user, pk, PUBLISH), user, actions.publish)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    return _done(request, _reached(user, pk, PUBLISH), user, actions.withdraw)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    draft = _reached(user, pk, ADD)
    try:
        actions.drop_draft(draft)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("inventory:policy", pk)
    return redirect("inventory:policies")


def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """All that a trial would mark more, or fewer, by one mark."""
    user = _viewer(request)
    version = get_object_or_404(seen_by(user), pk=pk)
    mark, way = request.GET.get("mark", ""), request.GET.get("way", "")
    trial = version.trials.first()
    if trial is None or mark not in list(Mark) or way not in ("more", "fewer"):
        raise Http404
    found = _changed(trial, user, mark, way)
    pages = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "version": version,
        "mark": mark,
        "way": way,
        "pages": pages,
        "address": f"?mark={mark}&way={way}",
    }
    return render(request, "inventory/policy_changes.html", context)


def _viewer(request: HttpRequest) -> User:
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    return user


def _reached(user: User, pk: int, permission: str) -> PolicyVersion:
    """404 for what the account does not see, 403 where it may only look."""
    version = get_object_or_404(seen_by(user), pk=pk)
    demand(user, permission, version.place)
    return version


def _places(user: User) -> list[Place]:
    """Counties and townships where the account may set policies."""
    found = visible(Place.objects.filter(level__lte=Level.TOWNSHIP), user, ADD, place="")
    places = list(found.order_by("level", "code"))
    if not places:
        raise PermissionDenied
    return places


def _try(draft: PolicyVersion, user: User) -> None:
    """Few assets while somebody waits, many in the background."""
    trial = begin_trial(draft, by=str(user))
    if trial.total <= AT_ONCE:
        run_trial(trial)
    else:
        app.configure_task(LATER).defer(trial=trial.pk)


def _done(request: HttpRequest, version: PolicyVersion, user: User, act: Any) -> HttpResponse:
    try:
        done = act(version, by=str(user))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        said = (
            _("Withdrawn.")
            if done.withdrawn_on
            else _("Published as %(version)s.") % {"version": done.version}
        )
        messages.success(request, said)
    return redirect("inventory:policy", version.pk)


def _comes(version: PolicyVersion) -> bool:
    published = not version.is_draft and version.withdrawn_on is None
    return published and version.in_force_on > timezone.localdate()


def _line(version: PolicyVersion, layers: Sequence[Layer]) -> Line:
    today = timezone.localdate()
    day = max(version.in_force_on, today) if version.is_draft else version.in_force_on
    around = actions.above(version.place, day, layers)
    own = laid_over(around, [actions.layer(version)])
    last = in_force(layers, today).get(version.place_id)
    return Line(
        version=version,
        differs=differences(around, own),
        in_force=last is not None and last.version == version.version,
    )


def _changed(trial: PolicyTrial, user: User, mark: str, way: str) -> QuerySet[TrialChange]:
    seen = visible(trial.changes.filter(mark=mark), user, "inventory.view_asset")
    marked = Answer.MARKED.value
    chosen = seen.filter(after=marked) if way == "more" else seen.filter(before=marked)
    return chosen.select_related("asset", "place").order_by("place", "asset__tag")


def _ways(trial: PolicyTrial, user: User) -> list[Way]:
    found = []
    for mark in Mark:
        for way in ("more", "fewer"):
            rows = _changed(trial, user, mark.value, way)
            found.append(Way(mark=mark.value, way=way, number=rows.count(), changes=list(rows[:FIRST])))
    return found
