"""What refers to records: their history, for which they are archived and not deleted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Model

References = Mapping[int, Sequence[tuple[str, int]]]


def references_among(model: type[Model], keys: Sequence[int]) -> References:
    """By key the kinds of what refers to it and how many; without those that nothing refers to."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    relations: Any = model._meta.related_objects
    for relation in relations:
        name, kind = relation.field.name, str(relation.related_model._meta.verbose_name_plural)
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": keys}).order_by()
        for key, count in rows.values_list(name).annotate(count=Count("pk")):
            found[key].append((kind, count))
    return found
