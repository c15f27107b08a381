"""What docs/how-it-decides says, in both languages, is what the rules and the policy do."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inventory.marks.findings import Lacking
from inventory.marks.policy import POLICIES, policy_for
from inventory.marks.rules import EVERY_KIND, KINDS_OF, PLACE_RULE
from tests.marks.building import TODAY

DOCS = Path(__file__).parents[2] / "docs"
both_languages = pytest.mark.parametrize("page", ["how-it-decides.md", "how-it-decides.zh.md"])


def named_rules() -> Iterator[str]:
    yield PLACE_RULE
    for (mark, what), kinds in KINDS_OF.items():
        yield from (
            (f"{mark}.*.{what}",) if kinds is EVERY_KIND else (f"{mark}.{kind}.{what}" for kind in kinds)
        )


@both_languages
def test_every_rule_is_described(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [rule for rule in named_rules() if f"`{rule}`" not in text] == []


@both_languages
def test_everything_that_can_be_lacking_is_described(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [code for code in Lacking if f"`{code}`" not in text] == []


@both_languages
def test_every_number_of_the_policy_stands_there_with_its_value(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    numbers = dict(
        numbers_of(tomllib.loads((POLICIES / f"{policy_for(TODAY).version}.toml").read_text("utf-8")))
    )
    assert len(numbers) == 20
    assert [key for key, value in numbers.items() if f"| `{key}` | {value} |" not in text] == []


@both_languages
def test_the_policys_name_and_first_day_stand_there(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    policy = policy_for(date(2026, 11, 20))
    assert f"`{policy.version}`" in text
    assert policy.in_force_on.isoformat() in text


def numbers_of(content: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Of a number that differs by kind the general one is in the table."""
    special = content.get("kind", {})
    for key, value in (*content.items(), *content.get("every_kind", {}).items()):
        if isinstance(value, int):
            yield key, value
    for kind in special.values():
        yield from kind.get("needs", {}).items()
        yield from ((key, value) for key, value in kind.items() if key == "maintenance_months")
