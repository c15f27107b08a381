"""Things that came in a project get on the books: the receipt, its assets and what joins them, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.actions.add_assets import NewAsset, add_assets
from inventory.marks.kind import Kind
from inventory.models import Asset, DeviceModel
from itops.database.actor import acting
from itops.organisation.models import Place, User
from itops.organisation.roles import lies_under
from planning.models import LedgerLine, Project, Receipt, Received
from planning.money.wording import in_row
from planning.projects.receiving import MOST, Refused, among, pays_for, refusals, twice

ORDERS = ("commitment", "invoice")  # lines against which things are received
SHOWN = 10  # serial numbers in a sentence
SAID = {
    Refused.NOTHING: gettext_lazy("How many pieces came?"),
    Refused.TOO_MANY: gettext_lazy("At most %(most)s pieces at once."),
    Refused.NUMBERS_DIFFER: gettext_lazy("%(pieces)s pieces, but %(numbers)s serial numbers."),
    Refused.TWICE: gettext_lazy("These serial numbers stand there twice: %(twice)s."),
    Refused.TOO_LONG: gettext_lazy("A serial number has at most 80 signs."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What came. Without serial numbers there are `quantity` pieces."""

    line: LedgerLine
    device_model: DeviceModel
    place: Place
    day: date
    price_fen: int
    document: str
    quantity: int | None = None
    serials: tuple[str, ...] = ()
    name: str = ""
    note: str = ""

    @property
    def pieces(self) -> int:
        return len(self.serials) or self.quantity or 0


def receive(project: Project, delivery: Delivery, *, by: User) -> Receipt:
    """The receipt with an asset for each piece, in one transaction; ValidationError says what is in the way."""
    try:
        with acting(by.actor), transaction.atomic():
            Project.objects.select_for_update(no_key=True).get(pk=project.pk)
            _demand_sound(project, delivery)
            receipt = _receipt(project, delivery)
            Received.objects.bulk_create(
                Received(receipt=receipt, asset=asset) for asset in _assets(delivery, by)
            )
            return receipt
    except IntegrityError as refused:
        raise ValidationError(
            _("It does not fit what somebody else has recorded meanwhile. Nothing was saved.")
        ) from refused


def receivable_fen(project: Project, category: str) -> int:
    """Fen that are committed for a category and for which nothing was received yet."""
    lines = LedgerLine.objects.filter(project=project, category=category, entry="commitment")
    committed = lines.aggregate(fen=Sum("fen"))["fen"] or 0
    there = Received.objects.filter(
        receipt__project=project, receipt__line__category=category, asset__archived=False
    )
    received = there.aggregate(fen=Sum("receipt__price_fen"))["fen"] or 0
    return int(committed - received)


def _receipt(project: Project, delivery: Delivery) -> Receipt:
    receipt = Receipt(
        project=project,
        line=delivery.line,
        device_model=delivery.device_model,
        place=delivery.place,
        day=delivery.day,
        price_fen=delivery.price_fen,
        document=delivery.document,
        note=delivery.note,
    )
    receipt.full_clean()
    receipt.save()
    return receipt


def _assets(delivery: Delivery, by: User) -> list[Asset]:
    model = delivery.device_model
    numbers = delivery.serials or ("",) * delivery.pieces
    return add_assets(
        [
            NewAsset(
                name=delivery.name or model.name,
                kind=Kind(model.kind),
                place=delivery.place,
                device_model=model,
                serial=serial,
                bought_on=delivery.day,
                cost_fen=delivery.price_fen,
            )
            for serial in numbers
        ],
        by=by.actor,
    )


def _demand_sound(project: Project, delivery: Delivery) -> None:
    """Every fault at once; what the money allows comes last."""
    found = [*_of_pieces(delivery), *_of_order(project, delivery), *_of_serials(delivery)]
    if found:
        raise ValidationError(found)
    left, coming = receivable_fen(project, delivery.line.category), delivery.pieces * delivery.price_fen
    if coming > left:
        said = _("%(fen)s yuan would be received; of what is committed %(left)s yuan are still to come.")
        raise ValidationError(said % {"fen": in_row(coming), "left": in_row(left)}, code="beyond")


def _of_pieces(delivery: Delivery) -> Iterator[ValidationError]:
    numbers = {
        "most": MOST,
        "pieces": delivery.quantity,
        "numbers": len(delivery.serials),
        "twice": _(", ").join(twice(delivery.serials)[:SHOWN]),
    }
    for code in refusals(delivery.quantity, delivery.serials):
        yield ValidationError(SAID[code] % numbers, code=code.value)


def _of_order(project: Project, delivery: Delivery) -> Iterator[ValidationError]:
    line, model = delivery.line, delivery.device_model
    if line.project_id != project.pk or line.entry not in ORDERS:
        yield ValidationError(_("Things are received against what this project committed."), code="line")
    if delivery.day < line.day:
        yield ValidationError(_("It would have come before it was ordered."), code="day")
    if not model.kind:
        yield ValidationError(_("The catalogue does not say what kind this model is of."), code="kind")
    elif not pays_for(line.category, Kind(model.kind)):
        said = _("The line is for %(category)s, the model is of the kind %(kind)s.")
        names = {"category": line.get_category_display(), "kind": model.get_kind_display()}
        yield ValidationError(said % names, code="kind")
    if not lies_under(delivery.place.path, project.place.path):
        yield ValidationError(_("The project is for another place."), code="place")


def _of_serials(delivery: Delivery) -> Iterator[ValidationError]:
    """The same model with the same serial number stands on the books once."""
    same = Asset.objects.filter(device_model=delivery.device_model, archived=False).exclude(serial="")
    known = same.filter(serial__in=_in_any_case(delivery.serials)).values_list("serial", flat=True)
    there = among(delivery.serials, list(known))
    if there:
        said = _("On the books already: %(serials)s.")
        yield ValidationError(said % {"serials": _(", ").join(there[:SHOWN])}, code="known")


def _in_any_case(serials: Sequence[str]) -> set[str]:
    return {form for one in serials for form in (one, one.upper(), one.lower())}
