"""Values of the county's own fields (`custom`) as they are handed in: {"key": value}, read by the fields' types."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from itops.extras.custom_fields import (
    FILTER_PREFIX,
    defaults,
    export_text,
    parse_text,
    problem_text,
)
from itops.extras.field_types import REFERENCES, FieldType, Problem, Value, Wrong, text_of
from itops.extras.models import CustomField
from itops.extras.references import References
from itops.organisation.models import User

Refusals = list[tuple[str, ValidationError]]
"""By what the field is called in a filter: `cf_KEY`."""


@dataclass
class OwnValues:
    """The own fields of a model, for one batch."""

    fields: Sequence[CustomField]
    user: User

    @cached_property
    def references(self) -> References:
        """Places and people, read only when a value names one."""
        return References.of(self.user)

    def taken(self, given: Any, before: Mapping[str, Value] | None) -> tuple[dict[str, Value], Refusals]:
        """What `custom` becomes. `before` is None for a new record, which begins with the defaults."""
        if not isinstance(given, Mapping):
            return {}, [("custom", ValidationError(_("A JSON object is expected."), code="invalid"))]
        values = dict(defaults(self.fields) if before is None else before)
        refused = list(self._unknown(given))
        for field in self.fields:
            if field.key in given or (before is None and field.key not in values):
                if before is not None and self._stays(field, given[field.key], before.get(field.key)):
                    continue
                read = self._read(field, given.get(field.key))
                if isinstance(read, Problem):
                    refused.append((name_of(field), _said(read)))
                else:
                    values[field.key] = read
        return {key: value for key, value in values.items() if value not in (None, "", [])}, refused

    def _stays(self, field: CustomField, raw: Any, recorded: Value) -> bool:
        """What is recorded may stay as it is, though it could no longer be recorded anew."""
        if raw is None or isinstance(raw, str):
            references = self.references if field.type in REFERENCES and recorded else None
            return (raw or "").strip() == export_text(field, recorded, references)
        return bool(raw == recorded and type(raw) is type(recorded))

    def _unknown(self, given: Mapping[str, Any]) -> Iterator[tuple[str, ValidationError]]:
        for key in sorted(given.keys() - {field.key for field in self.fields}):
            said = ValidationError(_("There is no such field."), code="unknown_field")
            yield f"{FILTER_PREFIX}{key}", said

    def _read(self, field: CustomField, raw: Any) -> Value | Problem:
        """References by id (a number) or as files write them; a list of choices may be a list."""
        kind = FieldType(field.type)
        if kind in REFERENCES and isinstance(raw, int) and not isinstance(raw, bool):
            known = raw in self.references.names[kind].exported
            return raw if known else Problem(Wrong.NOT_FOUND, str(raw))
        if isinstance(raw, list) and not all(isinstance(one, str) for one in raw):
            return Problem(Wrong.NO_CHOICE, str(raw)[:80], field.choice_list)
        text = "" if raw is None else str(raw) if isinstance(raw, dict) else text_of(raw)
        if "\x00" in text:
            return Problem(Wrong.NO_CHOICE, text[:80])
        return parse_text(field, text, self.references if kind in REFERENCES and text else None)


def name_of(field: CustomField) -> str:
    return f"{FILTER_PREFIX}{field.key}"


def _said(problem: Problem) -> ValidationError:
    return ValidationError(problem_text(problem), code=problem.code.value)
