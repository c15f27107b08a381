"""What came in a project, and in which project a thing came: as far as an account sees either."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from inventory.models import Asset
from itops.database.kept import Given, Kept
from itops.organisation.models import User
from itops.organisation.scope import in_scope, visible, visible_when_asked
from planning.models import Project, Receipt, Received


@dataclass(frozen=True, slots=True)
class Came:
    """By which receipt of which project an asset came."""

    project: Project
    receipt: Receipt


def came_by(user: User, asset: Asset) -> Came | None:
    """None for what was not received in a project, or in one that the account does not see."""
    found = OF_ASSET.first(asset=asset.pk, **in_scope(user, "planning.view_project"))
    return Came(found.receipt.project, found.receipt) if found else None


OF_ASSET: Kept[Received] = Kept(
    lambda: Received.objects.filter(
        asset=Given("asset", "bigint"), receipt__project__in=visible_when_asked(Project.objects.all())
    ).select_related("receipt__project", "receipt__device_model__manufacturer")
)


def receipts_of(project: Project) -> QuerySet[Receipt]:
    """The latest first, each with the number of its pieces as `pieces`; those taken back stand there too."""
    related = ("device_model__manufacturer", "place", "line", "taken_back")
    return (
        project.receipts.select_related(*related).annotate(pieces=Count("received")).order_by("-day", "-pk")
    )


def assets_of(project: Project, user: User) -> QuerySet[Received]:
    """The assets that came in it and that the account may see."""
    return _seen(Received.objects.filter(receipt__project=project, receipt__taken_back=None), user)


def assets_of_receipt(receipt: Receipt, user: User) -> QuerySet[Received]:
    """Those of one receipt, whether or not it was taken back."""
    return _seen(Received.objects.filter(receipt=receipt), user)


def _seen(found: QuerySet[Received], user: User) -> QuerySet[Received]:
    seen = visible(Asset.objects.all(), user, "inventory.view_asset")
    rows = found.filter(asset__in=seen)
    return rows.select_related("asset__place", "asset__standing", "receipt").order_by("asset__tag")
