"""What is kept of an import for readers of any language: a text that depends on it is kept as {language: text}."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override

CODES = tuple(code for code, _name in settings.LANGUAGES)


def in_all(said: Any) -> Any:
    """JSON with each such text in every language of the program."""
    if isinstance(said, Promise):
        return _texts(said)
    if isinstance(said, Mapping):
        return {name: in_all(value) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [in_all(one) for one in said]
    return said


def in_the_readers(kept: Any) -> Any:
    """The same JSON with each such text in the language that is spoken now."""
    if isinstance(kept, list):
        return [in_the_readers(one) for one in kept]
    if not isinstance(kept, dict):
        return kept
    if kept and kept.keys() <= set(CODES):
        return kept.get(get_language() or "", next(iter(kept.values())))
    return {name: in_the_readers(value) for name, value in kept.items()}


def _texts(said: Promise) -> str | dict[str, str]:
    """A plain text where all languages say the same."""
    texts = {}
    for code in CODES:
        with override(code):
            texts[code] = str(said)
    return texts if len(set(texts.values())) > 1 else texts[CODES[0]]
