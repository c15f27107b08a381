"""Tags, notes and files as panels of a resource's detail page."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest

from itops.crud.resource import Panel
from itops.extras.panel import notes_panel, tags_panel
from itops.files.panel import files_panel
from itops.organisation.models import User
from itops.organisation.scope import signed_in
from itops.organisation.subjects import Found, Subject

PARTS: Mapping[str, Callable[[User, Found], object | None]] = {
    "tags": tags_panel,
    "notes": notes_panel,
    "files": files_panel,
}


def attached(subject: Subject) -> tuple[Panel, ...]:
    """The panels, for a Resource of the same model."""
    return tuple(
        Panel(f"components/{'tags_panel' if name == 'tags' else name}.html", _shows(name, make, subject))
        for name, make in PARTS.items()
    )


def _shows(
    name: str, make: Callable[[User, Found], object | None], subject: Subject
) -> Callable[[HttpRequest, Any], Mapping[str, object] | None]:
    def shows(request: HttpRequest, instance: Any) -> Mapping[str, object] | None:
        made = make(signed_in(request), Found(subject, instance))
        return None if made is None else {name: made}

    return shows
