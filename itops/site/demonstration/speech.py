"""Each manner of speaking: the descriptions, ports and MIBs by which the field's agents pass for real equipment.

The forms of the descriptions are those that real equipment uses; versions and serial numbers are invented.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from itops.site.demonstration import mibs
from itops.site.demonstration.mibs import ETHERNET, LOOPBACK, Objects, Port
from itops.site.demonstration.rhythm import SLOT_S, Rhythm
from itops.site.demonstration.words import Behaviour, PlannedEndpoint, System

SWITCH_PORTS = 24
PHONES = 6  # MAC addresses that come and go on a switch, of things that nobody has on the books
WINDOWS_WORKSTATION, WINDOWS_SERVER = "1.3.6.1.4.1.311.1.1.3.1.1", "1.3.6.1.4.1.311.1.1.3.1.2"
NET_SNMP = "1.3.6.1.4.1.8072.3.2.10"
PRINTERS = {"Pantum": "1.3.6.1.4.1.40093.1.1", "Brother": "1.3.6.1.4.1.2435.2.3.9.1"}
UPSES = {"Santak": "1.3.6.1.4.1.3941", "Huawei": "1.3.6.1.4.1.2011.6.174"}

Speak = Callable[[PlannedEndpoint, Rhythm], Objects]


def computer(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    description, object_id = _operating_system(endpoint, endpoint.system, WINDOWS_WORKSTATION)
    yield from mibs.system(endpoint, course, description, object_id)
    yield from mibs.host(endpoint, course)
    yield from mibs.interfaces(course, _card(endpoint, "Realtek PCIe GbE Family Controller"))


def server(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    description, object_id = _operating_system(endpoint, endpoint.system, WINDOWS_SERVER)
    yield from mibs.system(endpoint, course, description, object_id)
    yield from mibs.host(endpoint, course)
    yield from mibs.interfaces(course, _card(endpoint, "Intel(R) Ethernet Connection X722"))


def vrp(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    description = (
        f"{endpoint.model}\r\nHuawei Versatile Routing Platform Software\r\nVRP (R) software,Version 5.170 "
        f"({endpoint.model.partition('-')[0]} V200R019C10SPC500)\r\nHuawei Technologies Co., Ltd."
    )
    yield from _switch(endpoint, course, description, "1.3.6.1.4.1.2011.2.23.582", "GigabitEthernet0/0/{}")


def comware(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    description = (
        "H3C Comware Platform Software, Software Version 7.1.070, Release 6328P03\r\n"
        f"H3C {endpoint.model}\r\nCopyright (c) 2004-2021 New H3C Technologies Co., Ltd. All rights reserved."
    )
    yield from _switch(endpoint, course, description, "1.3.6.1.4.1.25506.1.1960", "GigabitEthernet1/0/{}")


def ruijie(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    description = (
        f"Ruijie Gigabit Security & Intelligence Access Switch ({endpoint.model}) By Ruijie Networks."
    )
    yield from _switch(endpoint, course, description, "1.3.6.1.4.1.4881.1.1.10.1.155", "GigabitEthernet 0/{}")


def line(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    """The township's router, seen from the county."""
    description = (
        "AR651\r\nHuawei Versatile Routing Platform Software\r\n"
        "VRP (R) software,Version 5.170 (AR650 V300R019C13)"
    )
    yield from mibs.system(endpoint, course, description, "1.3.6.1.4.1.2011.2.224.312")
    yield from mibs.engine(endpoint)
    ports = (
        Port(index=1, name="GigabitEthernet0/0/8", bps=endpoint.capacity_bps or 0, alias="TO-COUNTY"),
        Port(index=2, name="LoopBack0", type=LOOPBACK, share=0),
    )
    yield from mibs.interfaces(course, ports)


def jetdirect(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    description = (
        f"HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM JSI24050001,PID:HP {endpoint.model}"
    )
    yield from mibs.system(endpoint, course, description, "1.3.6.1.4.1.11.2.3.9.1")
    yield from mibs.printer(endpoint, course, f"HP {endpoint.model}")


def other_printer(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    name = f"{endpoint.maker} {endpoint.model}"
    yield from mibs.system(endpoint, course, name, PRINTERS[endpoint.maker])
    yield from mibs.printer(endpoint, course, name)


def ups(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    yield from mibs.system(endpoint, course, f"{endpoint.maker} UPS", UPSES[endpoint.maker])
    yield from mibs.ups(endpoint, course)


def poly(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    yield from mibs.system(endpoint, course, "Videoconferencing Device", "1.3.6.1.4.1.2684")
    yield from mibs.interfaces(course, _card(endpoint, "eth0"))
    yield from mibs.poly(endpoint)


def dial(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    yield from mibs.system(endpoint, course, f"{endpoint.maker} {endpoint.model} video codec", NET_SNMP)
    yield from mibs.entity(endpoint.maker, endpoint.model, endpoint.serial, "V6.20")
    yield from mibs.interfaces(course, _card(endpoint, "eth0"))


def novastar(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    yield from mibs.system(endpoint, course, "NovaStar TB50", "1.3.6.1.4.1.319.10")
    yield from mibs.novastar(endpoint, lit=endpoint.behaviour is not Behaviour.PANEL_OFF)


def environment(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    yield from mibs.system(endpoint, course, "Machine-room monitor", NET_SNMP)
    yield from mibs.interfaces(course, _card(endpoint, "eth0"))


SPEAKERS: Mapping[str, Speak] = {
    "windows": computer,
    "linux": computer,
    "server": server,
    "vrp": vrp,
    "vrp_router": vrp,
    "comware": comware,
    "comware_router": comware,
    "ruijie": ruijie,
    "line": line,
    "jetdirect": jetdirect,
    "printer": other_printer,
    "ups": ups,
    "poly": poly,
    "dial": dial,
    "novastar": novastar,
    "environment": environment,
}


def passing(
    endpoint: PlannedEndpoint, course: Rhythm, neighbours: Sequence[tuple[str, Rhythm]], now: float
) -> Objects:
    """What comes and goes: calls, and the MAC addresses (with their courses) that a switch has learned."""
    if endpoint.speaks == "poly":
        yield from mibs.poly_calls(course, now)
    elif endpoint.speaks == "dial":
        yield from mibs.dial_control(course, now)
    elif neighbours:
        present = {
            mac: 1 + turn % (SWITCH_PORTS - 1)
            for turn, (mac, neighbour) in enumerate(neighbours)
            if neighbour.on_switch(now)
        }
        yield from mibs.learned(present | dict(_phones(endpoint, now)), by_vlan=endpoint.speaks != "ruijie")


def _phones(endpoint: PlannedEndpoint, now: float) -> Iterator[tuple[str, int]]:
    rng = Random(f"{endpoint.address}:{int(now // SLOT_S)}")
    for _ in range(PHONES):
        yield (
            "02:a8:" + ":".join(f"{rng.randrange(256):02x}" for _ in range(4)),
            rng.randint(1, SWITCH_PORTS - 1),
        )


def _switch(
    endpoint: PlannedEndpoint, course: Rhythm, description: str, object_id: str, name: str
) -> Objects:
    """The last port leads upwards and carries the traffic."""
    yield from mibs.system(endpoint, course, description, object_id)
    yield from mibs.engine(endpoint)
    yield from mibs.entity(endpoint.maker, endpoint.model, endpoint.serial, "")
    numbers = range(1, SWITCH_PORTS + 1)
    ports = [
        Port(index=n, name=name.format(n), share=float(n == SWITCH_PORTS), mac=endpoint.mac, up=n > 3)
        for n in numbers
    ]
    yield from mibs.interfaces(course, ports)
    yield from mibs.bridge(numbers)


def _card(endpoint: PlannedEndpoint, name: str) -> tuple[Port, ...]:
    return (
        Port(index=1, name="lo", type=LOOPBACK, share=0),
        Port(index=2, name=name, type=ETHERNET, mac=endpoint.mac),
    )


def _operating_system(endpoint: PlannedEndpoint, runs: System | None, windows: str) -> tuple[str, str]:
    """sysDescr and sysObjectID."""
    if runs is None or runs.kernel:
        return f"Linux {endpoint.name} {runs.kernel if runs else ''}", NET_SNMP
    version = "6.1" if runs.build < 9_000 else "6.3"  # Windows 10 and 11 call themselves 6.3 too
    return (
        f"Hardware: Intel64 Family 6 Model {endpoint.family} Stepping 10 AT/AT COMPATIBLE - Software: "
        f"Windows Version {version} (Build {runs.build} Multiprocessor Free)"
    ), windows
