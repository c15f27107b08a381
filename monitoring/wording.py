"""Monitoring's codes in plain words."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from inventory.marks.facts import Witness
from monitoring.probes.answer import Reason

REASONS: dict[Reason, StrOrPromise] = {
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

# What a profile's numbers are called; those of counters are rates once two readings are there.
NUMBERS: dict[str, StrOrPromise] = {
    "users": _("people signed in"),
    "processes": _("programs running"),
    "waiting_processes": _("programs waiting for the processor"),
    "uptime_s": _("running for (seconds)"),
    "memory_mb": _("memory (MB)"),
    "load_percent": _("load (%)"),
    "in_bps": _("traffic in (bit/s)"),
    "out_bps": _("traffic out (bit/s)"),
    "discontinuity_s": _("counters last reset at (seconds of uptime)"),
    "pages": _("pages printed in its life"),
    "printer_status": _("printer status (3 idle, 4 printing, 5 warming up)"),
    "battery_status": _("battery (2 normal, 3 low, 4 empty)"),
    "on_battery_s": _("on battery for (seconds)"),
    "minutes_left": _("battery lasts (minutes)"),
    "charge_percent": _("battery charge (%)"),
    "battery_celsius": _("battery temperature (°C)"),
    "output_source": _("power from (3 mains, 4 bypass, 5 battery)"),
    "calls": _("calls now"),
    "calls_remembered": _("calls in its list"),
    "conferences": _("conferences now"),
    "device_status": _("status of its own"),
    "panel_power": _("screen (0 is dark)"),
    "input_signal": _("input signal (1 yes, 2 no, 0 unplugged)"),
    "rtt_ms": _("ping (ms)"),
    "http_status": _("web status"),
    "http_ms": _("web page (ms)"),
}

WITNESSES: dict[str, StrOrPromise] = {
    Witness.PING: _("ping"),
    Witness.SNMP: "SNMP",
    Witness.MAC_TABLE: _("the switch's MAC table"),
    Witness.HTTP: "HTTP",
    Witness.TCP: "TCP",
    Witness.REPORT: _("its own report"),
    Witness.PERSON: _("a person"),
}

# A day's signs of use, as evidence sums them up.
SIGNS: dict[str, StrOrPromise] = {
    "users": _("most people signed in"),
    "calls": _("calls begun"),
    "used_minutes": _("minutes of use"),
    "pages": _("pages printed"),
    "content_changes": _("changes of content"),
    "display_on_minutes": _("minutes with the screen on"),
    "line_share_p95": _("line full to (%)"),
}
