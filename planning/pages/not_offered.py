"""What may not be bought and why, with the numbers of the rule: the quota, the price cap, the minimum years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES, Request
from planning.actions.needs import Known
from planning.money.wording import in_row
from planning.needs.counted import Barring
from planning.needs.remedies import Barred
from planning.pages.need_links import tag_of

RULES = (Barred.ABOVE_QUOTA, Barred.ABOVE_PRICE_CAP, Barred.BELOW_MINIMUM_YEARS)
SHOWN = 6  # numbers of assets in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """So many of one kind in one place that one rule keeps from being bought."""

    place: str
    kind: str
    quantity: int
    sentence: str
    tags: Sequence[str]
    more: int


def refusals(known: Known, places: Mapping[str, str]) -> list[Refusal]:
    """In these places, rule by rule; what has the same sentence stands together."""
    barred = [one for one in known.counted.barred if one.code in RULES and one.place in places]
    asked = _kinds_asked(barred)
    together: defaultdict[tuple[int, str, Kind, str], list[Barring]] = defaultdict(list)
    for one in barred:
        kind = _kind(one, known, asked)
        if kind is not None:
            together[RULES.index(one.code), places[one.place], kind, _said(one, kind, known)].append(one)
    return [_refusal(key, several) for key, several in sorted(together.items())]


def _refusal(key: tuple[int, str, Kind, str], several: Sequence[Barring]) -> Refusal:
    _rule, place, kind, sentence = key
    tags = [tag for one in several if (tag := tag_of(one.subject))]
    return Refusal(
        place=place,
        kind=str(KIND_NAMES[kind]),
        quantity=len(several),
        sentence=sentence,
        tags=tags[:SHOWN],
        more=max(len(tags) - SHOWN, 0),
    )


def _said(one: Barring, kind: Kind, known: Known) -> str:
    match one.code:
        case Barred.ABOVE_PRICE_CAP:
            terms = known.terms[kind]
            return _("Not bought: it costs %(price)s yuan, the cap is %(cap)s.") % {
                "price": in_row(terms.price or 0),
                "cap": in_row(terms.price_cap or 0),
            }
        case Barred.BELOW_MINIMUM_YEARS:
            asset = known.marked[tag_of(one.subject)]
            return _("Not replaced: in use for %(years)s of at least %(least)s years.") % {
                "years": asset.years,
                "least": asset.minimum_years,
            }
    stock = known.stocks[one.place, kind]
    return _("Not bought: the standard asks for %(standard)s, %(have)s are there.") % {
        "standard": stock.standard,
        "have": stock.have,
    }


def _kind(one: Barring, known: Known, asked: Mapping[str, Kind]) -> Kind | None:
    """From the need, the asset or the request that is refused; None where a request was deleted meanwhile."""
    if tag := tag_of(one.subject):
        return known.marked[tag].kind
    if request := known.asked.get(one.subject):
        return request.kind
    what, _colon, rest = one.subject.partition(":")
    return Kind(rest.split(":")[1]) if what == "short" else asked.get(one.subject)


def _kinds_asked(barred: Iterable[Barring]) -> Mapping[str, Kind]:
    """Of requests that are refused whole, by their number."""
    return dict(_asked(one.subject for one in barred if ":" not in one.subject))


def _asked(keys: Iterable[str]) -> Iterator[tuple[str, Kind]]:
    found = Request.objects.filter(pk__in=list(keys)).exclude(kind="")
    for pk, kind in found.values_list("pk", "kind"):
        yield str(pk), Kind(kind)
