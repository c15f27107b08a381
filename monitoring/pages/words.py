"""States and incidents in words, for every page that shows them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_stubs_ext import StrOrPromise

from inventory.marks.kind import Kind
from inventory.models import Asset
from monitoring.models import StateCode
from monitoring.queries.incidents import Shown
from monitoring.queries.states import OTHERS_DEPEND, Now


def state_of(now: Now | None, asset: Asset) -> tuple[str, str]:
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
    return {
        StateCode.UP: ("up", pgettext("state", "online")),
        StateCode.SILENT: ("off", pgettext("state", "no answer")),
        StateCode.DOWN: ("off", pgettext("state", "no answer")),
        StateCode.UNREACHABLE: ("unreachable", pgettext("state", "out of sight")),
        StateCode.NEVER: ("never", pgettext("state", "never seen")),
    }[code]


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
}


def profile_name(code: str) -> str:
    """A profile that a county added has its file's name."""
    return str(PROFILE_NAMES.get(code, code))
