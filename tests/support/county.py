"""A small county for tests of pages: two townships of Anhua and one of its neighbour, made by the real actions."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from inventory.actions.evidence import record_sighting
from inventory.actions.marking import mark
from inventory.actions.partitions import ensure_days
from inventory.marks.kind import Kind
from inventory.models import (
    Asset,
    Binding,
    DeviceModel,
    Doubt,
    Endpoint,
    EvidenceDay,
    Fact,
    Manufacturer,
    Network,
    NetworkKind,
    Repair,
    Standard,
    StandardItem,
)
from itops.organisation.actions.accounts import create_account, ensure_roles, grant
from itops.organisation.actions.people import add_person
from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Office, Place, User, WorkCalendar
from itops.organisation.roles import DEFAULT_ROLES
from monitoring.actions.layouts import layout_id
from monitoring.models import Incident, Outcome, Probe, Reading, State, StateCode, Sweep
from monitoring.probes.profiles_file import profile_named

OPEN = 420.0
BY = "tests"
LONG_AGO = date(2020, 1, 1)


@dataclass(slots=True)
class County:
    """What tests look at, by name."""

    county: Place
    neighbour: Place
    xianxi: Place
    yanxi: Place
    foreign: Place
    calendar: WorkCalendar
    network: Network
    assets: dict[str, Asset] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


def small_county() -> County:
    """Every mark, a line that is cut, a doubt, something never seen, something that cannot be told."""
    made = _places()
    _standard()
    _xianxi(made)
    _yanxi(made)
    made.assets["foreign"] = add(made, made.foreign, Kind.COMPUTER, "TJ-01", "桃江电脑", users=2)
    Sweep.objects.create(
        started=timezone.now() - timedelta(minutes=2), seconds=0.8, asked=9, answered=6, unreachable=2, late=0
    )
    mark(timezone.localdate())
    _accounts(made)
    return made


def add(
    made: County,
    place: Place,
    kind: Kind,
    tag: str,
    name: str,
    *,
    profile: str = "computer",
    state: StateCode = StateCode.UP,
    behind: Endpoint | None = None,
    days: int = 60,
    probed: bool = True,
    whole: Asset | None = None,
    location: str = "一楼大厅",
    model: DeviceModel | None = None,
    cost_fen: int | None = 450_000,
    in_service_on: date | None = date(2019, 6, 18),
    minimum_years: int | None = 6,
    generated: bool = False,
    **signs: Any,
) -> Asset:
    """An asset with its endpoint, probe, state, evidence of so many days back and an hour of readings."""
    asset = Asset.objects.create(
        tag=tag,
        kind=kind.value,
        name=name,
        place=place,
        office=place.offices.first(),
        location=location,
        whole=whole,
        device_model=model,
        network=made.network,
        responsible=place.offices.get().people.first(),
        bought_on=in_service_on,
        in_service_on=in_service_on,
        minimum_years=minimum_years,
        cost_fen=cost_fen,
    )
    if probed:
        watch(made, asset, profile, state=state, behind=behind, days=days, generated=generated, signs=signs)
    return asset


def watch(
    made: County,
    asset: Asset,
    profile: str,
    *,
    state: StateCode,
    behind: Endpoint | None,
    days: int,
    generated: bool,
    signs: dict[str, Any],
) -> Endpoint:
    """An endpoint of the asset that was seen (unless its state says otherwise) on the last `days` days."""
    now = timezone.now()
    seen = state in (StateCode.UP, StateCode.UNREACHABLE)
    endpoint = Endpoint.objects.create(
        network=made.network,
        place=asset.place,
        address=f"10.61.{asset.place_id % 250}.{asset.pk % 250}",
        behind=behind,
        first_observed=now - timedelta(days=400) if state != StateCode.NEVER else None,
    )
    Binding.objects.create(
        endpoint=endpoint, asset=asset, during=TimestamptzRange(now - timedelta(days=300), None), by=BY
    )
    kind = profile_named(profile)
    Probe.objects.create(endpoint=endpoint, profile=profile, interval_s=kind.interval_s)
    State.objects.create(
        endpoint=endpoint,
        cycle=now + timedelta(minutes=3),
        code=state,
        since=now - timedelta(hours=3),
        failures=0 if state == StateCode.UP else 30,
        reason="" if state == StateCode.UP else "silent",
        last_cycle=now - timedelta(minutes=1),
        last_answer=now - timedelta(minutes=1 if state == StateCode.UP else 190) if seen else None,
    )
    _evidence(endpoint, days, seen=seen, generated=generated, signs=signs)
    _readings(endpoint, profile, state)
    return endpoint


def endpoint_of(asset: Asset) -> Endpoint:
    return Endpoint.objects.get(bindings__asset=asset)


def _evidence(endpoint: Endpoint, days: int, *, seen: bool, generated: bool, signs: dict[str, Any]) -> None:
    today = timezone.localdate()
    every = [today - timedelta(days=back) for back in range(days)]
    ensure_days(every)
    EvidenceDay.objects.bulk_create(
        EvidenceDay(
            endpoint_id=endpoint.pk,
            day=day,
            witness="snmp",
            open_minutes=OPEN if day.weekday() < 5 else 0,
            observable_minutes=OPEN if day.weekday() < 5 else 0,
            asked_minutes=1440,
            seen_minutes=400 if seen and day.weekday() < 5 else 0,
            last_cycle=timezone.make_aware(datetime.combine(day, time(17, 20)))
            if day < today
            else timezone.now(),
            generated=generated and day < today,
            **(signs if day.weekday() < 5 else {}),
        )
        for day in every
    )


def _readings(endpoint: Endpoint, profile: str, state: StateCode) -> None:
    """Twelve cycles of five minutes: answers, or gaps as the state says."""
    now = timezone.now().replace(microsecond=0)
    outcome = {StateCode.UP: Outcome.ANSWERED, StateCode.UNREACHABLE: Outcome.UNREACHABLE}.get(
        state, Outcome.SILENT
    )
    kind = profile_named(profile)
    Reading.objects.bulk_create(
        Reading(
            endpoint_id=endpoint.pk,
            cycle=now - timedelta(minutes=5 * back + 1),
            layout_id=layout_id(kind) if outcome == Outcome.ANSWERED else None,
            outcome=outcome,
            reason="" if outcome == Outcome.ANSWERED else "silent",
            values=[float(12 + back % 5)] * len(kind.layout) if outcome == Outcome.ANSWERED else None,
        )
        for back in range(12)
    )


def _places() -> County:
    calendar = WorkCalendar.objects.create(name="机关作息")
    province = _place("湖南省", "43", Level.PROVINCE, None)
    city = _place("益阳市", "4309", Level.CITY, province)
    county = _place("安化县", "430923", Level.COUNTY, city)
    neighbour = _place("桃江县", "430922", Level.COUNTY, city)
    xianxi = _place("仙溪镇", "430923103", Level.TOWNSHIP, county)
    yanxi = _place("烟溪镇", "430923114", Level.TOWNSHIP, county)
    foreign = _place("马迹塘镇", "430922103", Level.TOWNSHIP, neighbour)
    for place, person in ((xianxi, "刘敏"), (yanxi, "王海涛"), (foreign, "陈某")):
        office = Office.objects.create(place=place, name=f"{place.name}民政所", staff=4, calendar=calendar)
        add_person(by=BY, office=office, name=person, post="信息管理员")
    network = Network.objects.create(name="政务外网", kind=NetworkKind.EXTRANET)
    return County(
        county=county,
        neighbour=neighbour,
        xianxi=xianxi,
        yanxi=yanxi,
        foreign=foreign,
        calendar=calendar,
        network=network,
    )


def _place(name: str, code: str, level: Level, parent: Place | None) -> Place:
    return add_place(by=BY, name=name, code=code, level=level, parent=parent, starts=LONG_AGO)


def _standard() -> None:
    standard = Standard.objects.create(
        name="安化县 2025 版", starts=date(2025, 7, 1), source="安民发〔2025〕8 号"
    )
    asked = {
        Kind.COMPUTER: (0, 100),
        Kind.CONFERENCE_ROOM: (1, 0),
        Kind.NOTICE_BOARD: (2, 0),
        Kind.NETWORK_LINK: (1, 0),
    }
    for kind, (fixed, percent) in asked.items():
        StandardItem.objects.create(standard=standard, kind=kind.value, fixed=fixed, percent_of_staff=percent)


def _xianxi(made: County) -> None:
    here = made.xianxi
    line = add(made, here, Kind.NETWORK_LINK, "AH-XX-01", "县 - 仙溪专线", profile="line", used_minutes=400)
    switch = add(
        made, here, Kind.NETWORK_DEVICE, "AH-XX-02", "交换机", profile="switch", behind=endpoint_of(line)
    )
    poly = DeviceModel.objects.create(
        manufacturer=Manufacturer.objects.create(name="Poly"),
        name="Studio X50",
        kind=Kind.VIDEO_ENDPOINT.value,
    )
    room = add(made, here, Kind.CONFERENCE_ROOM, "AH-XX-03", "二楼视频会议室", probed=False, cost_fen=None)
    behind = endpoint_of(switch)
    codec = add(
        made,
        here,
        Kind.VIDEO_ENDPOINT,
        "AH-XX-04",
        "视频会议终端",
        profile="video_poly",
        whole=room,
        behind=behind,
        model=poly,
        calls=0,
        used_minutes=0,
        cost_fen=3_860_000,
    )
    Repair.objects.create(
        asset=codec, on=timezone.localdate() - timedelta(days=70), what="更换摄像头模组", cost_fen=120_000
    )
    old = add(made, here, Kind.COMPUTER, "AH-XX-05", "办公电脑 203", users=1, behind=behind)
    Fact.objects.create(
        asset=old,
        name="description",
        declared="Windows 10",
        observed="Hardware: x86 Family 6 - Software: Windows Version 6.1 (Build 7601 Multiprocessor Free)",
        source="snmp",
        since=timezone.now(),
    )
    Fact.objects.create(
        asset=old, name="serial", declared="PF0001", observed="PF9999", source="snmp", since=timezone.now()
    )
    good = add(
        made,
        here,
        Kind.COMPUTER,
        "AH-XX-06",
        "办公电脑 204",
        users=1,
        behind=behind,
        in_service_on=date(2024, 3, 1),
    )
    Doubt.objects.create(
        endpoint=endpoint_of(old),
        sort=Doubt.Sort.REPLACED,
        detail={"serial": "PF9999", "recorded": "PF0001", "asset": old.pk, "owner": None},
        opened=timezone.now(),
    )
    made.assets |= {"line": line, "switch": switch, "room": room, "codec": codec, "old": old, "good": good}


def _yanxi(made: County) -> None:
    here = made.yanxi
    line = add(
        made,
        here,
        Kind.NETWORK_LINK,
        "AH-YX-01",
        "县 - 烟溪专线",
        profile="line",
        state=StateCode.DOWN,
        days=1,
    )
    behind = endpoint_of(line)
    out = StateCode.UNREACHABLE
    printer = add(
        made,
        here,
        Kind.PRINTER,
        "AH-YX-02",
        "激光打印机",
        profile="printer",
        state=out,
        behind=behind,
        pages=0,
    )
    never = add(
        made,
        here,
        Kind.NOTICE_BOARD,
        "AH-YX-03",
        "公示栏",
        profile="notice_board_player",
        state=StateCode.NEVER,
        behind=behind,
        days=3,
    )
    lost = add(made, here, Kind.COMPUTER, "AH-YX-04", "=办公电脑", state=StateCode.DOWN, behind=behind)
    record_sighting(lost, found=False, by=BY, note="办公室已腾空")
    now = timezone.now()
    Incident.objects.create(
        endpoint=behind, opened=now - timedelta(hours=3), confirmed=now - timedelta(hours=3), explains=3
    )
    made.assets |= {"cut": line, "printer": printer, "never": never, "lost": lost}


def _accounts(made: County) -> None:
    """Each default role over Anhua, the officer over Xianxi alone, and one account that may do nothing."""
    roles = ensure_roles(by=BY)
    for code in DEFAULT_ROLES:
        user = create_account(by=BY, username=code, place=made.county)
        grant(
            by=BY,
            user=user,
            role=roles[code],
            place=made.xianxi if code == "township_officer" else made.county,
        )
        made.users[code] = user
    made.users["nobody"] = create_account(by=BY, username="nobody", place=made.county)
