"""Why there is no plan, in sentences: which demands clash, what cannot be used and what to do about it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from itops.organisation.models import Level, Place
from planning.models import FundingSource, Scenario
from planning.optimiser.faults import Wrong
from planning.pages import must_dos
from planning.pages.words import money

FAULTS: Mapping[Wrong, StrOrPromise] = {
    Wrong.TWICE: gettext_lazy("%(what)s is there twice: take one out."),
    Wrong.NOT_WHOLE: gettext_lazy("%(what)s has an amount that is no whole number of fen: correct it."),
    Wrong.NEGATIVE: gettext_lazy("%(what)s has a negative amount: correct it."),
    Wrong.ABSURD: gettext_lazy("%(what)s has an amount beyond all reason: correct it."),
    Wrong.NO_YEARS: gettext_lazy("The scenario has no years: edit it."),
    Wrong.YEARS_UNKNOWN: gettext_lazy(
        "%(what)s is of a year that the scenario does not have: take it out of the scenario, or change the years."
    ),
    Wrong.NO_REMEDY: gettext_lazy("%(what)s has no remedy: lay down what one costs."),
    Wrong.NO_CATEGORY: gettext_lazy("%(what)s has a remedy without a category: lay down its costs anew."),
    Wrong.ASSET_WITHOUT_MOVE: gettext_lazy("%(what)s names a spare piece that nobody moves."),
    Wrong.BAD_SHARE: gettext_lazy(
        "%(what)s has a share that cannot be: it lies between nothing and the whole."
    ),
    Wrong.BAD_MATCH: gettext_lazy(
        "%(what)s must be matched by a source that is in the scenario and asks for no match itself: take that in too."
    ),
}


def trouble(scenario: Scenario, sources: Sequence[FundingSource]) -> Mapping[str, object] | None:
    """None where there is a plan. `short`: how much more money would settle a clash of demands."""
    if not scenario.trouble:
        return None
    said = json.loads(scenario.trouble)
    names = {str(one.pk): str(one) for one in sources}
    places = {str(one.pk): str(one) for one in Place.objects.filter(level=Level.TOWNSHIP)}
    short = said.get("short")
    return {
        "demands": [
            _demanded(code, key, numbers, names, places) for code, key, numbers in said.get("demands", ())
        ],
        "faults": [
            _faulty(code, subject, key, names, places) for code, subject, key in said.get("faults", ())
        ],
        "broken": said.get("broken", False),
        "short": money(short) if short else "",
    }


def _faulty(code: str, subject: str, key: str, names: Mapping[str, str], places: Mapping[str, str]) -> str:
    if code == "no_need":
        said = _("%(need)s must be done, but is no need today: take it out of the must-dos.")
        return said % {"need": must_dos.in_words(key, places)}
    what = {
        "source": names.get(key, key),
        "floor": _("The least for %(place)s") % {"place": places.get(key, key)},
        "need": must_dos.in_words(key, places),
    }.get(subject, _("The scenario"))
    return str(FAULTS[Wrong(code)]) % {"what": what}


def _demanded(
    code: str, key: str, numbers: Mapping[str, Any], names: Mapping[str, str], places: Mapping[str, str]
) -> str:
    if code == "limit":
        return _("%(source)s has %(money)s.") % {
            "source": names.get(key, key),
            "money": money(numbers["fen"]),
        }
    if code == "must":
        said = _("%(need)s must be done and costs at least %(money)s.")
        return said % {"need": must_dos.in_words(key, places), "money": money(numbers["fen"])}
    said = _("%(place)s gets at least %(needs)s needs and %(money)s; it has %(there)s needs.")
    return said % {
        "place": places.get(key, key),
        "needs": numbers["needs"],
        "money": money(numbers["fen"]),
        "there": numbers["needs_there"],
    }
