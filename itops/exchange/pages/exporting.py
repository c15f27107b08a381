"""Export: the records that the list shows, all their fields, in a form that imports again unchanged."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone

from itops.crud.csv_out import csv_response
from itops.crud.personal import note_export
from itops.crud.resource import Resource
from itops.exchange.form import form
from itops.exchange.template_files import head, workbook_template
from itops.exchange.xlsx import workbook_file
from itops.organisation.scope import signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(resource: Resource, request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list's conditions, not its page; csv is streamed."""
    user = signed_in(request)
    resource.demand(user, "view")
    seen = resource.told(user)
    found = resource.filters(request.GET, queryset=seen, request=request).qs
    note_export(resource, request, found)
    written = form(resource, found, user)
    name = f"{resource.path}-{timezone.localdate()}.{kind}"
    if kind == "csv":
        return csv_response(name, written.head, written.rows())
    content = workbook_file(resource.plural, written.head, written.numeric, written.rows())
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


def template(resource: Resource, request: HttpRequest, kind: str) -> HttpResponseBase:
    """A file to fill in."""
    user = signed_in(request)
    resource.demand(user, "view")
    name = f"{resource.path}-template.{kind}"
    if kind == "csv":
        return csv_response(name, head(resource), ())
    return FileResponse(
        workbook_template(resource, user), as_attachment=True, filename=name, content_type=XLSX
    )
