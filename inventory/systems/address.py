"""The address at which a business system's first page comes, as people type it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

HOST = re.compile(r"[0-9A-Za-z]([0-9A-Za-z.-]{0,118}[0-9A-Za-z])?|[0-9a-fA-F:]{2,39}")
PORTS = {"http": 80, "https": 443}


class Wrong(StrEnum):
    NO_ADDRESS = "no_address"
    NOT_THE_WEB = "not_the_web"
    MORE_THAN_THE_HOST = "more_than_the_host"


class UnusableAddress(ValueError):
    def __init__(self, code: Wrong) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where to ask. What lies behind the first page is not asked for, so a path is refused."""

    host: str
    port: int
    tls: bool

    @classmethod
    def read(cls, text: str) -> "WebAddress":
        """`http://10.61.0.8:8080`; UnusableAddress says what is wrong."""
        try:
            parts = urlsplit(text.strip())
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise UnusableAddress(Wrong.NO_ADDRESS) from None
        if parts.scheme not in PORTS:
            raise UnusableAddress(Wrong.NOT_THE_WEB)
        if parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
            raise UnusableAddress(Wrong.MORE_THAN_THE_HOST)
        if port == 0 or not HOST.fullmatch(host):
            raise UnusableAddress(Wrong.NO_ADDRESS)
        return cls(host, port or PORTS[parts.scheme], parts.scheme == "https")

    def __str__(self) -> str:
        scheme = "https" if self.tls else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}" + (f":{self.port}" if self.port != PORTS[scheme] else "")
