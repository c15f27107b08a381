"""How files name places and people: by name, by code, or by both where one alone would be ambiguous."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from itops.extras.field_types import FieldType, Lookup
from itops.organisation.models import Person, Place, User
from itops.organisation.scope import visible


@dataclass(frozen=True, slots=True)
class Names:
    """All ways to write each of one sort, and the one that is exported."""

    by_text: dict[str, list[int]]
    exported: dict[int, str]


@dataclass(frozen=True, slots=True)
class References:
    """Places and people in a user's scope, read once for a whole file."""

    names: dict[FieldType, Names]

    @classmethod
    def of(cls, user: User) -> "References":
        """Those the user sees."""
        places = visible(Place.objects.all(), user, "organisation.view_place", "")
        people = visible(Person.objects.all(), user, "organisation.view_person", "office__place")
        return cls(
            {
                FieldType.PLACE: _names(places.values_list("pk", "name", "code"), also_by_code=True),
                FieldType.PERSON: _names(people.values_list("pk", "name", "office__name")),
            }
        )

    def lookup(self, kind: FieldType) -> Lookup:
        by_text = self.names[kind].by_text
        return lambda text: by_text.get(" ".join(text.split()), [])

    def name(self, kind: FieldType, pk: int) -> str:
        """How it is written; "#7" for what the user may not see."""
        return self.names[kind].exported.get(pk, f"#{pk}")


def _names(rows: Iterable[tuple[int, str, str]], *, also_by_code: bool = False) -> Names:
    by_text, exported = defaultdict(list), {}
    for pk, name, more in rows:
        exported[pk] = " ".join(f"{name} {more}".split())
        for text in {" ".join(name.split()), exported[pk], more if also_by_code else ""} - {""}:
            by_text[text].append(pk)
    return Names(dict(by_text), exported)
