"""Where what stands behind a need is shown: the asset with its readings, the list of what is lacking, the request."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from inventory.models import Asset, Request
from itops.organisation.models import User
from itops.organisation.scope import visible

SEEN = "inventory.view_asset"


def tag_of(need: str) -> str:
    """The number of the asset that a need is about; "" where it is about none."""
    return need.removeprefix("asset:") if need.startswith("asset:") else ""


def of_assets(user: User, tags: Iterable[str]) -> Mapping[str, str]:
    """Addresses of those assets that the account sees, by their numbers."""
    found = visible(Asset.objects.filter(tag__in=set(tags)), user, SEEN)
    return {tag: reverse("inventory:asset", args=[pk]) for tag, pk in found.values_list("tag", "pk")}


def of_requests(user: User, keys: Iterable[str]) -> Mapping[str, str]:
    """Addresses of those requests that the account sees."""
    found = visible(Request.objects.filter(pk__in=set(keys)), user, "inventory.view_request")
    return {str(pk): reverse("inventory:request", args=[pk]) for pk in found.values_list("pk", flat=True)}


def of_shortfall(place: str | int) -> str:
    """What a township lacks, kind by kind."""
    return f"{reverse('planning:behind')}?mark=missing&place={place}"


def of_needs(user: User, needs: Iterable[tuple[str, str | int]]) -> Mapping[str, str]:
    """By need, of (need, place): "" nowhere. Two statements, however many needs."""
    keys = dict(needs)
    assets = of_assets(user, (tag for key in keys if (tag := tag_of(key))))
    requests = of_requests(user, (key.split(":")[1] for key in keys if key.startswith("asked:")))
    return {key: _of_need(key, place, assets, requests) for key, place in keys.items()}


def _of_need(key: str, place: str | int, assets: Mapping[str, str], requests: Mapping[str, str]) -> str:
    what, _colon, rest = key.partition(":")
    if what == "short":
        return of_shortfall(place)
    return assets.get(rest, "") if what == "asset" else requests.get(rest.partition(":")[0], "")
