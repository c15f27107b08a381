"""Progress: hours count after both signatures, under the rule in force, and any past day comes out again."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from workforce.schemes.progress import Credit, Progress, progress, total, will_miss
from workforce.schemes.scheme import Audience, Category, Rule

DAY = date(2026, 11, 1)
NINETY = Rule(audience=Audience.CIVIL_SERVANT, starts=date(2023, 1, 1), hours=Decimal(90))
TWO_THIRDS = Rule(
    audience=Audience.PROFESSIONAL,
    starts=date(2023, 1, 1),
    hours=Decimal(90),
    shares={Category.PROFESSIONAL: Fraction(2, 3)},
)
FIVE_YEARS = Rule(audience=Audience.COUNTY_LEADER, starts=date(2023, 1, 1), hours=Decimal(550), years=5)
RULES = (NINETY, TWO_THIRDS, FIVE_YEARS)


def credit(hours, day=date(2026, 3, 2), category=Category.PUBLIC, *, counts=True, reversed_on=None, after=1):
    recorded = day + timedelta(days=after)
    return Credit(
        day=day,
        hours=Decimal(hours),
        category=category,
        recorded=recorded,
        counts_from=recorded if counts else None,
        reversed_on=reversed_on,
    )


def stood(credits, audience=Audience.CIVIL_SERVANT, day=DAY, rules=RULES) -> Progress:
    found = progress(credits, rules, audience, day)
    assert found is not None
    return found


def done(credits, day=DAY):
    return stood(credits, day=day).done


def test_only_signed_hours_count_and_the_others_are_named():
    found = stood([credit(6), credit(4, counts=False)], Audience.CIVIL_SERVANT, DAY)
    assert (found.done, found.unsigned, found.lacking) == (Decimal(6), Decimal(4), Decimal(84))


def test_last_year_is_another_year():
    assert done([credit(6, date(2025, 12, 31)), credit(4, date(2026, 1, 1))]) == 4


def test_five_years_are_counted_together():
    credits = [credit(100, date(year, 5, 5)) for year in range(2022, 2027)]
    found = stood(credits, Audience.COUNTY_LEADER, DAY)
    assert (found.done, found.period.first, found.period.last) == (
        Decimal(400),
        date(2023, 1, 1),
        date(2027, 12, 31),
    )


def test_the_share_of_a_category_is_asked_beside_the_whole():
    public = stood([credit(90)], Audience.PROFESSIONAL, DAY)
    credits = [credit(30), credit(60, category=Category.PROFESSIONAL)]
    both = stood(credits, Audience.PROFESSIONAL, DAY)
    assert (public.reached, public.lacking) == (False, Decimal(60))
    assert both.reached


def test_two_thirds_of_ninety_are_exactly_sixty():
    assert TWO_THIRDS.asked_of(Category.PROFESSIONAL) == 60


def test_what_was_taken_back_counted_until_then():
    credits = [credit(8, reversed_on=date(2026, 6, 1))]
    assert (done(credits, date(2026, 5, 31)), done(credits, date(2026, 6, 1))) == (8, 0)


def test_what_was_written_down_late_did_not_count_before():
    credits = [credit(8, date(2026, 3, 2), after=60)]
    assert (done(credits, date(2026, 4, 1)), done(credits)) == (0, 8)


def test_a_past_day_is_judged_by_the_rule_of_that_day():
    stricter = Rule(audience=Audience.CIVIL_SERVANT, starts=date(2026, 7, 1), hours=Decimal(120))
    rules = [*RULES, stricter]
    before = stood([], Audience.CIVIL_SERVANT, date(2026, 6, 30), rules)
    after = stood([], Audience.CIVIL_SERVANT, date(2026, 7, 1), rules)
    assert (before.lacking, after.lacking) == (Decimal(90), Decimal(120))


def test_before_any_rule_nothing_is_said():
    assert progress([], RULES, Audience.CIVIL_SERVANT, date(2022, 12, 31)) is None


def test_who_will_miss_is_told_from_what_is_planned_and_unsigned():
    found = stood([credit(60), credit(10, counts=False)], Audience.CIVIL_SERVANT, DAY)
    assert will_miss(found, Decimal(19), DAY)
    assert not will_miss(found, Decimal(20), DAY)


DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
HOURS = st.integers(1, 240).map(lambda tenths: Decimal(tenths) / 10)


@st.composite
def credits(draw):
    day, after = draw(DAYS), draw(st.integers(0, 90))
    recorded = day + timedelta(days=after)
    signed = draw(st.none() | st.integers(0, 30))
    back = draw(st.none() | st.integers(0, 200))
    return Credit(
        day=day,
        hours=draw(HOURS),
        category=draw(st.sampled_from(Category)),
        recorded=recorded,
        counts_from=None if signed is None else recorded + timedelta(days=signed),
        reversed_on=None if back is None else recorded + timedelta(days=back),
    )


@given(st.lists(credits(), max_size=20), st.lists(credits(), max_size=8), DAYS)
def test_what_is_written_later_does_not_change_what_was_so_on_a_day(known, later, day):
    added = [one for one in later if one.recorded > day]
    for audience in (Audience.CIVIL_SERVANT, Audience.COUNTY_LEADER, Audience.PROFESSIONAL):
        assert stood(known, audience, day) == stood([*added, *known], audience, day)


@given(st.lists(credits(), max_size=20), DAYS)
def test_hours_are_split_without_rest(known, day):
    found = stood(known, Audience.PROFESSIONAL, day)
    assert found.done + found.unsigned <= total(known)
    assert sum(found.by_category.values()) == found.done


@given(st.lists(credits(), max_size=20), credits(), DAYS)
def test_more_hours_never_mean_less_progress(known, more, day):
    before = stood(known, Audience.PROFESSIONAL, day)
    after = stood([*known, more], Audience.PROFESSIONAL, day)
    assert after.lacking <= before.lacking


@given(DAYS, st.integers(1, 7), st.integers(2000, 2030))
def test_every_day_lies_in_its_period(day, years, anchor):
    rule = Rule(
        audience=Audience.OTHER, starts=date(2000, 1, 1), hours=Decimal(1), years=years, anchor=anchor
    )
    period = rule.period(day)
    assert period.holds(day)
    assert rule.period(period.first) == rule.period(period.last) == period
