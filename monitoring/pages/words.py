"""States and incidents in words, for every page that shows them."""

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django_stubs_ext import StrOrPromise

from inventory.marks.kind import Kind
from monitoring.models import StateCode
from monitoring.queries.incidents import Shown
from monitoring.queries.states import OTHERS_DEPEND, Now

DOTS: dict[StateCode, tuple[str, StrOrPromise]] = {
    StateCode.UP: ("up", pgettext_lazy("state", "online")),
    StateCode.SILENT: ("off", pgettext_lazy("state", "no answer")),
    StateCode.DOWN: ("off", pgettext_lazy("state", "no answer")),
    StateCode.UNREACHABLE: ("unreachable", pgettext_lazy("state", "out of sight")),
    StateCode.NEVER: ("never", pgettext_lazy("state", "never seen")),
}


class Watched(Protocol):
    """What must be known of an asset to say its state: the asset itself, or a row of a list."""

    @property
    def kind(self) -> str: ...

    @property
    def confidential(self) -> bool: ...


def state_of(now: Now | None, asset: Watched) -> tuple[str, str]:
    """The dot and its words."""
    if asset.confidential:
        return "never", _("confidential network, not probed")
    if now is None:
        return "never", _("not probed")
    return dot(now.code, asset.kind, by_switch=now.by_switch_today)


def dot(code: StateCode, kind: str, *, by_switch: bool = False) -> tuple[str, str]:
    """Silence of a computer is drawn as switched off; of what others depend on, as down."""
    if by_switch:
        return "up", _("seen by the switch today")
    if code is StateCode.DOWN and kind in OTHERS_DEPEND:
        return "down", pgettext("state", "down")
    drawn, word = DOTS[code]
    return drawn, str(word)


def incident_title(incident: Shown) -> str:
    if incident.asset and incident.asset.kind == Kind.NETWORK_LINK:
        return _("%(place)s: line down") % {"place": incident.place}
    name = incident.asset.name if incident.asset else incident.address
    return _("%(place)s: %(name)s down") % {"place": incident.place, "name": name}


PROFILE_NAMES: dict[str, StrOrPromise] = {
    "any_agent": gettext_lazy("Any agent"),
    "computer": gettext_lazy("Computers"),
    "line": gettext_lazy("Lines"),
    "notice_board_panel": gettext_lazy("Screens of notice boards"),
    "notice_board_player": gettext_lazy("Players of notice boards"),
    "ping_only": gettext_lazy("Ping alone"),
    "printer": gettext_lazy("Printers"),
    "router": gettext_lazy("Routers"),
    "server": gettext_lazy("Servers"),
    "switch": gettext_lazy("Switches"),
    "ups": gettext_lazy("UPS"),
    "video_generic": gettext_lazy("Video endpoints"),
    "video_poly": gettext_lazy("Video endpoints (Poly)"),
    "web_system": gettext_lazy("Web systems"),
    "web_system_tls": gettext_lazy("Web systems (HTTPS)"),
}


def profile_name(code: str) -> str:
    """A profile that a county added has its file's name."""
    return str(PROFILE_NAMES.get(code, code))
