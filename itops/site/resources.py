"""Every resource, written out: the API, import, export and the tests go through this list."""

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

RESOURCES: tuple[Resource, ...] = (
    ASSETS,
    OFFICES,
    PEOPLE,
    MANUFACTURERS,
    DEVICE_MODELS,
    ASSET_CLASSES,
    NETWORKS,
    STANDARDS,
    STANDARD_ITEMS,
    STANDARD_OVERRIDES,
    REQUESTS,
    BUSINESS_SYSTEMS,
    SYSTEM_USES,
    SYSTEM_EXCHANGES,
    MANUAL_ENTRIES,
    STATISTICAL_DEFINITIONS,
    SYSTEM_FIGURES,
    TAGS,
    CUSTOM_FIELDS,
    POSTS,
    POST_SKILLS,
    ASSIGNMENTS,
    RESPONSIBILITIES,
    FORMER_RANKS,
    SKILL_GROUPS,
    SKILLS,
    EQUIPMENT_SKILLS,
    HELD_SKILLS,
    COURSES,
    TRAINING_PLANS,
    TRAINING_SCHEMES,
    SCHEME_SHARES,
    TRAINING_SESSIONS,
    ENROLMENTS,
    PAPERS,
    TARGET_INDICATORS,
    FUNDING_SOURCES,
    PERMITTED_CATEGORIES,
    REMEDY_TERMS,
    PROJECTS,
    PROJECT_PAPERS,
    LEDGER_LINES,
    PROMISES,
)
SHOWN: tuple[Resource, ...] = (PLACES, STAFF_NUMBERS, RECEIPTS, ATTENDANCES, ATTEMPTS, CERTIFICATES, WAIVERS)
"""What the kernel shows, exports and answers over REST, and what other pages write."""
