"""What tells one maker's equipment apart, read from monitoring/profiles/identity/: questions and rules."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from monitoring.probes.profile import Text
from monitoring.probes.toml_file import ProfileError, build, read_toml

FOLDER = Path(__file__).parent.parent / "profiles" / "identity"
OID = re.compile(r"[0-2](\.(0|[1-9]\d{0,9})){2,127}")


class Gives(StrEnum):
    """What a rule can find out."""

    VENDOR = "vendor"
    MODEL = "model"
    SERIAL = "serial"
    VERSION = "version"
    SYSTEM = "system"  # the operating system
    PROFILE = "profile"  # how to ask further


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Where one field of the identity stands: in a text, or in the part of it that a pattern finds.

    The result is `value` with the pattern's groups filled in (\\1), else its first group, else all it
    matched, else the whole text. Rules are tried in their order; the first that gives something wins.
    Where `needs` names a second text, the rule holds only for agents that have that too.
    """

    gives: Gives
    text: str
    pattern: str = ""
    value: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityFile:
    """One file: for agents whose sysObjectID lies under one of `under`."""

    under: tuple[str, ...]
    vendor: str = ""  # where no rule says another
    texts: tuple[Text, ...] = ()
    rules: tuple[Rule, ...] = ()


def files_for(object_id: str) -> tuple[IdentityFile, ...]:
    """The files that apply to an agent, the most particular first."""
    asked = object_id.strip().lstrip(".") + "."
    fitting = [
        (max(len(prefix) for prefix in file.under if asked.startswith(prefix + ".")), file)
        for file in identity_files()
        if any(asked.startswith(prefix + ".") for prefix in file.under)
    ]
    return (*(file for _, file in sorted(fitting, key=lambda pair: -pair[0])), general_file())


@cache
def identity_files() -> tuple[IdentityFile, ...]:
    """All makers' files."""
    return tuple(load_identity_file(path) for path in sorted(FOLDER.glob("*.toml")) if path.stem != "any")


@cache
def general_file() -> IdentityFile:
    """What every agent is asked, whoever made it."""
    return load_identity_file(FOLDER / "any.toml")


def load_identity_file(path: Path) -> IdentityFile:
    """One file, checked; a ProfileError names the file and the key that is wrong."""
    file = build(IdentityFile, read_toml(path), str(path))
    for prefix in file.under:
        if not OID.fullmatch(prefix):
            raise ProfileError(f"{path}: under: {prefix!r} is not an object identifier.")
    check_texts(file.texts, str(path))
    for number, rule in enumerate(file.rules, 1):
        _check_pattern(rule, f"{path}: rules[{number}]")
    return file


def check_texts(texts: tuple[Text, ...], where: str) -> None:
    """Refuse texts with wrong OIDs or with a name used twice."""
    names: set[str] = set()
    for number, text in enumerate(texts, 1):
        for key, oid in (("oid", text.oid), ("row_by", text.row_by)):
            if oid and not OID.fullmatch(oid):
                raise ProfileError(f"{where}: texts[{number}]: {key} {oid!r} is not an object identifier.")
        if not text.column and not is_instance(text.oid):
            raise ProfileError(
                f"{where}: texts[{number}]: oid {text.oid!r} is no scalar (.0) and not a column."
            )
        if text.name in names:
            raise ProfileError(f"{where}: texts[{number}]: the name {text.name!r} is used twice.")
        names.add(text.name)


def is_instance(oid: str) -> bool:
    """Whether an OID may be asked by GET: it ends in .0, or a maker numbered it without."""
    return oid.endswith(".0") or oid.startswith("1.3.6.1.4.1.")


def _check_pattern(rule: Rule, where: str) -> None:
    try:
        re.compile(rule.pattern)
    except re.error as failure:
        raise ProfileError(
            f"{where}: pattern {rule.pattern!r} is not a regular expression: {failure}."
        ) from None
