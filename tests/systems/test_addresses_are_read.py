"""Only a host, a port and http(s) are an address; anything else is refused by name."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.systems.address import UnusableAddress, WebAddress, Wrong


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("http://10.61.0.8", WebAddress("10.61.0.8", 80, False)),
        (" https://mz.example:8443/ ", WebAddress("mz.example", 8443, True)),
        ("http://dibao", WebAddress("dibao", 80, False)),
        ("http://[fd00::8]:8080", WebAddress("fd00::8", 8080, False)),
    ],
)
def test_an_address_is_read(typed, read):
    assert WebAddress.read(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", Wrong.NOT_THE_WEB),
        ("10.61.0.8", Wrong.NOT_THE_WEB),
        ("ftp://10.61.0.8", Wrong.NOT_THE_WEB),
        ("javascript:alert(1)", Wrong.NOT_THE_WEB),
        ("http://", Wrong.NO_ADDRESS),
        ("http://10.61.0.8:99999", Wrong.NO_ADDRESS),
        ("http://10.61.0.8:0", Wrong.NO_ADDRESS),
        ("http://a b", Wrong.NO_ADDRESS),
        ("http://10.61.0.8/login", Wrong.MORE_THAN_THE_HOST),
        ("http://admin:secret@10.61.0.8", Wrong.MORE_THAN_THE_HOST),
        ("http://10.61.0.8?a=1", Wrong.MORE_THAN_THE_HOST),
    ],
)
def test_what_is_no_address_is_refused_by_name(typed, code):
    with pytest.raises(UnusableAddress) as refused:
        WebAddress.read(typed)
    assert refused.value.code is code


HOSTS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)


@given(HOSTS, st.integers(1, 65_535), st.booleans())
def test_what_is_written_is_read_again(host, port, tls):
    address = WebAddress(host, port, tls)
    assert WebAddress.read(str(address)) == address


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(UnusableAddress):
        assert WebAddress.read(str(WebAddress.read(text)))
