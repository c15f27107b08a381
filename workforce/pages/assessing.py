"""Assessments: results by township and over time, every attempt, and writing one down."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from itops.organisation.actions.access_records import record_view
from itops.organisation.models import Person, User
from itops.organisation.scope import demand, demand_somewhere, granted_paths, signed_in, visible
from workforce.actions.assessment import assess, reverse_attempt
from workforce.models import Attempt, Paper
from workforce.pages.session_steps import ReasonForm
from workforce.queries.results import by_month, by_township

VIEW, ADD = "workforce.view_attempt", "workforce.add_attempt"
REVERSE = "workforce.reverse_attempt"
A_PAGE = 30


class AttemptForm(forms.Form):
    """Who tried what, when, with which score."""

    paper = forms.ModelChoiceField(label=gettext_lazy("Assessment paper"), queryset=Paper.objects.none())
    person = forms.ModelChoiceField(label=gettext_lazy("Person"), queryset=Person.objects.none())
    day = forms.DateField(
        label=gettext_lazy("Day"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    score = forms.DecimalField(label=gettext_lazy("Score"), max_digits=5, decimal_places=1)


def _form(user: User, data: object = None) -> AttemptForm:
    form = AttemptForm(data)  # type: ignore[arg-type]
    form.fields["paper"].queryset = Paper.objects.filter(archived=False)  # type: ignore[attr-defined]
    people = visible(Person.objects.filter(archived=False), user, ADD, "office__place")
    form.fields["person"].queryset = people.order_by("pinyin")  # type: ignore[attr-defined]
    return form


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    if request.method == "POST":
        return _written(request, user)
    return _show(request, user, _form(user))


def _written(request: HttpRequest, user: User) -> HttpResponse:
    demand_somewhere(user, ADD)
    form = _form(user, request.POST)
    if not form.is_valid():
        return _show(request, user, form, status=422)
    given = form.cleaned_data
    demand(user, ADD, given["person"].office.place)
    try:
        made = assess(given["paper"], given["person"], day=given["day"], score=given["score"], by=user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _show(request, user, form, status=422)
    said = _("passed") if made.passed else _("not passed")
    messages.success(request, _("%(attempt)s: %(said)s, #%(entry)d in the log.") % {
        "attempt": made, "said": said, "entry": made.entry})  # fmt: skip
    return redirect("workforce:assessing")


def _show(request: HttpRequest, user: User, form: AttemptForm, status: int = 200) -> HttpResponse:
    seen = visible(Attempt.objects.all(), user, VIEW, "person__office__place")
    standing = seen.filter(reversed_at=None)
    rows = Paginator(seen.select_related("person__office", "paper", "assessor"), A_PAGE)
    shown = rows.get_page(request.GET.get("page"))
    places = by_township(standing)
    record_view(request, what="training", count=len(shown))
    context = {
        "rows": shown,
        "places": places,
        "months": by_month(standing)[:12],
        "tried": sum(one.tried for one in places),
        "passed": sum(one.passed for one in places),
        "form": form,
        "may_add": bool(granted_paths(user, ADD)),
        "may_reverse": bool(granted_paths(user, REVERSE)),
    }
    return render(request, "workforce/assessing.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverse a result, with its reason."""
    user = signed_in(request)
    attempt = get_object_or_404(visible(Attempt.objects.all(), user, VIEW, "person__office__place"), pk=pk)
    demand(user, REVERSE, attempt.person.office.place)
    form = ReasonForm(request.POST)
    try:
        reverse_attempt(attempt, reason=form.cleaned_data["reason"] if form.is_valid() else "", by=user)
        messages.success(request, _("The entry was reversed. What is right is written down anew."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("workforce:assessing")
