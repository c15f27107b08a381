"""What a real server gets, and what is made of its answers."""

import hashlib
import hmac
from ipaddress import ip_network

import pytest

from itops.notify.sender import Answer, Outgoing, Rules, send, send_all
from tests.notify.conftest import Listener

RULES = Rules(loopback=True, timeout_s=0.5)


def outgoing(url: str, key: int = 1) -> Outgoing:
    return Outgoing(
        key=key,
        url=url,
        event="inventory.asset.change",
        body='{"名称": "公示栏"}'.encode(),
        secret="a secret of the county",
        headers=(("Authorization", "Bearer x"),),
    )


async def test_the_body_comes_with_a_signature_that_can_be_checked(listener: Listener) -> None:
    assert await send(outgoing(listener.url("/hook")), RULES) == Answer(1, 200, "收到·")
    path, headers, body = listener.got[0]
    signed = headers["X-Itops-Timestamp"].encode() + b"." + body
    expected = hmac.new(b"a secret of the county", signed, hashlib.sha256).hexdigest()
    assert headers["X-Itops-Signature"] == f"sha256={expected}"
    assert (path, body.decode()) == ("/hook", '{"名称": "公示栏"}')
    assert headers["Authorization"] == "Bearer x"
    assert headers["X-Itops-Event"] == "inventory.asset.change"


@pytest.mark.parametrize("code", [204, 400, 404, 500, 503])
async def test_the_code_decides_whether_it_arrived(listener: Listener, code: int) -> None:
    listener.answers["/"] = code
    answer = await send(outgoing(listener.url()), RULES)
    assert (answer.code, answer.good) == (code, code == 204)


async def test_a_redirect_is_not_followed(listener: Listener) -> None:
    listener.answers["/redirect"] = 302
    answer = await send(outgoing(listener.url("/redirect")), RULES)
    assert (answer.code, answer.good) == (302, False)
    assert [path for path, _, _ in listener.got] == ["/redirect"]


async def test_a_slow_server_does_not_hold_up_the_others(listener: Listener) -> None:
    urls = [listener.url("/slow"), listener.url("/quick")]
    slow, quick = await send_all([outgoing(url, key) for key, url in enumerate(urls)], RULES)
    assert slow == Answer(0, None, "timeout")
    assert quick.good


async def test_nobody_there_is_an_answer_too(listener: Listener) -> None:
    answer = await send(outgoing("http://127.0.0.1:1/"), RULES)
    assert answer.code is None
    assert answer.text.endswith("Error")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://localhost/", "loopback"),
        ("http://2130706433/", "loopback"),
        ("http://169.254.169.254/latest/meta-data/", "link_local"),
        ("http://[::ffff:169.254.169.254]/", "link_local"),
        ("http://10.9.0.1/", "forbidden"),
        ("ftp://10.0.0.1/", "unusable"),
        ("http://no-such-host.invalid/", "not_resolved"),
    ],
)
async def test_what_may_not_be_called_is_not_called(url: str, why: str) -> None:
    strict = Rules(never=[ip_network("10.9.0.0/16")])
    assert await send(outgoing(url), strict) == Answer(1, None, why)


def test_no_secret_is_in_the_representation() -> None:
    assert "secret" not in repr(outgoing("http://10.0.0.1/"))
    assert "Bearer" not in repr(outgoing("http://10.0.0.1/"))
