"""
Sends signed bodies to the addresses of webhooks, several at once. No Django.

The name is resolved once, every address it stands for is looked at, and those are called and no others: a name that
says something else a moment later leads nowhere. Redirects are not followed; five seconds are all an answer has.
"""

import asyncio
import hashlib
import hmac
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from itops.notify.addresses import Network, refused

EXCERPT = 500
AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Rules:
    """What is allowed, and how long an answer may take."""

    never: Sequence[Network] = ()
    loopback: bool = False
    timeout_s: float = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One body to send. Secret and headers have no repr."""

    key: int
    url: str
    event: str
    body: bytes
    secret: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status code, or the reason why there is none."""

    key: int
    code: int | None
    text: str

    @property
    def good(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


class NotCalled(Exception):
    """The address is not one that may be called; the message is the reason's code."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`sha256=` and the HMAC-SHA256 of timestamp, full stop and body."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


async def send_all(outgoing: Sequence[Outgoing], rules: Rules) -> list[Answer]:
    """Every answer, in the order of the bodies; nothing that one address does disturbs another."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(one: Outgoing) -> Answer:
        async with turns:
            return await send(one, rules)

    return list(await asyncio.gather(*map(in_turn, outgoing)))


async def send(one: Outgoing, rules: Rules) -> Answer:
    try:
        async with asyncio.timeout(rules.timeout_s):
            return await _post(one, await _addresses(one.url, rules), rules)
    except TimeoutError:
        return Answer(one.key, None, "timeout")
    except NotCalled as reason:
        return Answer(one.key, None, str(reason))
    except (aiohttp.ClientError, OSError, ValueError) as error:
        return Answer(one.key, None, type(error).__name__)


async def _addresses(url: str, rules: Rules) -> list[ResolveResult]:
    """What the host's name stands for; NotCalled if any of it is refused."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotCalled("unusable")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise NotCalled("not_resolved") from error
    for *_, address in found:
        reason = refused(str(address[0]), never=rules.never, loopback=rules.loopback)
        if reason is not None:
            raise NotCalled(reason)
    return [_result(parts.hostname, port, family, str(address[0])) for family, _, _, _, address in found]


def _result(host: str, port: int, family: int, address: str) -> ResolveResult:
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
    )


class Fixed(AbstractResolver):
    """Says the addresses that were looked at, whatever is asked."""

    def __init__(self, addresses: list[ResolveResult]) -> None:
        self.addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return self.addresses

    async def close(self) -> None:
        return None


async def _post(one: Outgoing, addresses: list[ResolveResult], rules: Rules) -> Answer:
    timestamp = str(int(time.time()))
    headers = {
        **dict(one.headers),
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "itops",
        "X-Itops-Event": one.event,
        "X-Itops-Delivery": str(one.key),
        "X-Itops-Timestamp": timestamp,
        "X-Itops-Signature": signature(one.secret, timestamp, one.body),
    }
    connector = aiohttp.TCPConnector(resolver=Fixed(addresses), force_close=True)
    limit = aiohttp.ClientTimeout(total=rules.timeout_s)
    async with (
        aiohttp.ClientSession(connector=connector, timeout=limit, trust_env=False) as session,
        session.post(one.url, data=one.body, headers=headers, allow_redirects=False) as response,
    ):
        excerpt = await response.content.read(EXCERPT)
        return Answer(one.key, response.status, _printable(excerpt))


def _printable(data: bytes) -> str:
    text = data.decode("utf-8", errors="replace")
    return "".join(sign if sign.isprintable() or sign == "\n" else "·" for sign in text)
