"""The columns of a resource's files: under which headings they are known, and how they are written."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from itops.crud.intake import required, writable
from itops.crud.own_columns import has_own
from itops.crud.resource import Resource
from itops.crud.several import Several, several
from itops.exchange.reading.words import key
from itops.extras.custom_fields import FILTER_PREFIX, custom_fields
from itops.extras.field_types import FieldType
from itops.extras.models import CustomField
from itops.wording import in_fen

LANGUAGES = ("zh-hans", "en")
ID = "id"
IN_YUAN = {"zh-hans": ("（分）", "（元）"), "en": ("(fen)", "(yuan)")}
SYNONYMS: Mapping[str, tuple[str, ...]] = {  # beside the fields' names in both languages
    ID: ("ID", "记录号", "record id"),
    "tag": ("编号", "设备编号", "固定资产编号", "资产编码", "tag", "asset tag", "number"),
    "name": ("名称", "设备名称", "资产名称", "姓名", "单位名称"),
    "kind": ("类别", "设备类别", "资产类别", "种类", "类型", "category", "type"),
    "place": ("乡镇", "地方", "所在乡镇", "所属乡镇", "地点", "所在地", "township", "location (place)"),
    "office": ("使用部门", "部门", "单位", "所在单位", "department"),
    "location": ("存放地点", "位置", "安装位置", "room"),
    "whole": ("所属整体", "上级资产", "parent"),
    "device_model": ("型号", "规格型号", "设备型号", "device model"),
    "manufacturer": ("品牌", "厂商", "厂家", "生产厂家", "maker", "vendor", "brand"),
    "network": ("所在网络", "接入网络"),
    "serial": ("序列号", "出厂编号", "sn", "s/n", "serial"),
    "condition": ("使用状况", "状况", "使用状态", "状态", "status"),
    "responsible": ("责任人", "使用人", "保管人", "owner"),
    "bought_on": ("购置日期", "购买日期", "采购日期", "购入日期", "purchased", "purchase date"),
    "in_service_on": ("启用日期", "投用日期", "启用时间"),
    "cost_fen": ("购置金额", "原值", "价值", "单价", "价格", "金额", "price", "cost", "purchase cost"),
    "minimum_years": ("最低使用年限", "使用年限", "years"),
    "note": ("备注", "说明", "remarks", "remark", "notes", "comments"),
    "post": ("职务", "岗位", "职位"),
    "staff": ("人数", "编制人数", "在编人数"),
    "archived": ("已归档", "归档"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column: the model's field, the county's own one, or the links that it fills. `money`: written in yuan, kept in
    fen. `clear`: its heading is that of no other column.
    """

    name: str
    field: Any = dataclasses.field(compare=False, default=None)
    money: bool = False
    required: bool = False
    own: CustomField | None = dataclasses.field(compare=False, default=None)
    several: Several | None = dataclasses.field(compare=False, default=None)
    clear: bool = dataclasses.field(compare=False, default=True)

    @property
    def headed(self) -> StrOrPromise:
        """The same, said when it is read."""
        return _headed(self)

    def heading(self, language: str = "") -> str:
        """As the file's head says it, in the reader's language or the one named."""
        if not language:
            return self._heading()
        with override(language):
            return self._heading(language)

    def _heading(self, language: str = "") -> str:
        if self.name == ID:
            return "ID"
        if self.own is not None:
            return self.own.label if self.clear else f"{self.own.label} ({self.name})"
        if self.several is not None:
            return str(self.several.label)
        said = capfirst(str(self.field.verbose_name))
        if not self.money:
            return said
        for fen, yuan in IN_YUAN.values():
            said = said.replace(fen, yuan)
        return said

    @property
    def refers(self) -> bool:
        return isinstance(self.field, models.ForeignKey)

    @property
    def holds_text(self) -> bool:
        """Whether what looks like a shortened number is none that was meant."""
        if self.own is not None:
            return self.own.type == FieldType.TEXT
        return isinstance(self.field, models.CharField | models.TextField)

    @property
    def choices(self) -> list[str]:
        """What may stand in the column, where that is a short list."""
        if self.own is not None:
            return list(self.own.choice_list) if self.own.type == FieldType.CHOICE else []
        return [str(label) for _value, label in self.field.flatchoices] if self.field is not None else []


_headed = lazy(Column.heading, str)


def columns(resource: Resource) -> list[Column]:
    """All columns of an export, in order; the first tells the record whatever else is changed."""
    known = _of_model(resource)
    return [*known, *_own(resource, known)]


def _of_model(resource: Resource) -> list[Column]:
    needed = set(required(resource))
    fields = {one.name: one for one in resource.model._meta.concrete_fields}
    return [
        Column(ID),
        *(Column(name, fields[name], in_fen(name), name in needed) for name in writable(resource)),
        *(Column(one.name, several=one) for one in several(resource)),
    ]


def _own(resource: Resource, known: Sequence[Column]) -> Iterator[Column]:
    """The county's own fields; one whose label is taken says its key beside it."""
    if not has_own(resource.model):
        return
    taken = {key(word) for column in known for word in (*_names(column), *_other_words(column))}
    for one in custom_fields(resource.model):
        column = Column(f"{FILTER_PREFIX}{one.key}", required=one.required, own=one)
        words = {key(column.heading(language)) for language in LANGUAGES}
        yield replace(column, clear=not words & taken)
        taken |= words


def meanings(resource: Resource) -> Mapping[str, Column]:
    """Which column each heading means, by `key`: field names, names in both languages, usual other words."""
    known = columns(resource)
    found: dict[str, Column] = {}
    for words in (_other_words, _names):
        for column in known:
            found |= {key(word): column for word in words(column)}
    return found | {key(word): column for word, column in _in_fen(known)}


def _names(column: Column) -> Iterator[str]:
    yield column.name
    yield from (column.heading(language) for language in LANGUAGES)


def _other_words(column: Column) -> tuple[str, ...]:
    return SYNONYMS.get(column.name, ())


def _in_fen(known: list[Column]) -> Iterator[tuple[str, Column]]:
    """Amounts under the field's own name, or its heading in fen, are whole fen.

    A heading that names no unit is in yuan.
    """
    for column in known:
        if column.money:
            plain = Column(column.name, column.field)
            yield column.name, plain
            for language in LANGUAGES:
                if (in_fen := plain.heading(language)) != column.heading(language):
                    yield in_fen, plain
