"""A new installation has the four groups, their skills, and which of them equipment needs."""

import pytest

from inventory.marks.kind import Kind
from workforce.models import EquipmentSkill, Skill, SkillGroup

pytestmark = pytest.mark.django_db


def test_the_four_groups_are_there_with_skills_in_each() -> None:
    groups = {group.name: group.skills.count() for group in SkillGroup.objects.all()}
    assert list(groups) == ["熟业务", "懂技术", "会管理", "善协调"]
    assert all(groups.values())


def test_every_kind_of_equipment_has_its_skill() -> None:
    assert set(EquipmentSkill.objects.values_list("kind", flat=True)) == {kind.value for kind in Kind}


def test_everything_has_its_english_name() -> None:
    assert not Skill.objects.filter(name_en="").exists()
