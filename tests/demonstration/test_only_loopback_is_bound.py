"""What listens, and where: nothing outside 127.0.0.0/8, whatever the plan says."""

import json
import signal
import socket
import subprocess
import sys
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from itops.site.demonstration.sockets import NotLoopback, bind_all
from itops.site.demonstration.wake import Ports, free_ports, wake
from itops.site.processes import Family


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "10.23.1.1", "255.255.255.255"])
@pytest.mark.parametrize("kind", [socket.SOCK_DGRAM, socket.SOCK_STREAM])
def test_an_address_outside_loopback_is_refused(address, kind):
    with pytest.raises(NotLoopback):
        bind_all([address], 16_100, kind)


def test_the_program_says_when_it_is_ready_binds_loopback_alone_and_ends_when_asked():
    command = [
        sys.executable,
        "-m",
        "itops.site.demonstration.serve",
        "--port",
        "17100",
        "--http-port",
        "17180",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            ready = json.loads(process.stdout.readline())
            assert ready["agents"] > 650
            assert ready["players"] > 25
            bound = _bound_addresses(process.pid)
            assert len(bound) > 500
            assert all(address.is_loopback for address in bound)
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.stdout.read() == b""
        assert process.wait(timeout=20) == 0


def test_waking_waits_until_all_answer_and_prints_nothing(capfd):
    family = Family()
    ports = free_ports(Ports(snmp=17_300, http=17_380))
    try:
        wake(family, ports)
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as again,
            pytest.raises(OSError, match="in use"),
        ):
            again.bind(("127.23.1.1", ports.snmp))
    finally:
        family.stop()
    assert capfd.readouterr().out == ""


def _bound_addresses(pid: int) -> list[IPv4Address]:
    """Local addresses of a process's IPv4 sockets, and the wildcard for any IPv6 one, as Linux tells them."""
    inodes = {
        link.readlink().name.removeprefix("socket:[").removesuffix("]")
        for link in Path(f"/proc/{pid}/fd").iterdir()
        if str(link.readlink()).startswith("socket:")
    }
    found = []
    for table in ("udp", "tcp", "udp6", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes:
                octets = bytes.fromhex(fields[1].partition(":")[0])
                found.append(IPv4Address(octets[::-1]) if len(octets) == 4 else IPv4Address(0))
    return found
