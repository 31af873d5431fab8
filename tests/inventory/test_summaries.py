"""A table that only sums up another is not counted again."""

from pathlib import Path

from provenance.inventory.columnsfile import load_columns_file
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Role


def _tables(tmp_path: Path, counts: tuple[int, int]):
    rows = [f"S{19 + 2 * (at % 2)},AB{at:05d}," for at in range(10)]
    beside = ["Model,Serial,,Model,Count", *rows]
    beside[1] += f",S19,{counts[0]}"
    beside[2] += f",S21,{counts[1]}"
    path = tmp_path / "a.csv"
    path.write_text("\n".join(line + "," * (4 - line.count(",")) for line in beside) + "\n", "utf-8")
    return read_inventory(path).tables


def test_a_summary_beside_its_list_is_set_aside_and_told(tmp_path):
    machines, summary = _tables(tmp_path, (5, 5))

    assert (machines.role, summary.role) == (Role.INVENTORY, Role.IGNORED)
    assert "not audited: it sums up the table in rows 2 to 11" in summary.oddities


def test_a_table_whose_counts_differ_is_a_list_of_its_own(tmp_path):
    assert [table.role for table in _tables(tmp_path, (5, 6))] == [Role.INVENTORY, Role.INVENTORY]


def test_a_columns_file_that_calls_it_an_inventory_is_believed(tmp_path):
    said = tmp_path / "columns.yaml"
    said.write_text(
        "schema: provenance-columns/1\ntables:\n  - {header_row: 1, first_column: D, role: inventory}\n"
        "  - {header_row: 1, first_column: A}\n",
        "utf-8",
    )
    _tables(tmp_path, (5, 5))

    tables = read_inventory(tmp_path / "a.csv", columns=load_columns_file(said)).tables

    assert [table.role for table in tables] == [Role.INVENTORY, Role.INVENTORY]
