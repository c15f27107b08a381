"""The plan: whole, the same every time, and with everything in it that is to be seen."""

from collections import Counter
from ipaddress import IPv4Address

from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Mark
from itops.organisation.divisions import edition
from itops.site.demonstration.field import county
from itops.site.demonstration.players import SPEAKS_HTTP
from itops.site.demonstration.speech import SPEAKERS
from itops.site.demonstration.words import COUNTY_CODE, Behaviour, County, PlannedEndpoint


def test_it_has_the_real_towns_and_townships_with_their_codes(anhua):
    real = {(division.code, division.name) for division in edition().under(COUNTY_CODE, level=4)}
    assert len(real) == 23
    assert {(township.code, township.name) for township in anhua.townships} == real


def test_every_behaviour_and_every_kind_is_there(anhua):
    assert {asset.behaviour for asset in anhua.assets()} == set(Behaviour)
    assert {asset.kind for asset in anhua.assets()} == set(Kind)


def test_it_is_of_the_size_of_a_county(anhua):
    kinds = Counter(asset.kind for asset in anhua.assets())
    assert 930 <= kinds.total() <= 970
    assert min(_count(township, Kind.COMPUTER) for township in anhua.townships) >= 15
    assert max(_count(township, Kind.COMPUTER) for township in anhua.townships) <= 50


def test_it_is_the_same_every_time(anhua):
    assert county.__wrapped__() == anhua


def test_no_number_and_no_address_is_given_twice(anhua, endpoints):
    _each_once([asset.tag for asset in anhua.assets()])
    _each_once([asset.serial for asset in anhua.assets() if asset.serial])
    _each_once([endpoint.address for endpoint in endpoints])


def test_every_address_is_on_loopback(endpoints):
    assert all(IPv4Address(endpoint.address).is_loopback for endpoint in endpoints)


def test_what_something_is_behind_comes_before_it_in_its_own_place(endpoints):
    known: dict[str, PlannedEndpoint] = {}
    for endpoint in endpoints:
        if endpoint.behind:
            assert known[endpoint.behind].place == endpoint.place
        known[endpoint.address] = endpoint
    assert {one.kind for one in endpoints if not one.behind} == {Kind.NETWORK_LINK}


def test_parts_belong_to_a_room_of_their_place(anhua):
    rooms = {a.tag: a for a in anhua.assets() if a.kind is Kind.CONFERENCE_ROOM}
    parts = [a for a in anhua.assets() if a.whole]
    assert len(parts) == 3 * len(rooms)
    assert all(rooms[part.whole].place == part.place for part in parts)


def test_the_confidential_network_has_no_endpoint(anhua):
    confidential = [a for a in anhua.assets() if a.behaviour is Behaviour.CONFIDENTIAL]
    assert confidential
    assert all(asset.endpoint is None for asset in confidential)


def test_everything_that_answers_has_a_manner_of_speaking(endpoints):
    assert {one.speaks for one in endpoints if one.answers} <= set(SPEAKERS) | SPEAKS_HTTP


def test_one_line_is_cut_and_all_behind_it_with_it(endpoints):
    cut = [one for one in endpoints if one.cut]
    assert [one.place for one in cut if not one.behind] == ["烟溪镇"]
    assert len(cut) > 25
    assert not any(one.answers for one in cut)


def test_what_moved_answers_elsewhere_with_its_serial_number(anhua):
    (moved,) = (a for a in anhua.assets() if a.behaviour is Behaviour.MOVED)
    (stranger,) = anhua.strangers
    assert (stranger.serial, stranger.answers) == (moved.serial, True)
    assert stranger.place != moved.place
    assert not moved.endpoint.answers


def test_what_was_replaced_says_a_serial_number_that_is_on_no_book(anhua):
    on_the_books = {asset.serial for asset in anhua.assets()}
    replaced = [a.endpoint for a in anhua.assets() if a.behaviour is Behaviour.REPLACED]
    assert replaced
    assert not on_the_books & {endpoint.serial for endpoint in replaced}


def test_each_township_lacks_at_most_a_few_computers_of_its_staff(anhua):
    gaps = [_staff(anhua, township.name) - _count(township, Kind.COMPUTER) for township in anhua.townships]
    assert 0 < sum(gaps) < 10
    assert min(gaps) >= 0


def test_some_marks_are_waived_and_some_things_are_put_away(anhua):
    assert {a.waiver.mark for a in anhua.assets() if a.waiver} >= {Mark.OUTDATED, Mark.UNUSED}
    assert {a.condition for a in anhua.assets()} >= {Condition.IN_STORAGE, Condition.UNDER_REPAIR}


def test_what_was_repaired_often_was_so_within_twelve_months(anhua):
    often = [a for a in anhua.assets() if a.behaviour is Behaviour.REPAIRED_OFTEN]
    assert often
    assert all(len([r for r in a.repairs if r.days_ago < 365]) >= 3 for a in often)


def _count(township, kind: Kind) -> int:
    return sum(asset.kind is kind for asset in township.assets)


def _staff(anhua: County, place: str) -> int:
    own = next(township.staff for township in anhua.townships if township.name == place)
    return own + (anhua.bureau_staff if place == "东坪镇" else 0)


def _each_once(things: list[str]) -> None:
    assert [thing for thing, count in Counter(things).items() if count > 1] == []
