"""Who may have the whole log before them, and who only what happened in some places."""

from django.db.models import Exists, OuterRef

from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths
from workforce.models import LogEntry


def reaches_all(user: User, permission: str) -> bool:
    """Whether the account holds the permission over every place of which the log tells."""
    paths = granted_paths(user, permission)
    told_of = Exists(LogEntry.objects.filter(place=OuterRef("pk")))
    return bool(paths) and not Place.objects.exclude(path__under=paths).filter(told_of).exists()
