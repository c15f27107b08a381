"""Who can run this, and what happens if they leave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES
from itops.crud.parts import Tile
from itops.organisation.actions.access_records import record_view
from itops.organisation.models import Place, User
from itops.organisation.scope import demand_somewhere, signed_in, visible
from workforce.competence.cover import Cover, Hand, if_they_leave
from workforce.competence.posts import PostState
from workforce.models import Duty, Skill
from workforce.queries.duties import Answering, duties
from workforce.queries.equipment import InHand, Sort, Standing, in_hand
from workforce.queries.people import HELD, Colleague, colleagues
from workforce.queries.posts import PostLine, post_lines
from workforce.wording import COVER_NAMES, STATE_NAMES, gaps_said

GRAVE = (Cover.NOBODY, Cover.ONE_PART_TIME)
SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A sort of equipment: the skill it needs, and the kinds that need it."""

    label: str
    kinds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One sort in one place; `cover` is None where nothing of it stands."""

    cover: Cover | None = None
    able: int = 0
    unused: int = 0
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place."""

    name: str
    url: str
    cells: Sequence[Cell]
    nobody: int
    hanging: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver:
    """Somebody whose going would leave something without anybody."""

    name: str
    url: str
    where: str
    share: str
    part_time: bool
    lost: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A post that is not in competent hands."""

    name: str
    url: str
    state: str
    word: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the page is made of."""

    people: Sequence[Colleague]
    posts: Sequence[PostLine]
    held: InHand
    places: Mapping[int, Place]
    skills: Mapping[int, str]

    def cover(self, *which: Cover) -> list[Hand]:
        return [hand for hand in self.held.hands if hand.cover in which]

    def places_with(self, *which: Cover) -> set[int]:
        return {hand.place for hand in self.cover(*which)}

    def posts_in(self, state: PostState) -> list[PostLine]:
        return [post for post in self.posts if post.state is state]


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_skills(user)
    today = timezone.localdate()
    report = made(user, today)
    offices, systems = duties(user, today)
    names = {sort.key: sort_name(sort, report.skills) for sort in report.held.sorts}
    record_view(request, what="skills", count=len(report.people))
    leavers = _leavers(report, names)
    context = {
        "columns": [_column(sort, names) for sort in _standing(report.held)],
        "rows": _rows(report, names),
        "tiles": _tiles(report, today),
        "nobody": len(report.places_with(Cover.NOBODY)),
        "hanging": len(report.places_with(Cover.ONE_PART_TIME)),
        "places": len({hand.place for hand in report.held.hands}),
        "idle": sum(report.held.stands[hand.place, hand.sort].unused for hand in report.cover(Cover.NOBODY)),
        "leavers": leavers[:SHOWN],
        "more_leavers": len(leavers[SHOWN:]),
        "troubles": [_trouble(post, report.skills) for post in _worst(report.posts)],
        "systems": [_answering(one, report) for one in systems],
        "unanswered": _unanswered(offices),
        "offices": len(offices),
        "people": len(report.people),
        "legend": [(cover.value, str(name)) for cover, name in COVER_NAMES.items()],
    }
    return render(request, "workforce/overview.html", context)


def demand_skills(user: User) -> None:
    """403 for those who may see nobody's skills anywhere."""
    demand_somewhere(user, HELD)


def made(user: User, day: date) -> Report:
    people = colleagues(user, day)
    held = in_hand(user, day, people)
    places = visible(Place.objects.in_official_order(), user, "inventory.view_asset", place="")
    standing = {place for place, _sort in held.stands}
    return Report(
        people=people,
        posts=post_lines(user, day, people),
        held=held,
        places={one.pk: one for one in places.filter(pk__in=standing)},
        skills={skill.pk: str(skill) for skill in Skill.objects.filter(archived=False)},
    )


def sort_name(sort: Sort, skills: Mapping[int, str]) -> str:
    return _(" + ").join(skills[skill] for skill, _level in sort.needs)


def _standing(held: InHand) -> list[Sort]:
    there = {sort for _place, sort in held.stands}
    return [sort for sort in held.sorts if sort.key in there]


def _column(sort: Sort, names: Mapping[str, str]) -> Column:
    kinds = _(", ").join(str(KIND_NAMES[Kind(kind)]) for kind in sort.kinds)
    return Column(label=names[sort.key], kinds=kinds)


def _rows(report: Report, names: Mapping[str, str]) -> list[Row]:
    """The place with the most in nobody's hands first, then that which hangs on the fewest."""
    by_key = {(hand.place, hand.sort): hand for hand in report.held.hands}
    sorts = _standing(report.held)
    rows = [_row(place, sorts, by_key, report, names) for place in report.places.values()]
    return sorted(rows, key=lambda row: (-row.nobody, -row.hanging))


def _row(
    place: Place,
    sorts: Sequence[Sort],
    by_key: Mapping[tuple[int, str], Hand],
    report: Report,
    names: Mapping[str, str],
) -> Row:
    url = f"{reverse('workforce:skills_map')}?place={place.pk}"
    cells = [
        _cell(place, names[sort.key], by_key.get((place.pk, sort.key)), report.held.stands, url)
        for sort in sorts
    ]
    count = Counter(cell.cover for cell in cells)
    return Row(
        name=place.short_name(),
        url=url,
        cells=cells,
        nobody=count[Cover.NOBODY],
        hanging=count[Cover.ONE_PART_TIME],
    )


def _cell(
    place: Place, name: str, hand: Hand | None, stands: Mapping[tuple[int, str], Standing], url: str
) -> Cell:
    if hand is None:
        return Cell()
    return Cell(
        cover=hand.cover,
        able=len(hand.able),
        unused=stands[hand.place, hand.sort].unused,
        label=_("%(place)s, %(kind)s: %(what)s")
        % {"place": place, "kind": name, "what": COVER_NAMES[hand.cover]},
        url=url,
    )


def _tiles(report: Report, today: date) -> list[Tile]:
    return [*_of_posts(report), *_of_holders(report), _of_levels(report, today)]


def _of_posts(report: Report) -> list[Tile]:
    posts, of = reverse("workforce:post_list"), _("of %(count)s") % {"count": len(report.posts)}
    return [
        Tile(
            title=_("Vacant posts"),
            number=str(len(report.posts_in(PostState.VACANT))),
            unit=of,
            lines=[_("nobody is assigned today")],
            url=posts,
        ),
        Tile(
            title=_("Without a competent holder"),
            number=str(len(report.posts_in(PostState.NOT_COMPETENT))),
            unit=of,
            lines=[_("somebody is there, but lacks what the post asks for")],
            url=posts,
        ),
    ]


def _of_holders(report: Report) -> list[Tile]:
    held = [one for post in report.posts for one in post.holders]
    judged = [one.match.fits for one in held if one.match and one.match.fits is not None]
    untold = len(held) - len(judged)
    return [
        Tile(
            title=_("Held part-time"),
            number=str(sum(not one.full_time for one in held)),
            unit=_("of %(count)s") % {"count": len(held)},
            lines=[_("on average %(share)s %% of the working time") % {"share": _average(report)}],
            url=f"{reverse('workforce:assignment_list')}?tenure=part_time",
        ),
        Tile(
            title=_("Wrong field of study"),
            number=str(judged.count(False)),
            unit=_("of %(count)s") % {"count": len(judged)},
            lines=[
                _("%(count)s more cannot be told") % {"count": untold}
                if untold
                else _("what they studied is not among what the post accepts")
            ],
        ),
    ]


def _of_levels(report: Report, today: date) -> Tile:
    levels = [one for person in report.people for one in person.held.values()]
    return Tile(
        title=_("Expire within 90 days"),
        number=str(sum(one.expires_soon(today) for one in levels)),
        unit=_("of %(count)s levels") % {"count": len(levels)},
        lines=[_("have to be shown again")],
        url=reverse("workforce:skills_map"),
    )


def _average(report: Report) -> int:
    shares = [one.share for post in report.posts for one in post.holders if not one.full_time]
    return round(sum(shares) / len(shares)) if shares else 0


def _leavers(report: Report, names: Mapping[str, str]) -> list[Leaver]:
    """Those whose going leaves the most; part-time people first where it is the same."""
    known = {one.pk: one for one in report.people}
    lost = if_they_leave(report.held.hands)
    found = [_leaver(known[pk], hands, report.places, names) for pk, hands in lost.items()]
    return sorted(found, key=lambda one: (-one.count, not one.part_time))


def _leaver(
    person: Colleague, lost: Sequence[Hand], places: Mapping[int, Place], names: Mapping[str, str]
) -> Leaver:
    where = [places[hand.place].short_name() for hand in lost if hand.place in places]
    return Leaver(
        name=person.name,
        url=reverse("workforce:person", args=[person.pk]),
        where=_(", ").join([*dict.fromkeys(where), *(seat.name for seat in person.seats[:1])]),
        share=share_said(person),
        part_time=not person.full_time,
        lost=_(", ").join(dict.fromkeys(names[hand.sort] for hand in lost)),
        count=len(lost),
    )


def share_said(person: Colleague) -> str:
    """Full time, or with which share; somebody without a post has no time for it."""
    if person.full_time:
        return _("full-time")
    if not person.seats:
        return _("no post")
    return _("part-time %(share)s %%") % {"share": person.share}


def _worst(posts: Sequence[PostLine]) -> list[PostLine]:
    order = (PostState.VACANT, PostState.SHORT, PostState.NOT_COMPETENT)
    return sorted((one for one in posts if one.state in order), key=lambda one: order.index(one.state))


def _trouble(post: PostLine, skills: Mapping[int, str]) -> Trouble:
    return Trouble(
        name=f"{post.office} · {post.name}",
        url=reverse("workforce:post", args=[post.pk]),
        state=post.state.value,
        word=str(STATE_NAMES[post.state]),
        note=_("%(who)s lacks %(what)s")
        % {
            "who": _(", ").join(one.name for one in post.holders),
            "what": gaps_said(post.lacking, skills),
        }
        if post.state is PostState.NOT_COMPETENT
        else "",
    )


def _answering(one: Answering, report: Report) -> Mapping[str, object]:
    sort = next((sort for sort in report.held.sorts if Kind.BUSINESS_SYSTEM.value in sort.kinds), None)
    hand = next(
        (hand for hand in report.held.hands if sort and hand.place == one.place and hand.sort == sort.key),
        None,
    )
    return {
        "name": one.name,
        "url": reverse("inventory:asset", args=[one.asset]),
        "duties": [one.named.get(duty, "") for duty in Duty.values],
        "cover": hand.cover.value if hand else "",
        "word": str(COVER_NAMES[hand.cover]) if hand else "",
        "able": len(hand.able) if hand else 0,
    }


def _unanswered(offices: Sequence[Answering]) -> list[tuple[str, int, list[str]]]:
    """For each duty: its name, how many offices have nobody for it, the first of them."""
    found = []
    for duty, name in Duty.choices:
        lacking = [one.name for one in offices if duty in one.lacking]
        found.append((str(name), len(lacking), lacking[:6]))
    return found
