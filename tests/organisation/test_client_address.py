"""The address of a request: the peer's, and what a proxy says only when that proxy is trusted."""

from ipaddress import ip_network

from django.test import RequestFactory
from pytest_django import Settings

from itops.organisation.address import client_address


def address(rf: RequestFactory, peer: str, forwarded: str = "") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client_address(rf.get("/", REMOTE_ADDR=peer, headers=headers))


def test_a_stranger_cannot_say_who_it_is(rf: RequestFactory) -> None:
    assert address(rf, "10.0.0.1", "1.2.3.4") == "10.0.0.1"


def test_a_trusted_proxy_is_believed_one_step_back(rf: RequestFactory, settings: Settings) -> None:
    settings.ITOPS_TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    assert address(rf, "10.0.0.1", "6.6.6.6, 1.2.3.4") == "1.2.3.4"
    assert address(rf, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2") == "1.2.3.4"
    assert address(rf, "10.0.0.1", "nonsense") == ""


def test_a_socket_has_no_address(rf: RequestFactory) -> None:
    assert address(rf, "") == ""
