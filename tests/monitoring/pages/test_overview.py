"""Monitoring's pages: what is down and what it explains, whether probing keeps its time, why nothing answers."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from itops.organisation.actions.accounts import grant
from itops.organisation.models import Role
from monitoring.models import Incident, State, Sweep
from tests.support.county import County, endpoint_of
from tests.support.pages import Visit, text_of


def overview(visit: Visit, who: str = "it_staff") -> str:
    return text_of(visit(who, reverse("monitoring:overview"), language="en"))


def test_the_first_sentence_counts_every_probe(county: County, visit: Visit) -> None:
    text = overview(visit)
    assert "9 probes:" in text
    assert "<b>5 answer, 2 do not, 1 out of sight behind a line that is down, 1 never answered</b>" in text


def test_an_incident_shows_all_that_it_explains(county: County, visit: Visit) -> None:
    text = overview(visit)
    assert "Yanxi Town: line down" in text
    for name in ("激光打印机", "公示栏", "=办公电脑"):
        assert name in text


def test_reasons_are_said_in_plain_words_with_their_number(county: County, visit: Visit) -> None:
    assert "Nothing came back in time" in overview(visit)


def test_the_rounds_of_the_whole_are_told_to_those_who_see_the_whole(county: County, visit: Visit) -> None:
    """A round's counts include the neighbouring county."""
    assert "in 24 hours" not in overview(visit)
    grant(
        by="tests",
        user=county.users["it_staff"],
        role=Role.objects.get(code="it_staff"),
        place=county.neighbour,
    )
    Sweep.objects.create(started=timezone.now(), seconds=1.5, asked=11, answered=9, unreachable=1, late=1)
    text = overview(visit)
    assert "2 rounds in 24 hours, 95.0% of the probes on time" in text
    assert 'data-chart="rounds-data"' in text


def test_a_probe_that_is_long_due_is_late(county: County, visit: Visit) -> None:
    State.objects.filter(endpoint=endpoint_of(county.assets["old"])).update(
        cycle=timezone.now() - timedelta(minutes=5)
    )
    assert '<b class="worse">1</b>' in overview(visit)


def test_an_incident_names_cause_effect_and_course(county: County, visit: Visit) -> None:
    incident = Incident.objects.get()
    Incident.objects.update(opened=timezone.now() - timedelta(hours=3))
    text = text_of(visit("it_staff", reverse("monitoring:incident", args=[incident.pk]), language="en"))
    assert "for 3 hours" in text
    assert "cause" in text
    assert "3 things, no alarms of their own" in text
    assert "Asked again and confirmed" in text
    assert "1 incident, 3 hours in all" in text


def test_a_closed_incident_tells_how_long_it_lasted(county: County, visit: Visit) -> None:
    incident = Incident.objects.get()
    incident.closed = incident.opened + timedelta(minutes=95)
    incident.save()
    text = text_of(visit("it_staff", reverse("monitoring:incident", args=[incident.pk]), language="en"))
    assert "1 hour 35 minutes" in text
    assert "Answers again" in text
    assert "Nothing that others depend on is down" in overview(visit)
