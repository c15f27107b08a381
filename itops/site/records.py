"""Everything that is kept here, by group: the way to lists that are not in the main menu."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from inventory.pages.assets import ASSETS
from inventory.pages.catalogue import ASSET_CLASSES, DEVICE_MODELS, MANUFACTURERS, NETWORKS
from inventory.pages.figures import STATISTICAL_DEFINITIONS, SYSTEM_FIGURES
from inventory.pages.requests import REQUESTS
from inventory.pages.standards import STANDARD_ITEMS, STANDARD_OVERRIDES, STANDARDS
from inventory.pages.systems import BUSINESS_SYSTEMS, MANUAL_ENTRIES, SYSTEM_EXCHANGES, SYSTEM_USES
from inventory.pages.waivers import WAIVERS
from itops.crud.directory import OFFICES, PEOPLE
from itops.crud.divisions import PLACES
from itops.crud.own_words import CUSTOM_FIELDS, TAGS
from itops.crud.resource import Resource
from itops.crud.staff_over_time import STAFF_NUMBERS
from itops.organisation.models import User
from itops.organisation.scope import granted_paths, signed_in
from planning.pages.access import offered_county
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
from workforce.pages.courses import COURSES, SCHEME_SHARES, TRAINING_PLANS, TRAINING_SCHEMES
from workforce.pages.former_ranks import FORMER_RANKS
from workforce.pages.papers import PAPERS, TARGET_INDICATORS
from workforce.pages.posts import ASSIGNMENTS, POST_SKILLS, POSTS, RESPONSIBILITIES
from workforce.pages.sealed_records import ATTEMPTS, ATTENDANCES, CERTIFICATES
from workforce.pages.sessions import ENROLMENTS, TRAINING_SESSIONS
from workforce.pages.skills import EQUIPMENT_SKILLS, HELD_SKILLS, SKILL_GROUPS, SKILLS


@dataclass(frozen=True, slots=True)
class Entry:
    """A list, in a word and a sentence."""

    label: StrOrPromise
    url: str
    text: StrOrPromise = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A resource's list."""

    resource: Resource
    text: StrOrPromise = ""

    def entry(self, user: User) -> Entry | None:
        seen = self.resource.may_somewhere(user, "view")
        return Entry(self.resource.plural, self.resource.list_url, self.text) if seen else None


@dataclass(frozen=True, slots=True)
class Page:
    """Another page, by its address's name, for those who hold the permission somewhere, or over a whole county."""

    permission: str
    name: str
    label: StrOrPromise
    text: StrOrPromise
    of_county: bool = False

    def entry(self, user: User) -> Entry | None:
        held = offered_county if self.of_county else granted_paths
        return Entry(self.label, reverse(self.name), self.text) if held(user, self.permission) else None


GROUPS: tuple[tuple[StrOrPromise, tuple[Listed | Page, ...]], ...] = (
    (
        _("Equipment"),
        (
            Listed(ASSETS, _("Every piece on the books, worst first")),
            Listed(REQUESTS, _("Faults, needs and suggestions of townships, and what was answered")),
            Listed(NETWORKS, _("Which networks there are; confidential ones are never probed")),
        ),
    ),
    (
        _("Provisioning standards"),
        (
            Page("inventory.view_standard", "inventory:standards", _("Provision by place"),
                  _("What each place should have, and what is missing on any day")),
            Listed(STANDARDS),
            Listed(STANDARD_ITEMS),
            Listed(STANDARD_OVERRIDES),
        ),
    ),
    (
        _("Marks"),
        (
            Page("inventory.view_policyversion", "inventory:policies", _("How the county decides"),
                  _("From which numbers on something is missing, outdated or unused; tried out before it holds")),
            Page("inventory.view_mark", "inventory:unknown", _("What cannot be told"),
                  _("By what is lacking to know it, and what helps")),
            Listed(WAIVERS, _("What somebody lets rest, why, and until when")),
        ),
    ),
    (
        _("Business systems"),
        (
            Page("inventory.view_businesssystem", "planning:islands", _("Systems and islands"),
                  _("What passes between systems without hands, and what is typed in again")),
            Listed(BUSINESS_SYSTEMS, _("Who runs them, on which network, and whether they answer")),
            Listed(SYSTEM_USES, _("Which office works with which system")),
            Listed(SYSTEM_EXCHANGES, _("What one system needs of another, and how it gets there")),
            Listed(MANUAL_ENTRIES, _("Hours a month for which data is typed in again")),
            Listed(STATISTICAL_DEFINITIONS),
            Page("inventory.view_systemfigure", "inventory:mismatches", _("Data mismatches"),
                  _("Figures of two systems that should be the same, until somebody explains them")),
            Listed(SYSTEM_FIGURES, _("What systems say of the same month and office")),
        ),
    ),
    (
        _("Catalogue"),
        (
            Listed(MANUFACTURERS),
            Listed(DEVICE_MODELS, _("With end of sale, end of support and minimum years")),
            Page("inventory.add_devicemodel", "inventory:device_types", _("Device-type library"),
                  _("Files of NetBox’s library, taken as they are")),
            Listed(ASSET_CLASSES, _("GB/T 14885 with its edition")),
            Page("inventory.view_devicemodel", "inventory:support_dates", _("Support dates"),
                  _("Until when operating systems are supported")),
        ),
    ),
    (
        _("Organisation"),
        (
            Listed(PLACES, _("Names, codes and what lies where, with every former state")),
            Listed(OFFICES),
            Listed(STAFF_NUMBERS, _("How many authorised staff each office had from which day on")),
            Listed(PEOPLE),
            Page("organisation.view_workcalendar", "organisation:calendars", _("Work calendars"),
                  _("When the offices are open: silence counts only then")),
        ),
    ),
    (
        _("People at work"),
        (
            Page("workforce.view_heldskill", "workforce:overview", _("Who can run what"),
                  _("And what happens if they leave")),
            Listed(POSTS, _("With what they ask for; vacant ones too")),
            Listed(POST_SKILLS),
            Listed(ASSIGNMENTS, _("Who holds which post, full-time or with which share")),
            Listed(RESPONSIBILITIES, _("Person responsible, deputy and leader in charge")),
            Listed(FORMER_RANKS, _("What people were until when: past days are judged by it")),
            Listed(SKILL_GROUPS),
            Listed(SKILLS),
            Listed(EQUIPMENT_SKILLS, _("Which skill a kind of equipment needs")),
            Listed(HELD_SKILLS, _("Each with what showed it and until when it counts")),
        ),
    ),
    (
        _("Training"),
        (
            Page("workforce.view_attendance", "workforce:training", _("Training"),
                  _("Who is how far, who will miss the scheme, what is planned")),
            Page("workforce.view_attendance", "workforce:training_effects", _("Did training help?"),
                  _("Use of the equipment before and after, by course and township")),
            Page("workforce.view_attempt", "workforce:assessing", _("Assessment"),
                  _("Attempts and results by township and month")),
            Page("workforce.view_certificate", "workforce:certificates", _("Certificates"),
                  _("What was shown, until when, with which skill")),
            Page("workforce.view_targetsheet", "workforce:target_sheets", _("Target assessment"),
                  _("Each township’s yearly sheet")),
            Page("workforce.view_logentry", "workforce:desk", _("Auditor’s desk"),
                  _("How far the log is sealed, what is left out, random samples, exports")),
            Listed(TRAINING_SESSIONS),
            Listed(ENROLMENTS),
            Listed(ATTENDANCES, _("Every hour in the sealed log, with its numbers there")),
            Listed(ATTEMPTS),
            Listed(CERTIFICATES),
            Listed(COURSES),
            Listed(TRAINING_PLANS),
            Listed(TRAINING_SCHEMES, _("Hours asked of whom, in dated versions")),
            Listed(SCHEME_SHARES),
            Listed(PAPERS),
            Listed(TARGET_INDICATORS),
        ),
    ),
    (
        _("Funds"),
        (
            Page("planning.view_scenario", "planning:needs", _("Needs"),
                  _("What is lacking, outdated or unused, with remedy and cost; moves first")),
            Page("planning.view_scenario", "planning:scenarios", _("Scenarios"),
                  _("What a budget over some years buys, and why"), of_county=True),
            Listed(FUNDING_SOURCES, _("With document, year, permitted categories and match")),
            Listed(PERMITTED_CATEGORIES),
            Listed(REMEDY_TERMS, _("What a purchase, repair, move or training costs")),
            Listed(PROJECTS, _("From approval to maintenance, gate by gate")),
            Listed(PROJECT_PAPERS),
            Listed(LEDGER_LINES, _("Allocations, commitments, invoices, payments, refunds")),
            Page("planning.view_project", "planning:promised", _("Promised and measured"),
                  _("What projects promised, held against evidence after 3, 6 and 12 months")),
            Listed(PROMISES),
            Listed(RECEIPTS, _("What came in projects, and the assets that it became")),
        ),
    ),
    (
        _("Monthly statistics"),
        (
            Page("planning.view_monthlyfigure", "planning:statistics", _("Monthly statistics"),
                  _("By township: counted, confirmed, frozen, compared with what was reported")),
            Listed(INDICATORS, _("What is reported, and which office answers for it")),
            Listed(INDICATOR_DEFINITIONS, _("What each counts, in dated versions")),
            Listed(MONTHLY_FIGURES),
            Listed(REPORTED_FIGURES, _("By hand or by file")),
        ),
    ),
    (
        _("Own words"),
        (
            Listed(TAGS),
            Listed(CUSTOM_FIELDS, _("Fields that the county adds itself")),
        ),
    ),
    (
        _("Trust"),
        (
            Page("audit.view_change", "changes", _("Change record"),
                  _("Who changed what, when and why")),
            Page("organisation.view_user", "organisation:accounts", _("Accounts"),
                  _("Who may sign in, and what they may do where")),
            Page("organisation.view_accessrecord", "organisation:access_records",
                  _("Looks at personal data"), _("Who viewed or exported what, of whom")),
            Page("notify.view_webhook", "notify:webhooks", _("Webhooks"),
                  _("Other programs that are told of changes")),
        ),
    ),
)  # fmt: skip


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    groups = [(title, [one for way in ways if (one := way.entry(user))]) for title, ways in GROUPS]
    return render(request, "site/records.html", {"groups": [(t, e) for t, e in groups if e]})
