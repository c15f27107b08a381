"""Codes of planning's rules in words."""

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
