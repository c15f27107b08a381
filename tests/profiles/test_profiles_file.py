"""A profile's file is right or refused in one sentence that names file and key."""

from pathlib import Path

import pytest

from monitoring.probes.identity_file import FOLDER as IDENTITIES
from monitoring.probes.identity_file import identity_files, load_identity_file
from monitoring.probes.profile import Quantity, Reduce
from monitoring.probes.profiles_file import (
    FOLDER,
    KINDS,
    for_agent,
    load_profile,
    load_profiles,
    profile_for,
    profile_named,
    profiles,
)
from monitoring.probes.toml_file import ProfileError

HEAD = 'version = 1\nkinds = ["ups"]\ninterval_s = 60\nsnmp = true\n'
NUMBER = '[[numbers]]\nname = "load"\noid = "1.3.6.1.2.1.33.1.2.4.0"\n'
TEXT = '[[texts]]\nname = "who"\noid = "1.3.6.1.2.1.33.1.1.1.0"\n'
RULE = 'under = ["1.3.6.1.4.1.9"]\n[[rules]]\ngives = "model"\ntext = "who"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "some.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_small_profile_is_read(tmp_path: Path) -> None:
    used = "[used_when]\nload = 2\n"
    profile = load_profile(written(tmp_path, HEAD + used + NUMBER + 'reduce = "max"\nscale = 8\n' + TEXT))
    assert profile.name == "some"
    assert profile.layout == ("load", "rtt_ms")
    assert profile.numbers[0].reduce is Reduce.MAX
    assert profile.numbers[0].quantity is Quantity.GAUGE
    assert profile.numbers[0].scale == 8.0
    assert profile.used_when == {"load": 2.0}
    assert {"who", "description", "object_id", "name", "entity_serial"} <= {
        text.name for text in profile.texts
    }


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (HEAD + "intervall = 3\n", "intervall"),
        (HEAD.replace("60", '"60"'), "interval_s"),
        (HEAD.replace("60", "0"), "interval_s"),
        (HEAD.replace("60", "true"), "interval_s"),
        (HEAD.replace("version = 1\n", ""), "version"),
        (HEAD.replace('"ups"', '"toaster"'), "toaster"),
        (HEAD + 'name = "other"\n', "name"),
        (HEAD + NUMBER.replace("1.3.6", "iso.3.6"), "iso.3.6"),
        (HEAD + NUMBER.replace("1.3.6", ".1.3.6"), "oid"),
        (HEAD + NUMBER.replace("33.1.2.4.0", "33.1.2.4"), "reduce"),
        (HEAD + NUMBER + 'reduce = "average"\n', "average"),
        (HEAD + NUMBER + 'fallback = "1.3.x"\n', "fallback"),
        (HEAD + NUMBER + NUMBER, "used twice"),
        (HEAD + NUMBER.replace('"load"', '"rtt_ms"'), "rtt_ms"),
        (HEAD + NUMBER + "only_physical = true\n", "only_physical"),
        (HEAD.replace("snmp = true", "snmp = false") + NUMBER, "snmp"),
        (HEAD + TEXT + TEXT, "used twice"),
        (HEAD + TEXT + 'form = "xml"\n', "xml"),
        (HEAD + "[used_when]\nload = 1\n", "used_when"),
        (HEAD + "[http]\nport = 80.5\n", "port"),
        (HEAD + "tcp_ports = [70000]\n", "tcp_ports"),
        (HEAD + "numbers = 3\n", "numbers"),
        ("version = = 1", "TOML"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_and_key(tmp_path: Path, text: str, key: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    said = str(refusal.value)
    assert str(path) in said
    assert key in said
    assert "\n" not in said.strip()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (RULE + 'pattern = "("\n', "pattern"),
        (RULE.replace('"model"', '"colour"'), "gives"),
        (RULE.replace("1.3.6.1.4.1.9", "cisco"), "under"),
        (RULE + "seriously = true\n", "seriously"),
    ],
)
def test_an_identity_file_is_as_strict(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(ProfileError, match=key):
        load_identity_file(written(tmp_path, text))


def test_a_folder_gives_its_profiles_by_name(tmp_path: Path) -> None:
    written(tmp_path, HEAD)
    assert list(load_profiles(tmp_path)) == ["some"]


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ProfileError, match=r"toaster.*computer.*ups"):
        profile_named("toaster")


def test_every_kind_of_asset_has_a_profile_and_every_profile_a_kind() -> None:
    assert {kind for profile in profiles().values() for kind in profile.kinds} == KINDS
    for kind in KINDS:
        assert kind in profile_named(profile_for("", "", kind)).kinds


def test_every_oid_in_the_files_says_its_mib() -> None:
    for path in [*FOLDER.glob("*.toml"), *IDENTITIES.glob("*.toml")]:
        known: set[str] = set()
        for line in path.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition(" = ")
            if key in {"oid", "fallback", "offered_by", "row_by"}:
                oid, _, comment = value.partition(" # ")
                assert comment or oid in known, f"{path}: {line}"
                known.add(oid)


def test_each_rule_reads_a_text_that_its_agents_are_asked() -> None:
    for file in identity_files():
        for prefix in file.under:
            asked = {text.name for text in for_agent(profile_named("any_agent"), prefix).texts} | {"mac"}
            assert {rule.text for rule in file.rules} <= asked


def test_a_makers_questions_are_added_for_its_agents_and_leave_the_numbers_alone() -> None:
    profile = profile_named("switch")
    cisco = for_agent(profile, ".1.3.6.1.4.1.9.1.1208")
    added = {text.name for text in cisco.texts} - {text.name for text in profile.texts}
    assert "cisco_server_model" in added
    assert not any(name.startswith("apc_") for name in added)
    assert cisco.layout == profile.layout
    assert for_agent(profile, "1.3.6.1.4.1.9.1.1208") is for_agent(profile, "1.3.6.1.4.1.9.1.1208")


@pytest.mark.parametrize(
    ("object_id", "description", "kind", "name"),
    [
        ("1.3.6.1.4.1.311.1.1.3.1.1", "Hardware: … Windows Version 6.3 (Build 19045)", "", "computer"),
        ("1.3.6.1.4.1.311.1.1.3.1.2", "Hardware: … Windows Version 6.3 (Build 17763)", "", "server"),
        ("1.3.6.1.4.1.2011.2.23.291", "S5720 Huawei Versatile Routing Platform", "", "switch"),
        ("1.3.6.1.4.1.2011.2.224.62", "Huawei AR169F Huawei Versatile Routing Platform", "", "router"),
        (
            "1.3.6.1.4.1.2011.2.224.62",
            "Huawei AR169F Huawei Versatile Routing Platform",
            "network_link",
            "line",
        ),
        ("1.3.6.1.4.1.2011.6.174.4.1.2.4", "SNMP Card for HUAWEI UPS2000", "", "ups"),
        ("1.3.6.1.4.1.2684", "Videoconferencing Device", "", "video_poly"),
        ("1.3.6.1.4.1.2684", "Videoconferencing Device", "conference_room", "video_poly"),
        ("1.3.6.1.4.1.37459.1", "", "", "video_generic"),
        ("1.3.6.1.2.1.33", "UPS", "", "ups"),
        ("1.3.6.1.4.1.8072.3.2.10", "Linux pc1 4.19.0-amd64-desktop #1 SMP", "", "computer"),
        ("1.3.6.1.4.1.8072.3.2.10", "Linux web 5.10", "", "server"),
        ("1.3.6.1.4.1.8072.3.2.10", "Linux board 5.10", "notice_board", "notice_board_player"),
        ("1.3.6.1.4.1.99999999", "something", "", "any_agent"),
        ("", "", "camera", "any_agent"),
        ("no oid", "", "printer", "printer"),
    ],
)
def test_what_an_agent_says_and_the_kind_choose_the_profile(
    object_id: str, description: str, kind: str, name: str
) -> None:
    assert profile_for(object_id, description, kind) == name
