"""Certificates stand in the log, show a level until they run out, and are taken back as a whole."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from itops.organisation.models import Person
from itops.organisation.roles import DEFAULT_ROLES, covers
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.workforce.building import YESTERDAY, staff
from workforce.actions.certificates import certify, reverse_certificate
from workforce.models import Certificate, HeldSkill, LogEntry, Skill

pytestmark = pytest.mark.django_db
PAGE = "/workforce/certificates/"


@pytest.fixture
def person(county: County) -> Person:
    return staff(county).trainee


def attested(person: Person, **more: Any) -> Certificate:
    given = {"name": "网络工程师", "number": "A-1", "issuer": "人社厅", "issued_on": YESTERDAY}
    return Certificate(person=person, **given | more)


def typed(person: Person, **more: str) -> dict[str, str]:
    given = {"person": str(person.pk), "name": "网络工程师", "number": "A-1", "issuer": "人社厅"}
    return given | {"issued_on": YESTERDAY.isoformat()} | more


def test_it_stands_in_the_log_with_its_number_withheld(county: County, person: Person) -> None:
    made = certify(attested(person), by=county.users["it_staff"])
    entry = LogEntry.objects.get(pk=made.entry)
    assert (entry.kind, entry.body["issuer"], entry.place) == ("certificate", "人社厅", county.xianxi)
    assert set(entry.fields["personal"]) == {"person", "number"}
    assert "A-1" not in entry.entry


def test_it_shows_a_level_until_it_runs_out_or_is_reversed(county: County, person: Person) -> None:
    ends = timezone.localdate() + timedelta(days=30)
    skill = Skill.objects.earliest("pk")
    made = certify(attested(person, skill=skill, level=3, expires=ends), by=county.users["it_staff"])
    shown = HeldSkill.objects.get(person=person)
    assert (shown.level, shown.expires, shown.evidence) == (3, ends, "certificate")
    reverse_certificate(made, reason="复印件不符", by=county.users["it_staff"])
    assert not HeldSkill.objects.filter(person=person).exists()
    with pytest.raises(ValidationError):
        reverse_certificate(made, reason="再次", by=county.users["it_staff"])
    assert LogEntry.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"issued_on": timezone.localdate() + timedelta(days=1)},
        {"expires": YESTERDAY},
        {"level": 3},
        {"number": ""},
        {"issuer": "x" * 81},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    wrong: dict[str, Any], county: County, person: Person
) -> None:
    with pytest.raises(ValidationError):
        certify(attested(person, **wrong), by=county.users["it_staff"])
    assert not LogEntry.objects.exists()
    assert not Certificate.objects.exists()


def test_a_number_is_taken_once_and_again_after_its_reversal(county: County, person: Person) -> None:
    by = county.users["it_staff"]
    made = certify(attested(person), by=by)
    with pytest.raises(ValidationError, match="已经登记"):
        certify(attested(person), by=by)
    reverse_certificate(made, reason="姓名有误", by=by)
    certify(attested(person), by=by)


def test_nobody_writes_down_ones_own(county: County, person: Person) -> None:
    with pytest.raises(ValidationError, match="本人"):
        certify(attested(person), by=person.user)


def test_what_was_entered_stays(county: County, person: Person) -> None:
    made = certify(attested(person), by=county.users["it_staff"])
    for change in (lambda rows: rows.update(name="高级"), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(Certificate.objects.filter(pk=made.pk))


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_who_may_see_and_write_them(role: str, county: County, person: Person, visit: Visit) -> None:
    sees = covers(DEFAULT_ROLES[role], "workforce.view_certificate")
    writes = covers(DEFAULT_ROLES[role], "workforce.add_certificate")
    assert visit(role, PAGE).status_code == (200 if sees else 403)
    assert visit(role, PAGE, data=typed(person)).status_code == (302 if writes else 403)
    assert Certificate.objects.count() == int(writes)


def test_the_page_tells_what_runs_out(county: County, person: Person, visit: Visit) -> None:
    certify(attested(person, expires=timezone.localdate()), by=county.users["it_staff"])
    shown = text_of(visit("auditor", PAGE, language="en"))
    assert "<b>1</b> ran out" in shown
    assert "no file" in shown


def test_a_scan_is_sealed_by_its_hash_and_other_files_are_refused(
    county: County, person: Person, visit: Visit
) -> None:
    refused = SimpleUploadedFile("a.html", b"<html><script>1</script></html>", "image/png")
    answer = visit("it_staff", PAGE, data=typed(person) | {"scan": refused})
    assert answer.status_code == 422
    assert not LogEntry.objects.exists()
    scan = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF")
    visit("it_staff", PAGE, data=typed(person) | {"scan": scan})
    made = Certificate.objects.get()
    [sealed] = LogEntry.objects.get(pk=made.entry).fields["files"]
    assert made.scan is not None
    assert sealed["sha256"] == made.scan.sha256


def test_whoever_is_elsewhere_neither_sees_nor_reverses_it(
    county: County, person: Person, visit: Visit
) -> None:
    made = certify(attested(person), by=county.users["it_staff"])
    person.office.place.offices.update(place=county.foreign)
    take_back = reverse("workforce:reverse_certificate", args=[made.pk])
    assert visit("it_staff", take_back, data={"reason": "x"}).status_code == 404
    assert "A-1" not in text_of(visit("auditor", PAGE))
