"""Who looks at scenarios and plans, and who decides about the county's money."""

from django.core.exceptions import PermissionDenied

from itops.organisation.models import Level, Place, User
from itops.organisation.scope import granted_paths

VIEW, ADD, CHANGE = "planning.view_scenario", "planning.add_scenario", "planning.change_scenario"


def may_for_county(user: User, permission: str) -> bool:
    """Money is the county's: whoever plans it or looks at plans needs a grant over a county or more."""
    paths = granted_paths(user, permission)
    return bool(paths) and Place.objects.filter(path__in=paths, level__lte=Level.COUNTY).exists()


def offered_county(user: User, permission: str) -> bool:
    """The same without asking: enough to offer the way to a page, which asks itself."""
    return any(path.count(".") < Level.COUNTY for path in granted_paths(user, permission))


def demand_for_county(user: User, permission: str) -> None:
    if not may_for_county(user, permission):
        raise PermissionDenied


def demand_view(user: User) -> None:
    """Scenarios and plans speak of every township; of one its needs say what is paid for."""
    demand_for_county(user, VIEW)
