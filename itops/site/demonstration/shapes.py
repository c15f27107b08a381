"""What each kind looks like in the invented county: names, places to stand, how it is asked, what runs on it. Pure."""

from random import Random

from inventory.marks.kind import Kind
from itops.site.demonstration import lists
from itops.site.demonstration.words import Behaviour, Model, System

EXTRANET, CONFIDENTIAL = "政务外网（演示）", "涉密内网（演示）"
NETWORKS_OF = {Behaviour.CONFIDENTIAL: CONFIDENTIAL}

NAMES = {
    Kind.COMPUTER: "台式电脑",
    Kind.CONFERENCE_ROOM: "视频会议室",
    Kind.NOTICE_BOARD: "电子信息公示栏",
    Kind.NETWORK_LINK: "政务外网专线",
    Kind.NETWORK_DEVICE: "接入交换机",
    Kind.SERVER: "服务器",
    Kind.UPS: "不间断电源",
    Kind.PRINTER: "打印机",
    Kind.VIDEO_ENDPOINT: "视频会议终端",
    Kind.CAMERA: "会议摄像机",
    Kind.DISPLAY: "会议显示屏",
    Kind.MACHINE_ROOM: "机房精密空调",
    Kind.BUSINESS_SYSTEM: "业务系统",
}
OFFICES = ("一楼便民服务大厅", "二楼民政办公室", "二楼社会救助窗口", "三楼党政办", "三楼财政所", "四楼档案室")
EQUIPMENT_ROOM = ("一楼弱电间", "三楼机房")
LOCATIONS = {
    Kind.COMPUTER: OFFICES,
    Kind.PRINTER: OFFICES,
    Kind.CONFERENCE_ROOM: ("四楼视频会议室", "三楼会议室"),
    Kind.VIDEO_ENDPOINT: OFFICES,
    Kind.CAMERA: OFFICES,
    Kind.DISPLAY: OFFICES,
    Kind.NOTICE_BOARD: ("政府大院门口", "一楼便民服务大厅", "集镇文化广场"),
    Kind.NETWORK_LINK: EQUIPMENT_ROOM,
    Kind.NETWORK_DEVICE: EQUIPMENT_ROOM,
    Kind.UPS: EQUIPMENT_ROOM,
    Kind.SERVER: ("县局中心机房",),
    Kind.MACHINE_ROOM: ("县局中心机房",),
    Kind.BUSINESS_SYSTEM: ("县局中心机房",),
}
PROFILES = {  # manner of speaking -> profile of the probe
    "windows": "computer",
    "linux": "computer",
    "server": "server",
    "vrp_router": "router",
    "comware_router": "router",
    "vrp": "switch",
    "comware": "switch",
    "ruijie": "switch",
    "line": "line",
    "jetdirect": "printer",
    "printer": "printer",
    "ups": "ups",
    "poly": "video_poly",
    "dial": "video_generic",
    "novastar": "notice_board_panel",
    "player": "notice_board_player",
    "web": "web_system",
    "environment": "any_agent",
}
SMALL_MEMORY_MB = 2048
MODERN_FROM = 4  # of the list of computers: those that a supported Windows runs on
BOUGHT_UNTIL_2019 = slice(0, 4)
EDITION_UNKNOWN_MODEL = 3
BELOW_NEED_MODELS = slice(0, 2)  # an old processor, and one that is left with little memory


def model_for(rng: Random, kind: Kind, behaviour: Behaviour, pool: str = "") -> Model:
    """A model that fits what the thing is to show."""
    if behaviour is Behaviour.DOMESTIC_SYSTEM and kind is Kind.COMPUTER:
        return rng.choice(lists.models("domestic_computer"))
    found = lists.models(pool or kind.value)
    if kind is not Kind.COMPUTER:
        return rng.choice(found)
    if behaviour is Behaviour.UNSUPPORTED_SYSTEM:
        return rng.choice(found[BOUGHT_UNTIL_2019])
    if behaviour is Behaviour.EDITION_UNKNOWN:
        return found[EDITION_UNKNOWN_MODEL]
    if behaviour is Behaviour.BELOW_NEED:
        return rng.choice(found[BELOW_NEED_MODELS])
    return rng.choice(found[MODERN_FROM:])


def system_for(rng: Random, model: Model, behaviour: Behaviour) -> tuple[System | None, int]:
    """What runs on it, and its memory in MB (0 where that is not told)."""
    memory = model.memory_mb
    if model.kind == "server":
        if behaviour is Behaviour.DOMESTIC_SYSTEM:
            return lists.KYLIN_SERVER, memory
        old = behaviour is Behaviour.UNSUPPORTED_SYSTEM
        return (lists.SERVER_2012_R2 if old else lists.SERVER_2022), memory
    if model.kind == "domestic_computer":
        return lists.KYLIN_DESKTOP, memory
    if model.kind != "computer":
        return None, 0
    if behaviour is Behaviour.UNSUPPORTED_SYSTEM:
        return rng.choice(lists.UNSUPPORTED), memory
    if behaviour is Behaviour.EDITION_UNKNOWN:
        return lists.WINDOWS_10_1809, memory
    if behaviour is Behaviour.BELOW_NEED:
        return lists.WINDOWS_10_22H2, SMALL_MEMORY_MB
    return lists.WINDOWS_11_25H2, memory
