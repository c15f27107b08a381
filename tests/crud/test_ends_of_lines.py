"""Browsers end lines with two signs; a text that nobody changed is not recorded as changed."""

import re

from django.urls import reverse

from inventory.models import DeviceModel
from itops.audit.models import changes_of
from tests.support.county import County
from tests.support.pages import Visit, text_of

WHO = "county_administrator"
NOTE = "first\n\n| second |"


def test_a_note_of_several_lines_stays_as_it_is(county: County, visit: Visit) -> None:
    model = DeviceModel.objects.select_related("manufacturer").first()
    assert model is not None
    DeviceModel.objects.filter(pk=model.pk).update(note=NOTE)
    address = reverse("inventory:devicemodel_edit", args=[model.pk])
    found = re.search(r'name="version" value="(\w+)"', text_of(visit(WHO, address)))
    assert found is not None
    data = {
        "manufacturer": model.manufacturer_id,
        "name": "S 2",
        "note": NOTE.replace("\n", "\r\n"),
        "version": found[1],
    }
    assert visit(WHO, address, data=data).status_code == 302
    model.refresh_from_db()
    assert (model.name, model.note) == ("S 2", NOTE)
    latest = changes_of(model).first()
    assert latest is not None
    assert "note" not in (latest.after or {})
