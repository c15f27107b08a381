"""How devices move: counters grow between restarts, use comes and goes, or never."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.kind import Kind
from itops.site.demonstration.field import county
from itops.site.demonstration.rhythm import EPOCH, rhythm_of
from itops.site.demonstration.words import Behaviour

NOWS = st.floats(EPOCH, EPOCH + 10 * 365 * 86_400)
COURSES = [rhythm_of(endpoint) for endpoint in list(county().endpoints())[::17]]
DAY = range(0, 86_400, 300)


@given(course=st.sampled_from(COURSES), now=NOWS, seconds=st.floats(1, 3_600))
def test_counters_grow_unless_the_device_restarts(course, now, seconds):
    if course.uptime_s(now + seconds) < course.uptime_s(now):
        return
    assert course.octets_in(now + seconds) >= course.octets_in(now)
    assert course.pages(now + seconds) >= course.pages(now)


@given(now=NOWS)
def test_a_saturated_line_is_nearly_full_over_any_hour(now):
    line = _first(Kind.NETWORK_LINK, Behaviour.SATURATED_LINE)
    course = replace(rhythm_of(line), phase_s=0, restarts_every_s=10**12)
    bps = (course.octets_in(now + 3_600) - course.octets_in(now)) * 8 / 3_600
    assert 0.85 <= bps / line.capacity_bps <= 1


@given(now=NOWS)
def test_an_idle_line_carries_only_what_routers_say(now):
    course = replace(rhythm_of(_first(Kind.NETWORK_LINK, Behaviour.IDLE_LINE)), restarts_every_s=10**12)
    assert (course.octets_in(now + 60) - course.octets_in(now)) * 8 / 60 < 10_000


def test_somebody_is_signed_in_for_most_of_the_day_or_never():
    present, absent = (_course(Kind.COMPUTER, one) for one in (Behaviour.HEALTHY, Behaviour.NO_USERS))
    assert sum(present.users(EPOCH + s) for s in DAY) > len(DAY) / 2
    assert not any(absent.users(EPOCH + s) for s in DAY)


def test_calls_begin_and_end_or_never_do():
    in_use, unused = (_course(Kind.VIDEO_ENDPOINT, one) for one in (Behaviour.HEALTHY, Behaviour.NO_CALLS))
    assert {in_use.calls(EPOCH + s) for s in DAY} == {0, 1}
    assert {unused.calls(EPOCH + s) for s in DAY} == {0}


def test_pages_are_printed_every_day_or_never():
    printing, unused = (
        _course(Kind.PRINTER, behaviour) for behaviour in (Behaviour.HEALTHY, Behaviour.NO_PAGES)
    )
    assert printing.pages(EPOCH + 86_400) - printing.pages(EPOCH) > 20
    assert unused.pages(EPOCH + 86_400) == unused.pages(EPOCH)


def test_a_ups_carries_something_or_nothing():
    loaded, empty = (_course(Kind.UPS, one) for one in (Behaviour.HEALTHY, Behaviour.NO_LOAD))
    assert min(loaded.load(EPOCH + s) for s in DAY) > 2
    assert {empty.load(EPOCH + s) for s in DAY} == {0}


def _first(kind: Kind, behaviour: Behaviour):
    return next(one for one in county().endpoints() if (one.kind, one.behaviour) == (kind, behaviour))


def _course(kind: Kind, behaviour: Behaviour):
    return rhythm_of(_first(kind, behaviour))
