"""Sentences said when they are read: who finds a fault and who reads of it may speak different languages."""

from collections.abc import Iterable, Mapping

from django.utils.functional import lazy
from django.utils.translation import pgettext
from django_stubs_ext import StrOrPromise


def _filled(said: StrOrPromise, given: Mapping[str, object]) -> str:
    return str(said) % given


def _enumerated(words: Iterable[StrOrPromise]) -> str:
    return pgettext("between things of a list", ", ").join(map(str, words))


filled = lazy(_filled, str)
"""A sentence with its values in it: filled(gettext_lazy("At most %(n)d rows."), {"n": 5})."""
enumerated = lazy(_enumerated, str)
"""Words with the comma of the reader's language between them. `words` are gone through at each reading."""


def in_fen(name: str) -> bool:
    """Whether a field of that name keeps an amount in whole fen."""
    return name.rpartition("_")[2] == "fen"
