"""Why a delivery got no answer, in a sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_REASONS: dict[str, str | Promise] = {
    "unusable": _("Nobody can be reached at that address."),
    "link_local": _("Addresses of one cable alone (link-local) are not called."),
    "metadata": _("That address tells a machine its own secrets and is not called."),
    "loopback": _("This machine itself is not called, unless the settings allow it."),
    "forbidden": _("The settings forbid that network."),
    "not_resolved": _("The name is not known to the name servers."),
    "timeout": _("There was no answer within five seconds."),
}


def reason(code: str) -> str:
    """The sentence of a reason's code; of others the code itself."""
    return str(_REASONS.get(code, _("The connection failed.") if code.endswith("Error") else code))
