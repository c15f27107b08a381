"""Scenarios: which money over which years, what is demanded, and the plans that came out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from itops.crud.yuan import NOT_NEGATIVE, YuanField
from itops.organisation.scope import signed_in
from planning.actions.scenarios import archive, ask, free_for
from planning.jobs import solve_scenario
from planning.models import FundingSource, Scenario, ScenarioFloor
from planning.pages import must_dos
from planning.pages.access import ADD, CHANGE, demand_for_county, demand_view, may_for_county
from planning.pages.compared import ways
from planning.pages.floors import FloorFields
from planning.pages.troubles import trouble
from planning.pages.words import money


class ScenarioForm(forms.ModelForm):  # type: ignore[type-arg]
    """`floor_needs` and `floor_fen` hold for each township that has no floor of its own in `floors`."""

    floor_needs = forms.IntegerField(
        label=gettext_lazy("Needs met in each township at the least"), min_value=0, max_value=1000, initial=0
    )
    floor_fen = YuanField(
        label=gettext_lazy("Purchases in each township at the least (yuan)"),
        initial=0,
        required=False,
        validators=[NOT_NEGATIVE],
    )

    class Meta:
        model = Scenario
        fields = ("name", "first_year", "years", "delay_bp", "sources")
        widgets = {"sources": forms.CheckboxSelectMultiple}

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        offered: Any = self.fields["sources"]
        offered.queryset = FundingSource.objects.filter(archived=False)
        self.floors = FloorFields(self.data if self.is_bound else None, self.instance)
        self.initial["floor_needs"], self.initial["floor_fen"] = self.floors.usual

    def is_valid(self) -> bool:
        """The form and the floors of single townships, both looked at."""
        return all([super().is_valid(), self.floors.is_valid()])

    def clean(self) -> dict[str, Any]:
        """Each source within the years, each with the source that matches it."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        sources = list(said.get("sources") or ())
        if said.get("first_year") and said.get("years"):
            years = range(said["first_year"], said["first_year"] + said["years"])
            for one in sources:
                if one.year not in years:
                    self.add_error("sources", _("%(name)s is no money of these years.") % {"name": one})
        for one in sources:
            if one.matched_by is not None and one.matched_by not in sources:
                names = {"name": one, "match": one.matched_by}
                self.add_error("sources", _("%(name)s is matched by %(match)s: take both.") % names)
        return said

    def keep(self) -> Scenario:
        """Write it with its floors."""
        with transaction.atomic():
            scenario: Scenario = self.save()
            scenario.floors.all().delete()
            usual = (self.cleaned_data["floor_needs"], self.cleaned_data["floor_fen"] or 0)
            ScenarioFloor.objects.bulk_create(self.floors.of(scenario, usual))
        return scenario


def listing(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_view(user)
    scenarios = Scenario.objects.filter(archived=False).prefetch_related("plans", "sources")
    lines = [
        (one, one.plans.all(), money(sum(each.limit_fen for each in one.sources.all()))) for one in scenarios
    ]
    return render(request, "planning/scenarios.html", {"lines": lines, "may_add": may_for_county(user, ADD)})


def add(request: HttpRequest) -> HttpResponse:
    demand_for_county(signed_in(request), ADD)
    return _form(request, ScenarioForm(request.POST or None), _("New scenario"))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    demand_for_county(signed_in(request), CHANGE)
    scenario = get_object_or_404(Scenario, pk=pk, archived=False)
    return _form(request, ScenarioForm(request.POST or None, instance=scenario), str(scenario))


def _form(request: HttpRequest, form: ScenarioForm, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        return redirect("planning:scenario", form.keep().pk)
    status = 422 if form.is_bound else 200
    return render(request, "planning/scenario_form.html", {"form": form, "title": title}, status=status)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, what came out, and why there is no plan where there is none."""
    user = signed_in(request)
    demand_view(user)
    scenario = get_object_or_404(Scenario, pk=pk)
    sources = list(scenario.sources.select_related("matched_by").prefetch_related("categories"))
    free = free_for(scenario, sources)
    context = {
        "scenario": scenario,
        "sources": [(one, money(one.limit_fen), money(free[one.pk])) for one in sources],
        "budget": money(sum(free.values())),
        "floors": [(names, needs, money(fen)) for (needs, fen), names in _floors(scenario)],
        "musts": must_dos.chosen(scenario),
        "asked": request.GET.get("q", ""),
        "found": must_dos.found(scenario, request.GET.get("q", "")),
        "plans": [
            (one, money(one.cost_fen), money(one.saved_fen), ways(one, 0))
            for one in scenario.plans.defer("inputs")
        ],
        "trouble": trouble(scenario, sources),
        "may_change": may_for_county(user, CHANGE),
    }
    return render(request, "planning/scenario.html", context)


def _floors(scenario: Scenario) -> list[tuple[tuple[int, int], list[str]]]:
    """Townships that get the same at the least, together; those of the most townships first."""
    together: dict[tuple[int, int], list[str]] = {}
    for one in scenario.floors.select_related("place"):
        together.setdefault((one.needs, one.fen), []).append(one.place.short_name())
    return sorted(together.items(), key=lambda item: -len(item[1]))


@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Archive it, or take it back."""
    user = signed_in(request)
    demand_for_county(user, CHANGE)
    scenario = get_object_or_404(Scenario, pk=pk)
    archive(scenario, archived=not scenario.archived, by=user)
    said = (
        _("It is archived: its plan counts on no money any more.")
        if not scenario.archived
        else _("It is back.")
    )
    messages.success(request, said)
    return redirect("planning:scenario", pk)


@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a plan; the queue solves it."""
    user = signed_in(request)
    demand_for_county(user, "planning.add_plan")
    scenario = get_object_or_404(Scenario, pk=pk, archived=False)
    ask(scenario, by=user)
    solve_scenario.defer(scenario=scenario.pk, by=user.actor)
    messages.success(request, _("The plan is being made. Look again in a moment."))
    return redirect("planning:scenario", pk)
