"""Posts as resources: what they ask for, who holds them, who answers for what."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from inventory.pages.assets import ASSETS
from itops.crud.attached import attached
from itops.crud.directory import OFFICES, PEOPLE, townships
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Personal, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable, YesColumn
from itops.organisation.models import Place
from itops.organisation.subjects import Subject
from workforce.models import Assignment, Duty, Post, PostSkill, Responsibility, Skill, Tenure
from workforce.pages.post_panel import POST_PANEL
from workforce.pages.skills import SKILLS

POST = Subject(model=Post, place="office__place", page="workforce:post")


class PostTable(RecordTable):
    name = NameColumn("workforce:post")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Post
        fields = ("name", "office", "seats", "fields_of_study", "archived")


class PostFilter(ArchivableFilter):
    searched = ("name", "office__name", "office__place__name", "fields_of_study")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")

    class Meta:
        model = Post
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[Post], name: str, value: Place) -> QuerySet[Post]:
        return queryset.filter(office__place__path__under=value.path)


class PostSkillTable(RecordTable):
    skill = NameColumn("workforce:postskill")

    class Meta(RecordTable.Meta):
        model = PostSkill
        fields = ("skill", "level", "post")


class PostSkillFilter(RecordFilter):
    searched = ("post__name", "post__office__name", "skill__name", "skill__name_en")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    skill = filters.ModelChoiceFilter(label=_("Skill"), queryset=Skill.objects.all())

    class Meta:
        model = PostSkill
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[PostSkill], name: str, value: Place) -> QuerySet[PostSkill]:
        return queryset.filter(post__office__place__path__under=value.path)


class AssignmentTable(RecordTable):
    person = NameColumn("workforce:assignment")
    starts, ends = DayColumn(), DayColumn()

    class Meta(RecordTable.Meta):
        model = Assignment
        fields = ("person", "post", "tenure", "share", "starts", "ends")


class AssignmentFilter(RecordFilter):
    searched = ("person__name", "person__pinyin", "post__name", "post__office__name")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    tenure = filters.ChoiceFilter(label=_("Full or part time"), choices=Tenure.choices)

    class Meta:
        model = Assignment
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[Assignment], name: str, value: Place) -> QuerySet[Assignment]:
        return queryset.filter(post__office__place__path__under=value.path)


class ResponsibilityTable(RecordTable):
    person = NameColumn("workforce:responsibility")
    starts, ends = DayColumn(), DayColumn()

    class Meta(RecordTable.Meta):
        model = Responsibility
        fields = ("person", "duty", "office", "asset", "starts", "ends")


class ResponsibilityFilter(RecordFilter):
    searched = ("person__name", "person__pinyin", "office__name", "asset__tag", "asset__name")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    duty = filters.ChoiceFilter(label=_("Answers as"), choices=Duty.choices)

    class Meta:
        model = Responsibility
        fields: tuple[str, ...] = ()

    def by_place(
        self, queryset: QuerySet[Responsibility], name: str, value: Place
    ) -> QuerySet[Responsibility]:
        return queryset.filter(office__place__path__under=value.path)


POSTS = Resource(
    model=Post,
    path="posts",
    namespace="workforce",
    table=PostTable,
    filters=PostFilter,
    fields=("office", "name", "seats", "fields_of_study", "duties"),
    natural=("name",),
    place="office__place",
    usual=("name", "office", "seats", "fields_of_study"),
    bulk=("seats", "fields_of_study"),
    related=("office__place",),
    refers=(OFFICES,),
    panels=(POST_PANEL, *attached(POST)),
)
POST_SKILLS = Resource(
    model=PostSkill,
    path="required-skills",
    namespace="workforce",
    table=PostSkillTable,
    filters=PostSkillFilter,
    fields=("post", "skill", "level"),
    natural=("level",),
    place="post__office__place",
    bulk=("level",),
    related=("post__office__place", "skill"),
    refers=(POSTS, SKILLS),
)
ASSIGNMENTS = Resource(
    model=Assignment,
    path="assignments",
    namespace="workforce",
    table=AssignmentTable,
    filters=AssignmentFilter,
    fields=("post", "person", "tenure", "share", "starts", "ends"),
    natural=("tenure",),
    place="post__office__place",
    bulk=("ends",),
    related=("post__office__place", "person"),
    refers=(POSTS, PEOPLE),
    personal=Personal(many="skills", one="skills"),
)
RESPONSIBILITIES = Resource(
    model=Responsibility,
    path="responsibilities",
    namespace="workforce",
    table=ResponsibilityTable,
    filters=ResponsibilityFilter,
    fields=("office", "asset", "duty", "person", "starts", "ends"),
    natural=("duty",),
    place="office__place",
    bulk=("ends",),
    related=("office__place", "asset", "person"),
    refers=(OFFICES, ASSETS, PEOPLE),
    personal=Personal(many="people", one="person"),
    tells_of=("asset",),
)
