"""Addresses of people at work: who can run what, and the records behind it."""

from dataclasses import replace

from django.urls import path

from itops.crud.urls import urls
from workforce.pages import (
    approving,
    legacy,
    my_training,
    overview,
    person,
    session_steps,
    sheet,
    skills_map,
    training,
    training_session,
)
from workforce.pages.courses import COURSES, SCHEME_SHARES, TRAINING_PLANS, TRAINING_SCHEMES
from workforce.pages.posts import ASSIGNMENTS, POST_SKILLS, POSTS, RESPONSIBILITIES
from workforce.pages.sessions import ENROLMENTS, TRAINING_SESSIONS
from workforce.pages.skills import EQUIPMENT_SKILLS, HELD_SKILLS, SKILL_GROUPS, SKILLS

app_name = "workforce"
urlpatterns = [
    path("", overview.page, name="overview"),
    path("skills-map/", skills_map.page, name="skills_map"),
    path("skills-map/export.csv", skills_map.export, {"kind": "csv"}, name="skills_map_csv"),
    path("skills-map/export.xlsx", skills_map.export, {"kind": "xlsx"}, name="skills_map_xlsx"),
    path("people/<int:pk>/", person.page, name="person"),
    *urls(POSTS),
    *urls(POST_SKILLS),
    *urls(ASSIGNMENTS),
    *urls(RESPONSIBILITIES),
    *urls(SKILL_GROUPS),
    *urls(SKILLS),
    *urls(EQUIPMENT_SKILLS),
    *urls(HELD_SKILLS),
    *urls(COURSES),
    *urls(TRAINING_PLANS),
    *urls(TRAINING_SCHEMES),
    *urls(SCHEME_SHARES),
    *urls(replace(TRAINING_SESSIONS, overrides={"": training_session.page})),
    *urls(ENROLMENTS),
    path("training/", training.page, name="training"),
    path("training/export.csv", training.export, name="training_export"),
    path("training/mine/", my_training.page, name="my_training"),
    path("training/mine/<int:pk>/sign/", my_training.sign_mine, name="sign_training"),
    path("training/approving/", approving.page, name="approving"),
    path("training/approving/approve/", approving.approve_ticked, name="approve_training"),
    path("training/legacy/", legacy.page, name="legacy_training"),
    path("training-sessions/<int:pk>/enrol/", session_steps.enrol, name="enrol"),
    path(
        "training-sessions/<int:pk>/people/<int:person>/take-off/",
        session_steps.take_off,
        name="take_off_list",
    ),
    path("training-sessions/<int:pk>/hold/", session_steps.hold, name="hold_session"),
    path("training-sessions/<int:pk>/call-off/", session_steps.call_off, name="call_off_session"),
    path("training-sessions/<int:pk>/record/", session_steps.record_hours, name="record_hours"),
    path(
        "training-sessions/<int:pk>/entries/<int:row>/reverse/", session_steps.take_back, name="reverse_hours"
    ),
    path("training-sessions/<int:pk>/ask/", session_steps.ask, name="ask_explanation"),
    path("training-sessions/<int:pk>/answer/", session_steps.answer, name="answer_explanation"),
    path("training-sessions/<int:pk>/sheet/", sheet.page, name="attendance_sheet"),
    path("training-sessions/<int:pk>/sheet/number/", sheet.number, name="number_sheet"),
]
