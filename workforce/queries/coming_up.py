"""What comes up for people: certificates and levels that run out, sessions, periods of schemes that will be missed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Model, QuerySet

from workforce.models import Certificate, Enrolment, Evidence, HeldSkill, SessionState, TrainingScheme
from workforce.queries.progress import in_service, progress_on
from workforce.schemes.reminders import AHEAD, ComingUp, Reminding, comes_up


def coming_up(today: date) -> Iterator[ComingUp]:
    """Of everybody in service."""
    people = in_service(today)
    certificates = Certificate.objects.filter(person__in=people, reversed_at=None)
    yield from _dated(certificates, Reminding.CERTIFICATE, "expires", "name", today)
    latest = HeldSkill.objects.known_on(today).values("pk")
    levels = HeldSkill.objects.filter(pk__in=latest, person__in=people).exclude(evidence=Evidence.CERTIFICATE)
    yield from _dated(levels, Reminding.LEVEL, "expires", "skill__name", today)
    ahead = Enrolment.objects.filter(person__in=people, session__state=SessionState.PLANNED)
    yield from _dated(ahead, Reminding.SESSION, "session__day", "session__course__name", today)
    yield from _lacking(today)


def _dated(rows: QuerySet[Model], kind: Reminding, due: str, about: str, today: date) -> Iterator[ComingUp]:
    near = rows.filter(**{f"{due}__gte": today, f"{due}__lte": today + AHEAD[kind]}).order_by()
    for person, name, day in near.values_list("person", about, due):
        yield ComingUp(person, kind, name, day)


def _lacking(today: date) -> Iterator[ComingUp]:
    """Whoever misses a scheme even with all that is planned, shortly before its period ends."""
    names = {(one.audience, one.starts): one.name for one in TrainingScheme.objects.all()}
    for line in progress_on(in_service(today), today):
        stood = line.progress
        if stood and line.misses and comes_up(Reminding.SCHEME, stood.period.last, today):
            name = names[stood.rule.audience.value, stood.rule.starts]
            yield ComingUp(line.person.pk, Reminding.SCHEME, name, stood.period.last)
