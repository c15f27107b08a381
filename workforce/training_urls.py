"""Addresses of training and assessment."""

from dataclasses import replace

from django.urls import path

from itops.crud.urls import urls
from workforce.pages import (
    approving,
    assessing,
    certificates,
    desk,
    desk_files,
    effects,
    legacy,
    my_training,
    receipts,
    session_steps,
    sheet,
    target_sheets,
    training,
    training_session,
)
from workforce.pages.courses import COURSES, SCHEME_SHARES, TRAINING_PLANS, TRAINING_SCHEMES
from workforce.pages.papers import PAPERS, TARGET_INDICATORS
from workforce.pages.sealed_records import ATTEMPTS, ATTENDANCES, CERTIFICATES
from workforce.pages.sessions import ENROLMENTS, TRAINING_SESSIONS

SESSION = "training-sessions/<int:pk>"
TRAINING = [
    *urls(COURSES),
    *urls(TRAINING_PLANS),
    *urls(TRAINING_SCHEMES),
    *urls(SCHEME_SHARES),
    *urls(replace(TRAINING_SESSIONS, overrides={"": training_session.page})),
    *urls(ENROLMENTS),
    *urls(ATTENDANCES),
    *urls(ATTEMPTS),
    *urls(CERTIFICATES),
    *urls(PAPERS),
    *urls(TARGET_INDICATORS),
    path("training/", training.page, name="training"),
    path("training/export.csv", training.export, name="training_export"),
    path("training/effect/", effects.page, name="training_effects"),
    path("training/effect/export.csv", effects.export, name="training_effects_csv"),
    path("training/mine/", my_training.page, name="my_training"),
    path("training/mine/<int:pk>/sign/", my_training.sign_mine, name="sign_training"),
    path("training/mine/reminders/<int:pk>/", my_training.note_reminder, name="note_reminder"),
    path("training/mine/receipts/", receipts.mine, name="my_receipts"),
    path("training/approving/", approving.page, name="approving"),
    path("training/approving/approve/", approving.approve_ticked, name="approve_training"),
    path("training/legacy/", legacy.page, name="legacy_training"),
    path(f"{SESSION}/enrol/", session_steps.enrol, name="enrol"),
    path(f"{SESSION}/people/<int:person>/take-off/", session_steps.take_off, name="take_off_list"),
    path(f"{SESSION}/hold/", session_steps.hold, name="hold_session"),
    path(f"{SESSION}/call-off/", session_steps.call_off, name="call_off_session"),
    path(f"{SESSION}/record/", session_steps.record_hours, name="record_hours"),
    path(f"{SESSION}/entries/<int:row>/reverse/", session_steps.take_back, name="reverse_hours"),
    path(f"{SESSION}/ask/", session_steps.ask, name="ask_explanation"),
    path(f"{SESSION}/answer/", session_steps.answer, name="answer_explanation"),
    path(f"{SESSION}/receipts/", receipts.of_session, name="session_receipts"),
    path(f"{SESSION}/sheet/", sheet.page, name="attendance_sheet"),
    path(f"{SESSION}/sheet/number/", sheet.number, name="number_sheet"),
    path("assessments/", assessing.page, name="assessing"),
    path("assessments/<int:pk>/reverse/", assessing.take_back, name="reverse_attempt"),
    path("certificates/", certificates.page, name="certificates"),
    path("certificates/<int:pk>/reverse/", certificates.take_back, name="reverse_certificate"),
    path("target-sheets/", target_sheets.page, name="target_sheets"),
    path("target-sheets/<int:year>/<int:place>/", target_sheets.sheet, name="target_sheet"),
    path("target-sheets/<int:year>/<int:place>/sign/", target_sheets.sign, name="sign_target_sheet"),
    path("log/", desk.page, name="desk"),
    path("log/export/", desk_files.export, name="log_export"),
    path("log/checkpoints/", desk_files.hand_in, name="hand_in_checkpoint"),
    path("log/statement/", desk_files.statement, name="log_statement"),
    path("log/verify_log.py", desk_files.verifier, name="log_verifier"),
    path("log/<int:seq>/files/<str:sha256>/", desk_files.evidence, name="log_evidence"),
]
