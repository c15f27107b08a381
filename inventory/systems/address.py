"""The address at which a page of a business system comes, as people type it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

HOST = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]{0,118}[0-9A-Za-z])?|[0-9a-fA-F:]{2,39}")
PATH = re.compile(r"(/[0-9A-Za-z._~!$&'()*+,;=:@%-]+)*/?")
LONGEST_PATH = 80
PORTS = {"http": 80, "https": 443}


class Wrong(StrEnum):
    NO_ADDRESS = "no_address"
    NOT_THE_WEB = "not_the_web"
    MORE_THAN_A_PATH = "more_than_a_path"


class UnusableAddress(ValueError):
    def __init__(self, code: Wrong) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where to ask, and for which page. What a page is told with parameters is not asked."""

    host: str
    port: int
    tls: bool
    path: str = "/"

    @classmethod
    def read(cls, text: str) -> "WebAddress":
        """`http://10.61.0.8:8080/login`; UnusableAddress says what is wrong."""
        try:
            parts = urlsplit(text.strip())
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise UnusableAddress(Wrong.NO_ADDRESS) from None
        if parts.scheme not in PORTS:
            raise UnusableAddress(Wrong.NOT_THE_WEB)
        if parts.query or parts.fragment or parts.username is not None or not _is_path(parts.path):
            raise UnusableAddress(Wrong.MORE_THAN_A_PATH)
        if port == 0 or not HOST.fullmatch(host):
            raise UnusableAddress(Wrong.NO_ADDRESS)
        return cls(host, port or PORTS[parts.scheme], parts.scheme == "https", parts.path or "/")

    def __str__(self) -> str:
        scheme = "https" if self.tls else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port != PORTS[scheme] else ""
        path = "" if self.path == "/" else self.path
        return f"{scheme}://{host}{port}{path}"


def _is_path(text: str) -> bool:
    """Of names between single slashes: two in a row would name another host."""
    return len(text) <= LONGEST_PATH and PATH.fullmatch(text) is not None
