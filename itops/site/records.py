"""Everything that is kept here, by group: the way to lists that are not in the main menu."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
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
from planning.pages.projects import LEDGER_LINES, PROJECT_PAPERS, PROJECTS
from planning.pages.promises import PROMISES
from planning.pages.receiving import RECEIPTS
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


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    groups = [(title, [one for one in entries if one]) for title, entries in _groups(user)]
    return render(request, "site/records.html", {"groups": [(t, e) for t, e in groups if e]})


def _groups(user: User) -> list[tuple[str, list[Entry | None]]]:
    return [
        (
            _("Equipment"),
            [
                _list(user, ASSETS, _("Every piece on the books, worst first")),
                _list(user, REQUESTS, _("Faults, needs and suggestions of townships, and what was answered")),
                _list(user, NETWORKS, _("Which networks there are; confidential ones are never probed")),
            ],
        ),
        (
            _("Provisioning standards"),
            [
                _page(user, "inventory.view_standard", "inventory:standards", _("Standards"),
                      _("What each place should have, and what is missing on any day")),
                _list(user, STANDARDS),
                _list(user, STANDARD_ITEMS),
                _list(user, STANDARD_OVERRIDES),
            ],
        ),
        (
            _("Marks"),
            [
                _page(user, "inventory.view_policyversion", "inventory:policies", _("How the county decides"),
                      _("From which numbers on something is missing, outdated or unused; tried out before it holds")),
                _page(user, "inventory.view_mark", "inventory:unknown", _("What cannot be told"),
                      _("By what is lacking to know it, and what helps")),
                _list(user, WAIVERS, _("What somebody lets rest, why, and until when")),
            ],
        ),
        (
            _("Business systems"),
            [
                _page(user, "inventory.view_businesssystem", "planning:islands", _("Systems and islands"),
                      _("What passes between systems without hands, and what is typed in again")),
                _list(user, BUSINESS_SYSTEMS, _("Who runs them, on which network, and whether they answer")),
                _list(user, SYSTEM_USES, _("Which office works with which system")),
                _list(user, SYSTEM_EXCHANGES, _("What one system needs of another, and how it gets there")),
                _list(user, MANUAL_ENTRIES, _("Hours a month for which data is typed in again")),
                _list(user, STATISTICAL_DEFINITIONS),
                _page(user, "inventory.view_systemfigure", "inventory:mismatches", _("Data mismatches"),
                      _("Figures of two systems that should be the same, until somebody explains them")),
                _list(user, SYSTEM_FIGURES, _("What systems say of the same month and office")),
            ],
        ),
        (
            _("Catalogue"),
            [
                _list(user, MANUFACTURERS),
                _list(user, DEVICE_MODELS, _("With end of sale, end of support and minimum years")),
                _list(user, ASSET_CLASSES, _("GB/T 14885 with its edition")),
                _page(user, "inventory.view_devicemodel", "inventory:support_dates", _("Support dates"),
                      _("Until when operating systems are supported")),
            ],
        ),
        (
            _("Organisation"),
            [
                _list(user, PLACES, _("Names, codes and what lies where, with every former state")),
                _list(user, OFFICES),
                _list(user, STAFF_NUMBERS, _("How many authorised staff each office had from which day on")),
                _list(user, PEOPLE),
                _page(user, "organisation.view_workcalendar", "organisation:calendars", _("Work calendars"),
                      _("When the offices are open: silence counts only then")),
            ],
        ),
        (
            _("People at work"),
            [
                _page(user, "workforce.view_heldskill", "workforce:overview", _("Who can run what"),
                      _("And what happens if they leave")),
                _list(user, POSTS, _("With what they ask for; vacant ones too")),
                _list(user, POST_SKILLS),
                _list(user, ASSIGNMENTS, _("Who holds which post, full-time or with which share")),
                _list(user, RESPONSIBILITIES, _("Person responsible, deputy and leader in charge")),
                _list(user, FORMER_RANKS, _("What people were until when: past days are judged by it")),
                _list(user, SKILL_GROUPS),
                _list(user, SKILLS),
                _list(user, EQUIPMENT_SKILLS, _("Which skill a kind of equipment needs")),
                _list(user, HELD_SKILLS, _("Each with what showed it and until when it counts")),
            ],
        ),
        (
            _("Training"),
            [
                _page(user, "workforce.view_attendance", "workforce:training", _("Training"),
                      _("Who is how far, who will miss the scheme, what is planned")),
                _page(user, "workforce.view_attendance", "workforce:training_effects", _("Did training help?"),
                      _("Use of the equipment before and after, by course and township")),
                _page(user, "workforce.view_attempt", "workforce:assessing", _("Assessment"),
                      _("Attempts and results by township and month")),
                _page(user, "workforce.view_certificate", "workforce:certificates", _("Certificates"),
                      _("What was shown, until when, with which skill")),
                _page(user, "workforce.view_targetsheet", "workforce:target_sheets", _("Target assessment"),
                      _("Each township’s yearly sheet")),
                _page(user, "workforce.view_logentry", "workforce:desk", _("Auditor’s desk"),
                      _("How far the log is sealed, what is left out, random samples, exports")),
                _list(user, TRAINING_SESSIONS),
                _list(user, ENROLMENTS),
                _list(user, ATTENDANCES, _("Every hour in the sealed log, with its numbers there")),
                _list(user, ATTEMPTS),
                _list(user, CERTIFICATES),
                _list(user, COURSES),
                _list(user, TRAINING_PLANS),
                _list(user, TRAINING_SCHEMES, _("Hours asked of whom, in dated versions")),
                _list(user, SCHEME_SHARES),
                _list(user, PAPERS),
                _list(user, TARGET_INDICATORS),
            ],
        ),
        (
            _("Funds"),
            [
                _page(user, "planning.view_scenario", "planning:needs", _("Needs"),
                      _("What is lacking, outdated or unused, with remedy and cost; moves first")),
                _page(user, "planning.view_scenario", "planning:scenarios", _("Scenarios"),
                      _("What a budget over some years buys, and why")),
                _list(user, FUNDING_SOURCES, _("With document, year, permitted categories and match")),
                _list(user, PERMITTED_CATEGORIES),
                _list(user, REMEDY_TERMS, _("What a purchase, repair, move or training costs")),
                _list(user, PROJECTS, _("From approval to maintenance, gate by gate")),
                _list(user, PROJECT_PAPERS),
                _list(user, LEDGER_LINES, _("Allocations, commitments, invoices, payments, refunds")),
                _page(user, "planning.view_project", "planning:promised", _("Promised and measured"),
                      _("What projects promised, held against evidence after 3, 6 and 12 months")),
                _list(user, PROMISES),
                _list(user, RECEIPTS, _("What came in projects, and the assets that it became")),
            ],
        ),
        (
            _("Own words"),
            [
                _list(user, TAGS),
                _list(user, CUSTOM_FIELDS, _("Fields that the county adds itself")),
            ],
        ),
        (
            _("Trust"),
            [
                _page(user, "audit.view_change", "changes", _("Change record"),
                      _("Who changed what, when and why")),
                _page(user, "organisation.view_user", "organisation:accounts", _("Accounts"),
                      _("Who may sign in, and what they may do where")),
                _page(user, "organisation.view_accessrecord", "organisation:access_records",
                      _("Looks at personal data"), _("Who viewed or exported what, of whom")),
                _page(user, "notify.view_webhook", "notify:webhooks", _("Webhooks"),
                      _("Other programs that are told of changes")),
            ],
        ),
    ]  # fmt: skip


def _list(user: User, resource: Resource, text: str = "") -> Entry | None:
    return Entry(resource.plural, resource.list_url, text) if resource.may_somewhere(user, "view") else None


def _page(user: User, permission: str, name: str, label: str, text: str) -> Entry | None:
    return Entry(label, reverse(name), text) if granted_paths(user, permission) else None
