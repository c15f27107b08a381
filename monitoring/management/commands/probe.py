"""manage.py probe: ask one address, outside the database, and say what was understood."""

import asyncio
import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import dataclass
from enum import StrEnum
from getpass import getpass
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from monitoring.answer_text import as_document, as_lines
from monitoring.probes.acquaint import WHO, acquaint
from monitoring.probes.answer import Answer, Reason
from monitoring.probes.engine import probe_once
from monitoring.probes.identity import identify
from monitoring.probes.profile import HttpQuestion, Profile
from monitoring.probes.profiles_file import profile_named
from monitoring.probes.target import Auth, Limits, Privacy, SnmpAccess, SnmpVersion, Target
from monitoring.probes.toml_file import ProfileError
from monitoring.probes.understand import understand

WRONG_USE = 2
COMMUNITY, AUTH_PASSWORD, PRIV_PASSWORD = (
    "ITOPS_PROBE_COMMUNITY",
    "ITOPS_PROBE_AUTH_PASSWORD",
    "ITOPS_PROBE_PRIV_PASSWORD",
)
_SHORT = {"sha": "sha1", "aes": "aes128"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where to ask, as it was typed."""

    host: str
    port: int | None

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"


class Command(BaseCommand):
    help = "Ask one address and say what was understood. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True, metavar="snmp|ping|tcp|http")
        _add_snmp(ways.add_parser("snmp", help="ask an SNMP agent"))
        ping = ways.add_parser("ping", help="send a ping")
        ping.add_argument("address", type=_host)
        tcp = ways.add_parser("tcp", help="connect to a port")
        tcp.add_argument("address", type=_address_with_port, metavar="ADDRESS:PORT")
        http = ways.add_parser("http", help="fetch a web page")
        http.add_argument("url", type=_url)
        for way in ways.choices.values():
            way.add_argument("--json", action="store_true", help="print one JSON document")
            way.add_argument("--timeout", type=_seconds, default=1.5, help="seconds to wait for one answer")

    def handle(self, *, way: str, timeout: float, **options: Any) -> None:
        limits = Limits(timeout_s=timeout)
        answer, address = _ASK[way](options, limits)
        identity = identify(answer.texts, answer.own_macs)
        if options["json"]:
            self.stdout.write(json.dumps(as_document(answer, identity, address), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(as_lines(answer, identity, address)))
        if answer.reason is not Reason.NONE:
            sys.exit(1)


def _add_snmp(parser: ArgumentParser) -> None:
    parser.add_argument("address", type=_address, metavar="ADDRESS[:PORT]")
    parser.add_argument("--community", help=f"v1 and v2c; else {COMMUNITY}, else public")
    parser.add_argument("--v1", action="store_true", help="speak version 1")
    parser.add_argument("--user", help="speak version 3 as this user")
    parser.add_argument("--auth", type=_auth, metavar="|".join(Auth))
    parser.add_argument("--auth-password", help=f"else {AUTH_PASSWORD}, else it is asked for")
    parser.add_argument("--priv", type=_privacy, metavar="|".join(Privacy))
    parser.add_argument("--priv-password", help=f"else {PRIV_PASSWORD}, else it is asked for")
    parser.add_argument("--profile", help="what to ask; else what fits the agent")


def _ask_snmp(options: dict[str, Any], limits: Limits) -> tuple[Answer, str]:
    address: Address = options["address"]
    access = _access(options)
    wanted = _known_profile(options["profile"]) if options["profile"] else None
    target = Target(key=0, address=address.host, profile=WHO, snmp=access, snmp_port=address.port or 161)
    return asyncio.run(acquaint(target, limits, wanted)), str(address)


def _ask_ping(options: dict[str, Any], limits: Limits) -> tuple[Answer, str]:
    return _ask(options["address"], profile_named("ping_only"), limits), options["address"]


def _ask_tcp(options: dict[str, Any], limits: Limits) -> tuple[Answer, str]:
    address: Address = options["address"]
    profile = _profile("tcp", tcp_ports=(address.port or 0,))
    return _ask(address.host, profile, limits), str(address)


def _ask_http(options: dict[str, Any], limits: Limits) -> tuple[Answer, str]:
    host, question = options["url"]
    return _ask(host, _profile("http", http=question), limits), host


_ASK = {"snmp": _ask_snmp, "ping": _ask_ping, "tcp": _ask_tcp, "http": _ask_http}


def _ask(host: str, profile: Profile, limits: Limits) -> Answer:
    return understand(0, profile, probe_once(Target(key=0, address=host, profile=profile), limits))


def _profile(name: str, **questions: Any) -> Profile:
    return Profile(name=name, version=1, kinds=(), interval_s=60, ping=False, **questions)


def _known_profile(name: str) -> Profile:
    try:
        found = profile_named(name)
    except ProfileError as failure:
        raise CommandError(str(failure), returncode=WRONG_USE) from None
    if not found.snmp:
        raise CommandError(
            _("The profile %(name)s does not ask by SNMP.") % {"name": name}, returncode=WRONG_USE
        )
    return found


def _access(options: dict[str, Any]) -> SnmpAccess:
    auth, privacy = options["auth"] or Auth.NONE, options["priv"] or Privacy.NONE
    if not options["user"]:
        if auth is not Auth.NONE or privacy is not Privacy.NONE:
            raise CommandError(_("--auth and --priv need --user."), returncode=WRONG_USE)
        version = SnmpVersion.V1 if options["v1"] else SnmpVersion.V2C
        return SnmpAccess(version=version, community=_secret(options["community"], COMMUNITY, "") or "public")
    if privacy is not Privacy.NONE and auth is Auth.NONE:
        raise CommandError(_("--priv needs --auth."), returncode=WRONG_USE)
    return SnmpAccess(
        version=SnmpVersion.V3,
        user=options["user"],
        auth=auth,
        auth_password=_password(auth, options["auth_password"], AUTH_PASSWORD, "--auth-password"),
        privacy=privacy,
        privacy_password=_password(privacy, options["priv_password"], PRIV_PASSWORD, "--priv-password"),
    )


def _password(protocol: StrEnum, given: str | None, variable: str, option: str) -> str:
    """Eight characters or more, as RFC 3414 wants; nothing where nothing is protected."""
    if protocol == "none":
        return ""
    password = _secret(given, variable, option)
    if len(password) < 8:
        raise CommandError(
            _("%(option)s: a password of at least 8 characters is needed.") % {"option": option},
            returncode=WRONG_USE,
        )
    return password


def _secret(given: str | None, variable: str, option: str) -> str:
    """From the command line, else the environment, else (with an option's name) from the person."""
    if given is not None:
        return given
    if variable in os.environ:
        return os.environ[variable]
    return getpass(f"{option.strip('-')}: ") if option and sys.stdin.isatty() else ""


def _auth(text: str) -> Auth:
    return Auth(_protocol(text, list(Auth)))


def _privacy(text: str) -> Privacy:
    return Privacy(_protocol(text, list(Privacy)))


def _protocol(text: str, known: list[Any]) -> str:
    name = text.casefold().replace("-", "")
    name = _SHORT.get(name, name)
    if name not in known:
        raise ArgumentTypeError(
            _("%(text)s is none of %(known)s") % {"text": text, "known": ", ".join(known)}
        )
    return name


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 60:
        raise ArgumentTypeError(_("%(text)s is no number of seconds from 0 to 60") % {"text": repr(text)})
    return seconds


def _host(text: str) -> str:
    if not text.strip() or "/" in text:
        raise ArgumentTypeError(_("%(text)s is no address") % {"text": repr(text)})
    return text.strip("[]")


def _address(text: str) -> Address:
    """ADDRESS, ADDRESS:PORT or [IPV6]:PORT."""
    host, bracket, port = text.partition("]:") if text.startswith("[") else text.rpartition(":")
    if not bracket or (":" in host and not text.startswith("[")):
        return Address(_host(text), None)
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
        raise ArgumentTypeError(_("%(port)s is no port") % {"port": repr(port)})
    return Address(_host(host), int(port))


def _address_with_port(text: str) -> Address:
    address = _address(text)
    if address.port is None:
        raise ArgumentTypeError(_("a port is missing: ADDRESS:PORT"))
    return address


def _url(text: str) -> tuple[str, HttpQuestion]:
    parts = urlsplit(text if "://" in text else f"http://{text}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in {"http", "https"}:
        raise ArgumentTypeError(_("%(text)s is no web address") % {"text": repr(text)})
    tls = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return host, HttpQuestion(path=path, port=port or (443 if tls else 80), tls=tls, content=True)
