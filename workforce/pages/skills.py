"""Skills as resources: their groups, what equipment needs, who holds which level."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from itops.crud.attached import attached
from itops.crud.directory import PEOPLE, townships
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Personal, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable, YesColumn
from itops.organisation.models import Place
from itops.organisation.subjects import Subject
from workforce.models import EquipmentSkill, Evidence, HeldSkill, Skill, SkillGroup
from workforce.models.skill import LEVEL_CHOICES

HELD_SKILL = Subject(model=HeldSkill, place="person__office__place", page="workforce:heldskill")


class SkillGroupTable(RecordTable):
    name = NameColumn("workforce:skillgroup")

    class Meta(RecordTable.Meta):
        model = SkillGroup
        fields = ("name", "name_en", "position")


class SkillGroupFilter(RecordFilter):
    searched = ("name", "name_en")

    class Meta:
        model = SkillGroup
        fields: tuple[str, ...] = ()


class SkillTable(RecordTable):
    name = NameColumn("workforce:skill")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Skill
        fields = ("name", "name_en", "group", "valid_months", "position", "archived")


class SkillFilter(ArchivableFilter):
    searched = ("name", "name_en", "description")

    group = filters.ModelChoiceFilter(label=_("Skill group"), queryset=SkillGroup.objects.all())

    class Meta:
        model = Skill
        fields: tuple[str, ...] = ()


class EquipmentSkillTable(RecordTable):
    kind = NameColumn("workforce:equipmentskill")

    class Meta(RecordTable.Meta):
        model = EquipmentSkill
        fields = ("kind", "skill", "level")


class EquipmentSkillFilter(RecordFilter):
    searched = ("skill__name", "skill__name_en")

    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = EquipmentSkill
        fields: tuple[str, ...] = ()


class HeldSkillTable(RecordTable):
    skill = NameColumn("workforce:heldskill")
    since, expires = DayColumn(), DayColumn()

    class Meta(RecordTable.Meta):
        model = HeldSkill
        fields = ("skill", "person", "level", "since", "expires", "evidence", "reference")


class HeldSkillFilter(RecordFilter):
    searched = ("person__name", "person__pinyin", "skill__name", "skill__name_en", "reference")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    skill = filters.ModelChoiceFilter(label=_("Skill"), queryset=Skill.objects.all())
    level = filters.ChoiceFilter(label=_("Level"), choices=LEVEL_CHOICES)
    evidence = filters.ChoiceFilter(label=_("Evidence"), choices=Evidence.choices)

    class Meta:
        model = HeldSkill
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[HeldSkill], name: str, value: Place) -> QuerySet[HeldSkill]:
        return queryset.filter(person__office__place__path__under=value.path)


SKILL_GROUPS = Resource(
    model=SkillGroup,
    path="skill-groups",
    namespace="workforce",
    table=SkillGroupTable,
    filters=SkillGroupFilter,
    fields=("name", "name_en", "position"),
    natural=("name", "name_en"),
    place=None,
)
SKILLS = Resource(
    model=Skill,
    path="skills",
    namespace="workforce",
    table=SkillTable,
    filters=SkillFilter,
    fields=("group", "name", "name_en", "description", "valid_months", "position"),
    natural=("name", "name_en"),
    place=None,
    usual=("name", "group", "valid_months"),
    bulk=("group", "valid_months"),
    related=("group",),
    refers=(SKILL_GROUPS,),
)
EQUIPMENT_SKILLS = Resource(
    model=EquipmentSkill,
    path="equipment-skills",
    namespace="workforce",
    table=EquipmentSkillTable,
    filters=EquipmentSkillFilter,
    fields=("kind", "skill", "level"),
    natural=("kind",),
    place=None,
    bulk=("level",),
    related=("skill",),
    refers=(SKILLS,),
)
HELD_SKILLS = Resource(
    model=HeldSkill,
    path="held-skills",
    namespace="workforce",
    table=HeldSkillTable,
    filters=HeldSkillFilter,
    fields=("person", "skill", "level", "since", "expires", "evidence", "reference", "note"),
    natural=("reference",),
    place="person__office__place",
    usual=("skill", "person", "level", "since", "expires", "evidence"),
    bulk=("expires", "evidence"),
    related=("person", "skill"),
    refers=(PEOPLE, SKILLS),
    personal=Personal(many="skills", one="skills"),
    panels=attached(HELD_SKILL),
)
