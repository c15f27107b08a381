"""One module per noun; everything is importable from here."""

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
    "LEVEL_NAMES",
    "Assignment",
    "Duty",
    "EquipmentSkill",
    "Evidence",
    "HeldSkill",
    "Post",
    "PostSkill",
    "Responsibility",
    "Skill",
    "SkillGroup",
    "Tenure",
]
