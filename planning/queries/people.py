"""Where equipment hangs on one person or on nobody, and who answers for what. People of the day, equipment of today."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from itops.organisation.models import User
from itops.organisation.scope import granted_paths
from workforce.competence.cover import Cover, Hand, if_they_leave
from workforce.models import Duty
from workforce.queries.duties import duties
from workforce.queries.equipment import in_hand
from workforce.queries.people import HELD, colleagues


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What hangs on whom, and who answers: `seen` where the account may know who can do what.

    `responsible` by place: their names; `unanswered`: offices with equipment for which nobody is responsible.
    """

    seen: bool
    hands: Sequence[Hand]
    responsible: Mapping[int, Sequence[str]]
    unanswered: Mapping[int, int]

    def places_with(self, cover: Cover) -> set[int]:
        return {hand.place for hand in self.hands if hand.cover is cover}

    @property
    def at_risk(self) -> set[int]:
        """Places where something hangs on one part-time person, or on nobody."""
        return self.places_with(Cover.NOBODY) | self.places_with(Cover.ONE_PART_TIME)

    @property
    def irreplaceable(self) -> int:
        """People without whom nobody could run something."""
        return len(if_they_leave(self.hands))

    def risks(self, place: int) -> tuple[int, int]:
        """In so many skills nobody, and one part-time person alone."""
        count = Counter(hand.cover for hand in self.hands if hand.place == place)
        return count[Cover.NOBODY], count[Cover.ONE_PART_TIME]


def people_on(user: User, day: date) -> People:
    """All of it, as far as the account may see it."""
    workers = colleagues(user, day)
    held = in_hand(user, day, workers)
    responsible, unanswered = _answering(user, day)
    return People(
        seen=bool(granted_paths(user, HELD)),
        hands=held.hands,
        responsible=responsible,
        unanswered=unanswered,
    )


def _answering(user: User, day: date) -> tuple[Mapping[int, Sequence[str]], Mapping[int, int]]:
    names: defaultdict[int, dict[str, None]] = defaultdict(dict)
    unanswered: Counter[int] = Counter()
    offices, _systems = duties(user, day)
    for office in offices:
        if name := office.named.get(Duty.RESPONSIBLE.value):
            names[office.place][name] = None
        else:
            unanswered[office.place] += 1
    return {place: list(found) for place, found in names.items()}, unanswered
