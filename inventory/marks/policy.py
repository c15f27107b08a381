"""The thresholds, as dated versions: one file a version, the one in force on a day has the latest start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from inventory.marks.kind import Kind
from inventory.marks.rules import expand_rule

POLICIES = Path(__file__).parent / "policies"
NEEDS = ("memory_mb", "disk_gb", "processor_year", "line_mbps")
NEED_LIMITS = (1, 10_000_000)
WHOLE = {  # key: smallest and largest value
    "window_days": (7, 400),
    "observable_share": (1, 10_000),
    "observable_minutes": (0, 1_440),
    "found_within_days": (1, 3_660),
    "fresh_within_days": (1, 400),
    "sighting_holds_days": (1, 3_660),
    "blind_share": (0, 10_000),
    "saturation_window_days": (1, 400),
    "saturation_share": (1, 100_000),
    "saturation_days": (1, 400),
    "saturation_minimum_days": (1, 400),
}
WHOLE_OF_KIND = {
    "silent_office_days": (1, 400),
    "minimum_observable_days": (1, 400),
    "used_days_below": (1, 400),
    "used_minutes": (1, 1_440),
    "repairs": (1, 1_000),
}
OPTIONAL_OF_KIND = {"maintenance_months": (1, 240)}


class PolicyError(ValueError):
    """A policy file that cannot be used; the text names the file and the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPolicy:
    """The thresholds that differ from kind to kind."""

    silent_office_days: int
    minimum_observable_days: int
    used_days_below: int
    used_minutes: int
    repairs: int
    maintenance_months: int | None = None
    needs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One version. Days are calendar days unless the name says otherwise; shares are basis points."""

    version: str
    in_force_on: date
    window_days: int
    observable_share: int
    observable_minutes: int
    found_within_days: int
    fresh_within_days: int
    sighting_holds_days: int
    blind_share: int
    saturation_window_days: int
    saturation_share: int
    saturation_days: int
    saturation_minimum_days: int
    shown_only: frozenset[str]
    kinds: Mapping[Kind, KindPolicy]
    settings: Mapping[str, object] = field(default_factory=dict)  # as written, before kinds were worked out

    def marks(self, rule: str) -> bool:
        """Whether a finding of this rule marks, or is only shown."""
        return rule not in self.shown_only


def policy_for(day: date) -> Policy:
    """The version in force on that day."""
    in_force = [policy for policy in policies() if policy.in_force_on <= day]
    if not in_force:
        raise PolicyError(f"no policy was in force on {day}")
    return max(in_force, key=lambda policy: policy.in_force_on)


@cache
def policies() -> tuple[Policy, ...]:
    """All versions that come with the product, the oldest first."""
    return load_policies(POLICIES)


def load_policies(folder: Path) -> tuple[Policy, ...]:
    """Every version in a folder; two that start on one day, or bear one name, are refused."""
    versions = (load_policy(path) for path in folder.glob("*.toml"))
    found = sorted(versions, key=lambda policy: (policy.in_force_on, policy.version))
    for one, other in pairwise(found):
        if one.in_force_on == other.in_force_on:
            raise PolicyError(f"{other.version}.toml: in_force_on: {one.version} starts on the same day")
    return tuple(found)


def load_policy(path: Path) -> Policy:
    """One version from its file, whose name must be its version."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return _policy(content, name=path.stem)
    except (ValueError, OSError) as error:
        raise PolicyError(f"{path.name}: {error}") from error


def _policy(content: dict[str, object], *, name: str) -> Policy:
    if content.get("version") != name:
        raise ValueError(f"version: must be the file's name, {name!r}")
    start = content.get("in_force_on")
    if type(start) is not date:
        raise ValueError("in_force_on: must be a day such as 2026-01-01")
    settings = {key: value for key, value in content.items() if key not in ("version", "in_force_on")}
    return policy_of(settings, version=name, in_force_on=start)


def policy_of(settings: Mapping[str, object], *, version: str, in_force_on: date) -> Policy:
    """A policy with these settings; ValueError names the setting that is wrong."""
    content = dict(settings)
    _refuse_unknown(content, {*WHOLE, "shown_only", "every_kind", "kind"}, "")
    return Policy(
        version=version,
        in_force_on=in_force_on,
        shown_only=_shown_only(content.get("shown_only", [])),
        kinds=MappingProxyType(_kinds(_table(content, "every_kind", ""), _table(content, "kind", ""))),
        settings=MappingProxyType(content),
        **{key: _whole(content, key, limits, "") for key, limits in WHOLE.items()},
    )


def _shown_only(patterns: object) -> frozenset[str]:
    if not isinstance(patterns, list):
        raise ValueError("shown_only: must be a list of rules")
    rules: set[str] = set()
    for pattern in patterns:
        meant = expand_rule(str(pattern))
        if not meant:
            raise ValueError(f"shown_only: there is no rule {pattern!r}")
        rules.update(meant)
    return frozenset(rules)


def _kinds(every: dict[str, object], special: dict[str, object]) -> dict[Kind, KindPolicy]:
    _refuse_unknown(special, set(Kind), "kind.")
    _refuse_unknown(every, {*WHOLE_OF_KIND, *OPTIONAL_OF_KIND}, "every_kind.")
    for key, limits in WHOLE_OF_KIND.items():
        _whole(every, key, limits, "every_kind.")
    return {kind: _kind(every, _table(special, kind, "kind."), f"kind.{kind}.") for kind in Kind}


def _kind(every: dict[str, object], special: dict[str, object], where: str) -> KindPolicy:
    _refuse_unknown(special, {*WHOLE_OF_KIND, *OPTIONAL_OF_KIND, "needs"}, where)
    merged = {**every, **special}
    whole = {key: _whole(merged, key, limits, where) for key, limits in WHOLE_OF_KIND.items()}
    optional = {
        key: _whole(merged, key, limits, where)
        for key, limits in OPTIONAL_OF_KIND.items()
        if merged.get(key) is not None
    }
    return KindPolicy(**whole, **optional, needs=MappingProxyType(_needs(special, where)))


def _needs(special: dict[str, object], where: str) -> dict[str, int]:
    needs = _table(special, "needs", where)
    _refuse_unknown(needs, set(NEEDS), f"{where}needs.")
    asked = [key for key, value in needs.items() if value is not None]
    return {key: _whole(needs, key, NEED_LIMITS, f"{where}needs.") for key in asked}


def _table(content: dict[str, object], key: str, where: str) -> dict[str, object]:
    table = content.get(key, {})
    if not isinstance(table, dict):
        raise ValueError(f"{where}{key}: must be a table")
    return table


def _whole(content: dict[str, object], key: str, limits: tuple[int, int], where: str) -> int:
    value = content.get(key)
    least, most = limits
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{where}{key}: must be a whole number from {least} to {most}")
    return value


def _refuse_unknown(content: dict[str, object], known: set[str], where: str) -> None:
    for key in content:
        if key not in known:
            raise ValueError(f"{where}{key}: no such setting")
