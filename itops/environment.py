"""Settings come from the environment alone; a wrong value stops the program with its name."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class WrongSetting(SystemExit):
    """A setting that cannot be used; the message names it and says what would be right."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def folder(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).absolute()


def switch(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "no", "yes", "false", "true"}:
        raise WrongSetting(f"{name}={value!r}: write 1 or 0.")
    return default if value == "" else value in {"1", "yes", "true"}


def number(name: str, default: int, least: int, most: int) -> int:
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise WrongSetting(f"{name}={value!r}: write a whole number from {least} to {most}.")
    return int(value)


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def choice(name: str, default: str, allowed: set[str]) -> str:
    value = os.environ.get(name, default)
    if value not in allowed:
        raise WrongSetting(f"{name}={value!r}: write one of {', '.join(sorted(allowed))}.")
    return value


def zone(name: str, default: str) -> str:
    value = os.environ.get(name, default)
    if value not in available_timezones():
        raise WrongSetting(f"{name}={value!r}: no such time zone; write for example Asia/Shanghai.")
    return ZoneInfo(value).key


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(word) for word in words(name, "")]
    except ValueError as wrong:
        raise WrongSetting(f"{name}: {wrong}; write for example 10.0.0.0/8.") from wrong


def secure_address(name: str, schemes: set[str]) -> str:
    """An address over an encrypted scheme; another only to this machine itself. Empty: not used."""
    value = os.environ.get(name, "")
    parts = urlsplit(value)
    if value and (not parts.hostname or (parts.scheme not in schemes and parts.hostname not in LOOPBACK)):
        raise WrongSetting(
            f"{name}={value!r}: write an address that begins with {' or '.join(sorted(schemes))}://"
        )
    return value
