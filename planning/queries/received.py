"""What came in a project, and in which project a thing came: as far as an account sees either."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from inventory.models import Asset
from itops.organisation.models import User
from itops.organisation.scope import visible
from planning.models import Project, Receipt, Received


@dataclass(frozen=True, slots=True)
class Came:
    """By which receipt of which project an asset came."""

    project: Project
    receipt: Receipt


def came_by(user: User, asset: Asset) -> Came | None:
    """None for what was not received in a project, or in one that the account does not see."""
    projects = visible(Project.objects.all(), user, "planning.view_project")
    rows = Received.objects.filter(asset=asset, receipt__project__in=projects)
    found = rows.select_related("receipt__project", "receipt__device_model__manufacturer").first()
    return Came(found.receipt.project, found.receipt) if found else None


def receipts_of(project: Project) -> QuerySet[Receipt]:
    """The latest first, each with the number of its pieces as `pieces`."""
    related = ("device_model__manufacturer", "place", "line")
    return (
        project.receipts.select_related(*related).annotate(pieces=Count("received")).order_by("-day", "-pk")
    )


def assets_of(project: Project, user: User) -> QuerySet[Received]:
    """The assets that came in it and that the account may see."""
    seen = visible(Asset.objects.all(), user, "inventory.view_asset")
    rows = Received.objects.filter(receipt__project=project, asset__in=seen)
    return rows.select_related("asset__place", "asset__standing", "receipt").order_by("asset__tag")
