"""Ask what is due, in rounds: claim, sweep, record, until nothing is due."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from itops.database.statements import expendable
from itops.organisation.models import Place
from monitoring.actions.claim import Claim, claim, claim_named, claim_place
from monitoring.actions.record import record
from monitoring.models import State, Sweep
from monitoring.probes.answer import Answer
from monitoring.probes.collector import without_collector
from monitoring.probes.engine import sweep
from monitoring.probes.target import Limits, Target

BATCH = 2000
LATE = timedelta(seconds=60)


@dataclass(slots=True)
class Polled:
    """What the rounds came to. `failed` was asked and did not answer; `unreachable` is behind something down."""

    asked: int = 0
    answered: int = 0
    failed: int = 0
    unreachable: int = 0
    recorded: int = 0
    seconds: float = 0.0
    reasons: dict[str, int] = field(default_factory=dict)


def poll_due(*, place: Place | None = None, budget_s: float = 50.0, settle_s: float = 0.0) -> Polled:
    """Ask everything that is due now (under a place), and what comes due within `settle_s` seconds.

    Stops after `budget_s` at the end of a round; what is then still due waits for the next call.
    """

    def take() -> list[Claim]:
        return claim_place(place, BATCH) if place else claim(BATCH)

    polled, started = Polled(), time.monotonic()
    while time.monotonic() - started < budget_s:
        if _round(take, polled):
            continue
        if not _due_within(settle_s):
            break
        time.sleep(0.2)
    polled.seconds = time.monotonic() - started
    return polled


def poll_endpoints(endpoints: Sequence[int]) -> Polled:
    """Ask these endpoints now, due or not."""
    polled, started = Polled(), time.monotonic()
    _round(lambda: claim_named(endpoints), polled)
    polled.seconds = time.monotonic() - started
    return polled


def _round(take: Callable[[], list[Claim]], polled: Polled) -> bool:
    """Whether there was anything to ask."""
    with without_collector():  # all that a round makes is gone again when it ends
        return _ask_and_record(take(), polled)


def _ask_and_record(claims: Sequence[Claim], polled: Polled) -> bool:
    if not claims:
        return False
    started, begun = timezone.now(), time.monotonic()
    answers = asyncio.run(ask_all([claim.target for claim in claims]))
    polled.recorded += record(claims, answers)
    answered, unreachable = _count(claims, answers, polled)
    with expendable():
        Sweep.objects.create(
            started=started,
            seconds=time.monotonic() - begun,
            asked=len(answers),
            answered=answered,
            unreachable=unreachable,
            late=sum(started - claim.due > LATE for claim in claims),
        )
    return True


def _count(claims: Sequence[Claim], answers: Sequence[Answer], polled: Polled) -> tuple[int, int]:
    """Add a round's outcomes; how many answered, and how many of the others are out of sight."""
    path_up = {claim.target.key: claim.path_up for claim in claims}
    failed = [answer for answer in answers if not answer.answered]
    answered, unreachable = len(answers) - len(failed), sum(not path_up[answer.key] for answer in failed)
    polled.asked += len(answers)
    polled.answered += answered
    polled.unreachable += unreachable
    polled.failed += len(failed) - unreachable
    for answer in failed:
        polled.reasons[answer.reason.value] = polled.reasons.get(answer.reason.value, 0) + 1
    return answered, unreachable


async def ask_all(targets: Sequence[Target], limits: Limits = Limits()) -> list[Answer]:  # noqa: B008 -- frozen
    return [answer async for answer in sweep(targets, limits)]


def _due_within(seconds: float) -> bool:
    soon = timezone.now() + timedelta(seconds=seconds)
    return bool(seconds) and State.objects.filter(cycle__lte=soon, endpoint__probe__enabled=True).exists()
