"""Text made while modules are read stays lazy: formatted there, it would speak one language to everybody."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("itops", "inventory", "monitoring", "workforce", "planning")
AT_ONCE = {"gettext", "ngettext", "pgettext", "npgettext"}
LATER = {f"{name}_lazy" for name in AT_ONCE}
SETTLING = {"format", "join", "lower", "upper", "title", "capitalize", "replace", "strip"}
Names = dict[str, str]


def imported(tree: ast.AST) -> Names:
    """By which names the module calls the functions of translation."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in AT_ONCE | LATER
    }


def read_at_once(node: ast.AST) -> Iterator[ast.AST]:
    """What is worked out while the module is read: bodies of functions are not, their defaults are."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            parts = [*child.decorator_list, *child.args.defaults, *filter(None, child.args.kw_defaults)]
            for part in parts:
                yield part
                yield from read_at_once(part)
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from read_at_once(child)


def calls(node: ast.AST, names: Names, wanted: set[str]) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and names.get(node.func.id) in wanted
    )


def lazy_texts(tree: ast.AST, names: Names) -> set[str]:
    """The names of the module that stand for a lazy text."""
    return {
        target.id
        for node in read_at_once(tree)
        if isinstance(node, ast.Assign) and calls(node.value, names, LATER)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def settles(node: ast.AST) -> list[ast.AST]:
    """What this expression turns into a finished text."""
    match node:
        case ast.BinOp(left=left, op=ast.Mod()):
            return [left]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [left, right]
        case ast.FormattedValue(value=value):
            return [value]
        case ast.Call(func=ast.Name(id="str" | "format_html"), args=given):
            return list(given)
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=given) if attr in SETTLING:
            return [value, *given]
    return []


def settled_too_early(source: str) -> list[int]:
    """The lines that fix the language of a text while the module is read."""
    tree = ast.parse(source)
    names = imported(tree)
    lazy = lazy_texts(tree, names)

    def is_lazy(node: ast.AST) -> bool:
        return calls(node, names, LATER) or (isinstance(node, ast.Name) and node.id in lazy)

    def wrong(node: ast.AST) -> bool:
        return calls(node, names, AT_ONCE) or any(is_lazy(part) for part in settles(node))

    return sorted({node.lineno for node in read_at_once(tree) if wrong(node) and isinstance(node, ast.expr)})


def test_no_text_is_settled_before_its_reader_is_known() -> None:
    paths = [path for top in SOURCES for path in sorted((ROOT / top).rglob("*.py"))]
    found = {str(path.relative_to(ROOT)): settled_too_early(path.read_text()) for path in paths}
    assert {path: lines for path, lines in found.items() if lines} == {}


IMPORTS = "from django.utils.translation import gettext, gettext_lazy as _\n"


@pytest.mark.parametrize(
    "line",
    [
        'TEXT = gettext("All")',
        'TEXT = {"all": [_("At most %(n)s") % {"n": 5}]}',
        "class Form:\n    label = f'{_(\"All\")}: '",
        'TEXT = _("All") + "."',
        'TEXT = str(_("All"))',
        'TEXT = _("{n} rows").format(n=5)',
        'SAID = _("At most %s")\nTEXT = SAID % 5',
        'def shown(text=_("At most %s") % 5): ...',
    ],
)
def test_each_way_of_settling_a_text_is_found(line: str) -> None:
    assert settled_too_early(IMPORTS + line)


@pytest.mark.parametrize(
    "line",
    ['TEXT = _("All")', 'def shown():\n    return _("At most %s") % 5', 'SHOWN = lambda: gettext("All")'],
)
def test_text_that_waits_is_left_alone(line: str) -> None:
    assert not settled_too_early(IMPORTS + line)
