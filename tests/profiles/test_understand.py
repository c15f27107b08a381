"""An answer's meaning follows the profile; no answer, however odd, makes understanding fail."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.probes import oids
from monitoring.probes.answer import Answer, MacSighting, Raw, Reason, SnmpValue
from monitoring.probes.profile import Profile
from monitoring.probes.profiles_file import load_profiles, profile_named, profiles, towards
from monitoring.probes.question import questions
from monitoring.probes.understand import understand

HC_IN, IN = "1.3.6.1.2.1.31.1.1.1.6", "1.3.6.1.2.1.2.2.1.10"
PORTS: dict[str, tuple[tuple[str, SnmpValue], ...]] = {
    oids.IF_DESCR: (
        ("1", b"lo"),
        ("2", b"eth0"),
        ("3", b"Intel-WFP Native MAC Filter"),
        ("9", b"Vlanif9"),
    ),
    oids.IF_TYPE: (("1", 24), ("2", 6), ("3", 6), ("9", 53)),
    oids.IF_OPER_STATUS: (("1", 1), ("2", 1), ("3", 2), ("9", 4)),
    oids.IF_HIGH_SPEED: (("2", 1000), ("3", 0)),
    oids.IF_SPEED: (("3", 100_000_000), ("9", 4_294_967_295)),
    oids.IF_NAME: (("2", "以太网".encode("gbk")),),
}


def answered(profile: str | Profile, raw: Raw) -> Answer:
    found = profile_named(profile) if isinstance(profile, str) else profile
    return understand(7, found, raw)


def number(answer: Answer, name: str) -> float | None:
    return answer.values[answer.profile.layout.index(name)]


def test_interfaces_are_named_and_the_real_ones_told_from_the_others() -> None:
    ports = answered("any_agent", Raw(scalars={}, columns=PORTS)).interfaces
    assert [(port.index, port.name, port.physical) for port in ports] == [
        (1, "lo", False),
        (2, "以太网", True),
        (3, "Intel-WFP Native MAC Filter", False),
        (9, "Vlanif9", False),
    ]
    assert [(port.speed_mbps, port.up) for port in ports] == [
        (None, True),
        (1000, True),
        (100, False),
        (None, None),
    ]


def test_traffic_is_summed_over_real_ports_alone() -> None:
    columns = PORTS | {HC_IN: (("1", 9_000), ("2", 100), ("3", 100), ("9", 70))}
    answer = answered("computer", Raw(scalars={oids.SYS_UPTIME: 6_000}, columns=columns))
    assert number(answer, "in_bps") == 800
    assert "in_bps" not in answer.fallbacks
    assert answer.uptime_s == 60


def test_without_64_bit_counters_the_32_bit_ones_are_read_and_said_so() -> None:
    columns = PORTS | {HC_IN: (), IN: (("2", 50),)}
    answer = answered("computer", Raw(scalars={}, columns=columns))
    assert number(answer, "in_bps") == 400
    assert answer.fallbacks == {"in_bps"}


def test_a_line_can_be_narrowed_to_the_port_that_a_person_named() -> None:
    columns = PORTS | {HC_IN: (("2", 100), ("9", 70))}
    assert number(answered("line", Raw(scalars={}, columns=columns)), "in_bps") == 800
    for name in ("vlanif9", "9"):
        narrowed = towards(profile_named("line"), name)
        assert number(answered(narrowed, Raw(scalars={}, columns=columns)), "in_bps") == 560


def test_a_switch_tells_the_macs_behind_its_ports() -> None:
    columns = {
        oids.BRIDGE_PORT_INTERFACE: (("3", 10103), ("4", 10104)),
        oids.BRIDGE_FDB_PORT: (("0.224.219.96.119.36", 3), ("1.0.94.0.0.1", 3), ("0.224.219.96.119.37", 0)),
        oids.Q_BRIDGE_FDB_PORT: (("12.0.224.219.96.119.38", 4), ("no.mac", 4), ("1.2.3.4.5.6.700", 4)),
    }
    macs = answered("switch", Raw(scalars={}, columns=columns)).macs
    assert set(macs) == {
        MacSighting(mac="00:e0:db:60:77:24", interface=10103),
        MacSighting(mac="00:e0:db:60:77:25", interface=0),
        MacSighting(mac="00:e0:db:60:77:26", interface=10104),
    }


def test_a_mac_that_both_tables_know_is_seen_once() -> None:
    columns = {
        oids.BRIDGE_PORT_INTERFACE: (("4", 10104),),
        oids.BRIDGE_FDB_PORT: (("0.224.219.96.119.38", 4),),
        oids.Q_BRIDGE_FDB_PORT: (("12.0.224.219.96.119.38", 4),),
    }
    assert len(answered("switch", Raw(columns=columns)).macs) == 1


def test_the_chassis_is_asked_who_it_is_before_its_modules() -> None:
    entity = "1.3.6.1.2.1.47.1.1.1.1."
    columns: dict[str, tuple[tuple[str, SnmpValue], ...]] = {
        entity + "5": (("1", 9), ("2", 3), ("3", 3)),
        entity + "11": (("1", b"MODULE"), ("2", b""), ("3", b"CHASSIS")),
        entity + "13": (("1", b"CARD"),),
    }
    texts = answered("any_agent", Raw(columns=columns)).texts
    assert texts["entity_serial"] == "CHASSIS"
    assert "entity_model" not in texts


def test_no_call_is_zero_only_where_calls_are_told() -> None:
    empty = {"1.3.6.1.4.1.13885.101.1.4.1": ()}
    status = {"1.3.6.1.4.1.13885.101.1.1.6.0": 2}
    assert number(answered("video_poly", Raw(scalars=status, columns=empty)), "calls") == 0
    assert number(answered("video_poly", Raw(scalars={}, columns=empty)), "calls") is None
    assert number(answered("video_poly", Raw(scalars=status, columns={})), "calls") is None
    row = {"1.3.6.1.4.1.13885.101.1.4.1": (("1.1.1", 1), ("1.2.1", b"x"))}
    assert number(answered("video_poly", Raw(scalars=status, columns=row)), "calls") == 1


def test_a_gauge_that_the_agent_cannot_fill_is_a_gap() -> None:
    scalars = {"1.3.6.1.2.1.33.1.2.3.0": 4_294_967_295, "1.3.6.1.2.1.33.1.2.4.0": 100}
    answer = answered("ups", Raw(scalars=scalars))
    assert number(answer, "minutes_left") is None
    assert number(answer, "charge_percent") == 100


def test_numbers_of_ping_and_http_follow_those_of_snmp() -> None:
    answer = answered(
        "notice_board_player", Raw(rtt_ms=3.5, http_status=200, http_ms=12.0, http_content="ab")
    )
    assert dict(zip(answer.profile.layout, answer.values, strict=True)) == {
        "rtt_ms": 3.5,
        "http_status": 200,
        "http_ms": 12.0,
    }
    assert answer.content == "ab"


@pytest.mark.parametrize(
    ("raw", "reason", "someone"),
    [
        (Raw(snmp=Reason.SILENT, ping=Reason.SILENT), Reason.SILENT, False),
        (Raw(snmp=Reason.SILENT, rtt_ms=2.0), Reason.SILENT, True),
        (Raw(snmp=Reason.WRONG_CREDENTIALS), Reason.WRONG_CREDENTIALS, True),
        (Raw(snmp=Reason.FOREIGN), Reason.FOREIGN, False),
        (Raw(snmp=Reason.UNREACHABLE), Reason.UNREACHABLE, False),
        (Raw(scalars={}, columns={IN: ()}), Reason.EMPTY, True),
        (Raw(scalars={oids.SYS_UPTIME: 1}), Reason.NONE, True),
    ],
)
def test_why_there_is_no_answer_and_whether_somebody_is_there(
    raw: Raw, reason: Reason, someone: bool
) -> None:
    answer = answered("any_agent", raw)
    assert (answer.reason, answer.answered) == (reason, someone)


def test_the_first_closed_port_says_why() -> None:
    ports = Profile(name="ports", version=1, kinds=(), interval_s=60, ping=False, tcp_ports=(22, 80, 443))
    raw = Raw(tcp_ms={22: 1.5, 80: None, 443: None}, tcp={22: Reason.NONE, 80: Reason.REFUSED})
    answer = answered(ports, raw)
    assert (answer.reason, answer.answered, answer.values) == (Reason.REFUSED, True, (1.5, None, None))
    assert answered(ports, Raw()).reason is Reason.SILENT
    assert not answered(ports, Raw()).answered
    assert answered(ports, Raw(tcp_ms={22: 1.0, 80: 1.0, 443: 1.0})).reason is Reason.NONE


def test_what_is_asked_daily_is_not_asked_in_every_cycle() -> None:
    daily, cycle = questions(profile_named("computer"), True), questions(profile_named("computer"), False)
    assert oids.SYS_DESCR in daily.scalars
    assert oids.SYS_DESCR not in cycle.scalars
    assert oids.SYS_UPTIME in cycle.scalars
    assert set(cycle.scalars) < set(daily.scalars)
    assert len(set(daily.columns)) == len(daily.columns)


values = st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=20)
indexes = (
    st.sampled_from(["1", "2", "0", "", "x", "1.2", "99999999999", "1.2.3.4.5.6", "9.0.224.1.2.3.4"])
    | st.text()
)
all_profiles = sorted(profiles().values(), key=lambda profile: profile.name)


@st.composite
def odd_answers(draw: st.DrawFn) -> tuple[Profile, Raw]:
    profile = draw(st.sampled_from(all_profiles))
    asked = questions(profile, True)
    known_scalars = [*asked.scalars, *asked.fallbacks.values(), "1.3"]
    known_columns = [*asked.columns, *asked.fallbacks.values(), "1.3"]
    rows = st.lists(st.tuples(indexes, values), max_size=6).map(tuple)
    return profile, Raw(
        rtt_ms=draw(st.none() | st.floats()),
        snmp=draw(st.sampled_from(Reason)),
        http=draw(st.sampled_from(Reason)),
        scalars=draw(st.none() | st.dictionaries(st.sampled_from(known_scalars), values, max_size=8)),
        columns=draw(st.none() | st.dictionaries(st.sampled_from(known_columns), rows, max_size=12)),
        http_status=draw(st.none() | st.integers()),
        tcp_ms=draw(st.none() | st.dictionaries(st.integers(), st.none() | st.floats())),
    )


@given(odd_answers())
def test_every_answer_has_the_layouts_length_and_finite_numbers(odd: tuple[Profile, Raw]) -> None:
    profile, raw = odd
    answer = understand(1, profile, raw)
    assert len(answer.values) == len(profile.layout)
    numbers = answer.values[: len(profile.numbers)]
    assert all(value is None or math.isfinite(value) for value in numbers)
    assert all(len(sighting.mac) == 17 for sighting in answer.macs)


def test_the_packaged_profiles_are_those_of_the_folder() -> None:
    folder = Path(__file__).parents[2] / "monitoring" / "profiles"
    assert set(load_profiles(folder)) == set(profiles())
