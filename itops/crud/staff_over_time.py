"""How many authorised staff each office had from which day on: listed, exported and answered over REST.

They are written on the office's page, over REST, and by whoever changes an office's number.
"""

from itops.crud.directory import OFFICES
from itops.crud.filters import RecordFilter
from itops.crud.resource import Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable
from itops.organisation.actions.staff import bring_staff_up_to_today
from itops.organisation.models import Office, OfficeStaff


class StaffTable(RecordTable):
    office = NameColumn("directory:officestaff")
    starts = DayColumn()

    class Meta(RecordTable.Meta):
        model = OfficeStaff
        fields = ("office", "starts", "staff")


class StaffFilter(RecordFilter):
    searched = ("office__name", "office__place__name")

    class Meta:
        model = OfficeStaff
        fields: tuple[str, ...] = ()


STAFF_NUMBERS = Resource(
    model=OfficeStaff,
    path="staff-numbers",
    namespace="directory",
    table=StaffTable,
    filters=StaffFilter,
    fields=("office", "starts", "staff"),
    natural=("id",),
    place="office__place",
    related=("office__place",),
    refers=(OFFICES,),
    read_only=True,
    after_writing=bring_staff_up_to_today,
    guarded_as=Office,
)
