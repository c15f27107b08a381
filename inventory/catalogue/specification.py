"""A device model's specification: typed figures, each optional; a rest that nobody reads is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from math import isfinite
from types import MappingProxyType
from typing import Self


class Wrong(StrEnum):
    """Why a value cannot be taken."""

    UNKNOWN = "unknown"
    NOT_WHOLE = "not_whole"
    NOT_A_NUMBER = "not_a_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One key of a specification and what is wrong with it."""

    key: str
    code: Wrong


class SpecificationError(ValueError):
    """Everything that is wrong with a specification."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(f"{refusal.key}: {refusal.code}" for refusal in refusals))
        self.refusals = refusals


RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "memory_mb": (1, 16_777_216),
        "disk_gb": (1, 1_000_000),
        "processor_year": (1990, 2100),
        "line_mbps": (1, 1_000_000),
        "screen_inch": (1, 1_000),
        "interfaces": (0, 10_000),
        "power_ports": (0, 1_000),
        "console_ports": (0, 1_000),
        "module_bays": (0, 1_000),
        "device_bays": (0, 1_000),
        "u_height": (0, 100),
        "weight_kg": (0, 100_000),
    }
)
WITH_FRACTIONS = frozenset({"screen_inch", "u_height", "weight_kg"})
YES_OR_NO = frozenset({"full_depth"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """None: not known. Memory, disk and processor are as sold; what is in an asset today is its Facts."""

    memory_mb: int | None = None
    disk_gb: int | None = None
    processor_year: int | None = None
    line_mbps: int | None = None
    screen_inch: float | None = None
    interfaces: int | None = None
    power_ports: int | None = None
    console_ports: int | None = None
    module_bays: int | None = None
    device_bays: int | None = None
    u_height: float | None = None
    weight_kg: float | None = None
    full_depth: bool | None = None

    @classmethod
    def read(cls, values: Mapping[str, object]) -> Self:
        """From JSON; SpecificationError names every key that cannot be taken."""
        if refusals := tuple(_refusals(values)):
            raise SpecificationError(refusals)
        return cls(**values)  # type: ignore[arg-type]  # each value has just been checked

    def as_json(self) -> dict[str, int | float | bool]:
        """What is known, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def _refusals(values: Mapping[str, object]) -> Iterator[Refusal]:
    for key, value in values.items():
        if (code := _wrong(key, value)) is not None:
            yield Refusal(str(key), code)


def _wrong(key: str, value: object) -> Wrong | None:
    if key in YES_OR_NO:
        return None if isinstance(value, bool) else Wrong.NOT_YES_OR_NO
    if key not in RANGES:
        return Wrong.UNKNOWN
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return Wrong.NOT_A_NUMBER
    if key not in WITH_FRACTIONS and not isinstance(value, int):
        return Wrong.NOT_WHOLE
    low, high = RANGES[key]
    return None if low <= value <= high else Wrong.OUT_OF_RANGE
