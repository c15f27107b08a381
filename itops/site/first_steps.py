"""The way a new installation is led: county, account, equipment. What is done is read from the data."""

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from inventory.models import KIND_NAMES, Asset
from itops.database.kept import Kept
from itops.organisation.models import Level, Place, User
from itops.organisation.pages.first_steps import the_county
from itops.organisation.pages.set_up import in_set_up
from itops.organisation.scope import visible

M = TypeVar("M", bound=Model)

PREVIEW_ROWS, PREVIEW_KINDS = 7, 4


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list; `now` is the first that is not done."""

    title: str
    text: str
    url: str
    done: bool
    now: bool = False


def unfinished() -> bool:
    """Whether the home page should lead to the first steps: no equipment is recorded yet."""
    return SOME.first() is None


SOME: Kept[int] = Kept(lambda: Asset.objects.order_by().values_list("pk", flat=True)[:1])


@login_not_required
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """All steps, the next one marked, and what the reader will see in the end."""
    if not (request.user.is_authenticated or in_set_up(request)):
        return redirect_to_login(request.get_full_path())
    user = request.user if request.user.is_authenticated else None
    steps, townships = _steps(user), Place.objects.townships().in_official_order()
    context = {
        "steps": steps,
        "done": sum(step.done for step in steps),
        "townships": _seen(townships, user, "organisation.view_place", "")[:PREVIEW_ROWS],
        "kinds": list(KIND_NAMES.values())[:PREVIEW_KINDS],
    }
    return render(request, "first_steps/overview.html", context)


def _seen(everything: QuerySet[M], user: User | None, permission: str, place: str = "place") -> QuerySet[M]:
    """All of it while there is no account yet."""
    return everything if user is None else visible(everything, user, permission, place)


def _steps(user: User | None) -> list[Step]:
    steps = [_county(), _account(user), _equipment(user)]
    now = next((step for step in steps if not step.done), None)
    return [Step(step.title, step.text, step.url, step.done, now=step is now) for step in steps]


def _county() -> Step:
    county = the_county()
    text = _("Out of the list of the country's divisions: province, county, townships.")
    if county:
        count = county.children.filter(level=Level.TOWNSHIP).count()
        words = ngettext("%(county)s, %(count)s township", "%(county)s, %(count)s townships", count)
        text = words % {"county": county, "count": count}
    return Step(
        _("Choose the county and its townships"), text, reverse("organisation:first_county"), bool(county)
    )


def _account(user: User | None) -> Step:
    count = _seen(User.objects.all(), user, "organisation.view_user").count()
    text = _("It administers the county. The link that brought you here then no longer opens anything.")
    if count:
        text = ngettext("%(count)s account", "%(count)s accounts", count) % {"count": count}
    done = user is not None or count > 0
    url = "" if done else reverse("organisation:first_account")
    return Step(_("Open the first account"), text, url, done)


def _equipment(user: User | None) -> Step:
    count = _seen(Asset.objects.all(), user, "inventory.view_asset").count()
    text = _("Typed, or a CSV of name, kind and township. All that is wrong in it is said at once.")
    if count:
        text = ngettext("%(count)s piece recorded", "%(count)s pieces recorded", count) % {"count": count}
    return Step(_("Record the first equipment"), text, reverse("first_equipment"), not unfinished())
