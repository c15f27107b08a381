"""What an endpoint's raw answer means, in the words of its profile. Pure; no answer makes it fail."""

from collections.abc import Callable, Mapping, Sequence

from monitoring.probes import oids
from monitoring.probes.answer import Answer, Raw, Reason, SnmpValue
from monitoring.probes.ports import (
    Columns,
    indexes_called,
    interfaces_of,
    mac_table,
    own_macs,
    physical_indexes,
    rows_of,
)
from monitoring.probes.profile import Number, Profile, Quantity, Reduce, Text
from monitoring.probes.wire_text import number_of, text_of

Scalars = Mapping[str, SnmpValue]

# These reasons were sent by the equipment itself, or by its kernel: somebody is there.
_SOMEBODY_SAID = frozenset(
    {
        Reason.REFUSED,
        Reason.WRONG_CREDENTIALS,
        Reason.NOT_ALLOWED,
        Reason.TOO_BIG,
        Reason.MALFORMED,
        Reason.NOT_INCREASING,
        Reason.EMPTY,
        Reason.AGENT_ERROR,
        Reason.TLS,
        Reason.HTTP_STATUS,
    }
)
_NOT_KNOWN = 2**32 - 1  # what agents put into a Gauge32 that they cannot fill (battery minutes, speeds)
_REDUCE: Mapping[Reduce, Callable[[Sequence[float]], float]] = {
    Reduce.SUM: sum,
    Reduce.MAX: max,
    Reduce.MIN: min,
    Reduce.FIRST: lambda values: values[0],
    Reduce.MEAN: lambda values: sum(values) / len(values),
}


def understand(target_key: int, profile: Profile, raw: Raw) -> Answer:
    """The raw answer as numbers in the profile's layout, texts, interfaces and MAC addresses seen."""
    scalars, columns = raw.scalars or {}, raw.columns or {}
    fallbacks: list[str] = []
    numbers = [_number(number, scalars, columns, fallbacks) for number in profile.numbers]
    uptime = number_of(scalars.get(oids.SYS_UPTIME))
    return Answer(
        key=target_key,
        profile=profile,
        answered=_answered(raw),
        reason=_reason(profile, raw),
        values=(*numbers, *_built_in(profile, raw)),
        texts=_texts(profile.texts, scalars, columns) if profile.texts else {},
        macs=mac_table(columns) if profile.mac_table else (),
        interfaces=interfaces_of(columns) if profile.interfaces else (),
        uptime_s=None if uptime is None else uptime / 100,
        asked_at=raw.asked_at,
        seconds=raw.seconds,
        fallbacks=frozenset(fallbacks),
        own_macs=own_macs(columns) if columns else (),
        content=raw.http_content,
    )


def _number(number: Number, scalars: Scalars, columns: Columns, fallbacks: list[str]) -> float | None:
    """A number's value; its name joins `fallbacks` when the value comes from there."""
    first = _read(number, number.oid, scalars, columns)
    if first is not None or not number.fallback:
        return first
    second = _read(number, number.fallback, scalars, columns)
    if second is not None:
        fallbacks.append(number.name)
    return second


def _read(number: Number, oid: str, scalars: Scalars, columns: Columns) -> float | None:
    if number.reduce is None:
        value = number_of(scalars.get(oid))
    elif oid in columns:
        rows = _chosen(number, rows_of(columns, oid), columns)
        offered = bool(rows) or not number.offered_by or number.offered_by in scalars
        value = _reduced(number.reduce, rows) if offered else None
    else:
        value = None
    if value is None or (number.quantity is Quantity.GAUGE and value == _NOT_KNOWN):
        return None
    return value * number.scale


def _reduced(reduce: Reduce, rows: Mapping[str, SnmpValue]) -> float | None:
    if reduce is Reduce.COUNT:
        return float(len(rows))
    if reduce is Reduce.ANY:
        return float(bool(rows))
    values = [value for value in map(number_of, rows.values()) if value is not None]
    return _REDUCE[reduce](values) if values else None


def _chosen(number: Number, rows: dict[str, SnmpValue], columns: Columns) -> dict[str, SnmpValue]:
    if number.only_interface:
        wanted = indexes_called(columns, number.only_interface)
    elif number.only_physical:
        wanted = physical_indexes(columns)
    else:
        return rows
    return {index: value for index, value in rows.items() if index in wanted}


def _texts(texts: tuple[Text, ...], scalars: Scalars, columns: Columns) -> dict[str, str]:
    said = {text.name: _text(text, scalars, columns) for text in texts}
    return {name: value for name, value in said.items() if value}


def _text(text: Text, scalars: Scalars, columns: Columns) -> str:
    if not text.column:
        return text_of(scalars[text.oid], text.form) if text.oid in scalars else ""
    rows = rows_of(columns, text.oid)
    deciding = rows_of(columns, text.row_by)
    if deciding:
        rows = {index: rows[index] for index in _matching(deciding, text.row_is) if index in rows}
    return next((said for value in rows.values() if (said := text_of(value, text.form))), "")


def _matching(deciding: Mapping[str, SnmpValue], wanted: tuple[str, ...]) -> list[str]:
    """The indexes whose deciding column has the first wanted value that occurs in it at all."""
    said = {index: text_of(value).lstrip(".") for index, value in deciding.items()}
    chosen = next((want for want in wanted if want in said.values()), None)
    return [index for index, value in said.items() if value == chosen]


def _built_in(profile: Profile, raw: Raw) -> tuple[float | None, ...]:
    values: list[float | None] = []
    if profile.ping:
        values.append(raw.rtt_ms)
    if profile.http:
        values += [raw.http_status, raw.http_ms]
    times = raw.tcp_ms or {}
    return (*values, *(times.get(port) for port in profile.tcp_ports))


def _answered(raw: Raw) -> bool:
    if raw.scalars:
        return True
    came = raw.rtt_ms is not None or raw.columns or raw.http_status is not None
    connected = any(milliseconds is not None for milliseconds in (raw.tcp_ms or {}).values())
    said = _SOMEBODY_SAID & {raw.snmp, raw.http, *(raw.tcp or {}).values()}
    return bool(came or connected or said)


def _reason(profile: Profile, raw: Raw) -> Reason:
    if profile.snmp:
        nothing = not raw.scalars and not any((raw.columns or {}).values())
        return Reason.EMPTY if nothing and raw.snmp is Reason.NONE else raw.snmp
    if profile.http:
        return raw.http
    if profile.tcp_ports:
        return _worst(profile, raw)
    return raw.ping


def _worst(profile: Profile, raw: Raw) -> Reason:
    """Why the first port that failed did; a port of which nothing is known is silent."""
    times, said = raw.tcp_ms or {}, raw.tcp or {}
    failed = (said.get(port) or Reason.SILENT for port in profile.tcp_ports if times.get(port) is None)
    return next(failed, Reason.NONE)
