"""Who viewed or exported personal data: written where it happens, read by auditors."""

from django.http import HttpRequest

from itops.organisation.address import client_address
from itops.organisation.models import AccessRecord, Place, User
from itops.organisation.scope import signed_in


def record_access(
    user: User,
    *,
    what: str,
    count: int,
    act: AccessRecord.Act = AccessRecord.Act.VIEW,
    of_whom: str = "",
    place: Place | None = None,
    address: str = "",
) -> None:
    """The account looked at `what` ("people", "accounts", "training") about so many persons; nobody is no look."""
    if count:
        AccessRecord.objects.create(
            user=user,
            act=act,
            what=what,
            of_whom=of_whom[:120],
            count=count,
            place=place or user.place,
            address=address or None,
        )


def record_view(
    request: HttpRequest, *, what: str, count: int = 1, of_whom: str = "", place: Place | None = None
) -> None:
    """A page showed it."""
    record_access(
        signed_in(request),
        what=what,
        count=count,
        of_whom=of_whom,
        place=place,
        address=client_address(request),
    )


def record_export(request: HttpRequest, *, what: str, count: int, place: Place | None = None) -> None:
    """It left as a file."""
    record_access(
        signed_in(request),
        what=what,
        count=count,
        act=AccessRecord.Act.EXPORT,
        place=place,
        address=client_address(request),
    )
