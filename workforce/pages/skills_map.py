"""People × skills: as a heat map, as the table it exports, and against the equipment of a place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES
from itops.crud.csv_out import csv_response
from itops.crud.directory import townships
from itops.exchange.pages.exporting import XLSX
from itops.exchange.xlsx import workbook_file
from itops.organisation.actions.access_records import record_export, record_view
from itops.organisation.models import Place, User
from itops.organisation.scope import signed_in
from workforce.competence.cover import Hand
from workforce.competence.held import Gap, Held, gaps
from workforce.competence.level import Level
from workforce.models import LEVEL_NAMES, Skill
from workforce.pages.overview import demand_skills, share_said, sort_name
from workforce.queries.equipment import Sort, Standing, in_hand
from workforce.queries.people import Colleague, colleagues
from workforce.queries.posts import Requirements, required
from workforce.wording import COVER_NAMES, WHY_NAMES

SHOWN = 60
WORDS = 4  # columns of words before the levels
FEW = 3  # of whom fewer can do it in the whole table


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A level held (0: none), and what is wrong with it."""

    level: int
    text: str
    css: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person."""

    person: Colleague
    url: str
    share: str
    cells: Sequence[Cell]
    gaps: Sequence[Gap]


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentLine:
    """What stands in the place and who there can run it."""

    skill: str
    kinds: str
    pieces: int
    unused: int
    cover: str
    word: str
    able: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reader narrowed the map to."""

    place: Place | None
    only_gaps: bool
    everybody: bool


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_skills(user)
    today, asked = timezone.localdate(), _asked(request)
    skills = list(Skill.objects.filter(archived=False).select_related("group"))
    people = colleagues(user, today)
    lines = _lines(people, skills, asked, today)
    shown = lines if asked.everybody else lines[:SHOWN]
    record_view(request, what="skills", count=len(shown), place=asked.place)
    context = {
        "skills": skills,
        "groups": _groups(skills),
        "lines": shown,
        "more": len(lines) - len(shown),
        "able": [_able(lines, index) for index in range(len(skills))],
        "few": FEW,
        "gaps": sum(len(line.gaps) for line in lines),
        "people": len(lines),
        "place": asked.place,
        "only_gaps": asked.only_gaps,
        "townships": townships(request),
        "equipment": _equipment(user, asked.place, people, skills, today) if asked.place else [],
        "levels": [(level.value, str(name)) for level, name in LEVEL_NAMES.items()],
        "query": request.GET.urlencode(),
    }
    return render(request, "workforce/skills_map.html", context)


def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """What the map shows, all of it: one row a person; csv or xlsx."""
    user = signed_in(request)
    demand_skills(user)
    today, asked = timezone.localdate(), _asked(request)
    skills = list(Skill.objects.filter(archived=False).select_related("group"))
    lines = _lines(colleagues(user, today), skills, asked, today)
    record_export(request, what="skills", count=len(lines), place=asked.place)
    head = [
        pgettext("person", "Name"),
        _("Office"),
        _("Posts"),
        _("Working time"),
        *map(str, skills),
        _("Gaps"),
    ]
    name = f"skills-{today}.{kind}"
    if kind == "csv":
        return csv_response(name, head, _rows(lines))
    numeric = [False] * WORDS + [True] * (len(skills) + 1)
    content = workbook_file(_("People × skills"), head, numeric, _rows(lines))
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)


def _rows(lines: Sequence[Line]) -> Iterator[list[str]]:
    for line in lines:
        posts = _(", ").join(seat.name for seat in line.person.seats)
        yield [
            *(line.person.name, line.person.office, posts, line.share),
            *(str(cell.level) for cell in line.cells),
            str(len(line.gaps)),
        ]


def _asked(request: HttpRequest) -> Asked:
    wanted = request.GET.get("place", "")
    place = townships(request).filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if wanted and place is None:
        raise Http404
    return Asked(place=place, only_gaps="gaps" in request.GET, everybody="all" in request.GET)


def _lines(people: Sequence[Colleague], skills: Sequence[Skill], asked: Asked, day: date) -> list[Line]:
    """Those with the most gaps first; people without a post last."""
    here = [one for one in people if _is_at(one, asked.place)]
    requirements = required({seat.post for one in here for seat in one.seats})
    lines = [_line(one, skills, requirements, day) for one in here]
    if asked.only_gaps:
        lines = [line for line in lines if line.gaps]
    return sorted(lines, key=lambda line: (not line.person.seats, -len(line.gaps)))


def _is_at(person: Colleague, place: Place | None) -> bool:
    if place is None:
        return True
    return place.pk in person.places or person.place_path.startswith(f"{place.path}.")


def asked_of(person: Colleague, requirements: Requirements) -> dict[int, Level]:
    """The highest level that any of their posts asks for, by skill."""
    found: dict[int, Level] = {}
    for seat in person.seats:
        for skill, level in requirements.get(seat.post, {}).items():
            found[skill] = max(level, found.get(skill, Level.NONE))
    return found


def _line(person: Colleague, skills: Sequence[Skill], requirements: Requirements, day: date) -> Line:
    missing = gaps(asked_of(person, requirements), person.held, day)
    by_skill = {gap.skill: gap for gap in missing}
    return Line(
        person=person,
        url=reverse("workforce:person", args=[person.pk]),
        share=share_said(person),
        cells=[cell(person.held.get(skill.pk), by_skill.get(skill.pk), day) for skill in skills],
        gaps=missing,
    )


def cell(held: Held | None, gap: Gap | None, day: date) -> Cell:
    """The level with its number; a frame where a post asks for more, a corner where it soon runs out."""
    level = held.level if held and not held.expired(day) else Level.NONE
    soon = held is not None and held.expires_soon(day)
    classes = [f"lv{level.value}", *(["need"] if gap else []), *(["exp"] if soon else [])]
    if held and not held.vouched:
        classes.append("said")
    title = [str(LEVEL_NAMES.get(level, _("not learnt")))]
    if gap:
        title.append(_("asked for: %(level)s") % {"level": gap.required.value})
        title.append(str(WHY_NAMES[gap.why]))
    if held and held.expires:
        title.append(_("valid until %(day)s") % {"day": held.expires})
    text = str(level.value) if level else _("lacks") if gap else "·"
    return Cell(level=level.value, text=text, css=" ".join(classes), title=_(", ").join(title))


def _able(lines: Sequence[Line], index: int) -> int:
    return sum("said" not in line.cells[index].css and line.cells[index].level >= 3 for line in lines)


def _groups(skills: Sequence[Skill]) -> list[tuple[str, int]]:
    """Each group's name with how many columns it spans."""
    found: dict[str, int] = {}
    for skill in skills:
        found[str(skill.group)] = found.get(str(skill.group), 0) + 1
    return list(found.items())


def _equipment(
    user: User, place: Place, people: Sequence[Colleague], skills: Sequence[Skill], day: date
) -> list[EquipmentLine]:
    held = in_hand(user, day, people)
    names, known = {skill.pk: str(skill) for skill in skills}, {one.pk: one for one in people}
    sorts = {sort.key: sort for sort in held.sorts}
    return [
        _equipment_line(hand, sorts[hand.sort], held.stands[hand.place, hand.sort], names, known)
        for hand in held.hands
        if hand.place == place.pk
    ]


def _equipment_line(
    hand: Hand, sort: Sort, there: Standing, names: Mapping[int, str], known: Mapping[int, Colleague]
) -> EquipmentLine:
    return EquipmentLine(
        skill=sort_name(sort, names),
        kinds=_(", ").join(str(KIND_NAMES[Kind(kind)]) for kind in sort.kinds),
        pieces=there.pieces,
        unused=there.unused,
        cover=hand.cover.value,
        word=str(COVER_NAMES[hand.cover]),
        able=[(known[pk].name, reverse("workforce:person", args=[pk])) for pk in hand.able],
    )
