"""Money and what is done with it; monthly statistics."""

from planning.models.project import LedgerLine, Project, ProjectPaper
from planning.models.promise import Promise, PromiseResult
from planning.models.receipt import Receipt, Received
from planning.models.scenario import MustDo, Plan, PlanLine, Scenario, ScenarioFloor
from planning.models.source import FundingSource, PermittedCategory, RemedyTerms, SourceType
from planning.models.statistic import (
    Indicator,
    IndicatorDefinition,
    MonthlyFigure,
    ReportedFigure,
    ReportTemplate,
)
from planning.models.take_back import ReceiptTakenBack

__all__ = [
    "FundingSource",
    "Indicator",
    "IndicatorDefinition",
    "LedgerLine",
    "MonthlyFigure",
    "MustDo",
    "PermittedCategory",
    "Plan",
    "PlanLine",
    "Project",
    "ProjectPaper",
    "Promise",
    "PromiseResult",
    "Receipt",
    "ReceiptTakenBack",
    "Received",
    "RemedyTerms",
    "ReportTemplate",
    "ReportedFigure",
    "Scenario",
    "ScenarioFloor",
    "SourceType",
]
