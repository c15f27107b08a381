"""What projects promised and what was measured of it, as far as an account sees the projects."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from itops.organisation.models import User
from itops.organisation.scope import visible
from planning.actions.measuring import Piece, pieces_of
from planning.models import Project, Promise, PromiseResult
from planning.projects.promises import STRETCHES, Outcome, due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One promise so many months after its things came; `due`: when it can be told first, where things came."""

    months: int
    outcome: Outcome
    result: PromiseResult | None
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A promise and its three points."""

    promise: Promise
    pieces: int
    points: Sequence[Point]

    @property
    def latest(self) -> Point | None:
        """The last that was measured."""
        return next((one for one in reversed(self.points) if one.result is not None), None)

    @property
    def outcome(self) -> Outcome:
        return self.latest.outcome if self.latest else Outcome.PENDING


def promises_on(user: User, day: date) -> list[Held]:
    """Of all projects that are not archived, with what had been measured by the end of the day."""
    projects = visible(Project.objects.filter(archived=False), user, "planning.view_project")
    return held(Promise.objects.filter(project__in=projects).select_related("project__place"), day)


def held(promises: Iterable[Promise], day: date) -> list[Held]:
    """These promises; three statements however many there are."""
    measured = PromiseResult.objects.filter(measured_on__lte=day)
    found = list(promises.prefetch_related(Prefetch("results", measured, to_attr="measured")))  # type: ignore[attr-defined]
    came = pieces_of({one.project_id for one in found})
    return [_held(one, came.get((one.project_id, one.kind), ())) for one in found]


def counted(found: Iterable[Held]) -> Mapping[Outcome, int]:
    return Counter(one.outcome for one in found)


def _held(promise: Promise, pieces: Sequence[Piece]) -> Held:
    results = {one.months: one for one in promise.measured}  # type: ignore[attr-defined]
    first = min((one.came for one in pieces), default=None)
    return Held(
        promise=promise,
        pieces=len(pieces),
        points=[_point(promise, months, results.get(months), first) for months in STRETCHES],
    )


def _point(promise: Promise, months: int, result: PromiseResult | None, first: date | None) -> Point:
    if result is not None:
        result.promise = promise
    return Point(
        months=months,
        outcome=result.outcome if result is not None else Outcome.PENDING,
        result=result,
        due=due_on(first, months) if first else None,
    )
