"""Profiles: read from TOML, found by name, chosen by what an agent says of itself."""

import dataclasses
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from monitoring.probes.enterprises import enterprise_of
from monitoring.probes.identity_file import OID, Gives, check_texts, files_for, general_file, is_instance
from monitoring.probes.identity_rules import first_result
from monitoring.probes.profile import Number, Profile, Text
from monitoring.probes.toml_file import ProfileError, build, read_toml

FOLDER = Path(__file__).parent.parent / "profiles"
KINDS = frozenset(
    {
        *("computer", "conference_room", "notice_board", "network_link", "network_device", "server", "ups"),
        *("printer", "video_endpoint", "camera", "display", "machine_room", "business_system"),
    }
)
_BY_KIND = {
    "computer": "computer",
    "server": "server",
    "ups": "ups",
    "printer": "printer",
    "network_link": "line",
    "network_device": "switch",
    "video_endpoint": "video_generic",
    "conference_room": "video_generic",
    "notice_board": "notice_board_player",
    "display": "notice_board_panel",
    "camera": "any_agent",
    "machine_room": "any_agent",
    "business_system": "any_agent",
}
_BY_MAKER = {
    "network": "switch",
    "server": "server",
    "computer": "computer",
    "printer": "printer",
    "ups": "ups",
    "video": "video_generic",
    "display": "notice_board_panel",
}


@cache
def profiles() -> Mapping[str, Profile]:
    """The profiles that come with the program."""
    return load_profiles(FOLDER)


def profile_named(name: str) -> Profile:
    """The profile of that name; a ProfileError lists the names there are."""
    found = profiles().get(name)
    if found is None:
        raise ProfileError(f"There is no profile {name!r}; there are {', '.join(sorted(profiles()))}.")
    return found


def load_profiles(folder: Path) -> dict[str, Profile]:
    """All *.toml files of a folder by name (the file's), strictly checked."""
    return {path.stem: load_profile(path) for path in sorted(folder.glob("*.toml"))}


def load_profile(path: Path) -> Profile:
    """One profile. One that asks SNMP also asks what tells any equipment apart (identity/any.toml)."""
    table = read_toml(path)
    if "name" in table:
        raise ProfileError(f"{path}: the key 'name' is not known; a profile's name is its file's.")
    profile = build(Profile, {"name": path.stem, **table}, str(path))
    _check(profile, str(path))
    return _with_texts(profile, general_file().texts) if profile.snmp else profile


def profile_for(object_id: str, description: str, kind: str = "") -> str:
    """The name of the profile that fits what an agent says (sysObjectID, sysDescr) and the asset's kind.

    What the agent says decides among the profiles of the kind; without a kind it decides alone.
    """
    said = {"object_id": object_id.strip().lstrip("."), "description": description}
    by_rule = first_result(Gives.PROFILE, files_for(object_id), said)
    if not by_rule:
        enterprise = enterprise_of(object_id)
        by_rule = _BY_MAKER.get(enterprise.kind, "any_agent") if enterprise else "any_agent"
    if not kind or kind in profile_named(by_rule).kinds:
        return by_rule
    return _BY_KIND.get(kind, "any_agent")


@lru_cache(maxsize=4096)
def for_agent(profile: Profile, object_id: str) -> Profile:
    """The profile with the questions of the agent's maker added; give the sysObjectID last seen.

    Numbers and layout stay the same, so that readings do too.
    """
    if not profile.snmp:
        return profile
    return _with_texts(profile, tuple(text for file in files_for(object_id) for text in file.texts))


def towards(profile: Profile, interface: str) -> Profile:
    """The profile with its interface columns narrowed to one interface: the one towards the township.

    `interface` is its name, description, alias or index, as a person wrote it.
    """
    numbers = tuple(
        dataclasses.replace(number, only_interface=interface) if number.only_physical else number
        for number in profile.numbers
    )
    return dataclasses.replace(profile, numbers=numbers)


def _with_texts(profile: Profile, texts: tuple[Text, ...]) -> Profile:
    by_name = {text.name: text for text in (*profile.texts, *texts)}
    return dataclasses.replace(profile, texts=tuple(by_name.values()))


def _check(profile: Profile, where: str) -> None:
    if profile.version < 1 or profile.interval_s < 1:
        raise ProfileError(f"{where}: version and interval_s must be 1 or more.")
    for kind in profile.kinds:
        if kind not in KINDS:
            raise ProfileError(f"{where}: kinds: {kind!r} is not a kind of asset.")
    for port in profile.tcp_ports:
        if not 0 < port < 65_536:
            raise ProfileError(f"{where}: tcp_ports: {port} is not a port.")
    check_texts(profile.texts, where)
    _check_numbers(profile, where)


def _check_numbers(profile: Profile, where: str) -> None:
    for position, number in enumerate(profile.numbers, 1):
        _check_number(number, f"{where}: numbers[{position}]")
        if profile.layout.count(number.name) > 1:
            raise ProfileError(f"{where}: numbers[{position}]: the name {number.name!r} is used twice.")
    for name in profile.used_when or {}:
        if name not in profile.layout:
            raise ProfileError(f"{where}: used_when: there is no number {name!r}.")
    if profile.numbers and not profile.snmp:
        raise ProfileError(f"{where}: numbers are asked by SNMP, and snmp is not true.")


def _check_number(number: Number, where: str) -> None:
    for key, oid in (("oid", number.oid), ("fallback", number.fallback), ("offered_by", number.offered_by)):
        if oid and not OID.fullmatch(oid):
            raise ProfileError(f"{where}: {key} {oid!r} is not an object identifier.")
        if oid and (number.reduce is None or key == "offered_by") and not is_instance(oid):
            raise ProfileError(f"{where}: {key} {oid!r} is no scalar (.0); a column needs the key 'reduce'.")
    if not number.oid:
        raise ProfileError(f"{where}: the key 'oid' is empty.")
    if number.only_physical and number.reduce is None:
        raise ProfileError(f"{where}: only_physical is for columns, which need the key 'reduce'.")
