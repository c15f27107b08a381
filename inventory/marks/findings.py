"""What the rules answer: findings with the numbers that prove them, what was lacking, and what passed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inventory.marks.facts import Waiver
from inventory.marks.mark import Answer, Mark

Numbers = Mapping[str, int | str]  # days are ISO texts; durations and shares carry their unit in the name


class Lacking(StrEnum):
    """Why a rule could not be judged."""

    NEVER_OBSERVED = "never_observed"
    NOT_PROBED = "not_probed"
    CONFIDENTIAL = "confidential"
    IN_STORAGE = "in_storage"
    UNDER_REPAIR = "under_repair"
    TOO_FEW_DAYS = "too_few_days"
    NOT_MEASURED = "not_measured"
    GENERATED_ONLY = "generated_only"
    NOT_LOCATED = "not_located"
    SUPPORT_UNKNOWN = "support_unknown"
    SYSTEM_UNKNOWN = "system_unknown"
    EDITION_UNKNOWN = "edition_unknown"
    AGE_UNKNOWN = "age_unknown"
    SPECIFICATION_UNKNOWN = "specification_unknown"
    MAINTENANCE_UNKNOWN = "maintenance_unknown"
    NO_STANDARD = "no_standard"
    STAFF_UNKNOWN = "staff_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule holds. `marking` is False where the policy only shows it; `since` is the first day it held."""

    mark: Mark
    rule: str
    marking: bool
    numbers: Numbers
    window_from: date
    window_to: date
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """A rule that would have marked could not be judged, and why."""

    mark: Mark
    rule: str
    code: Lacking
    numbers: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A rule could be judged and does not hold."""

    mark: Mark
    rule: str
    numbers: Numbers


Outcome = Finding | Lack | Passed


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that the rules say of one asset. `waivers` are those in force on the day judged."""

    findings: tuple[Finding, ...] = ()
    lacks: tuple[Lack, ...] = ()
    passes: tuple[Passed, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def answer(self, mark: Mark) -> Answer:
        """One of four: a finding counts before a lack, a lack before a pass; nothing judged is unknown."""
        marking = [finding for finding in self.findings if finding.mark is mark and finding.marking]
        if marking:
            waived = all(self.waiver(finding) for finding in marking)
            return Answer.WAIVED if waived else Answer.MARKED
        if any(lack.mark is mark for lack in self.lacks):
            return Answer.UNKNOWN
        return Answer.CLEAR if any(passed.mark is mark for passed in self.passes) else Answer.UNKNOWN

    def waiver(self, finding: Finding) -> Waiver | None:
        """The waiver under which this finding does not count, the one that lasts longest."""
        if not self.waivers:
            return None
        covering = [w for w in self.waivers if w.mark is finding.mark and w.rule in (None, finding.rule)]
        return max(covering, key=lambda waiver: waiver.until, default=None)
