"""Names and passwords asked of a directory (LDAP): find the entry, then bind as it with the password given."""

import logging
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from itops.organisation.ldap import Found, LdapError, Line

TIMEOUT_S = 5
PORTS = {"ldap": 389, "ldaps": 636}
UNCHANGING = ("entryuuid", "objectguid")  # OpenLDAP and its kin; Active Directory
PERSON = {"objectClass": "person"}
logger = logging.getLogger(__name__)


class DirectoryUnreachable(Exception):
    """The directory did not answer, or does not let this program in: that says nothing about a password."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody in the directory: `subject` stays when the entry is renamed or moved."""

    name: str
    subject: str


def is_configured() -> bool:
    return bool(settings.ITOPS_LDAP_URL)


def entry_of(name: str, password: str) -> Entry | None:
    """The entry of that name if the password is its own."""
    if not name or not password:  # an empty password binds as nobody, and directories call that success
        return None
    try:
        found = _find(name)
        return Entry(name, _subject(found)) if found and _opens(found.dn, password) else None
    except (OSError, LdapError) as trouble:
        logger.warning("The directory does not answer: %s", trouble)
        raise DirectoryUnreachable from trouble


def _find(name: str) -> Found | None:
    """Nobody where the name is not unique."""
    with _line() as line:
        if not line.bind(settings.ITOPS_LDAP_BIND_DN, settings.ITOPS_LDAP_BIND_PASSWORD):
            raise LdapError("it refuses this program's own name and password")
        wanted = PERSON | {settings.ITOPS_LDAP_ATTRIBUTE: name}
        found = line.find(settings.ITOPS_LDAP_BASE, wanted, UNCHANGING)
    return found[0] if len(found) == 1 else None


def _opens(dn: str, password: str) -> bool:
    with _line() as line:
        return line.bind(dn, password)


def _subject(found: Found) -> str:
    known = next((found.attributes[name] for name in UNCHANGING if name in found.attributes), None)
    return known.hex() if known else found.dn.casefold()[:255]


def _line() -> Line:
    """Encrypted, unless the directory runs on this very machine."""
    where = urlsplit(settings.ITOPS_LDAP_URL)
    line = Line.open(where.hostname or "", where.port or PORTS[where.scheme], TIMEOUT_S)
    try:
        if where.scheme == "ldaps":
            line.encrypt(_trusted())
        elif settings.ITOPS_LDAP_STARTTLS:
            line.start_tls(_trusted())
    except BaseException:
        line.peer.close()
        raise
    return line


def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.ITOPS_LDAP_CA or None)
