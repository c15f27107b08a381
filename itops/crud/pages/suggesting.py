"""What a field that names a record offers while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from itops.crud.personal import note_many
from itops.crud.references import suggestions
from itops.crud.resource import Resource
from itops.organisation.scope import signed_in


def page(resource: Resource, request: HttpRequest) -> HttpResponse:
    """A JSON list of at most twelve names within the account's scope."""
    user = signed_in(request)
    resource.demand(user, "view")
    text = request.GET.get("q", "").strip()
    found = resource.visible(user)
    if resource.archives:
        found = found.filter(archived=False)
    names = suggestions(found, resource.natural, text) if text else []
    note_many(resource, request, len(names))
    return JsonResponse(names, safe=False)
