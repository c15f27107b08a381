"""Words of the training pages for what the rules answer in codes."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from workforce.schemes.agreement import Apart, Difference
from workforce.schemes.witness import Testimony

TESTIMONY_WORDS = {
    Testimony.AGREES: _("The equipment agrees."),
    Testimony.ON_ALONE: _("The equipment was on, but nobody used it."),
    Testimony.CONTRADICTS: _("The equipment was watched and never on: an explanation is asked for."),
    Testimony.BLIND: _("The equipment could not be observed that day: it says nothing."),
    Testimony.NONE: _("No recorded equipment was there: nothing but the sheet witnesses this session."),
}
TESTIMONY_IN_SHORT = {
    Testimony.AGREES: _("the equipment agrees"),
    Testimony.ON_ALONE: _("on, but not used"),
    Testimony.CONTRADICTS: _("watched, never on"),
    Testimony.BLIND: _("could not be observed"),
    Testimony.NONE: _("no equipment there"),
}
APART_WORDS = {
    Apart.NO_ENTRY: _("a record names it, and the log has no such entry"),
    Apart.NO_RECORD: _("the log has it, and no record of it is left"),
    Apart.CHANGED: _("the record was changed"),
    Apart.SIGNATURE: _("the signatures differ"),
    Apart.REVERSAL: _("reversed in one of the two alone"),
    Apart.NAME: _("the names kept beside it are not those that were sealed, or gone without an erasure"),
}
FIELD_WORDS = {
    "kind": _("kind"),
    "person": _("person"),
    "session": _("training session"),
    "day": _("day"),
    "begins": _("begins"),
    "ends": _("ends"),
    "hours_tenths": _("training hours"),
    "category": _("category"),
    "attempt": _("attempt"),
    "score_tenths": _("score"),
    "pass_tenths": _("pass mark"),
    "passed": _("passed"),
    "certificate": _("certificate"),
    "issuer": _("issued by"),
    "issued_on": _("issued on"),
    "expires": _("expires"),
    "level": _("level"),
    "number": _("certificate number"),
    "sheet": _("target sheet"),
    "year": _("year"),
    "total_tenths": _("total score"),
    "scores": _("target scores"),
    "signed_in": _("signed in"),
    "minutes_on": _("minutes on"),
    "rows": _("rows"),
    "first": _("first day"),
    "last": _("last day"),
    "trainee": _("trainee"),
    "approver": _("approver"),
    "answer": pgettext_lazy("reply", "answer"),
}


def apart_said(difference: Difference) -> str:
    """How a record and its entry differ, with the names of the fields."""
    words = str(APART_WORDS[difference.apart])
    if not difference.fields:
        return words
    fields = ", ".join(dict.fromkeys(str(FIELD_WORDS[name]) for name in difference.fields))
    return gettext("%(what)s: %(fields)s") % {"what": words, "fields": fields}
