"""One way to write a value as bytes: RFC 8785, narrowed so that no two programs can differ.

Keys are lower-case ASCII, numbers are integers that JavaScript holds exactly, texts are valid Unicode without NUL.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

LARGEST = 2**53 - 1
DEEPEST = 20
_KEY = re.compile(r"[a-z0-9_]{1,64}")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False)


class NotCanonical(ValueError):
    """The value has no canonical form, or the bytes are not the canonical form of anything."""


def encode(value: Json) -> bytes:
    """The canonical bytes; NotCanonical for what the format cannot say."""
    _demand(value, DEEPEST)
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("a text is not valid Unicode") from error


def decode(data: bytes) -> Any:
    """The value whose canonical form these bytes are; NotCanonical if they are not one."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("this is not JSON") from error
    if encode(value) != data:
        raise NotCanonical("this is not written in the canonical form")
    return value


def _demand(value: Json, depth: int) -> None:
    if depth == 0:
        raise NotCanonical("it is nested too deeply")
    if value is None or value is True or value is False:
        return
    if isinstance(value, str):
        if "\0" in value:
            raise NotCanonical("a text contains NUL")
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical("a number is too large")
    elif isinstance(value, dict):
        _demand_members(value, depth)
    elif isinstance(value, list | tuple):
        for one in value:
            _demand(one, depth - 1)
    else:
        raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _demand_members(value: Mapping[str, Json], depth: int) -> None:
    for key, one in value.items():
        if not (isinstance(key, str) and _KEY.fullmatch(key)):
            raise NotCanonical(f"the key {str(key)[:64]!r} is not of a-z, 0-9 and _")
        _demand(one, depth - 1)
