import polars as pl
import pytest

from provenance.report.formulas import neutral, neutral_column

RUNS = [
    "=1+1",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "-1+cmd",
    "--1",
]
STAYS = ["", "S21", "-5", "-5.25", "-1,234.5", "-12%", "-", "--", "a=b", "比特大陆", "'quoted", "1-2"]


@pytest.mark.parametrize("text", RUNS)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert neutral(text) == "'" + text


@pytest.mark.parametrize("text", STAYS)
def test_a_plain_cell_a_negative_number_and_a_dash_stay(text):
    assert neutral(text) == text


def test_a_column_is_treated_as_its_cells_are():
    frame = pl.DataFrame({"a": [*RUNS, *STAYS, None]})
    expected = [*(neutral(text) for text in (*RUNS, *STAYS)), None]
    assert frame.select(neutral_column("a"))["a"].to_list() == expected
