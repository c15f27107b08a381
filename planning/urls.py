"""Addresses of planning: the page for leadership, needs, scenarios, plans, projects and money."""

from django.urls import path

from itops.crud.urls import urls
from planning.pages import (
    ahead,
    behind,
    islands,
    leadership,
    must_dos,
    needs,
    plans,
    projects,
    promises,
    receiving,
    scenarios,
)
from planning.pages.projects import LEDGER_LINES, PROJECT_PAPERS, PROJECTS
from planning.pages.promises import PROMISES
from planning.pages.receiving import RECEIPTS
from planning.pages.sources import FUNDING_SOURCES, PERMITTED_CATEGORIES, REMEDY_TERMS

app_name = "planning"
urlpatterns = [
    path("leadership/", leadership.page, name="leadership"),
    path("leadership/ahead/", ahead.page, name="ahead"),
    path("leadership/behind/", behind.page, name="behind"),
    path("leadership/systems/", islands.page, name="islands"),
    path("leadership/systems/first-list/", islands.take_first_list, name="islands_first_list"),
    path("needs/", needs.page, name="needs"),
    path("scenarios/", scenarios.listing, name="scenarios"),
    path("scenarios/add/", scenarios.add, name="scenario_add"),
    path("scenarios/<int:pk>/", scenarios.page, name="scenario"),
    path("scenarios/<int:pk>/edit/", scenarios.edit, name="scenario_edit"),
    path("scenarios/<int:pk>/must-do/", must_dos.put_in, name="must_do_in"),
    path("scenarios/<int:pk>/must-do/remove/", must_dos.take_out, name="must_do_out"),
    path("scenarios/<int:pk>/plan/", scenarios.make, name="scenario_make"),
    path("plans/<int:pk>/", plans.page, name="plan"),
    path("plans/<int:pk>/publish/", plans.publish, name="plan_publish"),
    path("projects/<int:pk>/advance/", projects.go_on, name="project_advance"),
    path("promised/", promises.page, name="promised"),
    path("projects/<int:pk>/receive/", receiving.page, name="receive"),
    *urls(FUNDING_SOURCES),
    *urls(PERMITTED_CATEGORIES),
    *urls(REMEDY_TERMS),
    *urls(PROJECTS),
    *urls(PROJECT_PAPERS),
    *urls(LEDGER_LINES),
    *urls(PROMISES),
    *urls(RECEIPTS),
]
