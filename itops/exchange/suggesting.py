"""What somebody may have meant by a name that is none: the nearest ones."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from itops.crud.batch import Problem
from itops.crud.naming import Reference
from itops.crud.resource import Resource
from itops.crud.several import Several, several
from itops.organisation.models import User
from itops.wording import enumerated, filled

MOST_NAMES = 3_000
MOST_ASKED = 200  # comparing takes its time; the first problems tell what is wrong
NEAR = 0.5
MOST_NAMED = 8


@dataclass(slots=True)
class Suggestions:
    """Names are asked for once a file."""

    resource: Resource
    user: User
    names: dict[str, list[str]] = field(default_factory=dict)
    asked: dict[tuple[str, str], StrOrPromise] = field(default_factory=dict)

    def for_unknown(self, problem: Problem) -> StrOrPromise:
        """In a sentence; "" when there is none near. Of a cell that names several, the one that is none counts."""
        name, text = problem.field, str((problem.error.params or {}).get("text", problem.value))
        if (name, text) not in self.asked and len(self.asked) < MOST_ASKED:
            near = get_close_matches(text, self._known(name), n=3, cutoff=NEAR)
            meant = filled(_("Did you mean: %(given)s?"), {"given": enumerated(near)})
            self.asked[name, text] = meant if near else self._otherwise(name)
        return self.asked.get((name, text), "")

    def _otherwise(self, name: str) -> StrOrPromise:
        """Tags and the like are few: they are named, and where one is made."""
        held = self._held(name)
        if held is None:
            return ""
        known = enumerated(self._known(name)[:MOST_NAMED])
        page = capfirst(held.to._meta.verbose_name_plural)  # stays lazy
        if not self._known(name):
            return filled(_("There is none yet; make it first under “%(page)s”."), {"page": page})
        return filled(
            _("For example: %(given)s; or make it first under “%(page)s”."), {"given": known, "page": page}
        )

    def _held(self, name: str) -> Several | None:
        return next((one for one in several(self.resource) if one.name == name), None)

    def _known(self, name: str) -> list[str]:
        if name not in self.names:
            self.names[name] = self._ask(name)
        return self.names[name]

    def _ask(self, name: str) -> list[str]:
        held = self._held(name)
        if held is not None:
            return list(held.to._base_manager.values_list(held.natural[0], flat=True)[:MOST_NAMES])
        model_field = self.resource.model._meta.get_field(name)
        if not isinstance(model_field, models.ForeignKey):
            return []
        reference = Reference.of(self.resource, model_field, self.user)
        return list(reference.among.values_list(reference.natural[0], flat=True)[:MOST_NAMES])
