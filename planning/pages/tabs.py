"""The way between planning's pages: each lists those that the reader may open."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from itops.organisation.scope import granted_paths, signed_in
from planning.pages.access import offered_county

Tab = tuple[str, str, bool]
COUNTYWIDE = {"planning:scenarios"}


def tabs(request: HttpRequest) -> list[Tab]:
    """Name, address, and whether it is the page that is shown."""
    user = signed_in(request)
    every = (
        ("inventory.view_mark", "planning:leadership", pgettext("menu", "Leadership")),
        ("inventory.view_businesssystem", "planning:islands", _("Systems and islands")),
        ("planning.view_scenario", "planning:needs", _("Needs")),
        ("planning.view_scenario", "planning:scenarios", _("Scenarios")),
        ("planning.view_project", "planning:project_list", _("Projects")),
        ("planning.view_project", "planning:promised", _("Promised and measured")),
        ("planning.view_monthlyfigure", "planning:statistics", _("Monthly statistics")),
        ("planning.view_fundingsource", "planning:fundingsource_list", _("Funding sources")),
        ("planning.view_remedyterms", "planning:remedyterms_list", _("Costs of remedies")),
    )
    return [
        (name, reverse(page), request.path == reverse(page))
        for permission, page, name in every
        if granted_paths(user, permission) and (page not in COUNTYWIDE or offered_county(user, permission))
    ]
