"""Browsers end lines with two signs; a text that nobody changed is not recorded as changed."""

from django.urls import reverse

from inventory.models import DeviceModel
from itops.audit.models import changes_of
from tests.support.county import County
from tests.support.pages import Visit

WHO = "county_administrator"
NOTE = "first\n\n| second |"


def test_a_note_of_several_lines_stays_as_it_is(county: County, visit: Visit) -> None:
    model = DeviceModel.objects.select_related("manufacturer").first()
    assert model is not None
    DeviceModel.objects.filter(pk=model.pk).update(note=NOTE)
    address = reverse("inventory:devicemodel_edit", args=[model.pk])
    form = visit(WHO, address).context["form"]
    data = {
        "manufacturer": model.manufacturer_id,
        "name": "S 2",
        "specification": form["specification"].value(),
        "note": NOTE.replace("\n", "\r\n"),
        "version": form["version"].value(),
    }
    assert visit(WHO, address, data=data).status_code == 302
    model.refresh_from_db()
    assert (model.name, model.note) == ("S 2", NOTE)
    latest = changes_of(model).first()
    assert latest is not None
    assert "note" not in (latest.after or {})
