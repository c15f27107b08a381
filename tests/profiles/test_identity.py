"""Who an endpoint is, from whatever it says; an enterprise number or a placeholder alone proves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.probes.enterprises import chinese_name, enterprise_of, enterprises, vendor_in
from monitoring.probes.identity import identify, is_placeholder
from monitoring.probes.profiles_file import for_agent, profile_named
from monitoring.probes.windows import windows_release

ENTERPRISES = "1.3.6.1.4.1."


def test_a_huawei_switch_says_all_in_its_description() -> None:
    who = identify(
        {
            "object_id": ENTERPRISES + "2011.2.23.114",
            "description": "S2700-9TP-EI-AC Huawei Versatile Routing Platform Software VRP (R) software,"
            "Version 5.70 (S2700 V100R006C05) Copyright (C) 2003-2013 Huawei Technologies Co., Ltd.",
        }
    )
    assert (who.vendor, who.vendor_zh, who.model, who.version) == (
        "Huawei",
        "华为",
        "S2700-9TP-EI-AC",
        "V100R006C05",
    )


def test_the_maker_written_on_the_chassis_counts_more_than_the_number() -> None:
    texts = {"object_id": ENTERPRISES + "25506.11.1.24", "entity_vendor": "HP", "entity_serial": "CN50A1Z4BN"}
    who = identify(texts)
    assert (who.vendor, who.serial) == ("HP", "CN50A1Z4BN")
    assert identify({"object_id": ENTERPRISES + "25506.11.1.24"}).vendor == "H3C"


@pytest.mark.parametrize(
    ("object_id", "texts", "vendor"),
    [
        ("2684", {"poly_model": "StudioX50"}, "Polycom"),
        ("50001", {"description": "Hikvision company products"}, "Hikvision"),
        ("1004849.3.2.10", {}, "Dahua"),
        ("8072.3.2.10", {"description": "Linux pc 5.10"}, ""),
        ("8072.3.2.10", {"unifi_model": "UAP-nanoHD"}, "Ubiquiti"),
        ("8072.3.2.10", {"synology_model": "DS214se"}, "Synology"),
        ("311.1.1.3.1.1", {"description": "Windows Version 6.1 (Build 7600 Multiprocessor Free)"}, ""),
        ("21317", {"supermicro_model": "SYS-1019P-WTR"}, "Supermicro"),
        ("21317", {}, "ATEN"),
        ("6876.4.1", {"entity_vendor": "HP"}, "HP"),
        ("4881.1.1.10", {"entity_vendor": "Ruijie General Operating System Software"}, "Ruijie"),
        ("52642.2.1.45.101", {"entity_vendor": "S3900-24T4S"}, "FS.COM"),
    ],
)
def test_an_enterprise_number_is_not_the_maker(object_id: str, texts: dict[str, str], vendor: str) -> None:
    assert identify({**texts, "object_id": ENTERPRISES + object_id}).vendor == vendor


@pytest.mark.parametrize(
    "serial",
    [
        *(
            "",
            "0",
            "00000000",
            "FFFFFFFFFFFF",
            "123456789",
            "12345678",
            "0123456789",
            "Default string",
            "None",
        ),
        *(
            "To be filled by O.E.M.",
            "TO BE FILLED BY O.E.M. ",
            "System Serial Number",
            "N/A",
            "xxxxxxxx",
            "...",
        ),
        *("Not Specified", "-", "INVALID", "0000-0000-0000"),
    ],
)
def test_a_placeholder_is_no_serial_number(serial: str) -> None:
    assert is_placeholder(serial)
    assert identify({"entity_serial": serial, "printer_serial": "W492KB03439"}).serial == "W492KB03439"


@pytest.mark.parametrize(
    "serial", ["CN50A1Z4BN", "21500101573GK1000299", "G4294C3232", "100200300", "AB123CD45E"]
)
def test_a_serial_number_is_kept_as_it_was_said(serial: str) -> None:
    assert not is_placeholder(serial)
    assert identify({"entity_serial": serial}).serial == serial


def test_a_computer_with_a_printer_is_not_that_printer() -> None:
    texts = {"object_id": ENTERPRISES + "311.1.1.3.1.2", "printer_model": "Microsoft Print To PDF"}
    assert identify(texts).model == ""
    assert identify({**texts, "printer_supply": "Black Toner"}).model != ""


def test_a_model_is_named_without_its_maker() -> None:
    texts = {
        "printer_model": "RICOH Aficio MP C3002",
        "printer_supply": "x",
        "object_id": ENTERPRISES + "367.1.1",
    }
    assert identify(texts).model == "Aficio MP C3002"


@pytest.mark.parametrize(
    ("sort", "description", "name", "version"),
    [
        (
            "1",
            "Windows Version 6.3 (Build 19045 Multiprocessor Free)",
            "Windows 10",
            "10 (22H2), build 19045",
        ),
        (
            "1",
            "Windows Version 6.3 (Build 22631 Multiprocessor Free)",
            "Windows 11",
            "11 (23H2), build 22631",
        ),
        (
            "2",
            "Windows Version 6.3 (Build 17763 …)",
            "Windows Server 2019",
            "Server 2019 (1809), build 17763",
        ),
        (
            "3",
            "Windows Version 6.3 (Build 9600 …)",
            "Windows Server 2012 R2",
            "Server 2012 R2 (NT 6.3), build 9600",
        ),
        (
            "1",
            "Windows 2000 Version 5.1 (Build 2600 Uniprocessor Free)",
            "Windows XP",
            "XP (NT 5.1), build 2600",
        ),
        ("1", "Windows Version 6.3 (Build 99999)", "Windows", "(NT 6.3), build 99999"),
    ],
)
def test_the_build_says_which_windows_it_is(sort: str, description: str, name: str, version: str) -> None:
    object_id = ENTERPRISES + "311.1.1.3.1." + sort
    found = windows_release(object_id, description)
    assert found is not None
    assert (found.name, found.version) == (name, version)
    assert identify({"object_id": object_id, "description": description}).system == name


@pytest.mark.parametrize(
    ("kernel", "system"),
    [
        ("4.19.90-23.8.v2101.ky10.aarch64", "Kylin V10"),
        ("5.10.0-60.18.0.50.oe2203.x86_64", "openEuler 22.03"),
        ("4.19.0-amd64-desktop", "UOS or deepin"),
        ("4.19.0-91.82.42.uelc20.x86_64", "UOS Server 20"),
        ("5.15.0-91-generic #101-Ubuntu SMP", "Ubuntu"),
        ("6.1.0", "Linux"),
    ],
)
def test_chinese_systems_show_in_the_kernels_name(kernel: str, system: str) -> None:
    assert identify({"description": f"Linux pc {kernel}"}).system == system


def test_numbers_lead_to_makers_and_to_their_chinese_names() -> None:
    found = enterprise_of(".1.3.6.1.4.1.2011.2.23.291")
    assert found is not None
    assert (found.vendor, found.maker) == ("Huawei", True)
    assert enterprise_of("1.3.6.1.2.1.33") is None
    assert enterprise_of("1.3.6.1.4.1.99999999999999999999") is None
    assert chinese_name("Huawei") == "华为"
    assert chinese_name("Nobody") == "Nobody"
    assert all(entry.vendor and entry.vendor_zh for entry in enterprises().values())


def test_a_maker_is_found_only_as_a_whole_word() -> None:
    assert vendor_in("cisco Systems, Inc.") == "Cisco"
    assert vendor_in("Hewlett-Packard") == "HP"
    assert vendor_in("Polyphony HPX-3") == ""


texts = st.dictionaries(
    st.sampled_from([text.name for text in for_agent(profile_named("any_agent"), ENTERPRISES + "9").texts]),
    st.text(max_size=80) | st.from_regex(r"1\.3\.6\.1\.4\.1\.[0-9]{1,7}(\.[0-9]{1,3}){0,3}", fullmatch=True),
)


@given(texts, st.lists(st.text(max_size=17)))
def test_nothing_that_equipment_says_makes_identifying_fail(said: dict[str, str], macs: list[str]) -> None:
    who = identify(said, macs)
    assert not who.serial or not is_placeholder(who.serial)
