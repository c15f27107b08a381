"""Questions asked side by side find what each would find alone, and leave the connection as they found it."""

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language, override

from itops.database.prepared import asked
from itops.database.together import Asked, Together

pytestmark = pytest.mark.django_db


def number(said: int) -> int:
    return int(asked("SELECT %s::int", [said])[0][0])


def through_a_cursor(said: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [said])
        return int(cursor.fetchall()[0][0])


@pytest.fixture
def told() -> list[str]:
    """What was done, in its order; the statement is prepared already."""
    number(0)
    return []


def in_two_steps(name: str, told: list[str]) -> int:
    told.append(f"{name} begins")
    first = number(1)
    told.append(f"{name} goes on")
    return first + number(2)


def test_while_one_waits_the_next_asks(told: list[str]) -> None:
    with Together() as both:
        one, other = both.ask(in_two_steps, "one", told), both.ask(in_two_steps, "other", told)
    assert (one.found, other.found) == (3, 3)
    assert told == ["one begins", "other begins", "one goes on", "other goes on"]


def test_what_is_wanted_earlier_is_waited_for(told: list[str]) -> None:
    with Together() as both:
        one, other = both.ask(in_two_steps, "one", told), both.ask(in_two_steps, "other", told)
        assert other.found == 3
        assert told == ["one begins", "other begins", "other goes on"]
    assert one.found == 3


def test_one_question_may_want_what_another_finds() -> None:
    def sum_of(first: Asked[int]) -> int:
        return number(10) + first.found

    with Together() as both:
        first = both.ask(number, 1)
        both_summed = both.ask(sum_of, first)
    assert both_summed.found == 11


def test_a_question_may_ask_several_together_itself() -> None:
    def of_two() -> int:
        with Together() as inner:
            one, other = inner.ask(number, 1), inner.ask(number, 2)
        return one.found + other.found + number(3)

    with Together() as both:
        outer, plain = both.ask(of_two), both.ask(number, 4)
    assert (outer.found, plain.found) == (6, 4)


def test_other_ways_to_the_connection_wait_for_what_was_asked() -> None:
    with Together() as both:
        one = both.ask(number, 1)
        assert through_a_cursor(2) == 2
        assert number(3) == 3
        with transaction.atomic():
            other = both.ask(through_a_cursor, 4)
    assert (one.found, other.found) == (1, 4)


def test_a_question_speaks_its_askers_language() -> None:
    def language() -> str | None:
        number(1)
        return get_language()

    with override("zh-hans"), Together() as both:
        spoken = both.ask(language)
    assert spoken.found == "zh-hans"


def test_what_a_question_raises_is_raised_by_the_block() -> None:
    def three() -> None:
        with transaction.atomic(), Together() as both:
            both.ask(number, 1)
            both.ask(asked, "SELECT 1 / %s::int", [0])
            both.ask(number, 2)

    with pytest.raises(DataError, match="division by zero"):
        three()
    assert number(3) == through_a_cursor(3) == 3


def test_what_a_question_raised_is_raised_to_whoever_wants_its_answer() -> None:
    failed: list[Asked[object]] = []

    def block() -> None:
        with transaction.atomic(), Together() as both:
            number(0)
            failed.append(both.ask(asked, "SELECT 1 / %s::int", [0]))

    with pytest.raises(DataError):
        block()
    with pytest.raises(DataError):
        _ = failed[0].found
    assert number(1) == 1


def test_all_questions_are_given_up_whatever_one_of_them_says_to_it() -> None:
    left: list[str] = []

    def tidy(name: str) -> int:
        try:
            return number(1) + number(2)
        finally:
            left.append(name)
            number(3)
            if name == "first":
                raise ValueError("a step further")

    def given_up() -> None:
        with Together() as both:
            both.ask(tidy, "first")
            both.ask(tidy, "second")
            raise LookupError

    with pytest.raises(ValueError, match="a step further"):
        given_up()
    assert sorted(left) == ["first", "second"]
    assert number(3) == through_a_cursor(3) == 3


def test_where_the_block_fails_its_questions_are_given_up() -> None:
    left: list[str] = []

    def tidy() -> int:
        try:
            return number(1) + number(2)
        finally:
            left.append("tidied")

    def given_up() -> None:
        with Together() as both:
            both.ask(tidy)
            raise LookupError

    with pytest.raises(LookupError):
        given_up()
    assert left == ["tidied"]
    assert number(3) == through_a_cursor(3) == 3


def test_who_listens_hears_each_question() -> None:
    with CaptureQueriesContext(connection) as heard, Together() as both:
        one, other = both.ask(number, 1), both.ask(number, 2)
    assert (one.found, other.found, len(heard.captured_queries)) == (1, 2, 2)
