"""One county with one township and its office: the least that an asset needs."""

from datetime import date

from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Office, Place, WorkCalendar

BY = "tests"


def one_office() -> Place:
    """The township; its office is `place.offices.get()`."""
    county = add_place(
        by=BY, name="安化县", code="430923", level=Level.COUNTY, parent=None, starts=date(2020, 1, 1)
    )
    township = add_place(
        by=BY, name="仙溪镇", code="430923103", level=Level.TOWNSHIP, parent=county, starts=date(2020, 1, 1)
    )
    calendar = WorkCalendar.objects.create(name="机关作息")
    Office.objects.create(place=township, name="仙溪镇民政所", staff=4, calendar=calendar)
    return township
