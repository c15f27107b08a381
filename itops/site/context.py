"""What every page's frame shows: navigation, the demonstration flag, who is signed in."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from itops.crud.addresses import address
from itops.organisation.scope import granted_paths, signed_in
from planning.pages.leadership import sees_the_county

FOR_LEADERS = "/planning/leadership/"  # the rest of planning is about funds


def shell(request: HttpRequest) -> Mapping[str, object]:
    return {
        "demonstration": settings.ITOPS_DEMONSTRATION,
        "navigation": navigation(request),
        "search_url": address("search") if request.user.is_authenticated else "",
    }


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """The main menu, the current entry marked; empty before signing in."""
    if not request.user.is_authenticated:
        return []
    entries = [
        ("home", _("Overview"), "home", "home"),
        ("inventory:asset_list", _("Assets"), "list", "assets"),
        ("inventory:place_list", _("Townships"), "map", "places"),
        ("monitoring:overview", _("Monitoring"), "pulse", "monitoring"),
        *([("workforce:overview", _("People"), "people", "workforce")] if _sees_skills(request) else []),
        *([("workforce:desk", _("Audit"), "shield", "audit")] if _audits(request) else []),
        *(
            [("planning:leadership", pgettext("menu", "Leadership"), "reports", "planning")]
            if _leads(request)
            else []
        ),
        *([("planning:needs", _("Funds"), "money", "funds")] if _plans(request) else []),
        ("inventory:standards", _("Standards"), "check", "standards"),
        ("records", _("Records"), "reports", "records"),
    ]
    section = getattr(request.resolver_match, "namespaces", None)
    return [
        {"label": label, "url": address(name), "icon": icon, "current": _is_current(request, address(name))}
        for name, label, icon, _key in entries
        if section is not None
    ]


def _sees_skills(request: HttpRequest) -> bool:
    return bool(granted_paths(signed_in(request), "workforce.view_heldskill"))


def _audits(request: HttpRequest) -> bool:
    return bool(granted_paths(signed_in(request), "workforce.export_logentry"))


def _leads(request: HttpRequest) -> bool:
    return sees_the_county(signed_in(request))


def _plans(request: HttpRequest) -> bool:
    return bool(granted_paths(signed_in(request), "planning.view_scenario"))


def _is_current(request: HttpRequest, url: str) -> bool:
    """The longest address that leads here: the desk lies under people's."""
    if url == address("workforce:overview") and request.path.startswith(address("workforce:desk")):
        return False
    if url == address("planning:needs"):
        return request.path.startswith("/planning/") and not request.path.startswith(FOR_LEADERS)
    return request.path == url if url == "/" else request.path.startswith(url)
