"""One cause for each unused thing, and none without a sign of it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from inventory.marks.kind import Kind
from planning.needs.causes import ONLINE, Signs, cause
from planning.needs.facts import Cause

ROOM = Signs(kind=Kind.CONFERENCE_ROOM)
UNKNOWN_OR = some.none() | some.booleans()


@pytest.mark.parametrize(
    ("sign", "expected"),
    [
        ({"broken": True}, Cause.BROKEN),
        ({"surplus": True}, Cause.NOT_NEEDED),
        ({"line": False}, Cause.NO_LINE),
        ({"posted": False}, Cause.NOBODY_POSTED),
        ({"trained": False}, Cause.NOBODY_TRAINED),
        ({"typed_twice": True}, Cause.HAND_ENTRY),
        ({}, Cause.UNKNOWN),
    ],
)
def test_each_cause_has_its_sign(sign: dict[str, Any], expected: Cause) -> None:
    assert cause(replace(ROOM, **sign)) is expected


def test_a_broken_thing_is_broken_whatever_else_is_lacking() -> None:
    assert cause(replace(ROOM, broken=True, surplus=True, line=False, trained=False)) is Cause.BROKEN


def test_what_works_without_a_line_does_not_lack_one() -> None:
    assert cause(Signs(kind=Kind.UPS, line=False)) is Cause.UNKNOWN


@given(
    kind=some.sampled_from(Kind),
    surplus=UNKNOWN_OR,
    line=UNKNOWN_OR,
    posted=UNKNOWN_OR,
    trained=UNKNOWN_OR,
    broken=some.booleans(),
)
def test_nothing_is_said_of_which_there_is_no_sign(
    kind: Kind,
    surplus: bool | None,
    line: bool | None,
    posted: bool | None,
    trained: bool | None,
    broken: bool,
) -> None:
    found = cause(Signs(kind=kind, surplus=surplus, line=line, posted=posted, trained=trained, broken=broken))
    assert (found is not Cause.NOBODY_TRAINED) or trained is False
    assert (found is not Cause.NOBODY_POSTED) or posted is False
    assert (found is not Cause.NO_LINE) or (line is False and kind in ONLINE)
    assert (found is not Cause.NOT_NEEDED) or surplus
    assert (found is Cause.BROKEN) == broken
