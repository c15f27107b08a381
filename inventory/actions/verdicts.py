"""Verdicts of many assets, a portion at a time: memory stays the same however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from inventory.actions.as_of import AsOf
from inventory.actions.knowledge import Recorded, asset_rows, by_people
from inventory.actions.looking import Cited, Heard, Looked, Voice, look
from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Judgement
from inventory.marks.judging import Judging
from inventory.marks.kind import Kind
from inventory.marks.layers import Policies
from inventory.marks.mark import Answer
from inventory.marks.policy import Policy
from inventory.marks.signs import Part, read_common, read_use
from inventory.marks.support_table import Systems
from inventory.marks.window import Asked, Window, windows
from itops.database.statements import Row

PORTION = 8_000  # assets
# As their endpoints lie in blocks, so that each block is read for one portion.
IN_ORDER = """
    SELECT a.id FROM inventory_asset a
    LEFT JOIN (SELECT asset_id, min(endpoint_id) AS endpoint_id FROM inventory_binding
        WHERE upper(during) IS NULL GROUP BY asset_id) b ON b.asset_id = a.id
    WHERE NOT a.archived AND (%(assets)s::bigint[] IS NULL OR a.id = ANY(%(assets)s)) ORDER BY b.endpoint_id, a.id
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One asset and what the rules say of it; `cited` is told of those with findings.

    `simple`: at most one endpoint spoke for it in all that time, and speaks still.
    """

    asset: int
    place: int
    facts: AssetFacts
    judgement: Judgement
    answers: tuple[Answer, Answer, Answer]  # in the order of Mark
    policy: str
    cited: Cited | None
    voice: Voice | None
    simple: bool
    window: Window


def portions(court: "Court", assets: Iterable[int] | None = None) -> Iterator[list[Verdict]]:
    """The verdicts of these assets, or of all; of what is archived there is none."""
    asked = AsOf(court.day, None if assets is None else list(assets))
    every = [row[0] for row in asked.rows(IN_ORDER)]
    for start in range(0, len(every), PORTION):
        portion = AsOf(court.day, every[start : start + PORTION])
        yield court.verdicts(look(portion, court.policies.window_days))


@dataclass(frozen=True, slots=True)
class Court:
    """What a run has in mind of all assets: policies, releases, and cases it has judged before."""

    day: date
    policies: Policies
    recorded: Recorded
    judging: Judging

    @classmethod
    def of(cls, day: date, policies: Policies, systems: Systems) -> "Court":
        return cls(day, policies, Recorded(systems), Judging(day))

    def verdicts(self, looked: Looked) -> list[Verdict]:
        """Of the assets looked back at, from everything that is known of them."""
        rows = asset_rows(AsOf(self.day, looked.order))
        return list(self._verdicts(looked, rows, self._windows(looked, rows)))

    def again(self, heard: Heard, windows: Mapping[int, tuple[Asked, Window]]) -> list[Verdict]:
        """Of these, whose windows are known; whatever is of another kind or policy by now is pending anyway."""
        rows = [
            row
            for row in asset_rows(AsOf(self.day, heard.order))
            if windows[row[0]][0] == Asked(Kind(row[2]), self.policies.of(row[1]))
        ]
        return list(self._verdicts(heard, rows, {asset: window for asset, (_, window) in windows.items()}))

    def _verdicts(
        self, heard: Heard, rows: Sequence[Row], windows: Mapping[int, Window]
    ) -> Iterator[Verdict]:
        people = by_people(AsOf(self.day, heard.order))
        for row in rows:
            asset, place = row[:2]
            policy, voice, window = self.policies.of(place), heard.voices.get(asset), windows[asset]
            facts = people.added(asset, self.recorded.facts(row, voice))
            judged = self.judging.judge(facts, policy, window)
            cited = heard.cited(asset) if judged.judgement.findings else None
            simple = facts.kind is not Kind.NETWORK_LINK and heard.simple(asset)
            yield Verdict(
                asset,
                place,
                facts,
                judged.judgement,
                judged.answers,
                policy.version,
                cited,
                voice,
                simple,
                window,
            )

    def _windows(self, looked: Looked, rows: Sequence[Row]) -> dict[int, Window]:
        """By asset; assets of one kind under one policy are looked at together."""
        columns = {asset: column for column, asset in enumerate(looked.order)}
        alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        policies: dict[str, Policy] = {}
        for asset, place, kind, *_ in rows:
            policy = self.policies.of(place)
            alike[policy.version, kind].append(asset)
            policies[policy.version] = policy
        common = {version: read_common(looked.days, policy) for version, policy in policies.items()}
        found: dict[int, Window] = {}
        for (version, kind), assets in alike.items():
            asked = Asked(Kind(kind), policies[version])
            part = Part(looked.days, asked.policy.window_days, np.array([columns[one] for one in assets]))
            signs = read_use(common[version][-part.length :, part.columns], part, asked.kind, asked.policy)
            found.update(zip(assets, windows(signs, self.day, asked, part), strict=True))
        return found
