"""A cell is tinted by the share that is marked, and says in words what it draws."""

from django.template.loader import render_to_string
from django.utils.translation import override

from itops.crud.grid import Cell, Grid, Kind, Row, Total


def cell(missing: int = 0, outdated: int = 0, unused: int = 0, total: int = 0) -> Cell:
    return Cell("Nanjin", "Computers", "/assets/", missing, outdated, unused, total)


def test_the_same_number_weighs_less_in_a_larger_kind() -> None:
    assert cell(outdated=4, total=40).tint == "l0"
    assert cell(outdated=4, total=16).tint == "l1"
    assert cell(outdated=4, total=8).tint == "l2"


def test_the_most_frequent_mark_leads_and_a_tie_goes_to_the_graver() -> None:
    assert cell(missing=1, outdated=3).lead == "outdated"
    assert cell(outdated=2, unused=2).lead == "outdated"
    assert cell(missing=2, outdated=5, unused=2).more == 4


def test_nothing_marked_is_clear_and_never_observed_is_not() -> None:
    assert cell(total=5).css == "cell-clear"
    assert Cell("Nanjin", "Boards", "", state="unknown").css == "cell-unknown"


def test_a_cell_is_a_link_named_in_words() -> None:
    with override("en"):
        shown = render_to_string("components/cell.html", {"cell": cell(missing=2, outdated=5, total=30)})
    assert '<span class="visually-hidden">Nanjin, Computers: missing 2 outdated 5</span>' in shown
    assert 'data-more="2"' in shown


def test_a_kind_that_is_not_required_is_no_link() -> None:
    shown = render_to_string("components/cell.html", {"cell": Cell("Nanjin", "Servers", "/x/", state="none")})
    assert "<a" not in shown


def test_the_grid_shows_each_place_once_and_the_county_below() -> None:
    rows = [Row("Nanjin", "/nanjin/", [cell(missing=1)]), Row("Gulou", "/gulou/", [cell()], unreachable=True)]
    with override("en"):
        shown = render_to_string(
            "components/grid.html", {"grid": Grid([Kind("Computers")], rows, [Total(1, 9)])}
        )
    assert shown.count('scope="row"') == 3
    assert shown.count('class="unreachable"') == 1
    assert "Show all 2 townships" in shown
