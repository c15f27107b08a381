"""Each monthly figure is counted again from single rows, another way; frozen ones are changed by nobody."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inventory.actions.marking import judged
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from inventory.models import Asset, EvidenceDay, StandardItem
from itops.organisation.actions.accounts import ensure_roles, grant
from itops.organisation.models import Office, Person, Place, User
from planning.actions.statistics import confirm, correct, count, explain
from planning.models import Indicator, IndicatorDefinition, MonthlyFigure, ReportedFigure
from planning.statistics.months import Month, month_of
from tests.support.county import County, add

pytestmark = pytest.mark.django_db
BY = "tests"
MARKED = Answer.MARKED
SIGNS = {Kind.COMPUTER: "users", Kind.VIDEO_ENDPOINT: "calls", Kind.NETWORK_LINK: "used_minutes"}


@pytest.fixture
def month() -> Month:
    """The last one that is over."""
    return month_of(timezone.localdate()).before


@pytest.fixture
def section(county: County) -> User:
    """Somebody of the bureau's office, which answers for every indicator."""
    bureau = Office.objects.create(place=county.county, name="信息中心", calendar=county.calendar, staff=9)
    person = Person.objects.create(office=bureau, name="统计员", pinyin="tongjiyuan")
    user = User.objects.create(username="section", person=person)
    grant(by=BY, user=user, role=ensure_roles(by=BY)["business_section"], place=county.county)
    return user


@pytest.fixture
def counted(county: County, month: Month, section: User) -> Month:
    count(month, by=BY)
    Indicator.objects.update(office=section.person.office if section.person else None)
    count(month, by=BY)
    return month


def figure(code: str, place: Place, month: Month) -> MonthlyFigure:
    return MonthlyFigure.objects.filter(indicator__code=code, place=place, month=month.first).latest(
        "version"
    )


def pair(code: str, place: Place, month: Month) -> tuple[int, int]:
    found = figure(code, place, month)
    return found.part, found.whole


def here(place: Place, month: Month, kind: Kind | None = None) -> list[Asset]:
    """On the books and not missing, by the verdict of that day."""
    kept = Asset.objects.filter(place=place, archived=False).exclude(condition="retired")
    found = list(kept.filter(kind=kind.value) if kind else kept)
    lost = {one.known.asset for one in judged(month.last) if one.judgement.answer(Mark.MISSING) is MARKED}
    return [one for one in found if one.pk not in lost]


def days_of(asset: Asset, month: Month) -> list[EvidenceDay]:
    return list(
        EvidenceDay.objects.filter(
            endpoint__bindings__asset=asset, day__gte=month.first, day__lte=month.last
        ).distinct()
    )


def by_hand(code: str, place: Place, month: Month) -> tuple[int, int]:
    """From the rows of assets, offices, items and days of evidence, one by one."""
    computers = here(place, month, Kind.COMPUTER)
    links = here(place, month, Kind.NETWORK_LINK)
    staff = sum(Office.objects.filter(place=place).values_list("staff", flat=True))
    if code in {"SB01", "SB02"}:
        kinds = [Kind.COMPUTER] if code == "SB01" else list(Kind)
        part = whole = 0
        for item in StandardItem.objects.filter(kind__in=[kind.value for kind in kinds]):
            asked = item.fixed + staff * item.percent_of_staff // 100
            part, whole = part + min(len(here(place, month, Kind(item.kind))), asked), whole + asked
        return part, whole
    if code == "SB03":
        return staff, len(computers)
    if code == "WL01":
        return int(bool(links)), 1
    if code == "WL02":
        heard = [any(day.seen_minutes for day in days_of(one, month)) for one in computers]
        asked_at_all = [bool(days_of(one, month)) for one in computers]
        return sum(heard), sum(asked_at_all)
    if code == "WL04":
        days = [day for one in links for day in days_of(one, month)]
        return round(sum(day.seen_minutes for day in days)), round(sum(day.asked_minutes for day in days))
    assert code == "YX02"
    used = idle = 0
    for kind, sign in SIGNS.items():
        for asset in here(place, month, kind):
            for day in days_of(asset, month):
                if day.open_minutes:
                    used += bool(getattr(day, sign))
                    idle += not getattr(day, sign)
    return used, used + idle


@pytest.mark.parametrize("code", ["SB01", "SB02", "SB03", "WL01", "WL02", "WL04"])
def test_each_figure_is_what_the_rows_add_up_to(county: County, counted: Month, code: str) -> None:
    each = [by_hand(code, place, counted) for place in (county.xianxi, county.yanxi)]
    assert [pair(code, place, counted) for place in (county.xianxi, county.yanxi)] == each
    assert pair(code, county.county, counted) == tuple(map(sum, zip(*each, strict=True)))
    assert any(whole for _part, whole in each)


def test_use_is_what_the_days_add_up_to(county: County, counted: Month) -> None:
    """In Xianxi all signs are measured; the room's days are its endpoint's."""
    used, observed = by_hand("YX02", county.xianxi, counted)
    codec = [day for day in days_of(county.assets["codec"], counted) if day.open_minutes]
    assert pair("YX02", county.xianxi, counted) == (used, observed + len(codec))
    assert observed


def test_the_room_was_not_used(county: County, counted: Month) -> None:
    seen = [day.calls for day in days_of(county.assets["codec"], counted) if day.open_minutes]
    assert seen
    assert pair("YX03", county.xianxi, counted) == (int(any(seen)), 1)


def test_what_is_in_order_follows_the_standings_of_the_day(county: County, month: Month) -> None:
    """Of the running month: each piece's own answers, as the marking stored them."""
    count(month.after, by=BY)
    part = whole = untold = 0
    for asset in Asset.objects.filter(place=county.xianxi).select_related("standing"):
        answers = {asset.standing.missing, asset.standing.outdated}
        told = "unknown" not in answers or asset.standing.outdated == "marked"
        part += told and "marked" not in answers
        whole += told
        untold += not told
    found = figure("YX01", county.xianxi, month.after)
    assert (found.part, found.whole, found.untold) == (part, whole, untold)
    assert 0 < part < whole


def test_a_firewall_provides_its_township(county: County, month: Month) -> None:
    Asset.objects.filter(pk=county.assets["switch"].pk).update(name="硬件防火墙")
    count(month.after, by=BY)
    assert pair("WL03", county.xianxi, month.after) == (1, 1)
    assert pair("WL03", county.yanxi, month.after) == (0, 1)
    assert pair("WL03", county.county, month.after) == (1, 2)


WALLS = {  # name of the asset in Xianxi and in Yanxi: whether each is a security device
    ("硬件防火墙", "入侵检测系统"): (1, 1),
    ("上网行为管理", "办公电脑"): (1, 0),
    ("三层交换机", "电子公示栏"): (0, 0),
}
SECURITY = re.compile("防火墙|入侵|上网行为|网闸|安全审计|堡垒")


@pytest.mark.parametrize(("names", "expected"), WALLS.items())
def test_security_is_what_the_names_on_the_books_say(
    county: County, month: Month, names: tuple[str, str], expected: tuple[int, int]
) -> None:
    """From single assets of the database, by a list of words of our own."""
    guarded = []
    for place, name in zip((county.xianxi, county.yanxi), names, strict=True):
        one = Asset.objects.filter(place=place, archived=False, standing__missing="clear").earliest("tag")
        Asset.objects.filter(pk=one.pk).update(name=name)
    count(month.after, by=BY)
    for place in (county.xianxi, county.yanxi):
        there = Asset.objects.filter(place=place, archived=False).exclude(condition="retired")
        guards = [one for one in there.select_related("standing") if SECURITY.search(one.name)]
        guarded.append(int(any(one.standing.missing != "marked" for one in guards)))
        assert pair("WL03", place, month.after) == (guarded[-1], 1)
    assert tuple(guarded) == expected
    assert pair("WL03", county.county, month.after) == (sum(guarded), 2)


def test_the_neighbouring_county_has_its_own_figures(county: County, counted: Month) -> None:
    assert pair("SB03", county.neighbour, counted) == by_hand("SB03", county.foreign, counted)
    assert figure("SB03", county.foreign, counted).county == county.neighbour


def test_counting_twice_changes_nothing(county: County, counted: Month) -> None:
    before = list(MonthlyFigure.objects.order_by("pk").values())
    done = count(counted, by=BY)
    assert (done.added, done.changed, done.frozen) == (0, 0, 0)
    assert done.same == len(before)
    assert list(MonthlyFigure.objects.order_by("pk").values()) == before


def test_what_was_bought_later_was_not_there(county: County, month: Month) -> None:
    before = len(here(county.xianxi, month, Kind.COMPUTER))
    Asset.objects.filter(pk=county.assets["good"].pk).update(bought_on=month.after.first)
    Asset.objects.filter(pk=county.assets["good"].pk).update(in_service_on=month.after.first)
    count(month, by=BY)
    assert figure("SB03", county.xianxi, month).whole == before  # the change came later than the month


def test_a_month_to_come_is_refused(county: County) -> None:
    with pytest.raises(ValidationError, match="来"):
        count(month_of(timezone.localdate()).after, by=BY)


def all_of(code: str = "SB01") -> list[Indicator]:
    return list(Indicator.objects.filter(code=code))


def test_the_office_confirms_and_the_figure_is_frozen(county: County, counted: Month, section: User) -> None:
    assert confirm(counted, county.county, all_of(), by=section) == 3
    found = figure("SB01", county.xianxi, counted)
    assert (found.confirmed_by, found.office) == (section, section.person and section.person.office)
    for change in ({"part": 1}, {"confirmed_at": None, "confirmed_by": None}, {"reason": "改"}):
        with pytest.raises(IntegrityError, match="figure is not changed"), transaction.atomic():
            MonthlyFigure.objects.filter(pk=found.pk).update(**change)
    with pytest.raises(IntegrityError, match="figure is not changed"), transaction.atomic():
        found.delete()
    assert count(counted, by=BY).frozen == 3


def test_nobody_confirms_twice(county: County, counted: Month, section: User) -> None:
    confirm(counted, county.county, all_of(), by=section)
    with pytest.raises(ValidationError, match="统计员"):
        confirm(counted, county.county, all_of(), by=section)


def test_only_the_reporting_office_confirms(county: County, counted: Month, section: User) -> None:
    Indicator.objects.filter(code="SB01").update(office=county.xianxi.offices.get())
    with pytest.raises(ValidationError, match="仙溪"):
        confirm(counted, county.county, all_of(), by=section)
    Indicator.objects.filter(code="SB01").update(office=None)
    with pytest.raises(ValidationError, match="计算机配备率"):
        confirm(counted, county.county, all_of(), by=section)
    with pytest.raises(PermissionDenied):
        confirm(counted, county.county, all_of(), by=county.users["statistician"])
    with pytest.raises(PermissionDenied):
        confirm(counted, county.neighbour, all_of(), by=section)


def test_a_running_month_is_not_confirmed(county: County, counted: Month, section: User) -> None:
    count(counted.after, by=BY)
    with pytest.raises(ValidationError, match=str(counted.after)):
        confirm(counted.after, county.county, all_of(), by=section)


def test_generated_days_prove_nothing_to_confirm(county: County, counted: Month, section: User) -> None:
    EvidenceDay.objects.filter(day__lte=counted.last).update(generated=True)
    count(counted, by=BY)
    assert figure("WL02", county.county, counted).generated
    with pytest.raises(ValidationError, match="演示"):
        confirm(counted, county.county, all_of("WL02"), by=section)
    assert confirm(counted, county.county, all_of("SB01"), by=section) == 3


def test_a_correction_is_another_version_with_a_reason(county: County, counted: Month, section: User) -> None:
    (indicator,) = all_of("SB03")
    confirm(counted, county.county, [indicator], by=section)
    before = pair("SB03", county.xianxi, counted)
    with pytest.raises(ValidationError, match="相同"):
        correct(counted, county.county, indicator, reason="复核", by=section)
    office = county.xianxi.offices.get()
    office.staff_numbers.update(staff=7)
    with pytest.raises(ValidationError, match="理由"):
        correct(counted, county.county, indicator, reason=" ", by=section)
    assert correct(counted, county.county, indicator, reason="编制数录入有误", by=section) == 2
    found = figure("SB03", county.xianxi, counted)
    assert (found.version, found.part, found.reason, found.frozen) == (2, 7, "编制数录入有误", False)
    assert (
        MonthlyFigure.objects.get(
            indicator=indicator, place=county.xianxi, month=counted.first, version=1
        ).part
        == before[0]
    )
    assert figure("SB03", county.yanxi, counted).version == 1
    assert confirm(counted, county.county, [indicator], by=section) == 2


def another(found: MonthlyFigure, **said: object) -> MonthlyFigure:
    fresh = MonthlyFigure.objects.get(pk=found.pk)
    fresh.pk, fresh.confirmed_at, fresh.confirmed_by = None, None, None
    for name, value in said.items():
        setattr(fresh, name, value)
    return fresh


@pytest.mark.parametrize(
    "said", [{"version": 2}, {"version": 3, "reason": "改"}, {"version": 2, "reason": "改"}]
)
def test_no_other_version_slips_in(
    county: County, counted: Month, section: User, said: dict[str, object]
) -> None:
    """Without a reason, with a gap, or beside one that nobody confirmed."""
    if said != {"version": 2, "reason": "改"}:
        confirm(counted, county.county, all_of(), by=section)
    with pytest.raises(IntegrityError, match="follows a confirmed one"), transaction.atomic():
        another(figure("SB01", county.xianxi, counted), **said).save()


@pytest.mark.parametrize("said", [{"whole": 0}, {"lacking": "nothing_there"}])
def test_no_figure_without_its_denominator(county: County, counted: Month, said: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="denominator"), transaction.atomic():
        MonthlyFigure.objects.filter(pk=figure("SB01", county.xianxi, counted).pk).update(**said)


def test_what_frozen_figures_cite_stays(county: County, counted: Month, section: User) -> None:
    definition = IndicatorDefinition.objects.get(indicator__code="SB01")
    IndicatorDefinition.objects.filter(pk=definition.pk).update(text="改过的口径")
    confirm(counted, county.county, all_of(), by=section)
    with pytest.raises(IntegrityError, match="cite this definition"), transaction.atomic():
        IndicatorDefinition.objects.filter(pk=definition.pk).update(text="再改")


def test_a_newer_definition_counts_from_its_day_on(county: County, counted: Month) -> None:
    indicator = Indicator.objects.get(code="SB01")
    IndicatorDefinition.objects.create(
        indicator=indicator, version=2, starts=counted.after.first, rule="equipment_provided", text="新口径"
    )
    count(counted, by=BY)
    count(counted.after, by=BY)
    assert figure("SB01", county.xianxi, counted).definition.version == 1
    now = figure("SB01", county.xianxi, counted.after)
    assert now.definition.version == 2
    assert (now.part, now.whole) == pair("SB02", county.xianxi, counted.after)


def test_a_difference_is_open_until_it_is_explained_and_again_when_it_changes(
    county: County, counted: Month, section: User
) -> None:
    found = figure("SB01", county.xianxi, counted)
    assert found.value is not None
    reported = ReportedFigure.objects.create(
        indicator=found.indicator, month=counted.first, place=county.xianxi, value=found.value + 9
    )
    assert reported.open_against(found)
    with pytest.raises(ValidationError, match="说明"):
        explain(reported, found, text=" ", by=section)
    explain(reported, found, text="含在途三台", by=section)
    assert not reported.open_against(found)
    reported.value += 1
    assert reported.open_against(found)
    reported.value = found.value
    assert not reported.open_against(found)


def test_the_day_given_means_its_month(county: County, counted: Month) -> None:
    indicator = Indicator.objects.get(code="SB01")
    reported = ReportedFigure(indicator=indicator, month=counted.last, place=county.xianxi, value=90)
    reported.full_clean()
    assert reported.month == counted.first
    reported.month = date.today() + timedelta(days=40)
    with pytest.raises(ValidationError):
        reported.full_clean()


def test_more_equipment_asks_no_more(county: County, month: Month) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            count(month.after, by=BY)
        return len(queries)

    asked()
    MonthlyFigure.objects.filter(month=month.after.first).delete()
    before = asked()
    for number in range(5):
        add(county, county.xianxi, Kind.COMPUTER, f"AH-XX-8{number}", "办公电脑", users=1)
    MonthlyFigure.objects.filter(month=month.after.first).delete()
    assert asked() <= before
    assert before <= 60
