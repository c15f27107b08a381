"""Nobody is assigned to more than the whole of the working time: by rule, by form, by the database, by two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from itops.organisation.actions.people import add_person
from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Office, Person, WorkCalendar
from tests.workforce.conftest import Team, holds
from workforce.competence.shares import Stretch, fullest
from workforce.models import Assignment, Post

FIRST = date(2025, 1, 1)
DAYS = 12


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    starts = draw(st.integers(0, DAYS))
    length = draw(st.none() | st.integers(1, DAYS))
    begins = FIRST + timedelta(days=starts)
    return Stretch(
        begins, begins + timedelta(days=length) if length else None, draw(st.sampled_from([10, 40, 60, 99]))
    )


def sums(some: list[Stretch]) -> list[int]:
    """Counted day by day, as nobody would do it."""
    days = (FIRST + timedelta(days=number) for number in range(3 * DAYS))
    return [sum(one.share for one in some if one.holds(day)) for day in days]


@given(st.lists(stretches(), max_size=6))
def test_the_fullest_day_is_found(some: list[Stretch]) -> None:
    assert fullest(some)[1] == max(sums(some))


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(stretches(), min_size=1, max_size=5))
def test_the_database_takes_what_never_exceeds_the_whole_and_refuses_the_rest(
    team: Team, some: list[Stretch]
) -> None:
    with transaction.atomic():
        Assignment.objects.all().delete()
        written: list[Stretch] = []
        for number, one in enumerate(some):
            post = Post.objects.get_or_create(office=team.liu.office, name=f"岗位 {number}")[0]
            fits = max(sums([*written, one])) <= 100
            made = Assignment(post=post, person=team.liu, share=one.share, starts=one.starts, ends=one.ends)
            assert said(made) is fits
            try:
                with transaction.atomic():
                    made.save()
                written.append(one)
            except IntegrityError:
                assert not fits
            else:
                assert fits
        transaction.set_rollback(True)


def said(made: Assignment) -> bool:
    """Whether the form would take it."""
    try:
        made.clean()
    except ValidationError:
        return False
    return True


@pytest.mark.django_db
def test_a_change_that_would_exceed_is_refused_too(team: Team) -> None:
    other = Post.objects.create(office=team.liu.office, name="填报员")
    second = holds(other, team.liu, share=80)
    with pytest.raises(IntegrityError, match="share more than 100 %"), transaction.atomic():
        Assignment.objects.filter(pk=second.pk).update(share=81)
    Assignment.objects.filter(person=team.liu).exclude(pk=second.pk).update(ends=date(2024, 6, 1))
    Assignment.objects.filter(pk=second.pk).update(share=81, starts=date(2024, 6, 1))


@pytest.mark.django_db
def test_full_time_is_the_whole_and_part_time_less(team: Team) -> None:
    with pytest.raises(IntegrityError, match="assignment_share_fits_tenure"), transaction.atomic():
        holds(Post.objects.create(office=team.wang.office, name="专职"), team.wang, 60, tenure="full_time")
    with pytest.raises(IntegrityError, match="assignment_share_fits_tenure"), transaction.atomic():
        holds(Post.objects.create(office=team.wang.office, name="兼任"), team.wang, 100, tenure="part_time")


@pytest.mark.django_db
def test_nobody_holds_the_same_post_twice_at_a_time(team: Team) -> None:
    with pytest.raises(IntegrityError, match="assignment_once_at_a_time"), transaction.atomic():
        holds(team.post, team.liu, share=10, starts=date(2024, 5, 1))


def test_of_two_who_assign_at_once_only_one_succeeds(committing: object) -> None:
    person, posts = somebody()
    together = Barrier(2)

    def assign(post: Post) -> bool:
        try:
            with transaction.atomic():
                Person.objects.filter(pk=person.pk).exists()
                together.wait(timeout=10)
                holds(post, person, share=60)
            return True
        except IntegrityError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(assign, posts)) == [False, True]
    assert Assignment.objects.count() == 1


def somebody() -> tuple[Person, list[Post]]:
    from_day = date(2020, 1, 1)
    place = add_place(by="t", name="县", code="430923", level=Level.COUNTY, parent=None, starts=from_day)
    calendar = WorkCalendar.objects.create(name="作息")
    office = Office.objects.create(place=place, name="办公室", calendar=calendar)
    posts = [Post.objects.create(office=office, name=name) for name in ("甲", "乙")]
    return add_person(by="t", office=office, name="刘敏"), posts
