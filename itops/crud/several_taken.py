"""What rows say that records are to hold: tags and many-to-many fields, by id, by name, or as files write them."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from itops.crud.several import Held, Several
from itops.extras.models import TAG_SEPARATORS

LARGEST_KEY = 2**63 - 1
PARTS = re.compile(f"[{TAG_SEPARATORS}]")

Refused = tuple[int, ValidationError]


@dataclass(slots=True)
class SeveralTaken:
    """By row what is wanted and what the record held before; rows that do not say are in neither."""

    several: Several
    wanted: dict[int, frozenset[int]] = field(default_factory=dict)
    before: dict[int, frozenset[int]] = field(default_factory=dict)

    @property
    def changing(self) -> list[int]:
        """The rows after which a record holds something else."""
        return [row for row, wanted in self.wanted.items() if wanted != self.before[row]]

    def store(self, instances: Sequence[Any]) -> None:
        """For the instances that stand beside the rows and have their keys."""
        kept = {instances[row].pk: self.wanted[row] for row in self.changing if instances[row] is not None}
        if kept:
            self.several.write(kept)


def taken(
    several: Several, raws: Mapping[int, Any], keys: Mapping[int, int | None]
) -> tuple[SeveralTaken, list[Refused]]:
    """`raws` by row; `keys` are the records' where the rows change one."""
    found, refused = SeveralTaken(several), []
    held = several.held({key for key in keys.values() if key is not None})
    asked = {row: _asked(raw) for row, raw in raws.items()}
    known = _known(several, [one for row in asked.values() if row is not None for one in row])
    for row, given in asked.items():
        found.before[row] = _before(held, keys[row])
        wanted = found.before[row]
        try:
            wanted = _wanted(given, known)
        except ValidationError as error:
            refused.append((row, error))
        found.wanted[row] = wanted
    return found, refused


def keys_of(several: Several, text: str) -> frozenset[int]:
    """Of what a text names: numbers are ids. ValidationError names what there is not."""
    given = [int(part) if _is_id(part) else part for part in _asked(text) or ()]
    return _wanted(given, _known(several, given))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _before(held: Held, key: int | None) -> frozenset[int]:
    return held.get(key, frozenset()) if key is not None else frozenset()


def _asked(raw: Any) -> list[Any] | None:
    """The things named, each a number or a text; None for what names nothing."""
    if raw is None:
        return []
    if isinstance(raw, str):
        return [part.strip() for part in PARTS.split(raw) if part.strip()]
    if not isinstance(raw, list):
        return None
    return [_one(one) for one in raw]


def _one(raw: Any) -> Any:
    if isinstance(raw, dict):
        raw = next((raw[name] for name in ("id", "slug", "name") if name in raw), None)
    return raw if isinstance(raw, str | int) and not isinstance(raw, bool) else None


def _wanted(given: list[Any] | None, known: Mapping[Any, int]) -> frozenset[int]:
    if given is None:
        raise ValidationError(_("A list is expected."), code="invalid")
    unknown = [str(one) for one in given if one not in known]
    if unknown:
        said = _("Nothing here is called “%(text)s”.")
        raise ValidationError(said, params={"text": unknown[0][:80]}, code="unknown")
    return frozenset(known[one] for one in given)


def _known(several: Several, given: Sequence[Any]) -> Mapping[Any, int]:
    """The keys of what is named: ids first, then names as written, the first natural field before the others."""
    ids = {one for one in given if isinstance(one, int) and 0 < one <= LARGEST_KEY}
    texts = {one for one in given if isinstance(one, str) and "\x00" not in one}
    everything = several.to._base_manager.order_by()
    known: dict[Any, int] = {pk: pk for pk in everything.filter(pk__in=ids).values_list("pk", flat=True)}
    named: dict[str, list[int]] = defaultdict(list)
    for name in several.natural if texts else ():
        for pk, text in everything.filter(**{f"{name}__in": texts - named.keys()}).values_list("pk", name):
            named[text].append(pk)
    return known | {text: keys[0] for text, keys in named.items() if len(keys) == 1}
