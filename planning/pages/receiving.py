"""Receiving: the form that puts what came in a project on the books, and where what came is listed."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from inventory.pages.catalogue import DEVICE_MODELS
from itops.crud.filters import RecordFilter
from itops.crud.forms import field_for
from itops.crud.resource import Panel, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import demand, may, signed_in, visible
from planning.actions.receiving import ORDERS, Delivery, receive
from planning.actions.serial_files import serials_of_file
from planning.actions.taking_back import take_back
from planning.models import LedgerLine, Project, Receipt, ReceiptTakenBack
from planning.money.wording import in_row
from planning.pages.sources import YuanColumn
from planning.projects.receiving import MOST, serials
from planning.queries.received import assets_of, assets_of_receipt, receipts_of

ADD, ADD_ASSET = "planning.add_receipt", "inventory.add_asset"
SHOWN = 50  # assets of a project on its page; the list of receipts has them all
LARGEST = 5 * 2**20


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A line of the project's money, with what it is for and how much."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} · {obj.get_category_display()} · {in_row(obj.fen)} · {obj.day}"


class ReceiveForm(forms.Form):
    """What came. Serial numbers are typed or read from a file; without them the pieces are counted."""

    def __init__(self, *given: Any, project: Project, user: User, **more: Any) -> None:
        super().__init__(*given, **more)
        lines = LedgerLine.objects.filter(project=project, entry__in=ORDERS, fen__gt=0)
        self.fields |= {
            "line": LineField(lines.order_by("day", "pk"), label=_("Ordered by")),
            "device_model": self._of_model("device_model", user),
            "place": forms.ModelChoiceField(places_for(project, user), label=_("For")),
            "day": self._of_model("day", user),
            "price_fen": self._of_model("price_fen", user),
            "document": self._of_model("document", user),
            "serials": forms.CharField(
                label=_("Serial numbers"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=_("One a line; each becomes an asset."),
            ),
            "file": forms.FileField(
                label=_("or a list (CSV, XLSX)"),
                required=False,
                widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods"}),
                help_text=_("The column “序列号” or “serial number”, else the first."),
            ),
            "quantity": forms.IntegerField(
                label=_("Pieces"),
                required=False,
                min_value=1,
                max_value=MOST,
                help_text=_("Where things have no serial numbers, or to check how many there are."),
            ),
            "note": self._of_model("note", user),
        }

    def _of_model(self, name: str, user: User) -> forms.Field:
        of_receipt = Receipt._meta.get_field(name)
        assert isinstance(of_receipt, Field)
        field = field_for(of_receipt, RECEIPTS, user)
        assert field is not None
        return field

    def clean_file(self) -> list[str]:
        """The serial numbers in the file."""
        upload = self.cleaned_data.get("file")
        if upload is None:
            return []
        if upload.size > LARGEST:
            raise ValidationError(_("The file is larger than 5 MB."))
        return serials_of_file(upload.read())

    def delivery(self) -> Delivery:
        said = self.cleaned_data
        return Delivery(
            line=said["line"],
            device_model=said["device_model"],
            place=said["place"],
            day=said["day"],
            price_fen=said["price_fen"],
            document=said["document"],
            quantity=said["quantity"],
            serials=(*serials(said["serials"]), *said["file"]),
            note=said["note"],
        )


def places_for(project: Project, user: User) -> Any:
    """Where its things may come: the project's place and what lies in it, where the account may add assets."""
    mine = visible(Place.objects.all(), user, ADD_ASSET, place="")
    here = mine.filter(path__under=project.place.path, level__lte=Level.TOWNSHIP)
    return here.order_by("level", "position", "pk")


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; after it the project's page with the new assets."""
    user = signed_in(request)
    project = get_object_or_404(
        visible(Project.objects.select_related("place"), user, "planning.view_project"), pk=pk, archived=False
    )
    demand(user, ADD, project.place)
    if not places_for(project, user).exists():
        raise PermissionDenied
    form = ReceiveForm(request.POST or None, request.FILES or None, project=project, user=user)
    if request.method == "POST" and form.is_valid() and (receipt := _received(form, project, user)):
        count = receipt.received.count()
        said = ngettext("%(n)s piece is on the books.", "%(n)s pieces are on the books.", count)
        messages.success(request, said % {"n": count})
        return redirect("planning:project", pk)
    context = {"form": form, "project": project}
    return render(request, "planning/receive.html", context, status=422 if form.is_bound else 200)


def _received(form: ReceiveForm, project: Project, user: User) -> Receipt | None:
    try:
        return receive(project, form.delivery(), by=user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def received_in(request: HttpRequest, project: Project) -> Mapping[str, object]:
    """What came in a project, receipt by receipt, and the assets that it became."""
    user = signed_in(request)
    there = assets_of(project, user)
    count = there.count()
    receipts = list(receipts_of(project))
    return {
        "receipts": [(one, RECEIPTS.url("", one.pk), in_row(one.price_fen)) for one in receipts],
        "pieces": count,
        "more": max(count - SHOWN, 0),
        "assets": list(there[:SHOWN]),
        "may_receive": not project.archived and may(user, ADD, project.place),
    }


def pieces_of(request: HttpRequest, receipt: Receipt) -> Mapping[str, object]:
    """The assets of one receipt, all of them; whether it may be taken back, or why it was."""
    user = signed_in(request)
    back = ReceiptTakenBack.objects.filter(receipt=receipt).first()
    return {
        "instance": receipt,
        "assets": list(assets_of_receipt(receipt, user)),
        "total": in_row(receipt.price_fen * receipt.received.count()),
        "back": back,
        "may_take_back": back is None and may(user, ADD, receipt.project.place),
    }


@require_POST
def take_it_back(request: HttpRequest, pk: int) -> HttpResponse:
    """With a reason; refused, and why, once a piece of it was seen or used."""
    user = signed_in(request)
    receipt = get_object_or_404(
        visible(Receipt.objects.select_related("project__place"), user, "planning.view_receipt"), pk=pk
    )
    demand(user, ADD, receipt.project.place)
    try:
        take_back(receipt, reason=request.POST.get("reason", ""), by=user)
        messages.success(request, _("Taken back; its assets are archived."))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("planning:receipt", pk)


class ReceiptTable(RecordTable):
    device_model = NameColumn("planning:receipt")
    day = DayColumn()
    price_fen = YuanColumn(verbose_name=_("price of one"))

    class Meta(RecordTable.Meta):
        model = Receipt
        fields = ("device_model", "day", "place", "price_fen", "document", "project")


class ReceiptFilter(RecordFilter):
    searched = ("document", "project__number", "project__name", "device_model__name")

    class Meta:
        model = Receipt
        fields: tuple[str, ...] = ()


RECEIPTS = Resource(
    model=Receipt,
    path="receipts",
    namespace="planning",
    table=ReceiptTable,
    filters=ReceiptFilter,
    fields=("project", "line", "device_model", "place", "day", "price_fen", "document", "note"),
    natural=("document",),
    place="project__place",
    related=("project__place", "line", "place", "device_model__manufacturer"),
    refers=(DEVICE_MODELS,),
    read_only=True,
    panels=(Panel("planning/receipt_pieces.html", pieces_of),),
)
