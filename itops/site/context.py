"""What every page's frame shows: navigation, the demonstration flag, who is signed in."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from itops.crud.addresses import address
from itops.organisation.scope import granted_paths, signed_in
from planning.pages.leadership import sees_the_county

ASSETS = "inventory.view_asset"
FOR_LEADERS = "/planning/leadership/"  # the rest of planning is about funds


def shell(request: HttpRequest) -> Mapping[str, object]:
    return {
        "demonstration": settings.ITOPS_DEMONSTRATION,
        "navigation": navigation(request),
        "search_url": address("search") if request.user.is_authenticated else "",
    }


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """The main menu: what the account may open, the current entry marked; empty before signing in."""
    if not request.user.is_authenticated or getattr(request.resolver_match, "namespaces", None) is None:
        return []
    user = signed_in(request)
    entries = [
        ("home", _("Overview"), "home", True),
        ("inventory:asset_list", _("Assets"), "list", granted_paths(user, ASSETS)),
        ("inventory:place_list", _("Townships"), "map", granted_paths(user, ASSETS)),
        ("monitoring:overview", _("Monitoring"), "pulse", granted_paths(user, "monitoring.view_state")),
        ("workforce:overview", _("People"), "people", granted_paths(user, "workforce.view_heldskill")),
        ("workforce:desk", _("Audit"), "shield", granted_paths(user, "workforce.export_logentry")),
        ("planning:leadership", pgettext("menu", "Leadership"), "reports", sees_the_county(user)),
        ("planning:needs", _("Funds"), "money", granted_paths(user, "planning.view_scenario")),
        ("inventory:standards", _("Standards"), "check", granted_paths(user, ASSETS)),
        ("records", _("Records"), "reports", True),
    ]
    return [
        {"label": label, "url": address(name), "icon": icon, "current": _is_current(request, address(name))}
        for name, label, icon, is_open in entries
        if is_open
    ]


def _is_current(request: HttpRequest, url: str) -> bool:
    """The longest address that leads here: the desk lies under people's."""
    if url == address("workforce:overview") and request.path.startswith(address("workforce:desk")):
        return False
    if url == address("planning:needs"):
        return request.path.startswith("/planning/") and not request.path.startswith(FOR_LEADERS)
    return request.path == url if url == "/" else request.path.startswith(url)
