"""What the field's agents know, by OID: each manner of speaking puts a few MIBs together. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from itops.site.demonstration import ber
from itops.site.demonstration.rhythm import Rhythm
from itops.site.demonstration.words import PlannedEndpoint

Object = bytes | Callable[[float], bytes]  # encoded value, or a function of the time that gives it
Objects = Iterator[tuple[str, Object]]
ETHERNET, LOOPBACK = 6, 24
GIGABIT = 1_000_000_000
PROCESSOR_TYPE, PRINTER_TYPE = "1.3.6.1.2.1.25.3.1.3", "1.3.6.1.2.1.25.3.1.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """One row of ifTable; `share` of the device's traffic runs through it."""

    index: int
    name: str
    type: int = ETHERNET
    bps: int = GIGABIT
    up: bool = True
    share: float = 1.0
    mac: str = ""
    alias: str = ""


def moving(encode: Callable[[int], bytes], number: Callable[[float], float]) -> Object:
    """An object whose value is a function of the time."""
    return lambda now: encode(int(number(now)))


def system(endpoint: PlannedEndpoint, course: Rhythm, description: str, object_id: str) -> Objects:
    """SNMPv2-MIB::system."""
    base = "1.3.6.1.2.1.1"
    yield f"{base}.1.0", ber.text(description)
    yield f"{base}.2.0", ber.object_id(object_id)
    yield f"{base}.3.0", moving(ber.ticks, lambda now: course.uptime_s(now) * 100)
    yield f"{base}.4.0", ber.text("demonstration")
    yield f"{base}.5.0", ber.text(endpoint.name)
    yield f"{base}.6.0", ber.text(endpoint.place)
    yield f"{base}.7.0", ber.integer(72)


def interfaces(course: Rhythm, ports: Sequence[Port]) -> Objects:
    """IF-MIB::ifTable and ifXTable with 64-bit counters."""
    table, more = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"
    yield "1.3.6.1.2.1.2.1.0", ber.integer(len(ports))
    for port in ports:
        at = port.index
        yield f"{table}.1.{at}", ber.integer(at)
        yield f"{table}.2.{at}", ber.text(port.name)
        yield f"{table}.3.{at}", ber.integer(port.type)
        yield f"{table}.5.{at}", ber.gauge(min(port.bps, 2**32 - 1))
        yield f"{table}.6.{at}", ber.octets(bytes.fromhex(port.mac.replace(":", "")))
        yield f"{table}.8.{at}", ber.integer(1 if port.up else 2)
        yield f"{more}.1.{at}", ber.text(port.name)
        yield f"{more}.6.{at}", _octets(course.octets_in, port)
        yield f"{more}.10.{at}", _octets(course.octets_out, port)
        yield f"{more}.15.{at}", ber.gauge(port.bps // 1_000_000)
        yield f"{more}.18.{at}", ber.text(port.alias)
        yield f"{more}.19.{at}", ber.ticks(0)


def entity(maker: str, model: str, serial: str, version: str) -> Objects:
    """ENTITY-MIB::entPhysicalTable with the chassis alone."""
    base = "1.3.6.1.2.1.47.1.1.1.1"
    yield f"{base}.2.1", ber.text(model)
    yield f"{base}.5.1", ber.integer(3)
    yield f"{base}.7.1", ber.text(model)
    yield f"{base}.10.1", ber.text(version)
    yield f"{base}.11.1", ber.text(serial)
    yield f"{base}.12.1", ber.text(maker)
    yield f"{base}.13.1", ber.text(model)


def engine(endpoint: PlannedEndpoint) -> Objects:
    """SNMP-FRAMEWORK-MIB::snmpEngineID, made of the MAC address (RFC 3411, format 3)."""
    name = bytes.fromhex("800007db03") + bytes.fromhex(endpoint.mac.replace(":", ""))
    yield "1.3.6.1.6.3.10.2.1.1.0", ber.octets(name)


def host(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    """HOST-RESOURCES-MIB: users, processes, memory, the processor."""
    base = "1.3.6.1.2.1.25"
    yield f"{base}.1.1.0", moving(ber.ticks, lambda now: course.uptime_s(now) * 100)
    yield f"{base}.1.5.0", moving(ber.gauge, course.users)
    yield f"{base}.1.6.0", moving(ber.gauge, lambda now: 90 + course.load(now))
    yield f"{base}.2.2.0", ber.integer(endpoint.memory_mb * 1024)
    yield f"{base}.3.2.1.2.1", ber.object_id(PROCESSOR_TYPE)
    yield f"{base}.3.2.1.3.1", ber.text(endpoint.processor)
    yield f"{base}.3.3.1.2.1", moving(ber.integer, course.load)


def printer(endpoint: PlannedEndpoint, course: Rhythm, name: str) -> Objects:
    """Printer-MIB and the printer's rows of HOST-RESOURCES-MIB."""
    yield "1.3.6.1.2.1.25.3.2.1.2.1", ber.object_id(PRINTER_TYPE)
    yield "1.3.6.1.2.1.25.3.2.1.3.1", ber.text(name)
    yield "1.3.6.1.2.1.25.3.5.1.1.1", ber.integer(3)
    yield "1.3.6.1.2.1.43.5.1.1.16.1", ber.text(name)
    yield "1.3.6.1.2.1.43.5.1.1.17.1", ber.text(endpoint.serial)
    yield "1.3.6.1.2.1.43.10.2.1.4.1.1", moving(ber.integer, course.pages)
    yield "1.3.6.1.2.1.43.11.1.1.6.1.1", ber.text("Black Cartridge")


def ups(endpoint: PlannedEndpoint, course: Rhythm) -> Objects:
    """UPS-MIB (RFC 1628)."""
    base = "1.3.6.1.2.1.33.1"
    yield f"{base}.1.1.0", ber.text(endpoint.maker)
    yield f"{base}.1.2.0", ber.text(endpoint.model)
    yield f"{base}.1.3.0", ber.text("V2.10")
    yield f"{base}.1.4.0", ber.text("V1.05")
    yield f"{base}.2.1.0", ber.integer(2)
    yield f"{base}.2.2.0", ber.integer(0)
    yield f"{base}.2.3.0", moving(ber.integer, lambda now: 90 - course.load(now))
    yield f"{base}.2.4.0", ber.integer(100)
    yield f"{base}.2.7.0", ber.integer(24)
    yield f"{base}.4.1.0", ber.integer(3)
    yield f"{base}.4.4.1.5.1", moving(ber.integer, course.load)


def poly(endpoint: PlannedEndpoint) -> Objects:
    """POLYCOM-ENDPOINT-MIB: who it is. The calls are a table that comes and goes (`poly_calls`)."""
    base = "1.3.6.1.4.1.13885.101.1.1"
    yield f"{base}.1.0", ber.text("4.1.0-386000")
    yield f"{base}.4.0", ber.text(endpoint.model.removeprefix("Poly "))
    yield f"{base}.5.0", ber.text(endpoint.serial)
    yield f"{base}.6.0", ber.integer(1)


def poly_calls(course: Rhythm, now: float) -> Objects:
    if course.calls(now):
        yield "1.3.6.1.4.1.13885.101.1.4.1.1.2.1", ber.text("sip:demo@conference.invalid")
        yield "1.3.6.1.4.1.13885.101.1.4.1.1.3.1", ber.integer(1920)


def dial_control(course: Rhythm, now: float) -> Objects:
    """DIAL-CONTROL-MIB: the active calls and those of the past."""
    base = "1.3.6.1.2.1.10.21.1"
    yield f"{base}.4.1.0", ber.integer(20)
    for call in range(course.calls(now)):
        yield f"{base}.3.1.1.8.1.{call + 1}", ber.ticks(0)
    for call in range(course.calls_before(now)):
        yield f"{base}.4.3.1.8.{call + 1}", ber.ticks(call)


def novastar(endpoint: PlannedEndpoint, *, lit: bool) -> Objects:
    """NovaStar's controller: who it is, brightness (0 is dark), whether the input has a signal."""
    base = "1.3.6.1.4.1.319.10"
    yield f"{base}.10.1.2", ber.text("TB50")
    yield f"{base}.10.1.3", ber.text("V4.2.0")
    yield f"{base}.10.1.6", ber.text(endpoint.serial)
    yield f"{base}.10.20.5.1.2.1.1", ber.integer(1)
    yield f"{base}.20.1.2.1.5", ber.integer(70 if lit else 0)


def bridge(ports: Iterable[int]) -> Objects:
    """BRIDGE-MIB::dot1dBasePortIfIndex."""
    for port in ports:
        yield f"1.3.6.1.2.1.17.1.4.1.2.{port}", ber.integer(port)


def learned(macs: Mapping[str, int], *, by_vlan: bool) -> Objects:
    """The MAC table, in BRIDGE-MIB or (of VLAN 1) in Q-BRIDGE-MIB: MAC address -> port."""
    base = "1.3.6.1.2.1.17.7.1.2.2.1.2.1" if by_vlan else "1.3.6.1.2.1.17.4.3.1.2"
    for mac, port in macs.items():
        index = ".".join(str(int(octet, 16)) for octet in mac.split(":"))
        yield f"{base}.{index}", ber.integer(port)


def _octets(count: Callable[[float], int], port: Port) -> Object:
    if not port.up or not port.share:
        return ber.counter64(0)
    return moving(ber.counter64, lambda now: count(now) * port.share)
