"""Long lists are paged by keys: every row once, the end from the end, counting stops at the cap."""

import pytest
from django.db.models import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from inventory.models import Manufacturer
from itops.crud import paging
from itops.crud.paging import in_order, page_of


def made(count: int) -> QuerySet[Manufacturer]:
    Manufacturer.objects.bulk_create(Manufacturer(name=f"{n:04}") for n in range(count))
    return Manufacturer.objects.order_by("name")


class Pages(TestCase):
    @settings(deadline=None)
    @given(count=some.integers(0, 60), size=some.integers(1, 20))
    def test_the_pages_together_are_the_list(self, count: int, size: int) -> None:
        found = made(count)
        number, seen = 1, list[int]()
        while True:
            page = page_of(found, str(number), size)
            assert page.last == len(seen) + len(page.keys)
            seen += page.keys
            if not page.has_next:
                break
            number += 1
        assert seen == list(found.values_list("pk", flat=True))
        found.delete()


@pytest.mark.django_db
def test_minus_one_is_the_last_page() -> None:
    found = made(25)
    page = page_of(found, "-1", 10)
    assert (page.number, page.first, page.last, page.has_next) == (3, 21, 25, False)
    assert [one.name for one in in_order(Manufacturer.objects.all(), page.keys)][-1] == "0024"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("x", 1), ("0", 1), ("99", 3), ("-99", 1), ("9" * 30, 1)]
)
def test_a_page_that_is_not_there_shows_the_nearest_one(asked: str, number: int) -> None:
    assert page_of(made(25), asked, 10).number == number


@pytest.mark.django_db
def test_beyond_the_cap_pages_go_on_and_the_end_is_read_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    found = made(25)
    monkeypatch.setattr(paging.counted, "__defaults__", (10,))
    names = dict(found.values_list("pk", "name"))
    second, end = page_of(found, "2", 8), page_of(found, "-1", 8)
    assert (second.first, second.last, second.count, second.capped, second.has_next) == (
        9,
        16,
        10,
        True,
        True,
    )
    assert [names[key] for key in end.keys] == [f"{n:04}" for n in range(17, 25)]
    assert (end.first, end.has_next, end.has_previous) == (None, False, True)
    assert page_of(found, "99", 8).keys == end.keys
    assert not page_of(found, "4", 8).has_next


@pytest.mark.django_db
def test_a_known_number_is_not_counted_again(django_assert_num_queries: object) -> None:
    found = made(3)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert page_of(found, "1", 2, known=lambda: 3).count == 3
