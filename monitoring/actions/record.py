"""Record the answers of a batch: what each of them means for readings, state and evidence, stored in one transaction.

Recording a batch twice changes nothing (see store.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from inventory.actions.partitions import ensure_days
from itops.organisation.calendars import office_hours
from itops.organisation.hours import OfficeHours
from monitoring.actions.claim import Claim
from monitoring.actions.incidents import update_incidents
from monitoring.actions.layouts import layout_id
from monitoring.actions.observe import observe
from monitoring.actions.store import GAPS_UP_TO, Arrived, array, store
from monitoring.models import Outcome, StateCode
from monitoring.probes.answer import Answer
from monitoring.probes.derive import derive
from monitoring.probes.use import Use, use_of

CONFIRM_IN = timedelta(seconds=2)  # how soon something that others depend on is asked again
NO_USE = Use()


def record(claims: Sequence[Claim], answers: Iterable[Answer]) -> int:
    """Store a batch's answers; returns how many readings were new. Each answer belongs to one of the claims."""
    by_endpoint = {claim.target.key: claim for claim in claims}
    pairs = [(by_endpoint[answer.key], answer) for answer in answers]
    if not pairs:
        return 0
    hours = office_hours()
    moments = _Moments(hours)
    ensure_days(_days(claims, moments.zone))
    profiles = {claim.target.profile.name: claim.target.profile for claim, _ in pairs}
    layouts = {name: layout_id(profile) for name, profile in profiles.items()}
    rows = [_arrived(claim, answer, layouts[claim.target.profile.name], moments) for claim, answer in pairs]
    with transaction.atomic():
        changed = store(rows)
        fresh = {endpoint for endpoint, _, _ in changed}
        observe([(claim, answer) for claim, answer in pairs if claim.target.key in fresh], hours)
        update_incidents([endpoint for endpoint, before, after in changed if before != after])
    return len(fresh)


def _days(claims: Sequence[Claim], zone: ZoneInfo) -> set[date]:
    """Local days of the cycles and of the gaps before them."""
    oldest = min(max(claim.due, claim.cycle - GAPS_UP_TO) for claim in claims).astimezone(zone).date()
    newest = max(claim.cycle for claim in claims).astimezone(zone).date()
    return {oldest + timedelta(days=n) for n in range((newest - oldest).days + 1)}


class _Moments:
    """The local day of a cycle, and whether an office was open then; worked out once for those that share it."""

    def __init__(self, hours: Mapping[int, OfficeHours]) -> None:
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self._hours = hours
        self._known: dict[tuple[datetime, int | None], tuple[date, bool]] = {}

    def at(self, cycle: datetime, calendar: int | None) -> tuple[date, bool]:
        found = self._known.get((cycle, calendar))
        if found is None:
            local, office = cycle.astimezone(self.zone), self._hours.get(calendar or 0)
            found = self._known[cycle, calendar] = local.date(), office is None or office.open_at(local)
        return found


def _arrived(claim: Claim, answer: Answer, layout: int, moments: _Moments) -> Arrived:
    profile = claim.target.profile
    day, is_open = moments.at(claim.cycle, claim.calendar)
    minutes = claim.interval_s / 60
    values, counted = derive(claim.before, answer)
    use = _use(claim, answer, values, minutes)
    outcome = _outcome(claim, answer)
    reachable = outcome != Outcome.UNREACHABLE
    object_id = answer.texts.get("object_id", "")  # when it is news, its maker's questions come next cycle
    return Arrived(
        endpoint_id=claim.target.key,
        due=claim.due,
        cycle=claim.cycle,
        next=_next_cycle(claim, outcome),
        interval_s=claim.interval_s,
        layout_id=layout,
        outcome=outcome.value,
        reason=answer.reason.value,
        vals=array(values) if answer.answered else None,
        day=day,
        witness=profile.witness,
        open_minutes=minutes if is_open else 0.0,
        observable_minutes=minutes if is_open and reachable else 0.0,
        seen_minutes=minutes if answer.answered else 0.0,
        asked_minutes=minutes if reachable else 0.0,
        users=use.users,
        used_minutes=use.used_minutes,
        calls=use.calls,
        pages=use.pages,
        content_changes=use.content_changes,
        display_on_minutes=use.display_on_minutes,
        version=profile.version if counted else None,
        counters=array(counted.values) if counted else None,
        counted_at=counted.at if counted else None,
        uptime_s=answer.uptime_s,
        content=answer.content,
        object_id=object_id,
        texts=claim.target.ask_texts and answer.answered and object_id == claim.object_id,
    )


def _use(claim: Claim, answer: Answer, values: tuple[float | None, ...], minutes: float) -> Use:
    if not answer.answered:
        return NO_USE
    return use_of(answer, values, minutes=minutes, before=claim.before, content_before=claim.content)


def _outcome(claim: Claim, answer: Answer) -> Outcome:
    if answer.answered:
        return Outcome.ANSWERED
    return Outcome.SILENT if claim.path_up else Outcome.UNREACHABLE


def _next_cycle(claim: Claim, outcome: Outcome) -> datetime:
    """Something that others depend on is asked again at once when it first falls silent."""
    if outcome == Outcome.SILENT and claim.depended_on and claim.state == StateCode.UP:
        return claim.cycle + CONFIRM_IN
    return claim.cycle + timedelta(seconds=claim.interval_s)
