"""Every address of the program, written out."""

from django.urls import include, path

from inventory.pages import first_equipment
from itops.api import urls as api
from itops.exchange import urls as exchange
from itops.extras import urls as extras
from itops.files import urls as files
from itops.organisation.pages.language import set_language
from itops.site import alive, first_steps, home, records, search
from itops.site.exchange import EXCHANGE
from itops.site.pages import changes, lists_out
from itops.site.resources import RESOURCES, SHOWN
from itops.site.subjects import SUBJECTS

MOUNTS = {one: f"{one}/" for one in ("monitoring", "workforce", "planning")}

handler400 = "itops.site.errors.malformed"
handler403 = "itops.site.errors.refused"
handler404 = "itops.site.errors.not_found"
handler500 = "itops.site.errors.broken"

urlpatterns = [
    path("", home.page, name="home"),
    path("alive/", alive.page, name="alive"),
    path("language/", set_language, name="set_language"),
    path("first-steps/", first_steps.page, name="first_steps"),
    path("first-steps/equipment/", first_equipment.page, name="first_equipment"),
    path("first-steps/equipment/blank.csv", first_equipment.blank_list, name="first_equipment_blank"),
    path("changes/", changes.page, name="changes"),
    path("records/", records.page, name="records"),
    path("search/", search.page, name="search"),
    path("accounts/export.csv", lists_out.accounts, name="accounts_csv"),
    path("roles/export.csv", lists_out.roles, name="roles_csv"),
    path("access-records/export.csv", lists_out.access_records, name="access_records_csv"),
    path("webhooks/export.csv", lists_out.webhooks, name="webhooks_csv"),
    path("", include("itops.organisation.urls")),
    path("", include("itops.crud.directory_urls")),
    path("", include("itops.crud.own_words_urls")),
    path("", include("itops.site.equipment_urls")),
    path("", include((exchange.urls(EXCHANGE, MOUNTS), "exchange"))),
    path("", include((extras.urls(SUBJECTS), "extras"))),
    path("files/", include((files.urls(SUBJECTS), "files"))),
    path("webhooks/", include("itops.notify.urls")),
    path("api/", include((api.urls((*RESOURCES, *SHOWN)), "api"))),
    path(MOUNTS["monitoring"], include("monitoring.urls")),
    path(MOUNTS["workforce"], include("workforce.urls")),
    path(MOUNTS["planning"], include("planning.urls")),
]
