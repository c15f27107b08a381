"""One module per noun; everything is importable from here."""

from workforce.models.assessment import Attempt, Paper, TargetIndicator, TargetScore, TargetSheet
from workforce.models.attendance import Attendance, Explanation, LegacyTraining
from workforce.models.certificate import Certificate
from workforce.models.former_rank import FormerRank
from workforce.models.log import KIND_NAMES, Checkpoint, LogEntry, LogPersonal
from workforce.models.post import Assignment, Duty, Post, PostSkill, Responsibility, Tenure
from workforce.models.reminder import Reminder
from workforce.models.scheme import AUDIENCE_NAMES, CATEGORY_NAMES, SchemeShare, TrainingScheme
from workforce.models.skill import (
    LEVEL_NAMES,
    EquipmentSkill,
    Evidence,
    HeldSkill,
    Skill,
    SkillGroup,
)
from workforce.models.training import (
    AttendanceSheet,
    Course,
    Enrolment,
    SessionState,
    TrainingPlan,
    TrainingSession,
)

__all__ = [
    "AUDIENCE_NAMES",
    "CATEGORY_NAMES",
    "KIND_NAMES",
    "LEVEL_NAMES",
    "Assignment",
    "Attempt",
    "Attendance",
    "AttendanceSheet",
    "Certificate",
    "Checkpoint",
    "Course",
    "Duty",
    "Enrolment",
    "EquipmentSkill",
    "Evidence",
    "Explanation",
    "FormerRank",
    "HeldSkill",
    "LegacyTraining",
    "LogEntry",
    "LogPersonal",
    "Paper",
    "Post",
    "PostSkill",
    "Reminder",
    "Responsibility",
    "SchemeShare",
    "SessionState",
    "Skill",
    "SkillGroup",
    "TargetIndicator",
    "TargetScore",
    "TargetSheet",
    "Tenure",
    "TrainingPlan",
    "TrainingScheme",
    "TrainingSession",
]
