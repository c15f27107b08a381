"""Only http(s), a host, a port and a path are an address; anything else is refused by name."""

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
        ("http://10.61.0.8/mz/login", WebAddress("10.61.0.8", 80, False, "/mz/login")),
        ("https://mz.example/a%20b/", WebAddress("mz.example", 443, True, "/a%20b/")),
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
        ("http://admin:secret@10.61.0.8", Wrong.MORE_THAN_A_PATH),
        ("http://10.61.0.8//elsewhere.example/", Wrong.MORE_THAN_A_PATH),
        ("http://10.61.0.8/a b", Wrong.MORE_THAN_A_PATH),
        ("http://10.61.0.8/登录", Wrong.MORE_THAN_A_PATH),
        ("http://10.61.0.8/" + 80 * "a", Wrong.MORE_THAN_A_PATH),
        ("http://10.61.0.8/login#top", Wrong.MORE_THAN_A_PATH),
        ("http://10.61.0.8?a=1", Wrong.MORE_THAN_A_PATH),
    ],
)
def test_what_is_no_address_is_refused_by_name(typed, code):
    with pytest.raises(UnusableAddress) as refused:
        WebAddress.read(typed)
    assert refused.value.code is code


HOSTS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)


PATHS = st.from_regex(r"(/[a-z0-9._~%-]{1,12}){0,5}/?", fullmatch=True).map(lambda text: text or "/")


@given(HOSTS, st.integers(1, 65_535), st.booleans(), PATHS)
def test_what_is_written_is_read_again(host, port, tls, path):
    address = WebAddress(host, port, tls, path)
    assert WebAddress.read(str(address)) == address


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(UnusableAddress):
        assert WebAddress.read(str(WebAddress.read(text)))
