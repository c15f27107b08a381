"""The indicators a county begins with: code, name, definition in words, and the rule that counts it."""

from dataclasses import dataclass
from datetime import date

from planning.statistics.rules import Rule

IN_FORCE_FROM = date(2020, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One indicator with the first version of its definition."""

    code: str
    rule: Rule
    name: str
    name_en: str
    text: str
    text_en: str


STANDARD_SET = (
    Known(
        code="SB01",
        rule=Rule.COMPUTERS_PROVIDED,
        name="计算机配备率",
        name_en="Computer provisioning rate",
        text="分子：月末各乡镇账上在位的计算机台数，超出配备标准的部分不计；分母：当日有效的配备标准要求的台数。"
        "一地多配不能抵另一地的缺配。",
        text_en="Numerator: computers on the books and not missing at the end of the month, in each township at the "
        "most as many as the standard asks for. Denominator: what the standard then in force asks for.",
    ),
    Known(
        code="SB02",
        rule=Rule.EQUIPMENT_PROVIDED,
        name="设备配备率",
        name_en="Equipment provisioning rate",
        text="分子：月末各乡镇各类设备在位数，每一类超出配备标准的部分不计；分母：当日有效的配备标准要求的各类设备总数。",
        text_en="Numerator: equipment on the books and not missing at the end of the month, of each kind in each "
        "township at the most as many as the standard asks for. Denominator: what it asks for, all kinds together.",
    ),
    Known(
        code="SB03",
        rule=Rule.STAFF_PER_COMPUTER,
        name="人机比",
        name_en="Staff per computer",
        text="分子：月末各乡镇民政办公机构编制内实有人数；分母：账上在位的计算机台数。单位：人/台。",
        text_en="Numerator: authorised staff in post of the township offices at the end of the month. Denominator: "
        "computers on the books and not missing.",
    ),
    Known(
        code="WL01",
        rule=Rule.NETWORK_COVERAGE,
        name="网络覆盖率",
        name_en="Network coverage",
        text="分子：月末账上至少有一条在位网络链路的乡镇数；分母：当日设有民政办公机构的乡镇数。",
        text_en="Numerator: townships with at least one network link on the books that is not missing. Denominator: "
        "townships that then had an office.",
    ),
    Known(
        code="WL02",
        rule=Rule.COMPUTERS_CONNECTED,
        name="计算机联网率",
        name_en="Computers connected",
        text="分子：本月网络上至少见到过一次的计算机台数；分母：本月能够探测到与否的在位计算机台数。"
        "涉密网络及从未能探测的计算机不计入，另列。",
        text_en="Numerator: computers that the network saw at least once in the month. Denominator: computers that "
        "were there and of which that could be told. Those on a confidential network, or never asked, are named "
        "beside it.",
    ),
    Known(
        code="WL03",
        rule=Rule.SECURITY_PROVIDED,
        name="网络安全设备配备率",
        name_en="Network security provisioning rate",
        text="分子：月末账上至少有一台在位的防火墙、入侵检测等网络安全设备的乡镇数；分母：当日设有民政办公机构的乡镇数。",
        text_en="Numerator: townships with at least one firewall, intrusion detection or other network security "
        "device on the books that is not missing. Denominator: townships that then had an office.",
    ),
    Known(
        code="WL04",
        rule=Rule.LINKS_ONLINE,
        name="网络在线率",
        name_en="Network availability",
        text="分子：本月网络链路有应答的分钟数；分母：本月对其探测的分钟数。未探测的时间不计入。",
        text_en="Numerator: minutes of the month in which the network links answered. Denominator: minutes in which "
        "they were asked.",
    ),
    Known(
        code="YX01",
        rule=Rule.SERVICEABLE,
        name="设备完好率",
        name_en="Serviceable rate",
        text="分子：月末账上在位、未在维修、未判为“旧”的设备数；分母：月末能够判定的设备数（含找不到的）。"
        "无法判定的不计入，另列。不含业务系统。",
        text_en="Numerator: equipment that was there, not under repair and not marked outdated at the end of the "
        "month. Denominator: equipment of which that could be told, missing pieces included. What could not be told "
        "is named beside it. Without business systems.",
    ),
    Known(
        code="YX02",
        rule=Rule.IN_USE,
        name="设备使用率",
        name_en="Usage rate",
        text="分子：本月有使用迹象的台日数；分母：本月能够看出是否使用的台日数。"
        "含计算机、会议室、视频终端、公示栏、显示屏、网络链路、打印机、不间断电源。",
        text_en="Numerator: days of the month with a sign of use, piece by piece. Denominator: days on which use "
        "would have been seen. Computers, conference rooms, video endpoints, notice boards, displays, links, "
        "printers and UPSes.",
    ),
    Known(
        code="YX03",
        rule=Rule.ROOMS_USED,
        name="视频会议室使用率",
        name_en="Conference rooms used",
        text="分子：本月至少使用过一次的视频会议室数；分母：本月能够看出是否使用的在位视频会议室数。",
        text_en="Numerator: conference rooms used at least once in the month. Denominator: conference rooms of which "
        "that could be told.",
    ),
)
