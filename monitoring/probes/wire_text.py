"""What octets say: text in whichever encoding, MAC addresses, numbers that were sent as text."""

import math
import re

from monitoring.probes.answer import SnmpValue
from monitoring.probes.profile import TextForm

LONGEST = 2_000  # characters of a text that are kept
_LARGEST = 2**64
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]+")
_MAC_TEXT = re.compile(
    r"(?:[0-9A-Fa-f]{1,2}[:-]){5}[0-9A-Fa-f]{1,2}|[0-9A-Fa-f]{12}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}"
)


def text_of(value: SnmpValue, form: TextForm = TextForm.TEXT) -> str:
    """A value as one clean line; nothing where it cannot be read in this form."""
    if form is TextForm.MAC:
        return mac_of(value)
    if form is TextForm.HEX:
        return value.hex() if isinstance(value, bytes) else ""
    text = _decoded(value) if isinstance(value, bytes) else _plain(value)
    return " ".join(_CONTROL.sub(" ", text[: LONGEST * 2]).split())[:LONGEST].strip()


def mac_of(value: SnmpValue) -> str:
    """A MAC address as "aa:bb:cc:dd:ee:ff", from six octets or a text of it; nothing if it is none.

    All zeros, broadcast and group addresses belong to no equipment and give nothing.
    """
    octets = value if isinstance(value, bytes) and len(value) == 6 else _octets_of_text(value)
    if len(octets) != 6 or octets[0] & 1 or not any(octets):
        return ""
    return octets.hex(":")


def number_of(value: SnmpValue | None) -> float | None:
    """A value as a finite number, also where the agent sent it as text ("0.05", "37 %")."""
    if type(value) is int and -_LARGEST < value < _LARGEST:  # nearly always
        return float(value)
    if isinstance(value, (bytes, str)):
        found = re.match(r"\s*[-+]?\d{1,18}(?:\.\d{1,18})?", text_of(value))
        return float(found.group(0)) if found else None
    if value is None:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _decoded(octets: bytes) -> str:
    octets = octets.rstrip(b"\x00")
    try:
        return octets.decode()
    except UnicodeDecodeError as failure:
        if failure.reason == "unexpected end of data" and failure.start:  # the agent cut a character in two
            return octets[: failure.start].decode()
    try:
        return octets.decode("gbk")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _plain(value: int | float | str) -> str:
    if isinstance(value, int) and value.bit_length() > 128:  # longer than any SNMP integer
        return ""
    return str(value)


def _octets_of_text(value: SnmpValue) -> bytes:
    text = text_of(value).strip()
    if not _MAC_TEXT.fullmatch(text):
        return b""
    if "." in text or len(text) == 12:
        return bytes.fromhex(text.replace(".", ""))
    return bytes(int(part, 16) for part in re.split("[:-]", text))
