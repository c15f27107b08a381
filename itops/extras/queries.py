"""Reading notes and tags."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from itops.database.kept import Given, Kept
from itops.extras.models import Note, Tag, Tagging

M = TypeVar("M", bound=Model)


MODEL, OBJECT = Given("model", "text"), Given("of", "bigint")
NOTES: Kept[Note] = Kept(
    lambda: Note.objects.filter(model=MODEL, object_id=OBJECT, archived=False).select_related("by__person")
)
TAGS: Kept[Tag] = Kept(lambda: Tag.objects.filter(taggings__model=MODEL, taggings__object_id=OBJECT))
ANY_TAG: Kept[int] = Kept(lambda: Tag.objects.order_by().values_list("pk", flat=True)[:1])


def notes_of(model: str, object_id: int) -> list[Note]:
    """What was written about one thing, the latest first."""
    return NOTES.all(model=model, of=object_id)


def tags_of(model: str, object_id: int) -> list[Tag]:
    return TAGS.all(model=model, of=object_id)


def there_are_tags() -> bool:
    """Whether anybody has made one."""
    return bool(ANY_TAG.all())


def tags_by_object(model: str, object_ids: Iterable[int]) -> dict[int, list[Tag]]:
    """The tags of a page of rows, in one question."""
    found: dict[int, list[Tag]] = defaultdict(list)
    rows = Tagging.objects.filter(model=model, object_id__in=list(object_ids)).select_related("tag")
    for row in rows.order_by("tag__name"):
        found[row.object_id].append(row.tag)
    return dict(found)


def tagged(rows: QuerySet[M], slugs: Iterable[str]) -> QuerySet[M]:
    """Rows that carry all of these tags."""
    for slug in slugs:
        carried = Tagging.objects.filter(
            model=rows.model._meta.label_lower, object_id=OuterRef("pk"), tag__slug=slug
        )
        rows = rows.filter(Exists(carried))
    return rows
