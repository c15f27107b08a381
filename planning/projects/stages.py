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


class Ground(StrEnum):
    """What a gate asks for beside papers."""

    PROMISE = "promise"  # a figure by which the project will be judged
    RECEIPT = "receipt"  # things that came
    MEASURED = "measured"  # evidence after the things came, for each promise


ORDER = tuple(Stage)
ASKED: dict[Stage, tuple[Paper, ...]] = {  # to enter a stage
    Stage.APPROVAL: (),
    Stage.IMPLEMENTATION: (Paper.APPLICATION, Paper.BUDGET, Paper.OFFICIAL_REPLY),
    Stage.IN_USE: (Paper.PROCUREMENT, Paper.CONTRACT, Paper.ACCEPTANCE, Paper.ASSET_LIST),
    Stage.REVIEW: (Paper.TRAINING, Paper.USE_REPORT),
    Stage.MAINTENANCE: (Paper.PERFORMANCE, Paper.HANDOVER),
}

GROUNDS: dict[Stage, tuple[Ground, ...]] = {
    Stage.APPROVAL: (),
    Stage.IMPLEMENTATION: (Ground.PROMISE,),
    Stage.IN_USE: (Ground.RECEIPT,),
    Stage.REVIEW: (),
    Stage.MAINTENANCE: (Ground.MEASURED,),
}


def after(stage: Stage) -> Stage | None:
    """The next one; None after the last."""
    place = ORDER.index(stage) + 1
    return ORDER[place] if place < len(ORDER) else None


def asked_by(stage: Stage) -> tuple[Paper | Ground, ...]:
    """What a project needs to enter the stage, in the order in which it comes."""
    return (*GROUNDS[stage], *ASKED[stage])


def lacking(stage: Stage, there: Collection[Paper | Ground]) -> tuple[Paper | Ground, ...]:
    """What of it is not there yet."""
    return tuple(one for one in asked_by(stage) if one not in there)
