"""Files of NetBox's device-type library, handed in as they are: what became of each, and why one was refused."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from inventory.actions.device_types import Imported, import_device_types
from inventory.catalogue.device_types import LARGEST
from inventory.marks.kind import Kind
from inventory.models.catalogue import KIND_CHOICES
from inventory.pages.catalogue import DEVICE_MODELS
from inventory.wording_of_files import fault_sentence
from itops.organisation.scope import signed_in


class SeveralFiles(forms.FileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; an empty one is told with the other bad ones."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        if not data:
            return [super().clean(None, initial)]
        return [super(FilesField, self).clean(one, initial) for one in data]


class DeviceTypesForm(forms.Form):
    handed_in = FilesField(
        allow_empty_file=True,
        label=_("YAML files"),
        help_text=_("Up to 100 at once, of the library’s folder device-types."),
        widget=SeveralFiles(attrs={"accept": ".yaml,.yml"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", "–"), *KIND_CHOICES],
        help_text=_("The files name no kind: it is given to models that have none."),
    )


def page(request: HttpRequest) -> HttpResponse:
    """For whoever may add models and change them: a file may do either."""
    user = signed_in(request)
    DEVICE_MODELS.demand(user, "add")
    DEVICE_MODELS.demand(user, "change")
    form = DeviceTypesForm(request.POST or None, request.FILES or None)
    imported = _imported(form, by=user.actor) if request.method == "POST" and form.is_valid() else None
    context = {"form": form, "resource": DEVICE_MODELS, "imported": imported}
    if imported is not None:
        context["ignored"] = sorted(imported.ignored.items())
        context["refused"] = [
            (one.file, [fault_sentence(problem) for problem in one.problems]) for one in imported.refused
        ]
    return render(request, "inventory/device_types.html", context, status=422 if form.errors else 200)


def _imported(form: DeviceTypesForm, *, by: str) -> Imported:
    kind = form.cleaned_data["kind"]
    files = [(str(one.name), one.read(LARGEST + 1)) for one in form.cleaned_data["handed_in"]]
    return import_device_types(files, by=by, kind=Kind(kind) if kind else None)
