"""Who looks at scenarios and plans, and who decides about the county's money."""

from django.core.exceptions import PermissionDenied

from itops.organisation.models import Level, Place, User
from itops.organisation.scope import granted_paths

VIEW, ADD, CHANGE = "planning.view_scenario", "planning.add_scenario", "planning.change_scenario"


def may_for_county(user: User, permission: str) -> bool:
    """Money is the county's: whoever decides about it needs a grant over a county or more."""
    paths = granted_paths(user, permission)
    return bool(paths) and Place.objects.filter(path__in=paths, level__lte=Level.COUNTY).exists()


def demand_for_county(user: User, permission: str) -> None:
    if not may_for_county(user, permission):
        raise PermissionDenied


def demand_view(user: User) -> None:
    if not granted_paths(user, VIEW):
        raise PermissionDenied
