"""Is it there? What silence means, and what people found when they looked."""

from datetime import date, timedelta

from inventory.marks.case import Case, Numbers
from inventory.marks.findings import Finding, Lack, Lacking, Outcome, Passed
from inventory.marks.mark import Mark
from inventory.marks.window import Gist

SILENT = "silent_unconfirmed"
NOT_FOUND = "not_found"


def missing(silent: Outcome, looked: Outcome | None) -> list[Outcome]:
    """What `silence` and `looked_for` say together: a person's recent find needs no answer of the network."""
    if looked is None:
        return [silent]
    if isinstance(looked, Passed) and isinstance(silent, Lack):
        return [looked]
    return [looked, silent]


def silence(case: Case, looked: Outcome | None) -> Outcome:
    """Silent for N observable office days: unused if a person found it lately, else missing, unconfirmed."""
    if case.deaf is None and case.has(Gist.SILENT):
        if case.has(Gist.ONLY_GENERATED):
            return case.lack(Mark.MISSING, SILENT, Lacking.GENERATED_ONLY, _numbers(case))
        return _silent(case, looked)
    if case.has(Gist.FRESH):
        if case.has(Gist.SEEN_GENERATED):
            return case.lack(Mark.MISSING, SILENT, Lacking.GENERATED_ONLY, _numbers(case))
        return case.passed(Mark.MISSING, SILENT, _numbers(case))
    return case.lack(Mark.MISSING, SILENT, case.deaf or Lacking.TOO_FEW_DAYS, _numbers(case))


def looked_for(case: Case) -> Outcome | None:
    """A person looked and did not find it: missing, confirmed, until a later (or same day's) find.

    In a demonstration the people are invented as well: without a real observation they say nothing.
    """
    if case.has(Gist.ONLY_GENERATED):
        return None
    found_on = case.found_on
    looks = sorted(
        sighting.on
        for sighting in case.facts.sightings
        if not sighting.found and sighting.on <= case.today and (found_on is None or sighting.on > found_on)
    )
    if looks:
        return case.finding(Mark.MISSING, NOT_FOUND, _looks(case, looks), since=looks[0])
    if _recent(found_on, case.policy.sighting_holds_days, case.today):
        holds = case.policy.sighting_holds_days
        return case.passed(Mark.MISSING, NOT_FOUND, {"found_on": found_on, "threshold": holds})
    return None


def _silent(case: Case, looked: Outcome | None) -> Finding:
    crossed = case.window.silent_since or case.today
    sought_on = looked.since if isinstance(looked, Finding) else None
    if sought_on is None and _recent(case.found_on, case.policy.found_within_days, case.today):
        return _finding(case, Mark.UNUSED, "silent", max(crossed, _first_found(case, crossed)))
    return _finding(case, Mark.MISSING, SILENT, max(crossed, _lost_on(case, crossed, sought_on)))


def _lost_on(case: Case, crossed: date, sought_on: date | None) -> date:
    """When the last find stopped counting: by its age, or because a later look was in vain."""
    if case.found_on is None:
        return crossed
    expired = case.found_on + timedelta(days=case.policy.found_within_days)
    return min(expired, sought_on) if sought_on else expired


def _first_found(case: Case, crossed: date) -> date:
    """The first find that still counted on the day silence was long enough, or came after it."""
    oldest = crossed - timedelta(days=case.policy.found_within_days)
    return min(s.on for s in case.facts.sightings if s.found and oldest < s.on <= case.today)


def _finding(case: Case, mark: Mark, what: str, since: date) -> Finding:
    return case.finding(mark, what, _numbers(case), since=since, window_from=case.window.start)


def _numbers(case: Case) -> Numbers:
    return {
        "measured": case.window.silent_days,
        "threshold": case.limits.silent_office_days,
        "found_on": case.found_on,
        "found_within_days": case.policy.found_within_days,
        **case.observed(),
    }


def _looks(case: Case, looks: list[date]) -> Numbers:
    return {
        "looks": len(looks),
        "looked_on": looks[-1],
        "found_on": case.found_on,
        "last_seen_on": case.window.last_seen_on,
    }


def _recent(day: date | None, days: int, today: date) -> bool:
    return day is not None and (today - day).days < days
