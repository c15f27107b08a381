"""Money and what is done with it."""

from planning.models.project import LedgerLine, Project, ProjectPaper
from planning.models.promise import Promise, PromiseResult
from planning.models.receipt import Receipt, Received
from planning.models.scenario import MustDo, Plan, PlanLine, Scenario, ScenarioFloor
from planning.models.source import FundingSource, PermittedCategory, RemedyTerms, SourceType

__all__ = [
    "FundingSource",
    "LedgerLine",
    "MustDo",
    "PermittedCategory",
    "Plan",
    "PlanLine",
    "Project",
    "ProjectPaper",
    "Promise",
    "PromiseResult",
    "Receipt",
    "Received",
    "RemedyTerms",
    "Scenario",
    "ScenarioFloor",
    "SourceType",
]
