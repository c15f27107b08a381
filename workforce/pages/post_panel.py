"""A post's page shows what it asks for, who holds it, and how well each suits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from itops.crud.resource import Panel
from itops.organisation.actions.access_records import record_view
from itops.organisation.scope import may, signed_in
from workforce.models import LEVEL_NAMES, Post, PostSkill, Skill
from workforce.queries.people import colleagues, holders_of
from workforce.queries.posts import Held, post_lines
from workforce.wording import STATE_NAMES, gaps_said, match_said


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody in the post; `url` is empty where the account may not see the person's skills."""

    name: str
    url: str
    full_time: bool
    share: int
    lacks: str
    match: str
    fits: bool | None


def at_work(request: HttpRequest, post: Post) -> Mapping[str, object] | None:
    """What the template shows; None for those who may not see it."""
    user, today = signed_in(request), timezone.localdate()
    people = colleagues(user, today, among=holders_of(post, today))
    line = next(iter(post_lines(user, today, people, only=post.pk)), None)
    if line is None:
        return None
    names = {skill.pk: str(skill) for skill in Skill.objects.all()}
    studied = {one.pk: one.field_of_study for one in people}
    record_view(request, what="skills", count=len(people), place=post.office.place)
    return {
        "requirements": _requirements(post),
        "holders": [_holder(one, names, studied.get(one.person, "")) for one in line.holders],
        "state": line.state.value,
        "word": STATE_NAMES[line.state],
        "add_holder": _add(may(user, "workforce.add_assignment", post.office.place), "assignment", post),
        "add_requirement": _add(may(user, "workforce.add_postskill", post.office.place), "postskill", post),
    }


def _requirements(post: Post) -> Sequence[tuple[str, str, int, object]]:
    """Skill, its page here, the level and its name."""
    rows = PostSkill.objects.filter(post=post).select_related("skill__group")
    return [
        (str(one.skill), reverse("workforce:postskill", args=[one.pk]), one.level, _level_name(one.level))
        for one in rows.order_by("skill__group__position", "skill__position")
    ]


def _level_name(level: int) -> object:
    return {known.value: name for known, name in LEVEL_NAMES.items()}[level]


def _holder(one: Held, names: Mapping[int, str], studied: str) -> Holder:
    return Holder(
        name=one.name,
        url=reverse("workforce:person", args=[one.person]) if one.gaps is not None else "",
        full_time=one.full_time,
        share=one.share,
        lacks=gaps_said(one.gaps or (), names),
        match=match_said(one.match, studied),
        fits=one.match.fits if one.match else None,
    )


def _add(allowed: bool, name: str, post: Post) -> str:
    return f"{reverse(f'workforce:{name}_add')}?post={post.pk}" if allowed and not post.archived else ""


POST_PANEL = Panel("workforce/post_panel.html", at_work)
