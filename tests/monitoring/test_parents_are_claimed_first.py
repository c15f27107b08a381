"""What others are behind is asked before them; a confidential network is never asked."""

from datetime import timedelta

import pytest

from inventory.models import Network, NetworkKind
from monitoring.actions.claim import LEASE, claim, claim_named, claim_place
from monitoring.actions.record import record
from tests.monitoring.building import MONDAY, answered, asset, bound, silent, township

pytestmark = pytest.mark.django_db


def keys(claims):
    return {one.target.key for one in claims}


def test_only_the_line_is_claimed_while_everything_is_due():
    county = township()
    assert keys(claim(100, now=MONDAY)) == {county.line.pk}


def test_what_is_behind_follows_when_the_line_has_been_recorded():
    county = township()
    for expected in ({county.line.pk}, {county.switch.pk}, {c.pk for c in county.computers}):
        claims = claim(100, now=MONDAY)
        assert keys(claims) == expected
        record(claims, [answered(one) for one in claims])
    assert claim(100, now=MONDAY) == []


def test_a_claimed_probe_is_not_claimed_again_until_its_lease_ends():
    county = township()
    assert keys(claim(100, now=MONDAY)) == {county.line.pk}
    assert claim(100, now=MONDAY + LEASE / 2) == []
    assert keys(claim(100, now=MONDAY + LEASE + timedelta(seconds=1))) == {county.line.pk}


def test_behind_a_silent_line_the_path_is_not_up():
    township()
    claims = claim(100, now=MONDAY)
    record(claims, [answered(one) for one in claims])
    later = MONDAY + timedelta(minutes=1)
    claims = claim(100, now=later)  # the switch has waited since Monday ten; the line is due again, first
    record(claims, [silent(one) for one in claims])
    behind = claim(100, now=later)
    assert behind
    assert not any(one.path_up for one in behind)


def test_an_endpoint_on_a_confidential_network_is_never_claimed():
    county = township(computers=0)
    Network.objects.filter(pk=county.network.pk).update(kind=NetworkKind.CONFIDENTIAL)
    assert claim(100, now=MONDAY) == []
    assert claim_named([county.line.pk], now=MONDAY) == []
    assert claim_place(county.place, 100, now=MONDAY) == []


def test_an_endpoint_bound_to_a_confidential_asset_is_never_claimed():
    county = township(computers=0)
    secret = Network.objects.create(name="机要内网", kind=NetworkKind.CONFIDENTIAL)
    bound(county.line, asset(county.place, "AH-1", network=secret))
    assert claim(100, now=MONDAY) == []
    assert claim_named([county.line.pk], now=MONDAY) == []


def test_a_place_claims_only_its_own():
    mine, other = township(computers=0), township(computers=0, name="梅城镇")
    assert keys(claim_place(mine.place, 100, now=MONDAY)) == {mine.line.pk}
    assert keys(claim_place(other.place, 100, now=MONDAY)) == {other.line.pk}
