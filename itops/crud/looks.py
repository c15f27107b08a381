"""The small parts every page shows: marks, states, icons, sparklines, bullets; for table columns too.

Each function renders one file of templates/components; itops/site/templatetags/looks.py offers them as tags.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

Text = str | Promise

SPARK_WIDTH, SPARK_HEIGHT = 92, 30
FULL_WIDTH = (
    92  # percent of a bullet's track that the longest bar takes, so that the standard's line stays inside
)


@dataclass(frozen=True, slots=True)
class MarkWords:
    """The character in the badge, the word a screen reader says, the plain phrase that explains it."""

    glyph: Text
    word: Text
    phrase: Text


MARKS = {
    "missing": MarkWords(pgettext_lazy("mark", "M"), pgettext_lazy("mark", "missing"), _("Not there")),
    "outdated": MarkWords(pgettext_lazy("mark", "O"), pgettext_lazy("mark", "outdated"), _("No longer fit")),
    "unused": MarkWords(pgettext_lazy("mark", "U"), pgettext_lazy("mark", "unused"), _("Standing unused")),
    "unknown": MarkWords("?", pgettext_lazy("mark", "unknown"), _("Not seen enough to say")),
    "waived": MarkWords(pgettext_lazy("mark", "W"), pgettext_lazy("mark", "waived"), _("Waived")),
    "clear": MarkWords("·", pgettext_lazy("mark", "in order"), _("In order")),
}

STATES: dict[str, Text] = {
    "up": pgettext_lazy("state", "online"),
    "down": pgettext_lazy("state", "offline"),
    "unreachable": pgettext_lazy("state", "out of sight"),
    "off": pgettext_lazy("state", "switched off"),
    "never": pgettext_lazy("state", "never seen"),
}


def mark(
    code: str,
    *,
    days: int | None = None,
    count: int | None = None,
    text: Text = "",
    size: str = "",
    waived_until: date | None = None,
    phrase: bool = False,
) -> SafeString:
    """A mark's badge, followed by `text`, its age, a count or its plain phrase. `size`: "", "sm" or "lg"."""
    return mark_in(get_language(), str(code), days, count, str(text), size, waived_until, phrase)


@lru_cache(maxsize=4096)
def mark_in(
    _language: str | None,
    code: str,
    days: int | None = None,
    count: int | None = None,
    text: str = "",
    size: str = "",
    waived_until: date | None = None,
    phrase: bool = False,
) -> SafeString:
    """The same for who knows the reader's language: a list shows the same few badges again and again."""
    words = MARKS[code]
    context = {
        "code": code,
        "glyph": words.glyph,
        "word": words.word,
        "text": text or _after(words, days=days, count=count, waived_until=waived_until, phrase=phrase),
        "size": size,
        "waived": waived_until is not None,
    }
    return SafeString(render_to_string("components/mark.html", context).strip())


def _after(
    words: MarkWords, *, days: int | None, count: int | None, waived_until: date | None, phrase: bool
) -> Text:
    if waived_until is not None:
        return gettext("waived until %(date)s") % {"date": date_format(waived_until, "Y-m-d")}
    if days is not None:
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if count is not None:
        return str(count)
    return words.phrase if phrase else ""


def state(code: str, text: Text = "") -> SafeString:
    """What is there now: a dot and a word, never the one without the other."""
    return _state(str(code), str(text or STATES[str(code)]))


@lru_cache(maxsize=1024)
def _state(code: str, text: str) -> SafeString:
    return SafeString(render_to_string("components/state.html", {"code": code, "text": text}).strip())


def link(address: str, text: object, css: str = "") -> SafeString:
    """An address of the program's own around a text, which is escaped."""
    opening = f'<a class="{css}" href="{address}">' if css else f'<a href="{address}">'
    return SafeString(f"{opening}{escape(str(text))}</a>")


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A line drawing out of static/itops/icons.svg; it decorates, the word beside it speaks."""
    source = f"{static('itops/icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', source)


def spark(values: Sequence[float | None]) -> SafeString:
    """Twelve months in a line from zero; None leaves a gap."""
    context = {"path": spark_path(values), "width": SPARK_WIDTH, "height": SPARK_HEIGHT, "end": _end(values)}
    return SafeString(render_to_string("components/spark.html", context).strip())


def spark_path(values: Sequence[float | None]) -> str:
    """The SVG path of a sparkline, one stroke per unbroken run."""
    steps, pen_up = [], True
    for place, value in enumerate(values):
        if value is None:
            pen_up = True
            continue
        x, y = _point(values, place, value)
        steps.append(f"{'M' if pen_up else 'L'}{x:.1f} {y:.1f}")
        pen_up = False
    return " ".join(steps)


def _point(values: Sequence[float | None], place: int, value: float) -> tuple[float, float]:
    top = max((known for known in values if known is not None), default=0) or 1
    x = 2 + place * (SPARK_WIDTH - 4) / max(len(values) - 1, 1)
    return x, 2 + (SPARK_HEIGHT - 4) * (1 - value / top)


def _end(values: Sequence[float | None]) -> tuple[str, str] | None:
    if not values or values[-1] is None:
        return None
    x, y = _point(values, len(values) - 1, values[-1])
    return f"{x:.1f}", f"{y:.1f}"


def bullet(standard: int | None, have: int, in_use: int) -> SafeString:
    """The standard as a line, what is there as a light bar, what is used as a dark one; None: in words."""
    longest = max(standard or 0, have, in_use, 1)
    context = {
        "standard": standard,
        "have": have,
        "in_use": in_use,
        "standard_percent": FULL_WIDTH * (standard or 0) // longest,
        "have_percent": FULL_WIDTH * have // longest,
        "in_use_percent": FULL_WIDTH * in_use // longest,
    }
    return SafeString(render_to_string("components/bullet.html", context).strip())
