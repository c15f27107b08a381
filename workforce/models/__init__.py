"""One module per noun; everything is importable from here."""

from workforce.models.log import KIND_NAMES, Checkpoint, LogEntry, LogPersonal
from workforce.models.post import Assignment, Duty, Post, PostSkill, Responsibility, Tenure
from workforce.models.skill import (
    LEVEL_NAMES,
    EquipmentSkill,
    Evidence,
    HeldSkill,
    Skill,
    SkillGroup,
)

__all__ = [
    "KIND_NAMES",
    "LEVEL_NAMES",
    "Assignment",
    "Checkpoint",
    "Duty",
    "EquipmentSkill",
    "Evidence",
    "HeldSkill",
    "LogEntry",
    "LogPersonal",
    "Post",
    "PostSkill",
    "Responsibility",
    "Skill",
    "SkillGroup",
    "Tenure",
]
