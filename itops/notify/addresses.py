"""Which addresses a webhook may call. No Django."""

from collections.abc import Sequence
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
# Where clouds tell a machine its secrets; link-local ones are refused as such.
_METADATA = tuple(
    map(ip_network, ("100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128"))
)
_NAT64 = IPv6Network("64:ff9b::/96")


class Refused(StrEnum):
    """Why an address is not called."""

    UNUSABLE = "unusable"
    LINK_LOCAL = "link_local"
    METADATA = "metadata"
    LOOPBACK = "loopback"
    FORBIDDEN = "forbidden"


def refused(text: str, *, never: Sequence[Network] = (), loopback: bool = False) -> Refused | None:
    """Why this address may not be called; None if it may. `never` are networks such as confidential ones."""
    address = _plain(ip_address(text.partition("%")[0]))
    if any(address in network for network in never):
        return Refused.FORBIDDEN
    if any(address in network for network in _METADATA):
        return Refused.METADATA
    if address.is_link_local:
        return Refused.LINK_LOCAL
    if address.is_loopback:
        return None if loopback else Refused.LOOPBACK
    if address.is_multicast or address.is_unspecified or address.is_reserved:
        return Refused.UNUSABLE
    return None


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
