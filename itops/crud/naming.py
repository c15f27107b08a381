"""Foreign keys of a whole batch at once: ids, names and {"name": …} become keys of records, in a query or two."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from itops.crud.any_of import AnyOf
from itops.crud.forms import label_of, offered
from itops.crud.resource import Resource
from itops.organisation.models import Place, User

USUAL_NAMES = ("name", "code", "name_en")  # of what has no pages of its own: places, calendars
KINDS_OF_PLACE = "镇乡县市区"
LARGEST_KEY = 2**63 - 1

Beside = Callable[[str, int], Any]
"""What the row at an index refers to by another of its foreign keys."""
Found = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key of a resource, and whom it may lead to for the account that asks."""

    field: "models.ForeignKey[Any, Any]"
    natural: Sequence[str]
    among: "QuerySet[Any]"

    @classmethod
    def of(cls, resource: Resource, field: "models.ForeignKey[Any, Any]", user: User) -> "Reference":
        target = resource.referred.get(label_of(field))
        return cls(field, natural_names(field, target), offered(field, user, target).order_by())

    def keys(self, raws: Sequence[Any], beside: Beside) -> tuple[list[Any], dict[int, ValidationError]]:
        """The key that each value means, and why some mean none. Several of one name: the row's other keys decide."""
        by_text = self._by_text({raw.strip() for raw in raws if isinstance(raw, str) and raw.strip()})
        by_parts = self._by_parts([raw for raw in raws if isinstance(raw, dict)])
        ids = self._known({_key(raw) for raw in raws if raw.__class__ is not str} - {None})
        closest = _Closest(
            self._kin({key for found in by_text.values() if len(found) > 1 for key in found}), beside
        )
        plain = {text: found[0] for text, found in by_text.items() if len(found) == 1}
        keys: list[Any] = [plain.get(raw) if raw.__class__ is str else None for raw in raws]
        refused: dict[int, ValidationError] = {}
        for index in [index for index, key in enumerate(keys) if key is None]:
            raw = raws[index]
            candidates: Sequence[Any] = self._candidates(raw, by_text, by_parts, ids)
            if len(candidates) > 1:
                candidates = closest.of(candidates, index)
            if len(candidates) == 1:
                keys[index] = candidates[0]
            else:
                refused[index] = _refusal(raw, len(candidates))
        return keys, refused

    def named(self, text: str) -> list[Any]:
        """The keys of all that bear this name; ValidationError where none does."""
        found = self._by_text({text.strip()}).get(text.strip(), [])
        if not found:
            raise _refusal(text, 0)
        return found

    def _candidates(self, raw: Any, by_text: Found, by_parts: Found, ids: set[int]) -> list[Any]:
        if isinstance(raw, str):
            return by_text.get(raw.strip(), [])
        key = _key(raw)
        if key is not None:
            return [key] if key in ids else []
        return by_parts.get(repr(raw), []) if isinstance(raw, dict) else []

    def _known(self, keys: set[Any]) -> set[int]:
        return set(self.among.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()

    def _by_text(self, texts: set[str]) -> Found:
        """Exactly as written first, for which there are indexes; then without regard to case; then a place's stem."""
        texts = {text for text in texts if "\x00" not in text}
        found = self._named(texts, self.among, lambda text: text)
        lowered = self.among.annotate(**{f"lower_{name}": Lower(name) for name in self.natural})
        found |= self._named(texts - found.keys(), lowered, str.lower, "lower_")
        if self.among.model is Place:
            stems = {f"{text}{kind}": text for text in texts - found.keys() for kind in KINDS_OF_PLACE}
            for name, keys in self._named(set(stems), self.among, lambda text: text).items():
                found.setdefault(stems[name], []).extend(keys)
        return found

    def _named(
        self, texts: set[str], among: "QuerySet[Any]", said: Callable[[str], str], prefix: str = ""
    ) -> Found:
        if not texts or not self.natural:
            return {}
        lookups = [f"{prefix}{name}" for name in self.natural]
        wanted = list({said(text) for text in texts})
        meant = Q(*(AnyOf(lookup, wanted) for lookup in lookups), _connector=Q.OR)
        maps: list[Found] = [defaultdict(list) for _name in lookups]
        for key, *names in among.filter(meant).values_list("pk", *lookups):
            for known, name in zip(maps, names, strict=True):
                known[name].append(key)
        firsts = (
            (text, next((known[said(text)] for known in maps if said(text) in known), None)) for text in texts
        )
        return {text: keys for text, keys in firsts if keys}

    def _by_parts(self, given: Sequence[dict[str, Any]]) -> Found:
        """{"manufacturer": {"name": "Poly"}, "name": "X50"}: one query for each set of names."""
        shapes: dict[tuple[str, ...], dict[str, tuple[Any, ...]]] = defaultdict(dict)
        for one in given:
            flat = dict(_flat(one)) if _key(one) is None else {}
            if flat and self._may_ask(flat):
                shapes[tuple(flat)][repr(one)] = tuple(flat.values())
        found: Found = {}
        for lookups, wanted in shapes.items():
            conditions = {
                f"{lookup}__in": {values[place] for values in wanted.values()}
                for place, lookup in enumerate(lookups)
            }
            known: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
            for key, *values in self.among.filter(**conditions).values_list("pk", *lookups):
                known[tuple(values)].append(key)
            found |= {said: known.get(values, []) for said, values in wanted.items()}
        return found

    def _may_ask(self, flat: Mapping[str, Any]) -> bool:
        """Only columns that hold text are names, and only text without null characters can be one."""
        texts = all(isinstance(value, str) and "\x00" not in value for value in flat.values())
        return texts and all(_is_text(self.among.model, lookup) for lookup in flat)

    def _kin(self, keys: set[Any]) -> Mapping[Any, Mapping[str, Any]]:
        """What candidates of the same name refer to themselves."""
        names = [one.name for one in self.among.model._meta.fields if isinstance(one, models.ForeignKey)]
        if not keys or not names:
            return {}
        rows = self.among.model._base_manager.filter(pk__in=keys).values("pk", *names)
        return {row["pk"]: row for row in rows}


def natural_names(field: "models.ForeignKey[Any, Any]", target: Resource | None) -> tuple[str, ...]:
    """The text fields by which people name what the key leads to."""
    model = field.remote_field.model
    names = target.natural if target else USUAL_NAMES
    return tuple(name for name in names if _is_text(model, name))


def _is_text(model: Any, lookup: str) -> bool:
    *steps, last = lookup.split("__")
    try:
        for step in steps:
            model = model._meta.get_field(step).related_model
            if model is None:
                return False
        return isinstance(model._meta.get_field(last), models.CharField)
    except (FieldDoesNotExist, AttributeError):
        return False


def _flat(given: Mapping[str, Any], before: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in sorted(given.items()):
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}__")
        else:
            yield f"{before}{name}", value


def _key(raw: Any) -> int | None:
    if isinstance(raw, Model):
        return int(raw.pk)
    if isinstance(raw, dict):
        raw = raw.get("id")
    if isinstance(raw, bool) or not isinstance(raw, int):
        return None
    return raw if 0 < raw <= LARGEST_KEY else 0


class _Closest:
    """Of several of one name those that stand where the row does: the office of its place, the person of its office."""

    def __init__(self, kin: Mapping[Any, Mapping[str, Any]], beside: Beside) -> None:
        self.kin, self.beside = kin, beside
        self.names = [name for name in next(iter(kin.values()), {}) if name != "pk"]
        self.known: dict[tuple[Any, ...], Sequence[Any]] = {}

    def of(self, candidates: Sequence[Any], index: int) -> Sequence[Any]:
        """Rows that stand in the same place find the same."""
        where = [self.beside(name, index) for name in self.names]
        asked = (tuple(candidates), *where)
        if asked not in self.known:
            self.known[asked] = self._agreeing(candidates, where)
        return self.known[asked]

    def _agreeing(self, candidates: Sequence[Any], where: Sequence[Any]) -> Sequence[Any]:
        for name, mine in zip(self.names, where, strict=True):
            agreeing = [
                key for key in candidates if mine is not None and self.kin.get(key, {}).get(name) == mine
            ]
            candidates = agreeing or candidates
        return candidates


def _refusal(raw: Any, count: int) -> ValidationError:
    shown = str(raw)[:80]
    if count:
        return ValidationError(
            _("More than one is called “%(text)s”: name it by its number or code."),
            params={"text": shown},
            code="ambiguous",
        )
    return ValidationError(_("Nothing here is called “%(text)s”."), params={"text": shown}, code="unknown")
