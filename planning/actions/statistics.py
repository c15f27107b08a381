"""Count a month, confirm its figures, correct them, explain what differs from what was reported by hand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.models import Place, User
from itops.organisation.scope import demand
from planning.actions.counting import County, counties_on, last_counted, townships_in
from planning.models import Indicator, IndicatorDefinition, MonthlyFigure, ReportedFigure
from planning.statistics.facts import Township
from planning.statistics.indicators import IN_FORCE_FROM, STANDARD_SET
from planning.statistics.months import Month, month_of
from planning.statistics.rules import Counted, Rule, counted, together

CONFIRM = "planning.confirm_monthlyfigure"
CHANGING = (
    *("definition_id", "part", "whole", "untold", "generated", "townships", "lacking"),
    *("as_of", "office_id", "county_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How many figures a counting added, changed, found as they were, and left because they are frozen."""

    added: int = 0
    changed: int = 0
    same: int = 0
    frozen: int = 0


def ensure_indicators(*, by: str) -> None:
    """The indicators a county begins with; one that is there stays as the county made it."""
    with acting(by), transaction.atomic():
        there = set(Indicator.objects.values_list("code", flat=True))
        for known in STANDARD_SET:
            if known.code in there:
                continue
            made = Indicator.objects.create(code=known.code, name=known.name, name_en=known.name_en)
            IndicatorDefinition.objects.create(
                indicator=made,
                starts=IN_FORCE_FROM,
                rule=known.rule.value,
                text=known.text,
                text_en=known.text_en,
            )


def count(month: Month, *, by: str) -> Done:
    """Count every indicator of every county; frozen figures stay. A second time changes nothing."""
    today = timezone.localdate()
    if month.first > today:
        raise ValidationError(_("That month is still to come."), code="future")
    ensure_indicators(by=by)
    day = last_counted(month, today)
    with acting(by), transaction.atomic():
        _one_at_a_time()
        return _store(month, list(_figures(month, day)))


def settled(month: Month) -> bool:
    """Whether the month was counted and everything in it is frozen."""
    frozen = {one.frozen for one in MonthlyFigure.objects.filter(month=month.first).current()}
    return frozen == {True}


def confirm(month: Month, county: Place, indicators: Iterable[Indicator], *, by: User) -> int:
    """Freeze the figures of these indicators in the whole county; how many were frozen."""
    with acting(by.actor), transaction.atomic():
        return sum(_confirm(month, county, indicator, by) for indicator in indicators)


def correct(month: Month, county: Place, indicator: Indicator, *, reason: str, by: User) -> int:
    """Count again, and set another version beside each frozen figure that is now another; how many."""
    demand_answering(indicator, county, by)
    if not reason.strip():
        raise ValidationError(_("A correction needs a reason."), code="reason")
    day = last_counted(month, timezone.localdate())
    with acting(by.actor), transaction.atomic():
        _one_at_a_time()
        before = _latest(month)
        corrected = [
            _another_version(before[key], fresh, reason.strip())
            for key, fresh in _keyed(_figures(month, day, only=indicator, county=county.pk))
            if key in before and before[key].frozen and before[key].counted != fresh.counted
        ]
        if not corrected:
            raise ValidationError(_("Counted again, the figures are the same."), code="same")
        MonthlyFigure.objects.bulk_create(corrected)
    return len(corrected)


def explain(reported: ReportedFigure, figure: MonthlyFigure, *, text: str, by: User) -> None:
    """Say why what was reported differs from what was counted; it holds until either becomes another."""
    demand(by, "planning.change_reportedfigure", reported.place)
    if not text.strip():
        raise ValidationError(_("Say why the figures differ."), code="explanation")
    with acting(by.actor):
        reported.explanation = text.strip()[:400]
        reported.explained_of = reported.compared(figure)
        reported.explained_by, reported.explained_at = by, timezone.now()
        reported.save(update_fields=["explanation", "explained_of", "explained_by", "explained_at"])


def may_answer(indicator: Indicator, county: Place, by: User) -> bool:
    """Whoever holds the permission there and belongs to the reporting office."""
    try:
        demand_answering(indicator, county, by)
    except (PermissionDenied, ValidationError):
        return False
    return True


def demand_answering(indicator: Indicator, county: Place, by: User) -> None:
    """PermissionDenied without the permission; ValidationError when it is not the own office's figure."""
    demand(by, CONFIRM, county)
    if indicator.office_id is None:
        said = _("No office answers for %(name)s yet: name it on the indicator.")
        raise ValidationError(said % {"name": indicator}, code="no_office")
    if by.person is None or by.person.office_id != indicator.office_id:
        said = _("%(office)s answers for %(name)s: somebody of that office confirms it.")
        raise ValidationError(said % {"office": indicator.office, "name": indicator}, code="office")


def definitions_on(day: date) -> list[IndicatorDefinition]:
    """Of each indicator the version in force, in the order of their codes."""
    found = (
        IndicatorDefinition.objects.filter(starts__lte=day, indicator__archived=False)
        .select_related("indicator__office")
        .order_by("indicator_id", "-starts")
        .distinct("indicator_id")
    )
    return sorted(found, key=lambda one: one.indicator.code)


def counted_in(definition: IndicatorDefinition, townships: Sequence[Township]) -> Mapping[int, Counted]:
    """By township."""
    rule = Rule(definition.rule)
    return {one.place: counted(rule, one) for one in townships}


def _figures(
    month: Month, day: date, *, only: Indicator | None = None, county: int | None = None
) -> Iterator[MonthlyFigure]:
    """Fresh figures of all counties, or of one."""
    definitions = [one for one in definitions_on(month.first) if only is None or one.indicator_id == only.pk]
    for one in counties_on(day):
        if county in (None, one.place):
            townships = townships_in(month, day, one.townships)
            for definition in definitions:
                yield from _of_county(month, day, one, definition, townships)


def _of_county(
    month: Month, day: date, county: County, definition: IndicatorDefinition, townships: Sequence[Township]
) -> Iterator[MonthlyFigure]:
    found = counted_in(definition, townships)
    whole = together(Rule(definition.rule), found.values())
    for place, one in [(county.place, whole), *found.items()]:
        yield MonthlyFigure(
            indicator=definition.indicator,
            definition=definition,
            month=month.first,
            place_id=place,
            county_id=county.place,
            part=one.part,
            whole=one.whole,
            untold=one.untold,
            generated=one.generated,
            townships=one.townships,
            lacking=one.lacking.value if one.lacking else "",
            as_of=day,
            office=definition.indicator.office,
        )


Key = tuple[int, int]
"""Indicator and place."""


def _keyed(figures: Iterable[MonthlyFigure]) -> Iterator[tuple[Key, MonthlyFigure]]:
    return (((one.indicator_id, one.place_id), one) for one in figures)


def _latest(month: Month) -> dict[Key, MonthlyFigure]:
    stored = MonthlyFigure.objects.filter(month=month.first).order_by("version").select_for_update()
    return dict(_keyed(stored))


def _store(month: Month, fresh: Sequence[MonthlyFigure]) -> Done:
    before = _latest(month)
    new = [one for key, one in _keyed(fresh) if key not in before]
    kept = [(before[key], one) for key, one in _keyed(fresh) if key in before]
    open_ = [(stored, one) for stored, one in kept if not stored.frozen]
    changed = [stored for stored, one in open_ if _taken_over(stored, one)]
    MonthlyFigure.objects.bulk_create(new)
    MonthlyFigure.objects.bulk_update(changed, [name.removesuffix("_id") for name in CHANGING])
    _drop_gone(before.values(), {id(stored) for stored, _one in kept})
    return Done(
        added=len(new),
        changed=len(changed),
        same=len(open_) - len(changed),
        frozen=len(kept) - len(open_),
    )


def _taken_over(stored: MonthlyFigure, fresh: MonthlyFigure) -> bool:
    """Whether anything became another; then the stored one says the same."""
    if all(getattr(stored, name) == getattr(fresh, name) for name in CHANGING):
        return False
    for name in CHANGING:
        setattr(stored, name, getattr(fresh, name))
    return True


def _drop_gone(before: Iterable[MonthlyFigure], kept: set[int]) -> None:
    """What is not counted any more (a township that was none then) and was never confirmed."""
    gone = [one.pk for one in before if id(one) not in kept and not one.frozen]
    MonthlyFigure.objects.filter(pk__in=gone).delete()


def _another_version(before: MonthlyFigure, fresh: MonthlyFigure, reason: str) -> MonthlyFigure:
    fresh.version, fresh.reason = before.version + 1, reason
    return fresh


def _confirm(month: Month, county: Place, indicator: Indicator, by: User) -> int:
    demand_answering(indicator, county, by)
    latest = {
        one.place_id: one
        for one in MonthlyFigure.objects.select_for_update()
        .filter(month=month.first, county=county, indicator=indicator)
        .order_by("version")
    }
    waiting = [one for one in latest.values() if not one.frozen]
    _demand_confirmable(month, indicator, list(latest.values()), waiting)
    now = timezone.now()
    for one in waiting:
        one.confirmed_at, one.confirmed_by, one.office_id = now, by, indicator.office_id
    return MonthlyFigure.objects.bulk_update(waiting, ["confirmed_at", "confirmed_by", "office"])


def _demand_confirmable(
    month: Month, indicator: Indicator, latest: Sequence[MonthlyFigure], waiting: Sequence[MonthlyFigure]
) -> None:
    name = {"name": str(indicator), "month": str(month)}
    if not latest:
        raise ValidationError(_("%(name)s of %(month)s is not counted yet.") % name, code="none")
    if not waiting:
        who = {"by": str(latest[0].confirmed_by)}
        said = _("%(name)s of %(month)s is confirmed already, by %(by)s.")
        raise ValidationError(said % (name | who), code="confirmed")
    if any(one.as_of != month.last for one in waiting) or month_of(timezone.localdate()) <= month:
        raise ValidationError(
            _("%(month)s is not over: its figures may still change.") % name, code="running"
        )
    if any(one.generated for one in waiting):
        said = _("%(name)s of %(month)s rests on generated demonstration data, which proves nothing.")
        raise ValidationError(said % name, code="generated")


def _one_at_a_time() -> None:
    """Two who count at once follow each other."""
    list(Indicator.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
