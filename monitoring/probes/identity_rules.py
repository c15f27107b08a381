"""Applying the rules of identity files to what an agent said."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from monitoring.probes.identity_file import Gives, IdentityFile, Rule


def first_result(
    gives: Gives,
    files: Iterable[IdentityFile],
    texts: Mapping[str, str],
    acceptable: Callable[[str], bool] = bool,
) -> str:
    """What the first rule that fits finds out; nothing where none does."""
    rules = (rule for file in files for rule in file.rules if rule.gives is gives)
    results = (
        _result(rule, texts.get(rule.text, "")) for rule in rules if not rule.needs or rule.needs in texts
    )
    return next((result for result in results if result and acceptable(result)), "")


def _result(rule: Rule, said: str) -> str:
    if not said or not rule.pattern:
        return rule.value if said and rule.value else said
    found = _pattern(rule.pattern).search(said)
    if not found:
        return ""
    if rule.value:
        return found.expand(rule.value).strip()
    return (found.group(1) or "" if found.re.groups else found.group(0)).strip()


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
