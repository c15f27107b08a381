"""Addresses that lead to a machine's own secrets, to confidential networks or nowhere are refused."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itops.notify.addresses import Refused, refused


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("169.254.169.254", Refused.LINK_LOCAL),
        ("fe80::1%eth0", Refused.LINK_LOCAL),
        ("::ffff:169.254.169.254", Refused.LINK_LOCAL),
        ("64:ff9b::a9fe:a9fe", Refused.LINK_LOCAL),
        ("2002:a9fe:a9fe::1", Refused.LINK_LOCAL),
        ("100.100.100.200", Refused.METADATA),
        ("fd00:ec2::254", Refused.METADATA),
        ("127.0.0.1", Refused.LOOPBACK),
        ("::1", Refused.LOOPBACK),
        ("0.0.0.0", Refused.UNUSABLE),
        ("224.0.0.1", Refused.UNUSABLE),
        ("255.255.255.255", Refused.UNUSABLE),
        ("10.9.1.1", Refused.FORBIDDEN),
        ("10.8.1.1", None),
        ("192.168.1.9", None),
        ("2400:3200::1", None),
    ],
)
def test_each_address_is_called_or_refused_for_a_reason(address: str, why: Refused | None) -> None:
    assert refused(address, never=[ip_network("10.9.0.0/16")]) == why


def test_loopback_is_called_where_it_is_allowed() -> None:
    assert refused("127.0.0.1", loopback=True) is None


@given(st.ip_addresses(v=4, network="169.254.0.0/16"))
def test_no_way_to_write_a_link_local_address_gets_through(address: object) -> None:
    assert refused(str(address)) is not None
    assert refused(f"::ffff:{address}") is not None
