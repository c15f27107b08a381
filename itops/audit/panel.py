"""What components/changes.html shows of one object: the latest changes, and where all of them are."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from itops.audit.models import VIEW, Change
from itops.audit.wording import Entry, entries
from itops.database.kept import Given, Kept
from itops.organisation.models import User
from itops.organisation.scope import granted_paths, in_scope

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPanel:
    """`more`: there are others than these."""

    entries: Sequence[Entry]
    more: bool
    url: str


LATEST: Kept[Change] = Kept(
    lambda: Change.objects.filter(
        of_model=Given("model", "text"), of_id=Given("of", "bigint")
    ).seen_when_asked()[: SHOWN + 1]
)


def changes_panel(user: User, instance: Model) -> ChangesPanel | None:
    """The latest changes of an object and of what belongs to it; None for those who may see none."""
    if not granted_paths(user, VIEW):
        return None
    label = instance._meta.label_lower
    latest = LATEST.all(model=label, of=instance.pk, **in_scope(user, VIEW))
    return ChangesPanel(
        entries=entries(latest[:SHOWN], whole=False),
        more=len(latest) > SHOWN,
        url=f"{reverse('changes')}?{urlencode({'of': f'{label}:{instance.pk}'})}",
    )
