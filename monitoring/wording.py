"""Monitoring's codes in plain words."""

from django.utils.functional import _StrPromise
from django.utils.translation import gettext_lazy as _

from monitoring.probes.answer import Reason

REASONS: dict[Reason, _StrPromise | str] = {
    Reason.NONE: _("It answered."),
    Reason.SILENT: _("Nothing came back in time. It may be switched off, gone, or behind a closed line."),
    Reason.BUDGET: _("It answered so slowly that the time for it was used up."),
    Reason.NAME: _("The name cannot be found: no address belongs to it."),
    Reason.UNREACHABLE: _("The network says that there is no way to this address."),
    Reason.REFUSED: _("The machine is there but refuses: the service is off or listens elsewhere."),
    Reason.WRONG_CREDENTIALS: _("The user, password or community is wrong."),
    Reason.NOT_ALLOWED: _("It knows us but does not allow us to see this."),
    Reason.TOO_BIG: _("Its answers are too big for it to send."),
    Reason.MALFORMED: _("What came back is damaged or makes no sense."),
    Reason.FOREIGN: _("Only answers from another address, or to another question, came back."),
    Reason.NOT_INCREASING: _("Its answers turn in a circle; its agent has a fault."),
    Reason.EMPTY: _("It answered, but with nothing of what was asked."),
    Reason.AGENT_ERROR: _("Its agent reported an error of its own."),
    Reason.TLS: _("The encrypted connection could not be made."),
    Reason.HTTP_STATUS: _("The web page answered with an error."),
    Reason.NO_PERMISSION: _("This program may not send pings; see docs/settings.md."),
    Reason.UNKNOWN: _("It failed in an unexpected way; the log says more."),
}
