"""Codes of planning's rules in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from planning.needs.facts import Cause

CAUSE_NAMES: dict[Cause, StrOrPromise] = {
    Cause.NOT_NEEDED: pgettext_lazy("why unused", "more there than needed: can move"),
    Cause.BROKEN: pgettext_lazy("why unused", "broken: repair or write off"),
    Cause.NO_LINE: pgettext_lazy("why unused", "no line: connect it"),
    Cause.NOBODY_POSTED: pgettext_lazy("why unused", "nobody posted there: fill the post"),
    Cause.NOBODY_TRAINED: pgettext_lazy("why unused", "nobody trained there: train"),
    Cause.HAND_ENTRY: pgettext_lazy("why unused", "too much entry by hand: connect the systems"),
    Cause.UNKNOWN: pgettext_lazy("why unused", "not known: ask the people there"),
}
CAUSE_PROOFS: dict[Cause, StrOrPromise] = {
    Cause.NOT_NEEDED: _("%(have)s are there, the standard asks for %(standard)s"),
    Cause.BROKEN: _("under repair, or failing: %(repairs)s repairs in 12 months"),
    Cause.NO_LINE: _("lines that are there: %(lines)s"),
    Cause.NOBODY_POSTED: _("posts there: %(posts)s, none of them filled"),
    Cause.NOBODY_TRAINED: _("it asks for %(skills)s skills, and nobody there has shown them all"),
    Cause.HAND_ENTRY: _(
        "%(hours)s hours a month are typed in there a second time; from %(threshold)s it is too much"
    ),
}


def cause_proof(cause: Cause, numbers: Mapping[str, int | float]) -> str:
    """The numbers behind a cause in one sentence; "" where none is known."""
    said = {name: f"{number:g}" for name, number in numbers.items()}
    return str(CAUSE_PROOFS[cause]) % said if cause in CAUSE_PROOFS else ""
