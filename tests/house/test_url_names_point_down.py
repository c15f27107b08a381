"""A template or module names addresses of its own app or of apps below it; every name exists."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parents[2]
LEVEL = {
    "organisation": 2,
    "audit": 3,
    "files": 3,
    "extras": 3,
    "notify": 3,
    "directory": 4,
    "exchange": 4,
    "inventory": 5,
    "monitoring": 6,
    "workforce": 6,
    "planning": 7,
}
NAME = re.compile(r"""(?:\{%\s*url\s+|reverse(?:_lazy)?\(|redirect\()\s*["']([a-z_]+(?::[a-z_]+)?)["']""")


def uses():
    for path in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/**/*.py")]:
        parts = path.relative_to(ROOT).parts
        if parts[0] in {"itops", "inventory", "monitoring", "workforce", "planning", "templates"}:
            owner = next((part for part in parts if part in LEVEL), None)
            for name in NAME.findall(path.read_text()):
                yield owner, name, "/".join(parts)


def known():
    resolver = get_resolver()
    names = {name for name in resolver.reverse_dict if isinstance(name, str)}
    for namespace, (_, inner) in resolver.namespace_dict.items():
        names |= {f"{namespace}:{name}" for name in inner.reverse_dict if isinstance(name, str)}
    return names


def test_every_name_that_is_used_exists():
    existing = known()
    assert [(name, where) for _, name, where in uses() if name not in existing] == []


def test_no_app_names_an_address_of_an_app_above_it():
    wrong = []
    for owner, name, where in uses():
        namespace = name.partition(":")[0] if ":" in name else None
        if owner and namespace in LEVEL and LEVEL[namespace] > LEVEL[owner]:
            wrong.append((where, name))
    assert wrong == []


@pytest.mark.parametrize("source", ['{% url "inventory:asset" 1 %}', "reverse('home')", 'redirect("home")'])
def test_the_pattern_finds_what_it_should(source):
    assert NAME.findall(source)
