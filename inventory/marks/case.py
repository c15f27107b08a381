"""One asset on one day, as the rules look at it: facts, thresholds, window, and what people found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Finding, Lack, Lacking, Passed
from inventory.marks.kind import Condition
from inventory.marks.mark import Mark
from inventory.marks.policy import KindPolicy, Policy
from inventory.marks.window import Gist, Window, look_back

Numbers = Mapping[str, int | float | str | date | None]
NOTHING: Numbers = {}
PUT_AWAY = {Condition.IN_STORAGE: Lacking.IN_STORAGE, Condition.UNDER_REPAIR: Lacking.UNDER_REPAIR}


@dataclass(slots=True, kw_only=True)
class Case:
    """`deaf` says why silence and disuse prove nothing here; None when they do.

    `found_on` is the last day on which a person found it.
    """

    facts: AssetFacts
    policy: Policy
    limits: KindPolicy
    today: date
    window: Window
    deaf: Lacking | None
    found_on: date | None

    def has(self, gist: Gist) -> bool:
        return bool(self.window.gist & gist)

    def rule(self, mark: Mark, what: str) -> str:
        return f"{mark}.{self.facts.kind}.{what}"

    def finding(
        self, mark: Mark, what: str, numbers: Numbers, *, since: date, window_from: date | None = None
    ) -> Finding:
        rule = self.rule(mark, what)
        return Finding(
            mark=mark,
            rule=rule,
            marking=self.policy.marks(rule),
            numbers=plain(numbers),
            window_from=window_from or since,
            window_to=self.today,
            since=since,
        )

    def lack(self, mark: Mark, what: str, code: Lacking, numbers: Numbers = NOTHING) -> Lack:
        return Lack(mark=mark, rule=self.rule(mark, what), code=code, numbers=plain(numbers))

    def passed(self, mark: Mark, what: str, numbers: Numbers) -> Passed:
        return Passed(mark=mark, rule=self.rule(mark, what), numbers=plain(numbers))

    def in_force_from(self) -> date:
        """For a property without a date: since when the policy asks for it and the asset is in service."""
        asked = self.policy.in_force_on
        return min(max(asked, self.facts.in_service_on or asked), self.today)

    def observed(self) -> Numbers:
        """The numbers of the window that every finding about silence or use shows."""
        window = self.window
        return {
            "window_days": window.length,
            "office_days": window.office_days,
            "observable_days": window.observable_days,
            "seen_days": window.seen_days,
            "generated_days": window.generated_days,
            "last_seen_on": window.last_seen_on,
        }


def open_case(facts: AssetFacts, policy: Policy, today: date, window: Window | None = None) -> Case:
    """Look back over the days once, for all rules, unless somebody has already."""
    window = window or look_back(facts.days, facts.kind, today, policy)
    return Case(
        facts=facts,
        policy=policy,
        limits=policy.kinds[facts.kind],
        today=today,
        window=window,
        deaf=_deaf(facts, window, today),
        found_on=max((seen.on for seen in facts.sightings if seen.found and seen.on <= today), default=None),
    )


def plain(numbers: Numbers) -> dict[str, int | str]:
    """Whole numbers and ISO days; what is not known is left out."""
    return {name: _plain(value) for name, value in numbers.items() if value is not None}


def _plain(value: int | float | str | date) -> int | str:
    if isinstance(value, (int, str)):
        return value
    return round(value) if isinstance(value, float) else value.isoformat()


def _deaf(facts: AssetFacts, window: Window, today: date) -> Lacking | None:
    if put_away := PUT_AWAY.get(facts.condition):
        return put_away
    if facts.confidential:
        return Lacking.CONFIDENTIAL
    if not facts.probed:
        return Lacking.NOT_PROBED
    observed_before = facts.first_observed_on is not None and facts.first_observed_on <= today
    return None if window.gist & Gist.SEEN or observed_before else Lacking.NEVER_OBSERVED
