"""Findings and lacks in the reader's language: one sentence each, made of the numbers that prove it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext
from django_stubs_ext import StrOrPromise

from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.policy import Policy
from inventory.marks.rules import PLACE_RULE

Numbers = Mapping[str, Any]


class Said(Protocol):
    """A Finding, or a Mark as it is stored."""

    @property
    def rule(self) -> str: ...
    @property
    def numbers(self) -> Numbers: ...


class SaidLack(Protocol):
    """A Lack, or one of a Standing's stored lacks."""

    @property
    def code(self) -> str: ...
    @property
    def numbers(self) -> Numbers: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`name` of the rule; what would `undo` a finding; a `hint` at its cause that costs nothing to check."""

    name: StrOrPromise
    undo: StrOrPromise
    hint: StrOrPromise = ""


WORDS: dict[str, Words] = {
    "missing.below_standard": Words(
        name=_("Fewer than the standard"),
        undo=_("Provide what is short, or take it over from a place that does not use it."),
        hint=_("Look among the unused of other townships before buying."),
    ),
    "missing.silent_unconfirmed": Words(
        name=_("Silent, not confirmed by anybody"),
        undo=_("It answers once, or a person finds it and records that."),
        hint=_("Somebody should go and look: silence cannot tell stolen from switched off."),
    ),
    "missing.not_found": Words(
        name=_("Looked for and not found"),
        undo=_("A person finds it and records that."),
        hint=_("It may stand in another room or township: look for its serial number there."),
    ),
    "outdated.past_minimum_years": Words(
        name=_("Past its minimum years of use"),
        undo=_("Nothing needs undoing: a replacement may be asked for, which is no proof of need."),
    ),
    "outdated.unsupported_os": Words(
        name=_("Operating system without support"),
        undo=_("Install a system that its maker still supports."),
        hint=_("The machine itself may be good enough for a newer system: no need to buy one."),
    ),
    "outdated.unsupported_model": Words(
        name=_("Model without support"), undo=_("Replace it with a model that its maker still supports.")
    ),
    "outdated.below_need": Words(
        name=_("Less than its work needs"),
        undo=_("Add what is short, or give it work that needs less."),
        hint=_("More memory or a larger disk costs far less than a new one."),
    ),
    "outdated.saturated": Words(
        name=_("Line full"),
        undo=_("Fewer full days in the window: a faster line, or less traffic in office hours."),
        hint=_("Updates and backups can often be moved to the night."),
    ),
    "outdated.repeated_repairs": Words(
        name=_("Repaired again and again"), undo=_("Twelve months with fewer repairs.")
    ),
    "outdated.maintenance_overdue": Words(
        name=_("Maintenance overdue"), undo=_("Do the maintenance and record it.")
    ),
    "unused.silent": Words(
        name=_("There, but never switched on"),
        undo=_("It is switched on once and answers."),
        hint=_("Ask who should work with it; another office may need one."),
    ),
    "unused.no_users": Words(
        name=_("Nobody signs in"),
        undo=ngettext_lazy(
            "Somebody signs in on it on %(days)d day.", "Somebody signs in on it on %(days)d days.", "days"
        ),
        hint=_(
            "Its user may have moved, or a newer one may stand beside it: move it before another is bought."
        ),
    ),
    "unused.no_calls": Words(
        name=_("No calls"),
        undo=ngettext_lazy(
            "A call of %(minutes)d minutes or more on %(days)d day.",
            "A call of %(minutes)d minutes or more on %(days)d days.",
            "days",
        ),
        hint=_("The only person who can use it may hold several posts: train first, replace nothing yet."),
    ),
    "unused.unchanged_content": Words(
        name=_("Content never changes"),
        undo=ngettext_lazy(
            "What it shows changes on %(days)d day.", "What it shows changes on %(days)d days.", "days"
        ),
        hint=_("Often nobody has been shown how to change it: train first, replace nothing yet."),
    ),
    "unused.display_off": Words(
        name=_("Screen stays dark"),
        undo=ngettext_lazy(
            "The screen is on for %(minutes)d minutes on %(days)d day.",
            "The screen is on for %(minutes)d minutes on %(days)d days.",
            "days",
        ),
        hint=_("It may be off to save power, or its remote control is lost: ask before replacing it."),
    ),
    "unused.idle": Words(
        name=_("Line without traffic"),
        undo=ngettext_lazy(
            "%(minutes)d minutes of real traffic on %(days)d day.",
            "%(minutes)d minutes of real traffic on %(days)d days.",
            "days",
        ),
        hint=_("A second line may carry everything: end the lease of the one that nobody needs."),
    ),
    "unused.no_pages": Words(
        name=_("Nothing printed"),
        undo=ngettext_lazy(
            "Something is printed on %(days)d day.", "Something is printed on %(days)d days.", "days"
        ),
        hint=_("It may lack toner or a driver; a shared printer may do its work."),
    ),
    "unused.no_load": Words(
        name=_("Carries no load"),
        undo=ngettext_lazy(
            "It carries a load for %(minutes)d minutes on %(days)d day.",
            "It carries a load for %(minutes)d minutes on %(days)d days.",
            "days",
        ),
        hint=_("Plug the switch and the line's equipment into it: no money needed."),
    ),
}

SHORT = ngettext_lazy(
    "The standard asks for %(standard)d, %(have)d are there: %(gap)d is short",
    "The standard asks for %(standard)d, %(have)d are there: %(gap)d are short",
    "gap",
)
SILENT = ngettext_lazy(
    "No sign of it on %(measured)d observable office day in a row, and nobody has found it",
    "No sign of it on %(measured)d observable office days in a row, and nobody has found it",
    "measured",
)
SILENT_SINCE_FOUND = ngettext_lazy(
    "No sign of it on %(measured)d observable office day in a row; last found by a person on %(found_on)s",
    "No sign of it on %(measured)d observable office days in a row; last found by a person on %(found_on)s",
    "measured",
)
SILENT_THERE = ngettext_lazy(
    "It stands there (found on %(found_on)s), but gave no sign on %(measured)d observable office day in a row",
    "It stands there (found on %(found_on)s), but gave no sign on %(measured)d observable office days in a row",
    "measured",
)
NOT_FOUND = ngettext_lazy(
    "Looked for on %(looked_on)s and not found",
    "Looked for %(looks)d times, last on %(looked_on)s, and not found",
    "looks",
)
YEARS = ngettext_lazy(
    "In use for %(measured)d year; the minimum of %(threshold)d is over",
    "In use for %(measured)d years; the minimum of %(threshold)d is over",
    "measured",
)
SYSTEM_ENDED = _("%(system)s: its maker's support ended on %(end_of_support)s")
EVERY_EDITION_ENDED = _(
    "%(system)s: its maker's support ended for every edition, at the latest on %(latest_end)s"
)
SYSTEM_ENDED_SOME_DAY = _("%(system)s is no longer supported by its maker")
MODEL_ENDED = _("The maker's support of this model ended on %(end_of_support)s")
SATURATED = ngettext_lazy(
    "Full in office hours on %(measured)d of %(measured_days)d day",
    "Full in office hours on %(measured)d of %(measured_days)d days",
    "measured_days",
)
REPAIRED = ngettext_lazy(
    "Repaired %(measured)d time within 12 months", "Repaired %(measured)d times within 12 months", "measured"
)
OVERDUE = _("Maintenance has been overdue since %(due_on)s")
NEEDS: dict[str, StrOrPromise] = {
    "memory_mb": _("memory %(have)s MB where its work needs %(need)s"),
    "disk_gb": _("disk %(have)s GB where its work needs %(need)s"),
    "processor_year": _("a processor of %(have)s where its work needs one of %(need)s or later"),
    "line_mbps": _("a line of %(have)s Mbit/s where %(need)s are needed"),
}
NEED_NAMES: dict[str, StrOrPromise] = {
    "memory_mb": _("memory"),
    "disk_gb": _("disk"),
    "processor_year": _("processor"),
    "line_mbps": _("line speed"),
}

# On none of the days that could be observed; and on too few of them.
NEVER: dict[str, StrOrPromise] = {
    "no_users": ngettext_lazy(
        "Nobody signed in on the %(idle_days)d day that could be observed",
        "Nobody signed in on any of the %(idle_days)d days that could be observed",
        "idle_days",
    ),
    "no_calls": ngettext_lazy(
        "Not one call on the %(idle_days)d day that could be observed",
        "Not one call on the %(idle_days)d days that could be observed",
        "idle_days",
    ),
    "short_calls": ngettext_lazy(
        "Not one call long enough to count on the %(idle_days)d day that could be observed",
        "Not one call long enough to count on the %(idle_days)d days that could be observed",
        "idle_days",
    ),
    "unchanged_content": ngettext_lazy(
        "What it shows did not change on the %(idle_days)d day that could be observed",
        "What it shows did not change once on the %(idle_days)d days that could be observed",
        "idle_days",
    ),
    "display_off": ngettext_lazy(
        "Its screen was not really on during the %(idle_days)d day that could be observed",
        "Its screen was not really on during any of the %(idle_days)d days that could be observed",
        "idle_days",
    ),
    "idle": ngettext_lazy(
        "No traffic worth the name on the %(idle_days)d day that could be observed",
        "No traffic worth the name on the %(idle_days)d days that could be observed",
        "idle_days",
    ),
    "no_pages": ngettext_lazy(
        "Not a page printed on the %(idle_days)d day that could be observed",
        "Not a page printed on the %(idle_days)d days that could be observed",
        "idle_days",
    ),
    "no_load": ngettext_lazy(
        "Carried nothing on the %(idle_days)d day that could be observed",
        "Carried nothing on any of the %(idle_days)d days that could be observed",
        "idle_days",
    ),
}
SELDOM = ngettext_lazy(
    "Used on only %(measured)d of the %(observable_days)d days that could be observed",
    "Used on only %(measured)d of the %(observable_days)d days that could be observed",
    "measured",
)

LACKS: dict[Lacking, StrOrPromise] = {
    Lacking.NEVER_OBSERVED: _("it has never answered, and a thing never seen is not therefore missing"),
    Lacking.NOT_PROBED: _("no probe is set up for it, and nobody has recorded seeing it lately"),
    Lacking.CONFIDENTIAL: _("it is on a confidential network, where nothing is probed: only people can say"),
    Lacking.IN_STORAGE: _("it is in storage, where silence and disuse mean nothing"),
    Lacking.UNDER_REPAIR: _("it is under repair, where silence and disuse mean nothing"),
    Lacking.TOO_FEW_DAYS: _("too few days could be observed"),
    Lacking.NOT_MEASURED: _("it answers, but not about its use"),
    Lacking.GENERATED_ONLY: _("all its days are generated for the demonstration; no probe has seen it yet"),
    Lacking.NOT_LOCATED: _("nobody knows whether it is there at all"),
    Lacking.SUPPORT_UNKNOWN: _("until when the maker supports its system is not known"),
    Lacking.SYSTEM_UNKNOWN: _("its operating system is not known"),
    Lacking.EDITION_UNKNOWN: _("its edition is not known, and editions end on different days"),
    Lacking.AGE_UNKNOWN: _("when it was put into use, or its minimum years, is not recorded"),
    Lacking.SPECIFICATION_UNKNOWN: _("its specification is not known"),
    Lacking.MAINTENANCE_UNKNOWN: _("its last maintenance is not recorded"),
    Lacking.NO_STANDARD: _("no standard says how many there should be"),
    Lacking.STAFF_UNKNOWN: _("the number of staff is not recorded"),
}
DAYS_LACKING = ngettext_lazy(
    "only %(observable_days)d day could be observed, at least %(minimum_observable_days)d are needed",
    "only %(observable_days)d days could be observed, at least %(minimum_observable_days)d are needed",
    "observable_days",
)
LACK_OF_SYSTEM = _("until when the maker supports %(system)s is not known")
LACK_OF_SPECIFICATION = _("not known: %(names)s")
CANNOT_TELL = _("Cannot tell: %(why)s")


def sentence(said: Said) -> str:
    """The finding in one sentence."""
    what, numbers = _what(said.rule), said.numbers
    match what:
        case "below_standard":
            return str(SHORT % numbers)
        case "silent_unconfirmed":
            return str((SILENT_SINCE_FOUND if "found_on" in numbers else SILENT) % numbers)
        case "silent":
            return str(SILENT_THERE % numbers)
        case "unsupported_os":
            return _system(numbers)
        case "below_need":
            return _needs(numbers)
        case "no_calls" | "no_users" | "unchanged_content" | "display_off" | "idle" | "no_pages" | "no_load":
            return _use(what, numbers)
    return str(SIMPLE[what] % numbers)


SIMPLE: dict[str, StrOrPromise] = {
    "not_found": NOT_FOUND,
    "past_minimum_years": YEARS,
    "unsupported_model": MODEL_ENDED,
    "saturated": SATURATED,
    "repeated_repairs": REPAIRED,
    "maintenance_overdue": OVERDUE,
}


def lack_sentence(lack: SaidLack) -> str:
    """What is lacking to judge a rule."""
    return str(CANNOT_TELL) % {"why": lack_reason(lack)}


def lack_reason(lack: SaidLack) -> str:
    """The same without its beginning."""
    numbers, code = lack.numbers, Lacking(lack.code)
    if code is Lacking.TOO_FEW_DAYS and {"observable_days", "minimum_observable_days"} <= numbers.keys():
        return str(DAYS_LACKING % numbers)
    if code is Lacking.SUPPORT_UNKNOWN and numbers.get("system"):
        return str(LACK_OF_SYSTEM % numbers)
    if code is Lacking.SPECIFICATION_UNKNOWN and numbers.get("unknown"):
        return str(LACK_OF_SPECIFICATION) % {
            "names": _listed(str(NEED_NAMES[name]) for name in str(numbers["unknown"]).split())
        }
    return str(LACKS[code])


def rule_name(rule: str) -> str:
    return str(_words(rule).name)


def hint(rule: str) -> str:
    """What may be behind it, and what to try before money is spent."""
    return str(_words(rule).hint)


def undo(rule: str, policy: Policy) -> str:
    """What would take the mark away, in that policy's numbers."""
    text = _words(rule).undo
    if rule == PLACE_RULE:
        return str(text)
    limits = policy.kinds[Kind(rule.split(".")[1])]
    return str(text % {"days": limits.used_days_below, "minutes": limits.used_minutes})


def _words(rule: str) -> Words:
    """They do not differ from kind to kind."""
    mark, _kind, what = rule.split(".")
    return WORDS[f"{mark}.{what}"]


def _what(rule: str) -> str:
    return "below_standard" if rule == PLACE_RULE else rule.rpartition(".")[2]


def _use(what: str, numbers: Numbers) -> str:
    if numbers["measured"]:
        return str(SELDOM % numbers)
    return str(NEVER["short_calls" if what == "no_calls" and numbers.get("calls") else what] % numbers)


def _system(numbers: Numbers) -> str:
    if "end_of_support" in numbers:
        return str(SYSTEM_ENDED % numbers)
    return str((EVERY_EDITION_ENDED if "latest_end" in numbers else SYSTEM_ENDED_SOME_DAY) % numbers)


def _needs(numbers: Numbers) -> str:
    short = [
        str(NEEDS[name]) % {"have": numbers[name], "need": numbers[f"needed_{name}"]}
        for name in str(numbers["short"]).split()
    ]
    text = _listed(short)
    return text[:1].upper() + text[1:]


def _listed(things: Iterable[str]) -> str:
    return pgettext("between things of a list", ", ").join(things)
