"""Changes that people make are recorded; of a person and an account only that they changed."""

from django.db import migrations

from itops.database.recording import recorded

OF_OFFICE = "(SELECT o.place_id FROM organisation_office o WHERE o.id = r.office_id)"
PLACE, CALENDAR = "organisation.place", "organisation.workcalendar"
ROLE, USER = "organisation.role", "organisation.user"


class Migration(migrations.Migration):
    dependencies = [("organisation", "0004_archived_offices"), ("audit", "0001_initial")]
    operations = [
        recorded(PLACE, place="r.id", left_out=("path", "pinyin")),
        recorded("organisation.placeversion", place="r.place_id", of=(PLACE, "place_id")),
        recorded("organisation.office", place="r.place_id"),
        recorded(
            "organisation.person", place=OF_OFFICE, left_out=("pinyin",), withheld=("name", "post")
        ),
        recorded(CALENDAR),
        recorded("organisation.calendarday", of=(CALENDAR, "calendar_id")),
        recorded(
            "organisation.officestaff", place=OF_OFFICE, of=("organisation.office", "office_id")
        ),
        recorded(
            USER,
            place="r.place_id",
            left_out=("last_login", "session_round"),
            withheld=("password", "first_name", "last_name", "email"),
        ),
        recorded(
            "organisation.token",
            place="r.place_id",
            of=(USER, "user_id"),
            left_out=("last_used", "last_address"),
            withheld=("hash", "hint"),
        ),
        recorded(
            "organisation.secondfactor",
            key="user_id",
            of=(USER, "user_id"),
            left_out=("last_step",),
            withheld=("secret",),
        ),
        recorded("organisation.externalidentity", of=(USER, "user_id"), withheld=("subject",)),
        recorded(ROLE),
        recorded("organisation.role_permissions", of=(ROLE, "role_id")),
        recorded("organisation.grant", place="r.place_id", of=(USER, "user_id")),
    ]
