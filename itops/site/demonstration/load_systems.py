"""Business systems of the invented county: who uses them, what passes between them, two figures that disagree."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from inventory.actions.systems import load_first_list
from inventory.marks.kind import Kind
from inventory.models import (
    BusinessSystem,
    ManualEntry,
    MismatchExplanation,
    Network,
    StatisticalDefinition,
    SystemExchange,
    SystemFigure,
    SystemUse,
)
from inventory.systems.way import Way
from itops.organisation.models import Office
from itops.site.demonstration.load_equipment import Equipment
from itops.site.demonstration.load_organisation import Organisation
from itops.site.demonstration.shapes import EXTRANET

PLATFORM = "民政综合业务平台"
ON_THE_BOOKS = {  # short name: the asset that it is
    "经济状况核对": "社会救助核对系统",
    "公文传输": "公文交换系统",
    "综合平台": PLATFORM,
}
RUN_BY = {
    **dict.fromkeys(("低保", "民间组织审批", "优抚安置", "老龄工作", "社会服务统计"), "province"),
    **dict.fromkeys(("财务管理", "网站后台", "机要内网", "公文传输", "经济状况核对"), "county"),
    "婚姻登记": "ministry",
}
EXCHANGES = (  # from, into, what, way
    ("低保", "社会服务统计", "低保对象人数月报", Way.HAND),
    ("优抚安置", "社会服务统计", "优抚对象人数月报", Way.HAND),
    ("老龄工作", "社会服务统计", "高龄老人人数月报", Way.HAND),
    ("婚姻登记", "社会服务统计", "婚姻登记数月报", Way.FILE),
    ("低保", "财务管理", "低保金发放名册", Way.FILE),
    ("优抚安置", "财务管理", "优抚金发放名册", Way.HAND),
    ("综合平台", "低保", "低保申请受理信息", Way.AUTOMATIC),
    ("低保", "经济状况核对", "低保核对申请", Way.AUTOMATIC),
    ("部门数据", "经济状况核对", "各部门核对数据", Way.FILE),
    ("民间组织审批", "网站后台", "社会组织审批结果公示", Way.HAND),
    ("公文传输", "网站后台", "通知公告", Way.HAND),
    ("婚姻登记", "低保", "婚姻状况变更", Way.NONE),
    ("老龄工作", "低保", "高龄补贴对象", Way.NONE),
)
IN_TOWNSHIPS = ("低保", "婚姻登记", "优抚安置", "老龄工作", "社会服务统计", "综合平台", "公文传输")
AT_THE_BUREAU = ("财务管理", "网站后台", "民间组织审批", "机要内网", "经济状况核对", *IN_TOWNSHIPS)
TYPED_IN_TOWNSHIPS = {"低保对象人数月报": 3, "优抚对象人数月报": 2, "高龄老人人数月报": 1}  # least hours
TYPED_AT_THE_BUREAU = {"优抚金发放名册": "9.5", "社会组织审批结果公示": "2.0", "通知公告": "6.5"}
SEAT_ALONE = {"婚姻登记"}  # registered in the county town and in every third township
COUNTED = ("城乡低保对象", "人", "月末在册的城乡低保对象，按户籍所在乡镇统计。")
DISAGREEING = (  # people counted by 低保 and by 社会服务统计; the last two differ, one of them explained
    (412, 412),
    (386, 386),
    (533, 527),
    (298, 301),
)
EXPLAINED = "统计系统按月末最后一个工作日截数，当日新批的 3 户次日才录入。"

Systems = dict[str, BusinessSystem]  # by short name


def load_systems(organisation: Organisation, equipment: Equipment, *, today: date, by: str) -> None:
    load_first_list(by=by)
    BusinessSystem.objects.create(
        name=PLATFORM, name_en="Integrated civil affairs platform", short="综合平台", run_by="county"
    )
    systems = {one.short: one for one in BusinessSystem.objects.all()}
    _complete(systems, organisation, equipment)
    offices = list(organisation.offices.values())
    SystemUse.objects.bulk_create(_uses(systems, offices, organisation.bureau))
    exchanges = {what: _exchange(systems, one, into, what, way) for one, into, what, way in EXCHANGES}
    ManualEntry.objects.bulk_create(_typing(exchanges, offices, organisation.bureau))
    _figures(systems, offices, today=today, author=organisation.bureau_people[0].name)


def _complete(systems: Systems, organisation: Organisation, equipment: Equipment) -> None:
    """What the first list leaves open, for those in use here."""
    extranet = Network.objects.get(name=EXTRANET)
    assets = {one.name: one for one in equipment.values() if one.kind == Kind.BUSINESS_SYSTEM}
    for short, system in systems.items():
        system.run_by = system.run_by or RUN_BY.get(short, "")
        system.office = organisation.bureau if system.stage != "unconfirmed" else None
        if system.office and not system.network:
            system.network = extranet
        system.asset = assets.get(ON_THE_BOOKS.get(short, ""))
    BusinessSystem.objects.bulk_update(systems.values(), ["run_by", "office", "network", "asset"])


def _uses(systems: Systems, offices: Iterable[Office], bureau: Office) -> Iterator[SystemUse]:
    for index, office in enumerate(offices):
        for short in IN_TOWNSHIPS:
            if short not in SEAT_ALONE or index % 3 == 0:
                yield SystemUse(system=systems[short], office=office, users=1 + (index + len(short)) % 3)
    for short in AT_THE_BUREAU:
        yield SystemUse(system=systems[short], office=bureau, users=2 + len(short) % 3)


def _exchange(systems: Systems, source: str, target: str, what: str, way: Way) -> SystemExchange:
    return SystemExchange.objects.create(
        name=what, source=systems[source], target=systems[target], way=way.value
    )


def _typing(
    exchanges: dict[str, SystemExchange], offices: Iterable[Office], bureau: Office
) -> Iterator[ManualEntry]:
    for index, office in enumerate(offices):
        for step, (what, least) in enumerate(TYPED_IN_TOWNSHIPS.items()):
            hours = Decimal(least) + Decimal((index * 7 + step * 5) % 11) / 2
            yield ManualEntry(exchange=exchanges[what], office=office, hours=hours)
    for what, said in TYPED_AT_THE_BUREAU.items():
        yield ManualEntry(exchange=exchanges[what], office=bureau, hours=Decimal(said))


def _figures(systems: Systems, offices: list[Office], *, today: date, author: str) -> None:
    """Of last month, in the first townships."""
    name, unit, how = COUNTED
    definition = StatisticalDefinition.objects.create(name=name, unit=unit, definition=how)
    ends = today.replace(day=1) - timedelta(days=1)
    for office, values in zip(offices, DISAGREEING, strict=False):
        one, other = (
            SystemFigure.objects.create(
                definition=definition,
                system=systems[short],
                office=office,
                starts=ends.replace(day=1),
                ends=ends,
                value=value,
            )
            for short, value in zip(("低保", "社会服务统计"), values, strict=True)
        )
    MismatchExplanation.objects.create(
        one=one,
        other=other,
        one_value=one.value,
        other_value=other.value,
        reason=EXPLAINED,
        author=author,
        at=timezone.now(),
    )
