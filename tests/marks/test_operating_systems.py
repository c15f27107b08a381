"""Operating systems from what devices say of themselves, with the traps of the field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.facts import OperatingSystem
from inventory.marks.operating_systems import recognise, table

WORKSTATION = "1.3.6.1.4.1.311.1.1.3.1.1"
SERVER = "1.3.6.1.4.1.311.1.1.3.1.2"
CONTROLLER = "1.3.6.1.4.1.311.1.1.3.1.3"


def windows(version: str, build: int, family: str = "Windows") -> str:
    return (
        "Hardware: Intel64 Family 6 Model 60 Stepping 3 AT/AT COMPATIBLE - "
        f"Software: {family} Version {version} (Build {build} Multiprocessor Free)"
    )


def known(sys_descr: str, sys_object_id: str = "", software: tuple[str, ...] = ()) -> OperatingSystem:
    system = recognise(sys_descr, sys_object_id, software)
    assert system is not None
    return system


@pytest.mark.parametrize(
    ("text", "role", "name", "end"),
    [
        (windows("6.3", 19045), WORKSTATION, "Windows 10 22H2", date(2025, 10, 14)),
        (windows("6.3", 9600), WORKSTATION, "Windows 8.1", date(2023, 1, 10)),
        (windows("6.3", 9600), SERVER, "Windows Server 2012 R2", date(2023, 10, 10)),
        (windows("6.1", 7601), WORKSTATION, "Windows 7 SP1", date(2020, 1, 14)),
        (windows("6.3", 14393), CONTROLLER, "Windows Server 2016", date(2027, 1, 12)),
        (windows("5.1", 2600, "Windows 2000"), "", "Windows XP SP3", date(2014, 4, 8)),
    ],
)
def test_the_build_decides_and_the_object_id_tells_servers_apart(
    text: str, role: str, name: str, end: date
) -> None:
    system = known(text, role)
    assert (system.name, system.end_of_support, system.edition_unknown) == (name, end, False)


def test_one_build_of_several_editions_has_no_single_end() -> None:
    system = known(windows("6.3", 19044), WORKSTATION)
    assert (system.end_of_support, system.edition_unknown) == (None, True)
    assert (system.earliest_end, system.latest_end) == (date(2023, 6, 13), date(2032, 1, 13))


def test_without_the_object_id_workstation_and_server_are_both_possible() -> None:
    system = known(windows("6.3", 14393))
    assert system.name == "Windows 10 1607 or Windows Server 2016"
    assert (system.earliest_end, system.latest_end) == (date(2018, 4, 10), date(2027, 1, 12))


def test_windows_7_without_service_pack_ended_no_later_than_with_it() -> None:
    system = known(windows("6.1", 7600), WORKSTATION)
    assert (system.earliest_end, system.latest_end) == (None, date(2020, 1, 14))


def test_an_unknown_build_is_windows_with_an_unknown_end() -> None:
    assert known(windows("6.3", 99999), WORKSTATION) == OperatingSystem(name="Windows", cycle="build 99999")


def linux(release: str, rest: str, host: str = "pc") -> str:
    return f"Linux {host} {release} {rest}"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (linux("5.15.0-91-generic", "#101-Ubuntu SMP Tue Nov 14 13:30:08 UTC 2023 x86_64"), "Ubuntu 22.04"),
        (linux("5.15.0-91-generic", "#101~20.04.1-Ubuntu SMP Thu Nov 16 2023 x86_64"), "Ubuntu 20.04"),
        (linux("6.1.0-13-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29) x86_64"), "Debian 12"),
        (linux("6.1.0-0.deb11.13-amd64", "#1 SMP Debian 6.1.55-1~bpo11+1 x86_64"), "Debian 11"),
        (linux("3.10.0-1160.el7.x86_64", "#1 SMP Mon Oct 19 2020 x86_64"), "Enterprise Linux 7"),
        ("Linux release:2.6.32-573.18.1.el6.x86_64 machine:x86_64", "Enterprise Linux 6"),
        (linux("5.10.0-216.0.0.115.oe2203sp4.aarch64", "#1 SMP"), "openEuler 22.03 LTS SP4"),
        (linux("6.6.0-1.0.0.1.oe2403sp9.x86_64", "#1 SMP"), "openEuler oe2403sp9"),
        (linux("4.19.90-24.4.v2101.ky10.x86_64", "#1 SMP"), "Kylin Advanced Server V10 SP2"),
        (linux("4.19.90-17.ky10.aarch64", "#1 SMP"), "Kylin V10"),
        (linux("5.10.0-8-generic", "#33~v10pro-KYLINOS SMP Wed Mar 22 07:21:49 UTC 2023"), "Kylin Desktop"),
        (linux("4.19.0-amd64-desktop", "#5310 SMP"), "UOS Desktop V20 or deepin 20"),
        (linux("4.19.0-91.77.uel20.x86_64", "#1 SMP"), "UOS Server V20"),
    ],
)
def test_a_kernels_name_gives_its_system_away(text: str, name: str) -> None:
    assert known(text).name == name


@pytest.mark.parametrize("host", ["debian", "x.ky10", "KYLINOS", "pc-Ubuntu", "web.el7"])
def test_the_hosts_own_name_proves_nothing(host: str) -> None:
    assert recognise(linux("5.4.51-v7+", "#1333 SMP armv7l", host=host)) is None


def test_of_kylin_and_uos_no_end_is_known() -> None:
    for text in (linux("4.19.90-17.ky10.aarch64", "#1"), linux("4.19.0-amd64-desktop", "#1")):
        system = known(text)
        assert (system.end_of_support, system.ended, system.edition_unknown) == (None, None, False)


def test_the_release_package_tells_enterprise_linuxes_apart() -> None:
    text = linux("4.18.0-147.8.1.el8_1.x86_64", "#1 SMP x86_64")
    assert (known(text).earliest_end, known(text).latest_end) == (date(2021, 12, 31), date(2029, 7, 31))
    assert known(text, software=("bash-4.4", "centos-linux-release-8.4-1.el8")).name == "CentOS 8"
    assert known(text, software=("rocky-release-8.9-1.el8.noarch",)).end_of_support == date(2029, 5, 31)


def test_a_package_tells_which_debian() -> None:
    text = linux("6.1.0-custom", "#1 SMP Debian custom")
    assert known(text, software=("openssl-3.0.15-1+deb12u1",)).name == "Debian 12"


@pytest.mark.parametrize(
    "text",
    ["", "EPSON Built-in", "Huawei AR169F Huawei Versatile Routing Platform Software", "Linux", "Linux pc"],
)
def test_what_says_nothing_of_a_known_system_is_not_recognised(text: str) -> None:
    assert recognise(text) is None


def test_every_known_system_has_an_order_of_ends() -> None:
    assert len(table()) > 100
    for system in table().values():
        assert (
            system.earliest_end is None
            or system.latest_end is None
            or system.earliest_end <= system.latest_end
        )
        assert system.edition_unknown is (system.earliest_end != system.latest_end)


FRAGMENTS = st.sampled_from(
    ["Linux", " ", "host", "Windows Version ", "6.3", "(Build ", "19045", ")", ".ky10", ".oe", "2203sp", "-Ubuntu", "~",
     "22.04", "Debian", ".el", "7", "+deb", "٣", "\x00", "(Build Number: ", "9" * 5000]
)  # fmt: skip


@given(
    st.one_of(st.text(), st.lists(FRAGMENTS).map("".join)),
    st.one_of(st.text(max_size=30), st.sampled_from([WORKSTATION, SERVER, "." + SERVER])),
    st.lists(st.text(max_size=20), max_size=3),
)
def test_no_text_makes_it_fail(sys_descr: str, sys_object_id: str, software: list[str]) -> None:
    system = recognise(sys_descr, sys_object_id, software)
    assert system is None or system.name
