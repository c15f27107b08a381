"""Islands are what automatic exchanges join; the share without hands counts everything that should flow."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from inventory.systems.islands import Link, flow, islands, stand_alone
from inventory.systems.way import Way

SYSTEMS = st.integers(0, 12)
LINKS = st.lists(st.builds(Link, SYSTEMS, SYSTEMS, st.sampled_from(Way)), max_size=40)


def reached(start, links):
    """All that automatic exchanges reach from a system, walked step by step."""
    found = {start}
    while True:
        more = {
            end
            for link in links
            if link.way is Way.AUTOMATIC
            for begin, end in ((link.source, link.target), (link.target, link.source))
            if begin in found
        }
        if more <= found:
            return found
        found |= more


@given(LINKS)
def test_an_island_is_what_can_be_reached_without_hands(links):
    systems = list(range(13))
    groups = islands(systems, links)
    assert sorted(one for group in groups for one in group) == systems
    assert all(set(group) == reached(group[0], links) for group in groups)
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)
    assert stand_alone(groups) == sum(reached(one, links) == {one} for one in systems)


@given(LINKS)
def test_only_automatic_exchanges_join(links):
    others = [link for link in links if link.way is not Way.AUTOMATIC]
    assert islands(range(13), others) == [(one,) for one in range(13)]


@given(LINKS)
def test_the_share_without_hands_is_automatic_of_all(links):
    told = flow(links).without_hands_bp
    if told is None:
        assert links == []
    else:
        exact = Fraction(sum(link.way == "automatic" for link in links), len(links)) * 10_000
        assert abs(told - exact) <= Fraction(1, 2)


def test_a_file_that_is_carried_needs_hands():
    assert flow([Link(1, 2, Way.FILE), Link(1, 3, Way.AUTOMATIC)]).without_hands_bp == 5_000


def test_a_system_that_is_not_shown_joins_nothing():
    assert islands([1, 2], [Link(1, 9, Way.AUTOMATIC), Link(9, 2, Way.AUTOMATIC)]) == [(1,), (2,)]
