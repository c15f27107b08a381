"""Fields of study: which class a major belongs to, and whether a post accepts it (专业对口), with the reason."""

import re
from dataclasses import dataclass
from enum import StrEnum

# Classes and majors as the catalogue of undergraduate majors groups and names them, those near this work.
CLASSES: dict[str, tuple[str, ...]] = {
    "计算机类": (
        *("计算机科学与技术", "软件工程", "网络工程", "信息安全", "物联网工程", "数字媒体技术"),
        *("智能科学与技术", "数据科学与大数据技术", "网络空间安全", "保密技术", "区块链工程"),
        *("计算机应用技术", "计算机网络技术", "计算机应用", "计算机网络", "软件技术", "大数据技术"),
    ),
    "电子信息类": (
        *("电子信息工程", "电子科学与技术", "通信工程", "微电子科学与工程", "信息工程", "广播电视工程"),
        *("人工智能", "应用电子技术", "电子信息工程技术", "现代通信技术"),
    ),
    "自动化类": ("自动化", "轨道交通信号与控制", "机器人工程"),
    "电气类": ("电气工程及其自动化", "智能电网信息工程"),
    "管理科学与工程类": ("管理科学", "信息管理与信息系统", "工程管理", "大数据管理与应用"),
    "社会学类": ("社会学", "社会工作", "人类学", "女性学", "老年学"),
    "公共管理类": (
        *("公共事业管理", "行政管理", "劳动与社会保障", "土地资源管理", "城市管理", "民政管理"),
        *("社区管理与服务", "智慧健康养老服务与管理"),
    ),
    "法学类": ("法学", "知识产权"),
    "中国语言文学类": ("汉语言文学", "汉语言", "秘书学", "文秘"),
    "工商管理类": ("工商管理", "市场营销", "会计学", "财务管理", "人力资源管理", "会计", "大数据与会计"),
    "经济学类": ("经济学", "经济统计学", "国民经济管理"),
    "教育学类": ("教育学", "教育技术学", "学前教育", "小学教育"),
    "农业类": ("农学", "园艺", "植物保护", "农村区域发展", "农业经济管理", "畜牧兽医"),
}
CLASS_OF = {major: name for name, majors in CLASSES.items() for major in majors}
_SEPARATORS = re.compile(r"[、,，;；\n/]+")


class Fit(StrEnum):
    """Why a field of study fits a post, or does not, or cannot be told."""

    ANY = "any"
    SAME_MAJOR = "same_major"
    SAME_CLASS = "same_class"
    OTHER = "other"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class Match:
    """`by` is what the post names that fits; `of` the class of what was studied, where it is known."""

    fit: Fit
    by: str = ""
    of: str = ""

    @property
    def fits(self) -> bool | None:
        """None where it cannot be told."""
        return None if self.fit is Fit.NOT_RECORDED else self.fit is not Fit.OTHER


def accepted(text: str) -> tuple[str, ...]:
    """The majors and classes that a post names, as people write such a list."""
    return tuple(part for part in (one.strip() for one in _SEPARATORS.split(text)) if part)


def match(field_of_study: str, accepts: str) -> Match:
    """Whether somebody who studied this suits a post that accepts those fields."""
    wanted, studied = accepted(accepts), field_of_study.strip()
    if not wanted:
        return Match(Fit.ANY)
    if not studied:
        return Match(Fit.NOT_RECORDED)
    of = CLASS_OF.get(studied, "")
    if studied in wanted:
        return Match(Fit.SAME_MAJOR, studied, of)
    if of in wanted:
        return Match(Fit.SAME_CLASS, of, of)
    return Match(Fit.OTHER, of=of)
