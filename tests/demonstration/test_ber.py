"""Our few octets of BER, held against pysnmp and against rubbish."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyasn1.codec.ber import decoder, encoder
from pysnmp.proto import api, rfc1902

from itops.site.demonstration import ber

V2C = api.PROTOCOL_MODULES[api.SNMP_VERSION_2C]
SUB_IDENTIFIERS = st.integers(0, 2**32 - 1)
OIDS = st.lists(SUB_IDENTIFIERS, min_size=1, max_size=20).map(lambda rest: (1, 3, *rest))


@given(oids=st.lists(OIDS, min_size=1, max_size=30), identifier=st.integers(0, 2**31 - 1))
def test_a_request_of_pysnmp_is_understood(oids, identifier):
    pdu = V2C.GetRequestPDU()
    V2C.apiPDU.set_defaults(pdu)
    V2C.apiPDU.set_request_id(pdu, identifier)
    V2C.apiPDU.set_varbinds(pdu, [(oid, V2C.Null("")) for oid in oids])
    asked = ber.request(_message(pdu))
    assert (asked.community, asked.pdu, asked.oids) == (b"public", ber.GET, tuple(oids))
    assert asked.identifier == ber.integer(identifier)


@given(oid=OIDS, repetitions=st.integers(0, 2**31 - 1))
def test_a_getbulk_of_pysnmp_is_understood(oid, repetitions):
    pdu = V2C.GetBulkRequestPDU()
    V2C.apiBulkPDU.set_defaults(pdu)
    V2C.apiBulkPDU.set_non_repeaters(pdu, 0)
    V2C.apiBulkPDU.set_max_repetitions(pdu, repetitions)
    V2C.apiBulkPDU.set_varbinds(pdu, [(oid, V2C.Null(""))])
    asked = ber.request(_message(pdu))
    assert (asked.pdu, asked.first, asked.second, asked.oids) == (ber.GET_BULK, 0, repetitions, (oid,))


@given(number=st.integers(-(2**31), 2**31 - 1), big=st.integers(0, 2**64 - 1), words=st.text(max_size=300))
def test_pysnmp_reads_our_values(number, big, words):
    assert _read(ber.integer(number), rfc1902.Integer32()) == number
    assert _read(ber.counter64(big), rfc1902.Counter64()) == big
    assert _read(ber.ticks(big), rfc1902.TimeTicks()) == big % 2**32
    assert bytes(_read(ber.text(words), rfc1902.OctetString())) == words.encode()


@given(oid=OIDS)
def test_pysnmp_reads_our_object_identifiers(oid):
    assert tuple(_read(ber.encoded_oid(oid), rfc1902.ObjectIdentifier())) == oid


def test_pysnmp_reads_our_response():
    name = ber.oid("1.3.6.1.2.1.1.5.0")
    binding = ber.tlv(ber.SEQUENCE, ber.encoded_oid(name) + ber.text("镇"))
    message, rest = decoder.decode(ber.response(b"public", ber.integer(7), [binding]), asn1Spec=V2C.Message())
    pdu = V2C.apiMessage.get_pdu(message)
    ((said_name, said),) = V2C.apiPDU.get_varbinds(pdu)
    assert (rest, int(V2C.apiPDU.get_request_id(pdu)), tuple(said_name)) == (b"", 7, name)
    assert bytes(said).decode() == "镇"


@given(rubbish=st.binary(max_size=200))
def test_rubbish_is_malformed_and_nothing_worse(rubbish):
    with suppress(ber.Malformed):
        ber.request(rubbish)


@given(cut=st.integers(0, 38), put=st.integers(0, 255), at=st.integers(0, 38))
def test_a_broken_request_is_malformed_and_nothing_worse(cut, put, at):
    whole = _get("1.3.6.1.2.1.1.3.0")
    broken = bytearray(whole)
    broken[at % len(broken)] = put
    for datagram in (bytes(broken), whole[:cut]):
        with suppress(ber.Malformed):
            ber.request(datagram)


def test_version_1_is_not_ours():
    module = api.PROTOCOL_MODULES[api.SNMP_VERSION_1]
    pdu = module.GetRequestPDU()
    module.apiPDU.set_defaults(pdu)
    message = module.Message()
    module.apiMessage.set_defaults(message)
    module.apiMessage.set_pdu(message, pdu)
    with pytest.raises(ber.Malformed):
        ber.request(encoder.encode(message))


def _get(oid: str) -> bytes:
    pdu = V2C.GetRequestPDU()
    V2C.apiPDU.set_defaults(pdu)
    V2C.apiPDU.set_varbinds(pdu, [(oid, V2C.Null(""))])
    return _message(pdu)


def _message(pdu) -> bytes:
    message = V2C.Message()
    V2C.apiMessage.set_defaults(message)
    V2C.apiMessage.set_community(message, "public")
    V2C.apiMessage.set_pdu(message, pdu)
    return bytes(encoder.encode(message))


def _read(value: bytes, spec):
    read, rest = decoder.decode(value, asn1Spec=spec)
    assert rest == b""
    return read
