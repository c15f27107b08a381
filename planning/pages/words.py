"""Remedies that are barred, money, points and the optimiser's reasons in words."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from planning.money.wording import in_row, in_summary
from planning.needs.remedies import Barred
from planning.optimiser.plan import Why

BARRED = {
    Barred.PRICE_UNKNOWN: gettext_lazy("not bought or repaired: nobody has said what that costs"),
    Barred.ABOVE_PRICE_CAP: gettext_lazy("not bought: the price lies above the cap"),
    Barred.BELOW_MINIMUM_YEARS: gettext_lazy("not replaced: its minimum years are not over"),
    Barred.AGE_UNKNOWN: gettext_lazy("not replaced: nobody knows how old it is"),
    Barred.UNUSED: gettext_lazy("not replaced: a new one would stand idle as well"),
    Barred.ABOVE_QUOTA: gettext_lazy("not bought: more than the standard asks for"),
    Barred.COUNTED: gettext_lazy("counted in another need"),
    Barred.AT_STANDARD: gettext_lazy("missing, but the place has as many as it should"),
    Barred.TO_SPARE: gettext_lazy("to spare: offered to other places"),
}


def money(fen: int) -> str:
    """In summaries, in the reader's language."""
    return in_summary(fen, get_language() or "")


def points(worth: int) -> str:
    """Ten-thousandths of a point as points."""
    return f"{worth / 10_000:,.1f}"


def why(code: str, numbers: Mapping[str, int | str], names: Mapping[str, str]) -> str:
    """One sentence with its numbers; `names` are those of sources."""
    if Why(code) is Why.WORTH and not numbers.get("fen"):
        return _("It costs nothing.")
    return SENTENCES[Why(code)]() % _said(numbers, names)


def _said(numbers: Mapping[str, int | str], names: Mapping[str, str]) -> dict[str, str]:
    limits = [names.get(key, key) for key in str(numbers.get("limits", "")).split()]
    return {
        "fen": in_row(int(numbers.get("fen", 0))),
        "worth": points(int(numbers.get("worth", 0))),
        "per": points(int(numbers.get("per_wan", 0))),
        "asked": points(int(numbers.get("asked_per_wan", 0))),
        "saved": in_row(int(numbers.get("saved", 0))),
        "most": in_row(int(numbers.get("most", 0))),
        "asset": str(numbers.get("asset", "")),
        "lost": points(int(numbers.get("displaced_worth", 0))),
        "limits": _(", ").join(limits) or _("the budget"),
    }


SENTENCES = {
    Why.MUST: lambda: _("Must be done: %(fen)s yuan for %(worth)s points."),
    Why.SAVES: lambda: _("A spare one (%(asset)s) is moved: that saves %(saved)s yuan against buying."),
    Why.FLOOR: lambda: _("Its township gets at least so much: %(fen)s yuan for %(worth)s points."),
    Why.WORTH: lambda: _("%(worth)s points for %(fen)s yuan: money brings no more elsewhere."),
    Why.NO_BENEFIT: lambda: _("It would improve nothing."),
    Why.NO_PAYER: lambda: _("%(fen)s yuan: none of the sources may be spent on it."),
    Why.TOO_DEAR: lambda: _("%(fen)s yuan: more than the %(most)s yuan that could ever be spent on it."),
    Why.ASSET_USED: lambda: _("The spare one that fits (%(asset)s) does more elsewhere."),
    Why.LESS_PER_YUAN: lambda: _(
        "%(per)s points for each 10,000 yuan; %(limits)s brings %(asked)s elsewhere."
    ),
    Why.DEMANDED: lambda: _("%(worth)s points, but a floor or a move demands the money of %(limits)s."),
    Why.WITHIN_GAP: lambda: _("As good as what was chosen, within the gap that is said above."),
}
