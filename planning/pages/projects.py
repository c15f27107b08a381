"""Pages of projects: their gates, their papers and every line of their money."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from itops.crud.attached import attached
from itops.crud.directory import townships
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Panel, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable, YesColumn
from itops.files.models import Attachment
from itops.organisation.models import Place, User
from itops.organisation.scope import demand, may, signed_in
from itops.organisation.subjects import Subject
from planning.actions.projects import ALL_NAMES, advance, grounds_of, papers_of
from planning.models import FundingSource, LedgerLine, Project, ProjectPaper
from planning.models.project import ENTRY_NAMES, STAGE_NAMES
from planning.money.wording import in_row
from planning.pages.promises import promises_of
from planning.pages.receiving import received_in
from planning.pages.sources import FUNDING_SOURCES, YuanColumn
from planning.projects.lines import by_cell, sums
from planning.projects.stages import ORDER, Ground, Paper, Stage, after, asked_by, lacking

ADVANCE, FILES = "planning.advance_project", "files.view_attachment"
PROJECT_PAPER = Subject(model=ProjectPaper, place="project__place", page="planning:projectpaper")
STAGES = [(stage.value, name) for stage, name in STAGE_NAMES.items()]
ENTRIES = [(entry.value, name) for entry, name in ENTRY_NAMES.items()]


class ProjectTable(RecordTable):
    number = NameColumn("planning:project")
    since = DayColumn()
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Project
        fields = ("number", "name", "place", "stage", "since", "archived")


class ProjectFilter(ArchivableFilter):
    searched = ("number", "name")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    stage = filters.ChoiceFilter(label=_("Stage"), choices=STAGES)

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: Any, name: str, value: Place) -> Any:
        return queryset.filter(place__path__under=value.path)


class ProjectPaperTable(RecordTable):
    paper = NameColumn("planning:projectpaper")
    day = DayColumn()

    class Meta(RecordTable.Meta):
        model = ProjectPaper
        fields = ("paper", "document", "day", "project")


class ProjectPaperFilter(RecordFilter):
    searched = ("document", "project__number", "project__name")

    class Meta:
        model = ProjectPaper
        fields: tuple[str, ...] = ()


class LedgerLineTable(RecordTable):
    document = NameColumn("planning:ledgerline")
    day = DayColumn()
    fen = YuanColumn(verbose_name=_("amount in yuan"))

    class Meta(RecordTable.Meta):
        model = LedgerLine
        fields = ("document", "day", "entry", "fen", "category", "source", "project")


class LedgerLineFilter(RecordFilter):
    searched = ("document", "project__number", "project__name", "source__name")

    entry = filters.ChoiceFilter(label=_("Entry"), choices=ENTRIES)
    source = filters.ModelChoiceFilter(label=_("Funding source"), queryset=FundingSource.objects.all())

    class Meta:
        model = LedgerLine
        fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Something that a gate asks for: whether it is there, and the papers with their files."""

    name: str
    there: bool
    papers: Sequence[tuple[ProjectPaper, str, Sequence[Attachment]]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A stage, what it asks for, and whether the project has come so far."""

    name: str
    reached: bool
    current: bool
    asked: Sequence[Asked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands of one source and category."""

    source: str
    category: str
    amounts: Sequence[str]


def gates_of(request: HttpRequest, project: Project) -> Mapping[str, object]:
    """The way from approval to maintenance, and the next gate."""
    user = signed_in(request)
    papers = _papers(user, project)
    there: set[Paper | Ground] = {*papers_of(project), *grounds_of(project)}
    following = after(Stage(project.stage))
    missing = lacking(following, there) if following else ()
    return {
        "gates": list(_gates(Stage(project.stage), papers, there)),
        "next_stage": STAGE_NAMES[following] if following else "",
        "lacking": [ALL_NAMES[one] for one in missing],
        "may_advance": following is not None and may(user, ADVANCE, project.place),
        "add_paper": PROJECT_PAPERS.add_url if PROJECT_PAPERS.may_somewhere(user, "add") else "",
    }


Papers = Sequence[tuple[ProjectPaper, str, Sequence[Attachment]]]


def _papers(user: User, project: Project) -> Papers:
    """Each paper with its page and, for those who may see files there, its files."""
    papers = list(project.papers.all())
    files: dict[int, list[Attachment]] = {paper.pk: [] for paper in papers}
    if may(user, FILES, project.place):
        hung = Attachment.objects.filter(model=PROJECT_PAPER.label, object_id__in=files, archived=False)
        for one in hung.select_related("file"):
            files[one.object_id].append(one)
    return [(paper, PROJECT_PAPERS.url("", paper.pk), files[paper.pk]) for paper in papers]


def _gates(stage: Stage, papers: Papers, there: set[Paper | Ground]) -> Iterator[Gate]:
    come = ORDER.index(stage)
    for place, one in enumerate(ORDER):
        asked = [
            Asked(
                name=str(ALL_NAMES[what]),
                there=what in there,
                papers=[each for each in papers if each[0].paper == what],
            )
            for what in asked_by(one)
        ]
        yield Gate(name=str(STAGE_NAMES[one]), reached=place <= come, current=place == come, asked=asked)


def money_of(request: HttpRequest, project: Project) -> Mapping[str, object]:
    """Allocated, committed, invoiced and paid by source and category, and the lines themselves."""
    lines = list(project.lines.select_related("source"))
    names = {(one.source_id, one.category): (str(one.source), one.get_category_display()) for one in lines}
    cells = [
        Cell(source=names[cell][0], category=names[cell][1], amounts=_amounts(found))
        for cell, found in by_cell(one.as_line() for one in lines).items()
    ]
    return {
        "cells": cells,
        "total": _amounts([one.as_line() for one in lines]),
        "lines": [(one, LEDGER_LINES.url("", one.pk), in_row(one.fen)) for one in lines],
        "add_line": LEDGER_LINES.add_url if LEDGER_LINES.may_somewhere(signed_in(request), "add") else "",
    }


def _amounts(lines: Sequence[Any]) -> Sequence[str]:
    stands = sums(lines)
    return [in_row(one) for one in (stands.allocated, stands.committed, stands.invoiced, stands.paid)]


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a project through its next gate."""
    user = signed_in(request)
    project = get_object_or_404(PROJECTS.visible(user), pk=pk)
    demand(user, ADVANCE, project.place)
    try:
        stage = advance(project, by=user)
        said = gettext("The project is now in the stage: %(stage)s.") % {"stage": STAGE_NAMES[stage]}
        messages.success(request, said)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    return redirect("planning:project", pk)


PROJECTS = Resource(
    model=Project,
    path="projects",
    namespace="planning",
    table=ProjectTable,
    filters=ProjectFilter,
    fields=("number", "name", "place", "plan", "promised", "stage"),
    natural=("number", "name"),
    place="place",
    usual=("number", "name", "place", "stage", "since"),
    related=("place", "plan__scenario"),
    templates={"list": "planning/list.html", "detail": "planning/project.html"},
    panels=(
        Panel("planning/project_gates.html", gates_of),
        Panel("planning/project_promises.html", promises_of),
        Panel("planning/project_received.html", received_in),
        Panel("planning/project_money.html", money_of),
    ),
)
PROJECT_PAPERS = Resource(
    model=ProjectPaper,
    path="project-papers",
    namespace="planning",
    table=ProjectPaperTable,
    filters=ProjectPaperFilter,
    fields=("project", "paper", "document", "day", "note"),
    natural=("document",),
    place="project__place",
    related=("project__place",),
    refers=(PROJECTS,),
    panels=attached(PROJECT_PAPER),
)
LEDGER_LINES = Resource(
    model=LedgerLine,
    path="ledger-lines",
    namespace="planning",
    table=LedgerLineTable,
    filters=LedgerLineFilter,
    fields=("project", "source", "category", "entry", "day", "fen", "document", "note"),
    natural=("document",),
    place="project__place",
    usual=("document", "day", "entry", "fen", "category", "source"),
    related=("project__place", "source"),
    refers=(PROJECTS, FUNDING_SOURCES),
)
