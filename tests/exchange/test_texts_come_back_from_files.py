"""Whatever text stands in a cell: written into either kind of file, it is read as it was."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from itops.crud.csv_out import csv_parts
from itops.exchange.reading.sheets import read
from itops.exchange.reading.values import armed, is_formula_error, is_shortened, unmistakable
from itops.exchange.xlsx import workbook_file

HEAD = ("name", "kind")
TEXT = st.text(
    st.one_of(
        st.characters(categories=["L", "N", "P", "S", "Z"], max_codepoint=0xFFFF),
        st.sampled_from("=+-@'#\n\r\t\",;，"),
    ),
    max_size=30,
).map(str.strip)
SPOILED = st.sampled_from(["1E+17", "#N/A", "\n1E+17", "=1+1", "\n=1", "-5", "_x000D_"])
CELLS = st.lists(TEXT | st.builds("{}{}".format, st.sampled_from(["'", "''"]), TEXT | SPOILED), max_size=30)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    return "".join(csv_parts(HEAD, rows)).encode()


def as_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    with workbook_file("1", HEAD, (False, False), rows) as written:
        return written.read()


@pytest.mark.parametrize("write", [as_csv, as_workbook])
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS)
@example(["'\n型号", "'\n=1", "''\n型号", "'型号\n二", "'1E+17", "1E+17", "'#N/A"])
def test_any_text(write: Callable[[Sequence[Sequence[str]]], bytes], texts: list[str]) -> None:
    sheet = read(write([[unmistakable(text), "k"] for text in texts]))[0]
    cells = [cells[0] for _row, cells in sheet.rows[1:]]
    assert not [cell for cell in cells if is_formula_error(cell) or is_shortened(cell)]
    assert [armed(cell).strip() for cell in cells] == texts
