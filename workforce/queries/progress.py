"""How far everybody's training was on a day: asked for in a handful of queries, judged by the pure rules."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from itops.organisation.models import Person
from workforce.models import Attendance, Enrolment, FormerRank, SessionState, TrainingScheme
from workforce.models.former_rank import standing_on
from workforce.schemes.audience import audience_of
from workforce.schemes.progress import NONE, Credit, Progress, progress, will_miss
from workforce.schemes.scheme import Audience, Rule

COMPLETE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonProgress:
    """One person as of the day; `progress` None: no scheme asks anything of this person."""

    person: Person
    audience: Audience
    progress: Progress | None
    planned: Decimal
    misses: bool

    @property
    def percent(self) -> int:
        """Of what is asked, for the bar."""
        return self._percent(self.progress.done) if self.progress else 0

    @property
    def percent_unsigned(self) -> int:
        if self.progress is None:
            return 0
        return min(self._percent(self.progress.unsigned), COMPLETE - self.percent)

    def _percent(self, hours: Decimal) -> int:
        assert self.progress is not None
        return min(int(COMPLETE * hours / self.progress.rule.hours), COMPLETE)


def rules() -> list[Rule]:
    return [scheme.as_rule() for scheme in TrainingScheme.objects.prefetch_related("shares")]


def in_service(day: date) -> QuerySet[Person]:
    """Who was employed that day, as far as it is recorded: whoever is archived without a last day is left out."""
    begun = Q(joined_on=None) | Q(joined_on__lte=day)
    there = Q(left_on=None, archived=False) | Q(left_on__gt=day)
    return Person.objects.filter(begun, there)


def progress_on(people: QuerySet[Person], day: date) -> list[PersonProgress]:
    """Those who lack the most first."""
    everybody = list(people.select_related("office__place"))
    keys = [person.pk for person in everybody]
    known, ahead, schemes = _credits(keys), _planned(keys, day), rules()
    former = standing_on(FormerRank.objects.filter(person__in=keys), day)
    found = [
        _of(person, former.get(person.pk, person), known[person.pk], schemes, ahead, day)
        for person in everybody
    ]
    return sorted(found, key=lambda one: (not one.misses, -_lacking(one), one.person.pinyin))


def _lacking(one: PersonProgress) -> Decimal:
    return one.progress.lacking if one.progress else Decimal(-1)


def _of(
    person: Person,
    stood_as: Person | FormerRank,
    credits: Iterable[Credit],
    schemes: Sequence[Rule],
    ahead: Mapping[tuple[int, int], Decimal],
    day: date,
) -> PersonProgress:
    audience = audience_of(stood_as.establishment, stood_as.rank, stood_as.technical_title)
    stood = progress(credits, schemes, audience, day)
    years = range(stood.period.first.year, stood.period.last.year + 1) if stood else ()
    planned = sum((ahead.get((person.pk, year), NONE) for year in years), NONE)
    return PersonProgress(
        person=person,
        audience=audience,
        progress=stood,
        planned=planned,
        misses=stood is not None and will_miss(stood, planned, day),
    )


def _credits(people: Sequence[int]) -> Mapping[int, list[Credit]]:
    found: dict[int, list[Credit]] = defaultdict(list)
    for row in Attendance.objects.filter(person__in=people).order_by():
        found[row.person_id].append(row.as_credit())
    return found


def _planned(people: Sequence[int], day: date) -> Mapping[tuple[int, int], Decimal]:
    """Hours of sessions still to come, by person and year."""
    rows = (
        Enrolment.objects.filter(person__in=people, session__state=SessionState.PLANNED, session__day__gt=day)
        .order_by()
        .values_list("person", "session__day__year")
        .annotate(hours=Sum("session__hours"))
    )
    return {(person, year): hours for person, year, hours in rows}
