"""Accounts, roles, webhooks and looks at personal data as CSV: what their lists show, all pages."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from itops.crud.csv_out import csv_response
from itops.notify import pages as notify_pages
from itops.organisation.actions.access_records import record_export
from itops.organisation.models import AccessRecord, User
from itops.organisation.pages import access_records as access_pages
from itops.organisation.pages import accounts as account_pages
from itops.organisation.pages import roles as role_pages
from itops.organisation.scope import signed_in

AT_ONCE = 1000


def accounts(request: HttpRequest) -> StreamingHttpResponse:
    """One row each, its roles behind one another."""
    found = account_pages.chosen(request)
    record_export(request, what="accounts", count=found.count())
    head = [_("Account"), _("Account name"), _("Roles and where"), _("Place")]
    head += [_("Last sign-in"), _("One-time code"), _("State")]
    return _file("accounts", head, (_account(one) for one in found.iterator(chunk_size=AT_ONCE)))


def roles(request: HttpRequest) -> StreamingHttpResponse:
    head = [
        _("Role"),
        _("Grants in your scope"),
        _("Changes something of"),
        _("Only sees"),
        _("One-time code"),
    ]
    return _file("roles", head, [_role(line) for line in role_pages.role_lines(signed_in(request))])


def webhooks(request: HttpRequest) -> StreamingHttpResponse:
    """Without their secrets."""
    head = [_("Name"), _("Things in"), _("Address"), _("Waiting"), _("Given up"), _("State")]
    rows = (
        [one.name, str(one.place), one.url, str(one.waiting), str(one.given_up), _switched(on=one.enabled)]
        for one in notify_pages.counted(signed_in(request))
    )
    return _file("webhooks", head, rows)


def access_records(request: HttpRequest) -> StreamingHttpResponse:
    """That they were exported is one of them from then on."""
    found = access_pages.chosen(request, access_pages.Conditions(request.GET))
    record_export(request, what="access_records", count=found.count())
    head = [
        _("When"),
        _("Who"),
        pgettext("access", "Act"),
        _("What"),
        _("Of whom"),
        _("Persons"),
        pgettext("address", "From"),
    ]
    return _file("access-records", head, (_look(one) for one in found.iterator(chunk_size=AT_ONCE)))


def _file(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> StreamingHttpResponse:
    return csv_response(f"{name}-{timezone.localdate()}.csv", head, rows)


def _account(one: User) -> list[str]:
    return [
        str(one),
        one.username,
        "；".join(f"{grant.role} · {grant.place}" for grant in one.grants.all()),
        str(one.place or ""),
        f"{timezone.localtime(one.last_login):%Y-%m-%d %H:%M}" if one.last_login else "",
        _switched(on=one.has_code),  # type: ignore[attr-defined]  # annotated
        pgettext("account", "open") if one.is_active else pgettext("account", "closed"),
    ]


def _role(line: role_pages.Line) -> list[str]:
    demanded = _("demanded") if line.role.second_factor else pgettext("one-time code", "free")
    return [str(line.role), str(line.grants), "；".join(line.changes), "；".join(line.sees), demanded]


def _look(one: AccessRecord) -> list[str]:
    when = f"{timezone.localtime(one.when):%Y-%m-%d %H:%M:%S}"
    said = [one.get_act_display(), access_pages.said_of(one)]
    return [when, str(one.user), *said, one.of_whom, str(one.count), one.address or ""]


def _switched(*, on: bool) -> str:
    return pgettext("switched", "on") if on else pgettext("switched", "off")
