"""Classes of assets from our own file of facts: code, name, the list it stands in, the kind it suits."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from inventory.marks.kind import Kind

DATA = Path(__file__).parent / "data" / "asset_classes.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClass:
    """One class; `kind` when a thing of that kind belongs here unless its model says otherwise."""

    code: str
    edition: str
    name: str
    name_en: str
    kind: Kind | None


@cache
def known_classes() -> tuple[KnownClass, ...]:
    """Every class of the file."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return tuple(
            KnownClass(
                code=row["code"],
                edition=row["edition"],
                name=row["name"],
                name_en=row["name_en"],
                kind=Kind(row["kind"]) if row["kind"] else None,
            )
            for row in csv.DictReader(lines)
        )
