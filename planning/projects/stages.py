"""立项 → 实施 → 应用 → 绩效评价 → 运维: the stages in order and the papers that each gate asks for."""

from collections.abc import Collection
from enum import StrEnum


class Stage(StrEnum):
    """Where a project stands."""

    APPROVAL = "approval"
    IMPLEMENTATION = "implementation"
    IN_USE = "in_use"
    REVIEW = "review"
    MAINTENANCE = "maintenance"


class Paper(StrEnum):
    """A document that a gate asks for."""

    APPLICATION = "application"
    BUDGET = "budget"
    OFFICIAL_REPLY = "official_reply"
    PROCUREMENT = "procurement"
    CONTRACT = "contract"
    ACCEPTANCE = "acceptance"
    ASSET_LIST = "asset_list"
    TRAINING = "training"
    USE_REPORT = "use_report"
    PERFORMANCE = "performance"
    HANDOVER = "handover"


ORDER = tuple(Stage)
ASKED: dict[Stage, tuple[Paper, ...]] = {  # to enter a stage
    Stage.APPROVAL: (),
    Stage.IMPLEMENTATION: (Paper.APPLICATION, Paper.BUDGET, Paper.OFFICIAL_REPLY),
    Stage.IN_USE: (Paper.PROCUREMENT, Paper.CONTRACT, Paper.ACCEPTANCE, Paper.ASSET_LIST),
    Stage.REVIEW: (Paper.TRAINING, Paper.USE_REPORT),
    Stage.MAINTENANCE: (Paper.PERFORMANCE, Paper.HANDOVER),
}


def after(stage: Stage) -> Stage | None:
    """The next one; None after the last."""
    place = ORDER.index(stage) + 1
    return ORDER[place] if place < len(ORDER) else None


def lacking(stage: Stage, there: Collection[Paper]) -> tuple[Paper, ...]:
    """The papers still asked for before a project may enter the stage, in the order in which they come."""
    return tuple(paper for paper in ASKED[stage] if paper not in there)
