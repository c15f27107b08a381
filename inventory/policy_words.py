"""A policy's settings in words, and how two policies differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from inventory.marks.kind import Kind
from inventory.marks.policy import OPTIONAL_OF_KIND, WHOLE, WHOLE_OF_KIND, KindPolicy, Policy
from inventory.marks.rules import KINDS_OF
from inventory.models import KIND_NAMES
from inventory.wording import NEED_NAMES, rule_name

SETTING_NAMES: Mapping[str, StrOrPromise] = {
    "window_days": gettext_lazy("Calendar days looked back at"),
    "observable_share": gettext_lazy(
        "A day counts from this share of its open minutes observed (10000 = all)"
    ),
    "observable_minutes": gettext_lazy("… and from so many minutes observed"),
    "found_within_days": gettext_lazy(
        "Silent, but found by a person within so many days: unused, not missing"
    ),
    "fresh_within_days": gettext_lazy("Answered within so many days: there"),
    "sighting_holds_days": gettext_lazy("Found by a person within so many days: there"),
    "blind_share": gettext_lazy(
        "No verdict on use where it could not be measured on more than this share of days"
    ),
    "saturation_window_days": gettext_lazy("Lines: calendar days looked back at"),
    "saturation_share": gettext_lazy("Lines: a day is full from this share of the capacity (10000 = all)"),
    "saturation_days": gettext_lazy("Lines: so many full days mark"),
    "saturation_minimum_days": gettext_lazy("Lines: fewer measured days than this clear nothing"),
    "silent_office_days": gettext_lazy("Silent office days"),
    "minimum_observable_days": gettext_lazy("Days that must count"),
    "used_days_below": gettext_lazy("Used on fewer days"),
    "used_minutes": gettext_lazy("Minutes of a day of use"),
    "repairs": gettext_lazy("Repairs in 12 months"),
    "maintenance_months": gettext_lazy("Months between maintenance"),
}
OF_KIND = (*WHOLE_OF_KIND, *OPTIONAL_OF_KIND)
SHOWABLE = tuple(f"{mark}.*.{what}" for mark, what in KINDS_OF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One setting and its value here and there; "–" where nothing is asked."""

    name: str
    before: str
    after: str


def pattern_name(pattern: str) -> str:
    """A rule of all kinds by its name."""
    return rule_name(pattern.replace("*", Kind.COMPUTER.value))


def differences(before: Policy, after: Policy) -> list[Difference]:
    """What another policy sets otherwise; what is set alike for all kinds is said once."""
    return [*_of_all(before, after), *_of_kinds(before, after), *_of_rules(before, after)]


def in_words(policy: Policy) -> list[tuple[str, str]]:
    """By mark, from which numbers on a computer has it: what a reader wants to know before any setting."""
    limits = policy.kinds[Kind.COMPUTER]
    numbers = {
        "silent": limits.silent_office_days,
        "found": policy.found_within_days,
        "repairs": limits.repairs,
        "window": policy.window_days,
        "used": limits.used_days_below,
        "least": limits.minimum_observable_days,
    }
    return [(mark, str(said) % numbers) for mark, said in PLAINLY.items()]


PLAINLY: Mapping[str, StrOrPromise] = {
    "missing": gettext_lazy(
        "Silent for %(silent)s office days, and nobody has found it within %(found)s days."
    ),
    "outdated": gettext_lazy(
        "Its support has ended, it is below what the work needs, or it was repaired %(repairs)s times in 12 months."
    ),
    "unused": gettext_lazy(
        "Used on fewer days than %(used)s of the last %(window)s; fewer than %(least)s days that count tell nothing."
    ),
}


def _of_all(before: Policy, after: Policy) -> Iterator[Difference]:
    for key in WHOLE:
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield Difference(name=str(SETTING_NAMES[key]), before=str(old), after=str(new))


def _of_kinds(before: Policy, after: Policy) -> Iterator[Difference]:
    for key in (*OF_KIND, *NEED_NAMES):
        changed: dict[tuple[str, str], list[Kind]] = {}
        for kind in Kind:
            pair = _said(before.kinds[kind], key), _said(after.kinds[kind], key)
            if pair[0] != pair[1]:
                changed.setdefault(pair, []).append(kind)
        for (old, new), kinds in changed.items():
            yield Difference(name=f"{_named(kinds)}: {_setting(key)}", before=old, after=new)


def _of_rules(before: Policy, after: Policy) -> Iterator[Difference]:
    marks, shows = _("marks"), _("is only shown")
    for pattern in SHOWABLE:
        old, new = shown_only(before, pattern), shown_only(after, pattern)
        if old != new:
            yield Difference(
                name=pattern_name(pattern), before=shows if old else marks, after=shows if new else marks
            )


def shown_only(policy: Policy, pattern: str) -> bool:
    """Whether findings of this rule are shown for all kinds that have it and mark none."""
    mark, _star, what = pattern.split(".")
    return all(f"{mark}.{kind}.{what}" in policy.shown_only for kind in KINDS_OF[mark, what])


def _said(limits: KindPolicy, key: str) -> str:
    value = limits.needs.get(key) if key in NEED_NAMES else getattr(limits, key)
    return "–" if value is None else str(value)


def _setting(key: str) -> str:
    return str(NEED_NAMES[key] if key in NEED_NAMES else SETTING_NAMES[key])


def _named(kinds: list[Kind]) -> str:
    if len(kinds) == len(Kind):
        return _("All kinds")
    return _(", ").join(str(KIND_NAMES[kind]) for kind in kinds)
