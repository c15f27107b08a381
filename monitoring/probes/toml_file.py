"""TOML into frozen dataclasses, strictly: whatever does not fit is an error that names file and key."""

import dataclasses
import tomllib
import types
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")


class ProfileError(ValueError):
    """A file of monitoring/profiles/ that cannot be used; its text is one sentence for people."""


def read_toml(path: Path) -> dict[str, Any]:
    """The file's tables; unreadable or malformed files are a ProfileError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as failure:
        raise ProfileError(f"{path}: the file cannot be read as TOML: {failure}.") from None


def build(record: type[Record], table: Mapping[str, Any], where: str) -> Record:
    """An instance of a dataclass from a table; `where` names file and key in errors."""
    hints = get_type_hints(record)
    fields = {field.name: field for field in dataclasses.fields(record)}  # type: ignore[arg-type]
    for key in table:
        if key not in fields:
            raise ProfileError(f"{where}: the key {key!r} is not known; known are {', '.join(fields)}.")
    for name, field in fields.items():
        if name not in table and field.default is dataclasses.MISSING:
            raise ProfileError(f"{where}: the key {name!r} is missing.")
    return record(**{key: _value(hints[key], value, f"{where}: {key}") for key, value in table.items()})


def _value(hint: Any, value: Any, where: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(kind for kind in inner if kind is not type(None)), value, where)
    if origin is tuple:
        return tuple(
            _value(inner[0], item, f"{where}[{n}]") for n, item in enumerate(_a(list, value, where), 1)
        )
    if origin is Mapping:
        return {key: _value(inner[1], item, f"{where}.{key}") for key, item in _a(dict, value, where).items()}
    if dataclasses.is_dataclass(hint):
        return build(hint, _a(dict, value, where), where)  # type: ignore[arg-type]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _choice(hint, value, where)
    if hint is float and type(value) is int:
        return float(value)
    return _a(hint, value, where)


def _a(kind: Any, value: Any, where: str) -> Any:
    if type(value) is not kind:
        raise ProfileError(f"{where} must be {_WORDS[kind]}, not {value!r}.")
    return value


def _choice(kind: type[StrEnum], value: Any, where: str) -> StrEnum:
    if value not in list(kind):
        raise ProfileError(f"{where} must be one of {', '.join(kind)}, not {value!r}.")
    return kind(value)


_WORDS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}
