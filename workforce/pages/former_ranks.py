"""Former ranks as a resource: what people were until when."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from itops.crud.directory import PEOPLE, townships
from itops.crud.filters import RecordFilter
from itops.crud.resource import Personal, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable
from itops.organisation.models import Place
from workforce.models import FormerRank


class FormerRankTable(RecordTable):
    person = NameColumn("workforce:formerrank")
    until = DayColumn()

    class Meta(RecordTable.Meta):
        model = FormerRank
        fields = ("person", "until", "establishment", "rank", "technical_title")


class FormerRankFilter(RecordFilter):
    searched = ("person__name", "person__pinyin", "rank", "technical_title")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")

    class Meta:
        model = FormerRank
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[FormerRank], name: str, value: Place) -> QuerySet[FormerRank]:
        return queryset.filter(person__office__place__path__under=value.path)


FORMER_RANKS = Resource(
    model=FormerRank,
    path="former-ranks",
    namespace="workforce",
    table=FormerRankTable,
    filters=FormerRankFilter,
    fields=("person", "until", "establishment", "rank", "technical_title"),
    natural=("id",),
    place="person__office__place",
    related=("person",),
    refers=(PEOPLE,),
    personal=Personal(many="people", one="person"),
)
