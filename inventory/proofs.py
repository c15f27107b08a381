"""The cells that prove a finding: what was measured, the threshold, the window, how much could be observed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from inventory.marks.rules import PLACE_RULE
from inventory.wording import NEED_NAMES, Numbers, Said
from itops.crud.parts import Proof


class Proven(Said, Protocol):
    """A Finding or a stored Mark, with its window."""

    @property
    def window_from(self) -> date | None: ...
    @property
    def window_to(self) -> date | None: ...


USED_DAYS: Mapping[str, StrOrPromise] = {
    "no_users": gettext_lazy("Days with somebody signed in"),
    "no_calls": gettext_lazy("Days with calls"),
    "unchanged_content": gettext_lazy("Days with new content"),
    "display_off": gettext_lazy("Days with the screen on"),
    "idle": gettext_lazy("Days with traffic"),
    "no_pages": gettext_lazy("Days with printing"),
    "no_load": gettext_lazy("Days with load"),
}
UNITS: Mapping[str, str] = {"memory_mb": "MB", "disk_gb": "GB", "processor_year": "", "line_mbps": "Mbit/s"}


def proofs(proven: Proven) -> tuple[Proof, ...]:
    """At most four cells, in the order measured, threshold, window, observable."""
    what = "below_standard" if proven.rule == PLACE_RULE else proven.rule.rpartition(".")[2]
    return tuple(PROOFS.get(what, _used)(proven, what))


def _used(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    return [
        Proof(str(USED_DAYS[what]), days(numbers["measured"]), _totals(numbers)),
        Proof(
            _("Threshold"),
            _("fewer than %(days)s") % {"days": days(numbers["threshold"])},
            _("within %(days)s") % {"days": days(numbers["window_days"])},
        ),
        _window(proven),
        _observable(numbers),
    ]


def _totals(numbers: Numbers) -> str:
    told = {
        "calls": _("%(number)s calls in all"),
        "pages": _("%(number)s pages in all"),
        "content_changes": _("%(number)s changes in all"),
        "display_on_minutes": _("%(number)s minutes in all"),
        "busy_minutes": _("%(number)s minutes in all"),
    }
    known = next((name for name in told if name in numbers), None)
    return told[known] % {"number": numbers[known]} if known else ""


def _silent(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    seen = numbers.get("last_seen_on")
    found = numbers.get("found_on")
    return [
        Proof(
            _("Silent office days in a row"),
            days(numbers["measured"]),
            _("last sign %(day)s") % {"day": seen} if seen else _("no sign in the window"),
        ),
        Proof(_("Threshold"), _("%(days)s or more") % {"days": days(numbers["threshold"])}),
        _window(proven),
        Proof(
            _("Last found by a person"),
            str(found) if found else _("never recorded"),
            _("counts for %(days)s") % {"days": days(numbers["found_within_days"])},
        ),
    ]


def _looked(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    return [
        Proof(
            _("Looked for in vain"),
            times(numbers["looks"]),
            _("last %(day)s") % {"day": numbers["looked_on"]},
        ),
        Proof(_("Threshold"), _("once is enough")),
        Proof(_("Last found by a person"), str(numbers.get("found_on") or _("never recorded"))),
        Proof(_("Last sign on the network"), str(numbers.get("last_seen_on") or _("none in the window"))),
    ]


def _age(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    return [
        Proof(_("In use for"), years(numbers["measured"])),
        Proof(_("Minimum"), years(numbers["threshold"])),
        Proof(_("Put into use"), str(numbers["in_service_on"])),
        Proof(_("Minimum over"), str(numbers["over_on"])),
    ]


def _system(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    end = numbers.get("end_of_support") or numbers.get("latest_end")
    return [
        Proof(_("Runs"), str(numbers["system"])),
        Proof(_("Support ended"), str(end) if end else _("day not known")),
    ]


def _model(proven: Proven, what: str) -> list[Proof]:
    return [Proof(_("Support ended"), str(proven.numbers["end_of_support"]))]


def _needs(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    return [
        Proof(
            _capital(str(NEED_NAMES[name])),
            f"{numbers[name]} {UNITS[name]}".strip(),
            _("needed: %(need)s") % {"need": f"{numbers[f'needed_{name}']} {UNITS[name]}".strip()},
        )
        for name in NEED_NAMES
        if name in numbers
    ]


def _saturated(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    return [
        Proof(
            _("Full days"),
            days(numbers["measured"]),
            _("fullest: %(share)s of capacity") % {"share": percent(numbers["highest_share"])},
        ),
        Proof(
            _("Threshold"),
            _("%(days)s or more") % {"days": days(numbers["threshold"])},
            _("a day is full from %(share)s") % {"share": percent(numbers["threshold_share"])},
        ),
        _window(proven),
        Proof(
            _("Days measured"),
            days(numbers["measured_days"]),
            _("at least %(days)s needed to clear it") % {"days": days(numbers["minimum_observable_days"])},
        ),
    ]


def _repairs(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    return [
        Proof(_("Repairs"), times(numbers["measured"])),
        Proof(_("Threshold"), _("%(times)s or more") % {"times": times(numbers["threshold"])}),
        Proof(_("Window"), _("12 months"), _from_to(proven)),
        Proof(_("Last repair"), str(numbers.get("last_maintenance_on") or _("not recorded"))),
    ]


def _overdue(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    return [
        Proof(_("Was due"), str(numbers["due_on"])),
        Proof(_("Every"), months(numbers["threshold"])),
        Proof(_("Last done"), str(numbers.get("last_maintenance_on") or _("not recorded"))),
    ]


def _short(proven: Proven, what: str) -> list[Proof]:
    numbers = proven.numbers
    absent = _("%(number)s recorded but missing") % {"number": numbers["absent"]} if numbers["absent"] else ""
    basis = _("by exception") if "excepted" in numbers else str(numbers["version"])
    return [
        Proof(_("There"), str(numbers["have"]), absent),
        Proof(_("Standard"), str(numbers["standard"]), basis),
        Proof(_("Short"), str(numbers["gap"])),
    ]


PROOFS: Mapping[str, Callable[[Proven, str], list[Proof]]] = {
    "below_standard": _short,
    "silent_unconfirmed": _silent,
    "silent": _silent,
    "not_found": _looked,
    "past_minimum_years": _age,
    "unsupported_os": _system,
    "unsupported_model": _model,
    "below_need": _needs,
    "saturated": _saturated,
    "repeated_repairs": _repairs,
    "maintenance_overdue": _overdue,
}


def _window(proven: Proven) -> Proof:
    return Proof(_("Window"), days(proven.numbers["window_days"]), _from_to(proven))


def _from_to(proven: Proven) -> str:
    if proven.window_from is None or proven.window_to is None:
        return ""
    return _("%(first)s to %(last)s") % {
        "first": f"{proven.window_from:%m-%d}",
        "last": f"{proven.window_to:%m-%d}",
    }


def _observable(numbers: Numbers) -> Proof:
    """Of the days that could be observed some may not have told about use: those are said too."""
    least = _("at least %(days)s needed") % {"days": days(numbers["minimum_observable_days"])}
    blind = numbers["unmeasured_days"]
    unmeasured = _("use not told on %(days)s") % {"days": days(blind)} if blind else ""
    return Proof(
        _("Days observable"), days(numbers["observable_days"]), " · ".join(filter(None, [least, unmeasured]))
    )


def days(number: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", number) % {"days": number}


def times(number: int) -> str:
    return ngettext("%(number)s time", "%(number)s times", number) % {"number": number}


def years(number: int) -> str:
    return ngettext("%(number)s year", "%(number)s years", number) % {"number": number}


def months(number: int) -> str:
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}


def percent(basis_points: int) -> str:
    return f"{basis_points / 100:.0f} %"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
