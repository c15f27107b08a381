"""Ask for a plan, solve a scenario, publish what came out."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.models import User
from planning.actions.needs import Known, kind_of, needs_on
from planning.models import FundingSource, LedgerLine, Plan, PlanLine, Project, Scenario
from planning.money.amounts import WHOLE
from planning.optimiser import plan as optimised
from planning.optimiser.faults import UnusableScenario
from planning.optimiser.fingerprint import canonical
from planning.optimiser.frontier import points
from planning.optimiser.need import Need
from planning.optimiser.rules_of_thumb import Thumb, by_thumb
from planning.optimiser.scenario import Floor, Source
from planning.optimiser.scenario import Scenario as Asked
from planning.optimiser.solve import solve

DRAWN = 0.005  # near enough for a bar of the frontier: to the last tenth of a percent it takes twenty times as long
STEPS = (2_500, 5_000, 7_500, 10_000, 12_500, 15_000)  # basis points of the budget


COUNTED, SOLVED, DRAWN_ALL = 10, 40, 90  # percent of the way


def ask(scenario: Scenario, *, by: User) -> None:
    """Note that a plan is asked for; the queue makes it."""
    with acting(by.actor):
        Scenario.objects.filter(pk=scenario.pk).update(asked_at=timezone.now(), done=0, trouble="")


def work_out(scenario: Scenario, *, by: str) -> Plan | None:
    """Solve it as the needs and the money stand now; None, and why, when there is no plan."""
    known = needs_on(timezone.localdate())
    asked = as_asked(scenario, known)
    _tell(scenario, COUNTED)
    found = _solved(scenario, asked)
    if found is None:
        return None
    _tell(scenario, SOLVED)
    drawn, compared = list(_frontier(scenario, asked, found)), _compared(asked)
    with acting(by), transaction.atomic():
        made = _kept(scenario, asked, found, by, drawn, compared)
        PlanLine.objects.bulk_create(_lines(made, found, asked, known))
        Scenario.objects.filter(pk=scenario.pk).update(asked_at=None, done=0, trouble="")
    return made


def break_off(scenario: Scenario) -> None:
    """A fault of the program kept it from being solved: whoever waits is told."""
    _no_plan(scenario, {"broken": True})


def _tell(scenario: Scenario, percent: int) -> None:
    """How far it is, for those who wait."""
    Scenario.objects.filter(pk=scenario.pk).update(done=percent)


def _solved(scenario: Scenario, asked: Asked) -> optimised.Plan | None:
    """None, and why is noted, where it cannot be used or its demands clash."""
    unheard_of = _unheard_of(scenario, asked)
    if unheard_of:
        _no_plan(scenario, {"faults": [["no_need", "need", key] for key in unheard_of]})
        return None
    try:
        found = solve(asked)
    except UnusableScenario as wrong:
        _no_plan(scenario, {"faults": [[one.code, one.subject, one.key] for one in wrong.faults]})
        return None
    if isinstance(found, optimised.Clash):
        demands = [[one.code, one.key, dict(one.numbers)] for one in found.demands]
        _no_plan(scenario, {"demands": demands, "short": found.short})
        return None
    return found


def publish(plan: Plan, *, by: User) -> Plan:
    """Freeze it. Of two who publish at once the second is told; so is who would spend money that is gone."""
    with acting(by.actor), transaction.atomic():
        Scenario.objects.select_for_update(no_key=True).get(pk=plan.scenario_id)
        first = Plan.objects.filter(scenario=plan.scenario_id, published_at__isnull=False).first()
        if first is not None:
            said = _("%(name)s published a plan of this scenario at %(at)s already.")
            at = f"{timezone.localtime(first.published_at):%Y-%m-%d %H:%M}"
            raise ValidationError(said % {"name": first.published_by, "at": at}, code="published")
        fresh = Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        _demand_unchanged(fresh)
        fresh.published_at, fresh.published_by = timezone.now(), by
        fresh.save(update_fields=["published_at", "published_by"])
    return fresh


def spent_by_source(plan: Plan) -> Mapping[int, int]:
    """Fen that its lines take from each source."""
    found: Counter[int] = Counter()
    for paid in plan.lines.values_list("paid_by", flat=True):
        for source, fen in paid:
            found[source] += fen
    return found


@dataclass(frozen=True, slots=True)
class Short:
    """A source that no longer pays for a plan: what the plan takes of it, and what is left for it."""

    source: FundingSource
    taken: int
    left: int


def short_sources(plan: Plan, *, lock: bool = False) -> list[Short]:
    """Sources that were cut, archived or given away since; what went to the plan's own projects counts as left.

    What other published plans count on is given away as well. Under the lock two plans are looked at one by one.
    """
    taken = spent_by_source(plan)
    asked = FundingSource.objects.filter(pk__in=taken).order_by("pk")
    sources = list(asked.select_for_update(no_key=True) if lock else asked)
    given, promised = _given(taken, besides=plan), _promised(taken, besides=plan.scenario_id)
    found = [
        Short(one, taken[one.pk], 0 if one.archived else one.limit_fen - given[one.pk] - promised[one.pk])
        for one in sources
    ]
    return [one for one in found if one.left < one.taken]


def _demand_unchanged(plan: Plan) -> None:
    if hashlib.sha256(plan.inputs.encode()).hexdigest() != plan.fingerprint:
        raise ValidationError(_("The inputs are not those of which the hash was taken."), code="hash")
    short = short_sources(plan, lock=True)
    if short:
        names = _(", ").join(str(one.source) for one in short)
        raise ValidationError(
            _("%(names)s no longer has the money: solve the scenario again.") % {"names": names}, code="short"
        )


def as_asked(scenario: Scenario, known: Known) -> Asked:
    """The scenario as the optimiser takes it: each source with what is neither allocated nor promised yet."""
    sources = list(scenario.sources.prefetch_related("categories").order_by("pk"))
    free = free_for(scenario, sources)
    musts = set(scenario.musts.values_list("need", flat=True))
    return Asked(
        years=scenario.all_years,
        needs=tuple(_need(need, musts) for need in known.counted.needs),
        sources=tuple(_source(one, free[one.pk]) for one in sources),
        floors=tuple(
            Floor(place=str(one.place_id), needs=one.needs, fen=one.fen) for one in scenario.floors.all()
        ),
        delay=scenario.delay_bp,
    )


def free_for(scenario: Scenario, sources: Sequence[FundingSource]) -> Mapping[int, int]:
    """What a plan of the scenario may take of each: neither allocated nor counted on by another published plan."""
    keys = [one.pk for one in sources]
    given, promised = _given(keys), _promised(keys, besides=scenario.pk)
    return {one.pk: max(one.limit_fen - given[one.pk] - promised[one.pk], 0) for one in sources}


def archive(scenario: Scenario, *, archived: bool, by: User) -> None:
    """Away with it: what its published plan counts on is free again. Taken back it counts as before."""
    with acting(by.actor):
        Scenario.objects.filter(pk=scenario.pk).update(archived=archived)


def _unheard_of(scenario: Scenario, asked: Asked) -> list[str]:
    """Must-dos that are no need today: never silently left out."""
    keys = {need.key for need in asked.needs}
    return [key for key in scenario.musts.values_list("need", flat=True) if key not in keys]


def _need(need: Need, musts: set[str]) -> Need:
    return Need(
        key=need.key,
        place=need.place,
        remedies=need.remedies,
        must=need.key in musts,
        since=need.since,
        severity=need.severity,
    )


def _source(one: FundingSource, free: int) -> Source:
    permitted = frozenset(each.category for each in one.categories.all())
    return Source(
        key=str(one.pk),
        years=(one.year,),
        limit=free,
        categories=permitted or None,
        match=one.match_bp,
        matched_by=str(one.matched_by_id) if one.matched_by_id else "",
    )


def _given(sources: Iterable[int], besides: Plan | None = None) -> Counter[int]:
    """What of each source lines have allocated; to projects of a plan, if one is named, not counted."""
    found: Counter[int] = Counter()
    lines = LedgerLine.objects.filter(source__in=list(sources), entry="allocation")
    if besides is not None:
        lines = lines.exclude(project__in=Project.objects.filter(plan=besides))
    for source, fen in lines.values_list("source", "fen"):
        found[source] += fen
    return found


def _promised(sources: Iterable[int], besides: int) -> Counter[int]:
    """What published plans of other scenarios count on of each source, less what their own projects have of it."""
    asked, found = set(sources), Counter[int]()
    plans = Plan.objects.filter(published_at__isnull=False, scenario__archived=False).exclude(
        scenario=besides
    )
    for plan in plans.filter(scenario__sources__in=asked).distinct().defer("inputs"):
        own = _given(asked) - _given(asked, besides=plan)
        found.update(
            {key: max(fen - own[key], 0) for key, fen in spent_by_source(plan).items() if key in asked}
        )
    return found


def _no_plan(scenario: Scenario, trouble: Mapping[str, object]) -> None:
    said = json.dumps(trouble, ensure_ascii=False)
    Scenario.objects.filter(pk=scenario.pk).update(asked_at=None, done=0, trouble=said)


def _kept(
    scenario: Scenario,
    asked: Asked,
    found: optimised.Plan,
    by: str,
    drawn: Sequence[Sequence[int | None]],
    compared: Sequence[Sequence[int | str]],
) -> Plan:
    best = (max(remedy.benefit for remedy in need.remedies) for need in asked.needs)
    return Plan.objects.create(
        scenario=scenario,
        made_at=timezone.now(),
        made_by=by,
        fingerprint=found.inputs,
        inputs=canonical(asked),
        budget_fen=asked.budget,
        cost_fen=found.fen,
        saved_fen=found.saved,
        worth=found.worth,
        bound=found.bound,
        everything=sum(best) * WHOLE,
        gap_ppm=found.gap_ppm,
        frontier=drawn,
        compared=compared,
    )


def _frontier(scenario: Scenario, asked: Asked, found: optimised.Plan) -> Iterator[list[int | None]]:
    """Each point is a program of its own: how many are found is told."""
    for number, one in enumerate(points(asked, STEPS, gap=DRAWN, solved=found), start=1):
        _tell(scenario, SOLVED + (DRAWN_ALL - SOLVED) * number // len(STEPS))
        yield [one.budget, one.worth]


def _compared(asked: Asked) -> list[list[int | str]]:
    found = (by_thumb(asked, rule) for rule in Thumb)
    return [[one.rule.value, one.worth, one.fen, len(one.needs)] for one in found]


def _lines(made: Plan, found: optimised.Plan, asked: Asked, known: Known) -> Iterator[PlanLine]:
    choices = {choice.need: choice for choice in found.choices}
    paid = _paid(found)
    needs = {need.key: need for need in asked.needs}
    for reason in found.reasons:
        choice, need = choices.get(reason.need), needs[reason.need]
        numbers = reason.numbers
        way = choice.remedy.way.value if choice else str(numbers["way"])
        yield PlanLine(
            plan=made,
            need=need.key,
            place_id=int(need.place),
            kind=kind_of(need.key, known).value,
            subject=choice.remedy.asset if choice else "",
            chosen=reason.chosen,
            way=way,
            year=choice.year if choice else None,
            fen=choice.fen if choice else int(numbers["fen"]),
            worth=choice.worth if choice else int(numbers["worth"]),
            code=reason.code.value,
            numbers=dict(numbers),
            paid_by=paid[need.key],
        )


def _paid(found: optimised.Plan) -> Mapping[str, list[list[int]]]:
    """By need: which source pays how much of it, matches counted with those that give them."""
    of: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for line in found.lines:
        of[line.need][int(line.source)] += line.fen - line.matched
        if line.matched:
            of[line.need][int(line.matched_by)] += line.matched
    sums = {need: [[source, fen] for source, fen in sorted(one.items()) if fen] for need, one in of.items()}
    return defaultdict(list, sums)
