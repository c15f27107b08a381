"""Addresses of pages, worked out once: a list asks for the same few again and again."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

KEY = 987_654_321  # stands for any key in an address


def address(url_name: str) -> str:
    """The same as `reverse(url_name)`."""
    return _address(url_name, get_script_prefix())


def record_address(url_name: str, key: int) -> str:
    """The same as `reverse(url_name, args=[key])`."""
    before, after = around_the_key(url_name)
    return f"{before}{key}{after}"


def around_the_key(url_name: str) -> tuple[str, str]:
    """What stands before and after the key in a record's address."""
    return _around_the_key(url_name, get_script_prefix())


@lru_cache(maxsize=512)
def _address(url_name: str, _prefix: str) -> str:
    return reverse(url_name)


@lru_cache(maxsize=512)
def _around_the_key(url_name: str, _prefix: str) -> tuple[str, str]:
    before, _key, after = reverse(url_name, args=[KEY]).partition(str(KEY))
    return before, after
