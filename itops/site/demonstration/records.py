"""What people wrote down of each thing in the invented county: stock-takes, repairs, declared properties. Pure."""

from random import Random

from inventory.marks.kind import Kind
from itops.site.demonstration.words import (
    Behaviour,
    PlannedAsset,
    PlannedRepair,
    PlannedSighting,
    System,
)

LAST_YEARS_STOCKTAKE = 400  # days ago
SEEN_LAST = 330  # days ago, of those that this year's stock-take passed over
IDENTIFIED = frozenset({Kind.NETWORK_DEVICE, Kind.PRINTER, Kind.UPS, Kind.SERVER, Kind.VIDEO_ENDPOINT})
FAULTS = {
    Kind.PRINTER: ("更换定影组件", "更换搓纸轮", "卡纸维修", "更换感光鼓"),
    Kind.NETWORK_DEVICE: ("更换电源模块", "端口损坏，调整端口", "雷击后返修"),
    Kind.UPS: ("更换蓄电池", "更换风扇", "主板返修"),
    Kind.CONFERENCE_ROOM: ("无声音，更换音频线", "画面卡顿，重装终端系统", "更换麦克风", "更换显示屏电源板"),
    Kind.NOTICE_BOARD: ("更换显示模组", "更换播放盒电源", "更换接收卡"),
    Kind.COMPUTER: ("更换硬盘", "更换电源", "重装系统"),
}
ONE_REPAIR = 0.06  # share of ordinary assets with one repair in the last year


def sightings_of(behaviour: Behaviour, stocktake: int | None) -> tuple[PlannedSighting, ...]:
    """`stocktake` is how many days ago this year's was, None where it has not been."""
    if stocktake is None:
        return ()
    if behaviour is Behaviour.SILENT_NOT_FOUND:
        return (PlannedSighting(days_ago=SEEN_LAST, found=True),)
    if behaviour is Behaviour.NOT_FOUND:
        return (
            PlannedSighting(days_ago=LAST_YEARS_STOCKTAKE, found=True),
            PlannedSighting(days_ago=stocktake, found=False, note="现场未找到，责任人称已调离前交回"),
        )
    return (PlannedSighting(days_ago=stocktake, found=True),)


def repairs_of(rng: Random, kind: Kind, behaviour: Behaviour) -> tuple[PlannedRepair, ...]:
    """Three or four in the last twelve months for what keeps failing."""
    if kind is Kind.MACHINE_ROOM:
        return (PlannedRepair(days_ago=600, what="年度维护", cost_fen=120_000),)
    faults = FAULTS.get(kind, FAULTS[Kind.COMPUTER])
    if behaviour is Behaviour.REPAIRED_OFTEN:
        count = rng.choice((3, 3, 4))
    else:
        count = int(rng.random() < ONE_REPAIR)
    return tuple(
        PlannedRepair(
            days_ago=rng.randint(8, 320), what=rng.choice(faults), cost_fen=rng.randint(8, 60) * 1000
        )
        for _ in range(count)
    )


def declared_of(
    rng: Random, asset: PlannedAsset, system: System | None, memory_mb: int, capacity_bps: int | None
) -> tuple[tuple[str, str], ...]:
    """Properties as people recorded them; now and then they are wrong."""
    facts: dict[str, str] = {}
    if system:
        facts["operating_system"] = system.name
    if memory_mb:
        wrong = asset.behaviour is Behaviour.BELOW_NEED and rng.random() < 0.5
        facts["memory_mb"] = str(memory_mb * 2 if wrong else memory_mb)
    if asset.model.disk_gb:
        facts["disk_gb"] = str(asset.model.disk_gb)
    if asset.model.processor:
        facts["processor"] = asset.model.processor
    if capacity_bps:
        facts["line_mbps"] = str(capacity_bps // 1_000_000)
    if asset.kind in IDENTIFIED and asset.serial:
        facts["serial"] = asset.serial
    return tuple(facts.items())
