"""Assets of which the rules of presence and use certainly have nothing to say, so that none of them need be asked.

This decides nothing else: whatever is not quiet goes through the rules, and what they say of one quiet asset stands
for all that have the same bearing.
"""

import numpy as np

from inventory.blocks.days import Flags
from inventory.marks.facts import AssetFacts
from inventory.marks.signs import USE_RULES, USE_SIGNS, Numbers, Sign, Signs, read_use
from inventory.marks.window import Asked


def may_be_quiet(facts: AssetFacts) -> bool:
    """Nobody looked for it in vain."""
    return all(sighting.found for sighting in facts.sightings)


def quiet(common: Signs, numbers: Numbers, asked: Asked) -> Flags:
    """Which of these assets were seen lately and used often enough, with nothing generated among their days.

    Seen within as many calendar days as would make silence in office days: neither silent nor forgotten.
    """
    signs = common | read_use(common, numbers, asked.kind, asked.policy, asked.limits)
    lately = min(asked.limits.silent_office_days, asked.policy.fresh_within_days)
    seen = np.bitwise_or.reduce(signs[-lately:], axis=0) & np.uint16(Sign.SEEN)
    generated = np.bitwise_or.reduce(signs, axis=0) & np.uint16(Sign.GENERATED)
    found: Flags = (seen != 0) & (generated == 0)
    for _, (used, _) in zip(USE_RULES.get(asked.kind, ()), USE_SIGNS, strict=False):
        days = np.add.reduce((signs & np.uint16(used)) != 0, axis=0, dtype=np.uint16)
        found &= days >= asked.limits.used_days_below
    return found
