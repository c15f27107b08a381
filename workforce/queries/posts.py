"""Posts on a day: what they ask for, who holds them, how well they suit. Three statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from itops.organisation.models import User
from itops.organisation.scope import visible
from workforce.competence.fields_of_study import Match, match
from workforce.competence.held import Gap, gaps
from workforce.competence.level import Level
from workforce.competence.posts import Holder, PostState, post_state
from workforce.models import Assignment, Post, PostSkill, Tenure
from workforce.queries.people import ASSIGNED, Colleague

Requirements = Mapping[int, Mapping[int, Level]]
"""Level by skill by post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A holder of a post; `gaps` and `match` are None where the account may not see the person's skills."""

    person: int
    name: str
    full_time: bool
    share: int
    gaps: Sequence[Gap] | None
    match: Match | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """One post with its holders."""

    pk: int
    name: str
    office: str
    place: int
    seats: int
    holders: Sequence[Held]
    state: PostState

    @property
    def lacking(self) -> Sequence[Gap]:
        """What its best holder still lacks."""
        known = [one.gaps for one in self.holders if one.gaps is not None]
        return min(known, key=len, default=())


def required(posts: Collection[int]) -> Requirements:
    found: dict[int, dict[int, Level]] = defaultdict(dict)
    rows = PostSkill.objects.filter(post__in=posts, skill__archived=False).order_by()
    for post, skill, level in rows.values_list("post", "skill", "level"):
        found[post][skill] = Level(level)
    return found


def post_lines(
    user: User, day: date, people: Sequence[Colleague], *, only: int | None = None
) -> list[PostLine]:
    """Every post that the account may see (or `only` this), in official order; `people`: whose skills it may see."""
    wanted = Post.objects.filter(archived=False) if only is None else Post.objects.filter(pk=only)
    seen = visible(wanted, user, "workforce.view_post", "office__place")
    rows = list(
        seen.order_by("office__place__position", "office", "name").values_list(
            "pk", "name", "office__name", "office__place", "seats", "fields_of_study"
        )
    )
    asked = required([row[0] for row in rows])
    known = {one.pk: one for one in people}
    holders = _holders(user, day)
    lines = []
    for pk, name, office, place, seats, fields in rows:
        held = [_held(one, known.get(one[0]), asked.get(pk, {}), fields, day) for one in holders.get(pk, ())]
        state = post_state(seats, [Holder(_competent(one), one.full_time) for one in held])
        lines.append(
            PostLine(pk=pk, name=name, office=office, place=place, seats=seats, holders=held, state=state)
        )
    return lines


Assigned = tuple[int, str, bool, int]
"""Person, name, full time, share."""


def _holders(user: User, day: date) -> Mapping[int, list[Assigned]]:
    seen = visible(Assignment.objects.on(day), user, ASSIGNED, "post__office__place")
    current = seen.filter(person__archived=False).order_by("-share", "pk")
    found: dict[int, list[Assigned]] = defaultdict(list)
    for post, person, name, tenure, share in current.values_list(
        "post", "person", "person__name", "tenure", "share"
    ):
        found[post].append((person, name, tenure == Tenure.FULL_TIME, share))
    return found


def _held(
    assigned: Assigned, person: Colleague | None, asked: Mapping[int, Level], fields: str, day: date
) -> Held:
    pk, name, full_time, share = assigned
    return Held(
        person=pk,
        name=name,
        full_time=full_time,
        share=share,
        gaps=gaps(asked, person.held, day) if person else None,
        match=match(person.field_of_study, fields) if person else None,
    )


def _competent(one: Held) -> bool | None:
    return None if one.gaps is None else not one.gaps
