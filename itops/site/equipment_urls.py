"""Addresses of the equipment's pages. Those that join what is recorded with what is monitored live in the roof."""

from dataclasses import replace

from django.urls import path

from inventory.pages import asset_forms, device_types, mismatches, policies, support_dates, unknown
from inventory.pages.catalogue import ASSET_CLASSES, DEVICE_MODELS, MANUFACTURERS, NETWORKS
from inventory.pages.figures import STATISTICAL_DEFINITIONS, SYSTEM_FIGURES
from inventory.pages.requests import REQUESTS, answer
from inventory.pages.standards import STANDARD_ITEMS, STANDARD_OVERRIDES, STANDARDS
from inventory.pages.systems import BUSINESS_SYSTEMS, MANUAL_ENTRIES, SYSTEM_EXCHANGES, SYSTEM_USES
from inventory.pages.waivers import WAIVERS, end
from itops.crud.urls import urls
from itops.site.pages import asset, assets, place, places, standards
from monitoring.pages import readings

app_name = "inventory"
urlpatterns = [
    *urls(replace(assets.LEDGER, overrides={"list": assets.page, "": asset.page})),
    path("assets/export.csv", assets.export, name="asset_export"),
    path("assets/<int:pk>/chart/", asset.chart_page, name="asset_chart"),
    path("assets/<int:pk>/readings/", readings.page, name="asset_readings"),
    path("assets/<int:pk>/sightings/", asset_forms.record, name="asset_sighting"),
    path("assets/<int:pk>/waivers/", asset_forms.let_rest, name="asset_waive"),
    *urls(MANUFACTURERS),
    *urls(DEVICE_MODELS),
    *urls(ASSET_CLASSES),
    *urls(NETWORKS),
    *urls(STANDARDS),
    *urls(STANDARD_ITEMS),
    *urls(STANDARD_OVERRIDES),
    *urls(BUSINESS_SYSTEMS),
    *urls(SYSTEM_USES),
    *urls(SYSTEM_EXCHANGES),
    *urls(MANUAL_ENTRIES),
    *urls(STATISTICAL_DEFINITIONS),
    *urls(SYSTEM_FIGURES),
    path("data-mismatches/", mismatches.page, name="mismatches"),
    path("data-mismatches/export.csv", mismatches.export, name="mismatches_export"),
    path("data-mismatches/explain/", mismatches.give_reason, name="mismatch_explain"),
    path("standards/", standards.page, name="standards"),
    path("standards/export.csv", standards.export, name="standards_export"),
    path("device-types/", device_types.page, name="device_types"),
    path("support-dates/", support_dates.page, name="support_dates"),
    path("support-dates/export.csv", support_dates.export, name="support_dates_export"),
    *urls(WAIVERS),
    *urls(REQUESTS),
    path("requests/<int:pk>/answer/", answer, name="request_answer"),
    path("waivers/<int:pk>/end/", end, name="waiver_end"),
    path("unknown/", unknown.page, name="unknown"),
    path("policies/", policies.listing, name="policies"),
    path("policies/add/", policies.add, name="policy_add"),
    path("policies/<int:pk>/", policies.page, name="policy"),
    path("policies/<int:pk>/edit/", policies.edit, name="policy_edit"),
    path("policies/<int:pk>/try/", policies.try_out, name="policy_try"),
    path("policies/<int:pk>/publish/", policies.publish, name="policy_publish"),
    path("policies/<int:pk>/withdraw/", policies.withdraw, name="policy_withdraw"),
    path("policies/<int:pk>/drop/", policies.drop, name="policy_drop"),
    path("policies/<int:pk>/changes/", policies.changes, name="policy_changes"),
    path("places/", places.page, name="place_list"),
    path("places/<int:pk>/", place.page, name="place"),
]
