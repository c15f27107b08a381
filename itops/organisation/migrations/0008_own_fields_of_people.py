"""People have the county's own fields too; of them, as of all that is personal, only that they changed is recorded."""

from django.db import migrations, models

from itops.database.recording import recorded

OF_OFFICE = "(SELECT o.place_id FROM organisation_office o WHERE o.id = r.office_id)"
PERSON = "organisation.person"
PERSONAL = (
    *("name", "post", "establishment", "rank", "technical_title", "field_of_study"),
    *("joined_on", "left_on"),
)


class Migration(migrations.Migration):
    dependencies = [("organisation", "0007_person_at_work")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="custom",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="own fields"),
        ),
        recorded(PERSON, place=OF_OFFICE, left_out=("pinyin",), withheld=(*PERSONAL, "custom")),
    ]
