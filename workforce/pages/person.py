"""One person at work: posts and how well they suit, skills with their evidence, what would be left without anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from itops.organisation.actions.access_records import record_view
from itops.organisation.models import Person, User
from itops.organisation.scope import may, signed_in, visible
from workforce.competence.cover import if_they_leave
from workforce.competence.fields_of_study import match
from workforce.competence.held import gaps
from workforce.models import Assignment, HeldSkill, Skill
from workforce.pages.overview import demand_skills, share_said, sort_name
from workforce.pages.skills_map import Cell, asked_of, cell
from workforce.queries.equipment import in_hand
from workforce.queries.people import ASSIGNED, Colleague, colleagues, seen_people
from workforce.queries.posts import required
from workforce.wording import WHY_NAMES, match_said


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post the person holds or held."""

    assignment: Assignment
    current: bool
    match: str
    fits: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLine:
    """A skill held, or asked for and lacking."""

    name: str
    cell: Cell
    asked: int
    lacks: str
    held: HeldSkill | None


def page(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    demand_skills(user)
    today = timezone.localdate()
    person = get_object_or_404(seen_people(user).select_related("office__place"), pk=pk)
    here = colleagues(user, today)
    me = next((one for one in here if one.pk == pk), None)
    record_view(request, what="skills", of_whom=person.name, place=person.office.place)
    context = {
        "person": person,
        "share": share_said(me) if me else "",
        "posts": _posts(user, person, today),
        "skills": _skills(person, me, today) if me else [],
        "lost": _lost(user, here, pk, today),
        "may_add": may(user, "workforce.add_heldskill", person.office.place),
        "may_assign": may(user, "workforce.add_assignment", person.office.place),
        "add_skill": f"{reverse('workforce:heldskill_add')}?person={pk}",
        "add_post": f"{reverse('workforce:assignment_add')}?person={pk}",
    }
    return render(request, "workforce/person.html", context)


def _posts(user: User, person: Person, day: date) -> list[PostLine]:
    seen = visible(Assignment.objects.all(), user, ASSIGNED, "post__office__place")
    rows = seen.filter(person=person).select_related("post__office").order_by("-starts", "pk")
    found = []
    for one in rows:
        fit = match(person.field_of_study, one.post.fields_of_study)
        current = one.starts <= day and (one.ends is None or one.ends > day)
        said = match_said(fit, person.field_of_study)
        found.append(PostLine(assignment=one, current=current, match=said, fits=fit.fits))
    return sorted(found, key=lambda line: not line.current)


def _skills(person: Person, me: Colleague, day: date) -> list[SkillLine]:
    """What is lacking first, then what is held, in the order of the catalogue."""
    asked = asked_of(me, required({seat.post for seat in me.seats}))
    missing = {gap.skill: gap for gap in gaps(asked, me.held, day)}
    rows = {one.skill_id: one for one in HeldSkill.objects.known_on(day).filter(person=person)}
    lines = [
        SkillLine(
            name=str(skill),
            cell=cell(me.held.get(skill.pk), missing.get(skill.pk), day),
            asked=asked.get(skill.pk, 0),
            lacks=str(WHY_NAMES[missing[skill.pk].why]) if skill.pk in missing else "",
            held=rows.get(skill.pk),
        )
        for skill in Skill.objects.filter(archived=False)
        if skill.pk in asked or skill.pk in rows
    ]
    return sorted(lines, key=lambda line: not line.lacks)


def _lost(user: User, people: Sequence[Colleague], pk: int, day: date) -> list[tuple[str, int, int]]:
    """Which skill would be gone where: its name, how many pieces it runs, how many of them are marked unused."""
    held = in_hand(user, day, people)
    names = {skill.pk: str(skill) for skill in Skill.objects.filter(archived=False)}
    sorts = {sort.key: sort for sort in held.sorts}
    return [
        (
            sort_name(sorts[hand.sort], names),
            held.stands[hand.place, hand.sort].pieces,
            held.stands[hand.place, hand.sort].unused,
        )
        for hand in if_they_leave(held.hands).get(pk, [])
    ]
