"""Figures against their goals: a table for people, and BENCH_JSON=FILE for programs."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; `goal` is the least or, where lower is better, the most that is asked for."""

    name: str
    value: float
    unit: str
    goal: float
    better: Literal["lower", "higher"]

    @property
    def reached(self) -> bool:
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal

    @property
    def line(self) -> tuple[str, ...]:
        sign = "≤" if self.better == "lower" else "≥"
        return (
            self.name,
            _shown(self.value),
            self.unit,
            f"{sign} {self.goal:g}",
            "yes" if self.reached else "NO",
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that could not be measured here, and why."""

    name: str
    why: str

    @property
    def line(self) -> tuple[str, ...]:
        return self.name, "left out", self.why


HEAD = ("figure", "value", "unit", "goal", "reached")


def report(results: Iterable[Figure | LeftOut]) -> None:
    """Print the table; with BENCH_JSON=FILE add the figures to what other benches of the run wrote there."""
    found = list(results)
    sys.stdout.write(_table([HEAD, *(one.line for one in found)]))
    sys.stdout.flush()
    if os.environ.get("BENCH_JSON"):
        _add(Path(os.environ["BENCH_JSON"]), [one for one in found if isinstance(one, Figure)])


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.2f}"


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell; a reason in the place of the last cells may be longer."""
    whole = [line for line in lines if len(line) == len(HEAD)]
    widths = [
        max(len(line[0]) for line in lines),
        *(max(map(len, column)) for column in zip(*whole, strict=True)),
    ][1:]
    widths[0] = max(len(line[0]) for line in lines)
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=False)).rstrip() + "\n"
        for line in lines
    )


def _add(file: Path, figures: Iterable[Figure]) -> None:
    known: dict[str, Any] = json.loads(file.read_text()) if file.exists() and file.stat().st_size else {}
    for one in figures:
        known[one.name] = {"value": one.value, "unit": one.unit, "goal": one.goal, "better": one.better}
    file.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n")
