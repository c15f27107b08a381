"""The invented county's lists (data/README.txt), the people's names, the systems; read once. Pure."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random

from itops.site.demonstration.words import Behaviour, Model, PlannedPerson, System

DATA = Path(__file__).parent / "data"
COUNTED = ("computers", "rooms", "boards", "lines", "switches", "servers", "ups", "printers")

SURNAMES = (
    "王李张刘陈杨黄周吴徐孙胡朱高林何郭罗谢邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆汪范廖"
)
GIVEN = [
    "建国",
    "志强",
    "秀英",
    "丽华",
    "海波",
    "晓燕",
    "文斌",
    "小军",
    "春梅",
    "立新",
    "雪芳",
    "国平",
    "红霞",
    "永福",
    "佳慧",
    "明远",
    "思源",
    "桂兰",
    "德胜",
    "玉珍",
    "新民",
    "凤英",
    "俊杰",
    "雅琴",
]
TOWNSHIP_POSTS = ("分管副镇长", "民政办主任", "信息员（兼任）", "便民服务中心工作人员")
BUREAU_POSTS = ("局长", "分管副局长", "信息中心主任", "信息中心工程师", "规划财务股股长", "审计督查员")

WINDOWS_7 = System(name="Windows 7", build=7601)
WINDOWS_10_1909 = System(name="Windows 10", build=18363)
WINDOWS_10_22H2 = System(name="Windows 10", build=19045)
WINDOWS_10_1809 = System(name="Windows 10", build=17763)
WINDOWS_11_25H2 = System(name="Windows 11", build=26200)
SERVER_2012_R2 = System(name="Windows Server 2012 R2", build=9600)
SERVER_2022 = System(name="Windows Server 2022", build=20348)
KYLIN_DESKTOP = System(name="Kylin V10", kernel="5.4.18-85-generic #74.v2101.ky10 SMP PREEMPT aarch64")
KYLIN_SERVER = System(name="Kylin V10", kernel="4.19.90-52.22.v2207.ky10.x86_64 #1 SMP x86_64")
UNSUPPORTED = (WINDOWS_7, WINDOWS_10_22H2, WINDOWS_10_22H2, WINDOWS_10_1909)


@cache
def townships() -> tuple[Mapping[str, str], ...]:
    """Rows of townships.csv; the columns of COUNTED, staff and watched_days are whole numbers."""
    with (DATA / "townships.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def oddities() -> defaultdict[tuple[str, str], Counter[Behaviour]]:
    """(place, kind) -> how many behave how."""
    found: defaultdict[tuple[str, str], Counter[Behaviour]] = defaultdict(Counter)
    with (DATA / "oddities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["place"], row["kind"]][Behaviour(row["behaviour"])] += int(row["count"])
    return found


@cache
def models(kind: str) -> tuple[Model, ...]:
    """The models of a kind in models.csv (some kinds there are finer than an asset's: router, desk_printer)."""
    with (DATA / "models.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_model(row) for row in csv.DictReader(file) if row["kind"] == kind)


def people(rng: Random, posts: tuple[str, ...]) -> tuple[PlannedPerson, ...]:
    """One invented person for each post."""
    return tuple(PlannedPerson(name=rng.choice(SURNAMES) + rng.choice(GIVEN), post=post) for post in posts)


def _model(row: Mapping[str, str]) -> Model:
    return Model(
        kind=row["kind"],
        maker=row["maker"],
        maker_en=row["maker_en"],
        name=row["name"],
        speaks=row["speaks"],
        first_year=int(row["first_year"]),
        last_year=int(row["last_year"]),
        minimum_years=int(row["minimum_years"]) if row["minimum_years"] else None,
        yuan=int(row["yuan"]),
        processor=row["processor"],
        family=int(row["family"] or 0),
        memory_mb=int(row["memory_mb"] or 0),
        disk_gb=int(row["disk_gb"] or 0),
    )
