"""Money in the invented county: what remedies cost, three sources, and one scenario over them."""

from collections.abc import Sequence
from datetime import date

from itops.organisation.models import User
from planning.actions.scenarios import publish, work_out
from planning.models import FundingSource, PermittedCategory, RemedyTerms, Scenario

UPGRADE = {"computer": 60_000, "server": 380_000}  # fen: another operating system put on
COSTS = (  # kind; price, cap, upkeep, repair, freight, training, connection in yuan; points
    ("computer", 4_800, 5_000, 120, 600, 150, 200, None, (100, 60, 25)),
    ("conference_room", 68_000, 80_000, 1_500, 3_000, 1_200, 800, 2_000, (420, 240, 160)),
    ("notice_board", 6_500, 8_000, 200, 500, 600, 150, 900, (90, 50, 30)),
    ("network_link", 18_000, None, 7_200, 800, None, None, 3_000, (300, 200, 20)),
    ("network_device", 3_200, 5_000, 80, 400, 100, None, None, (90, 60, 10)),
    ("server", 42_000, 60_000, 1_200, 2_500, 800, None, None, (160, 90, 20)),
    ("ups", 4_200, 6_000, 100, 700, 150, None, None, (80, 50, 10)),
    ("printer", 1_150, 2_000, 150, 260, 60, None, None, (30, 12, 5)),
    ("camera", 900, 2_000, 30, 150, 60, None, None, (20, 10, 5)),
    ("display", 5_600, 8_000, 100, 500, 200, 100, None, (60, 35, 20)),
    ("video_endpoint", 38_600, 45_000, 900, 2_000, 400, 800, 2_000, (300, 160, 120)),
)
EARMARKED = ("computer", "conference_room", "video_endpoint", "notice_board")


def load_funding(today: date) -> None:
    """Two sources of this year, of which one must be matched by the other, and one for anything."""
    for kind, *costs, points in COSTS:
        RemedyTerms.objects.create(
            kind=kind, upgrade_fen=UPGRADE.get(kind), **_yuan(costs), **_points(points)
        )
    matching = _source("县级配套资金（演示）", "matching", "安财教〔{}〕8号", today.year, 300_000)
    special = _source("上级专项资金（演示）", "special", "湘民发〔{}〕21号", today.year, 220_000, matching)
    other = _source("乡镇自筹资金（演示）", "other", "安民函〔{}〕5号", today.year, 60_000)
    for category in EARMARKED:
        PermittedCategory.objects.create(source=special, category=category)
    scenario = Scenario.objects.create(name=f"{today.year} 年度方案（演示）", first_year=today.year)
    scenario.sources.set([matching, special, other])


def plan_unplanned() -> None:
    """A plan for each scenario that has none yet, once the marks are there; the leaders have published it."""
    for scenario in Scenario.objects.filter(plans=None, trouble="", archived=False):
        made = work_out(scenario, by="demonstration")
        if made is not None:
            publish(made, by=User.objects.get(username="demo-admin"))


def _yuan(costs: Sequence[int | None]) -> dict[str, int | None]:
    names = ("price", "price_cap", "upkeep", "repair", "freight", "train", "connect")
    return {
        f"{name}_fen": None if yuan is None else yuan * 100 for name, yuan in zip(names, costs, strict=True)
    }


def _points(points: tuple[int, int, int]) -> dict[str, int]:
    return dict(zip(("missing_points", "outdated_points", "unused_points"), points, strict=True))


def _source(
    name: str, of_type: str, document: str, year: int, yuan: int, matched_by: FundingSource | None = None
) -> FundingSource:
    return FundingSource.objects.create(
        name=name,
        type=of_type,
        document=document.format(year),
        year=year,
        limit_fen=yuan * 100,
        match_bp=5_000 if matched_by else 0,
        matched_by=matched_by,
    )
