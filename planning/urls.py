"""Addresses of planning: the page for leadership, needs, scenarios, plans, projects, money and monthly statistics."""

from django.urls import path

from itops.crud.urls import urls
from planning.pages import (
    ahead,
    behind,
    islands,
    leadership,
    monthly_figure,
    must_dos,
    needs,
    plans,
    projects,
    promises,
    receiving,
    reported,
    scenarios,
    statistic_files,
    statistics,
)
from planning.pages.projects import LEDGER_LINES, PROJECT_PAPERS, PROJECTS
from planning.pages.promises import PROMISES
from planning.pages.receiving import RECEIPTS
from planning.pages.reported import (
    INDICATOR_DEFINITIONS,
    INDICATORS,
    MONTHLY_FIGURES,
    REPORTED_FIGURES,
)
from planning.pages.sources import FUNDING_SOURCES, PERMITTED_CATEGORIES, REMEDY_TERMS

app_name = "planning"
urlpatterns = [
    path("leadership/", leadership.page, name="leadership"),
    path("leadership/ahead/", ahead.page, name="ahead"),
    path("leadership/behind/", behind.page, name="behind"),
    path("leadership/systems/", islands.page, name="islands"),
    path("leadership/systems/first-list/", islands.take_first_list, name="islands_first_list"),
    path("needs/", needs.page, name="needs"),
    path("needs/refused/", needs.refused, name="needs_refused"),
    path("needs/export/csv/", needs.export, {"kind": "csv"}, name="needs_csv"),
    path("needs/export/xlsx/", needs.export, {"kind": "xlsx"}, name="needs_xlsx"),
    path("scenarios/", scenarios.listing, name="scenarios"),
    path("scenarios/add/", scenarios.add, name="scenario_add"),
    path("scenarios/<int:pk>/", scenarios.page, name="scenario"),
    path("scenarios/<int:pk>/edit/", scenarios.edit, name="scenario_edit"),
    path("scenarios/<int:pk>/archive/", scenarios.put_away, name="scenario_archive"),
    path("scenarios/<int:pk>/must-do/", must_dos.put_in, name="must_do_in"),
    path("scenarios/<int:pk>/must-do/remove/", must_dos.take_out, name="must_do_out"),
    path("scenarios/<int:pk>/plan/", scenarios.make, name="scenario_make"),
    path("plans/<int:pk>/", plans.page, name="plan"),
    path("plans/<int:pk>/publish/", plans.publish, name="plan_publish"),
    path("projects/<int:pk>/advance/", projects.go_on, name="project_advance"),
    path("statistics/", statistics.page, name="statistics"),
    path("statistics/count/", statistics.count_now, name="statistics_count"),
    path("statistics/confirm/", statistics.confirm_chosen, name="statistics_confirm"),
    path("statistics/reported/", reported.entry, name="reported_entry"),
    path("statistics/forms/", statistic_files.forms, name="report_forms"),
    path("statistics/forms/own/<slug:sort>/", statistic_files.own_form, name="own_form"),
    path("statistics/forms/used/<slug:sort>/", statistic_files.used_form, name="used_form"),
    path("statistics/<int:county>/<str:month>/figures.xlsx", statistic_files.figures, name="figures_xlsx"),
    path("statistics/<int:county>/<str:month>/<slug:sort>/", statistic_files.form, name="filled_form"),
    path("statistics/<slug:code>/<int:place>/<str:month>/", monthly_figure.page, name="monthly_figure"),
    path(
        "statistics/<slug:code>/<int:place>/<str:month>/correct/",
        monthly_figure.correct_it,
        name="monthly_figure_correct",
    ),
    path(
        "statistics/<slug:code>/<int:place>/<str:month>/compare/",
        monthly_figure.compare_it,
        name="monthly_figure_compare",
    ),
    path(
        "statistics/<slug:code>/<int:place>/<str:month>/explain/",
        monthly_figure.explain_it,
        name="monthly_figure_explain",
    ),
    path("promised/", promises.page, name="promised"),
    path("projects/<int:pk>/receive/", receiving.page, name="receive"),
    path("receipts/<int:pk>/take-back/", receiving.take_it_back, name="receipt_take_back"),
    *urls(FUNDING_SOURCES),
    *urls(PERMITTED_CATEGORIES),
    *urls(REMEDY_TERMS),
    *urls(PROJECTS),
    *urls(PROJECT_PAPERS),
    *urls(LEDGER_LINES),
    *urls(INDICATORS),
    *urls(INDICATOR_DEFINITIONS),
    *urls(MONTHLY_FIGURES),
    *urls(REPORTED_FIGURES),
    *urls(PROMISES),
    *urls(RECEIPTS),
]
