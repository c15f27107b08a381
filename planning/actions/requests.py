"""What townships ask for on a day, as the rules of needs take it: suggestions ask for nothing that can be counted."""

from collections.abc import Iterable, Mapping
from datetime import date

from inventory.marks.kind import Kind
from inventory.models import Request
from itops.organisation.models import Level
from planning.models import RemedyTerms
from planning.needs.facts import Asked
from planning.optimiser.need import Need


def asked_by(day: date, terms: Mapping[Kind, RemedyTerms], usual: RemedyTerms) -> list[Asked]:
    """Faults and needs sent by then that are not answered yet, or accepted and not done."""
    standing = Request.objects.standing().filter(place__level=Level.TOWNSHIP, sent_on__date__lte=day)
    found = standing.exclude(sort=Request.Sort.SUGGESTION).select_related("asset").order_by("pk")
    return [_asked(one, terms.get(Kind(one.kind), usual)) for one in found]


def of_needs(needs: Iterable[Need], asked: Iterable[Asked], marked: Iterable[str]) -> dict[str, Asked]:
    """The request behind each need that comes from it alone, by the need's key (`asked:…` or `asset:TAG`)."""
    requests = list(asked)
    of_key = {one.key: one for one in requests}
    of_asset = {one.asset: one for one in reversed(requests) if one.asset}
    known = set(marked)
    found: dict[str, Asked] = {}
    for need in needs:
        what, _colon, rest = need.key.partition(":")
        if what == "asked":
            found[need.key] = of_key[rest.rpartition(":")[0]]
        elif what == "asset" and rest not in known:
            found[need.key] = of_asset[rest]
    return found


def _asked(one: Request, points: RemedyTerms) -> Asked:
    fault = one.sort == Request.Sort.FAULT
    return Asked(
        key=str(one.pk),
        place=str(one.place_id),
        kind=Kind(one.kind),
        benefit=points.outdated_points if fault else points.missing_points,
        asset=one.asset.tag if one.asset else "",
        quantity=one.quantity,
    )
