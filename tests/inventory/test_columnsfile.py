"""The columns file: what the user says wins, and typing mistakes are named."""

from pathlib import Path

import pytest

from provenance.errors import InventoryError
from provenance.evidence import Grade
from provenance.inventory.columnsfile import load_columns_file
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Field, Role

_FLEET = "Unit,Ref,Where from,Site\nAntminer S21,AB10001,MY,North\nAntminer S19,AB10002,CN,North\n"


def _columns(tmp_path: Path, text: str):
    path = tmp_path / "columns.yaml"
    path.write_text("schema: provenance-columns/1\ntables:\n" + text, encoding="utf-8")
    return load_columns_file(path, name="columns.yaml")


def _fleet(tmp_path: Path, columns=None, content: str = _FLEET):
    path = tmp_path / "fleet.csv"
    path.write_text(content, encoding="utf-8")
    return read_inventory(path, columns=columns)


def test_headers_and_letters_name_columns(tmp_path):
    columns = _columns(
        tmp_path,
        "  - file: 'fleet*'\n    columns:\n      Unit: model\n      B: serial\n      where FROM: declared_origin\n      Site: ignore\n",
    )

    (table,) = _fleet(tmp_path, columns).tables

    assert {column.letter: column.field for column in table.columns} == {
        "A": Field.MODEL,
        "B": Field.SERIAL,
        "C": Field.DECLARED_ORIGIN,
        "D": None,
    }
    assert (table.columns[2].grade, table.columns[2].reason) == (Grade.DECLARED, "set in columns.yaml:7")
    assert table.scan().collect()["serial"].to_list() == ["AB10001", "AB10002"]


def test_an_origin_column_can_be_given_the_grade_of_what_it_states(tmp_path):
    columns = _columns(tmp_path, "  - columns:\n      C: {field: declared_origin, grade: customs-entry}\n")

    assert Grade.CUSTOMS_ENTRY is _fleet(tmp_path, columns).tables[0].columns[2].grade


def test_a_column_that_is_not_there_is_an_error_that_names_the_near_one(tmp_path):
    columns = _columns(tmp_path, "  - columns:\n      Unitt: model\n      ZZ: serial\n")

    with pytest.raises(InventoryError) as raised:
        _fleet(tmp_path, columns)

    assert [str(fault) for fault in raised.value.faults] == [
        "columns.yaml:4: fleet.csv has no column 'Unitt'; did you mean 'Unit'?",
        "columns.yaml:5: fleet.csv has no column 'ZZ'; it has 'Unit', 'Ref', 'Where from', 'Site'",
    ]


def test_one_field_for_two_columns_is_an_error(tmp_path):
    columns = _columns(tmp_path, "  - columns:\n      A: model\n      B: model\n")

    with pytest.raises(InventoryError, match="the field 'model' is given to two columns"):
        _fleet(tmp_path, columns)


def test_a_field_that_the_user_gives_away_leaves_the_column_that_had_it(tmp_path):
    columns = _columns(tmp_path, "  - columns:\n      Label: serial\n")
    content = "Model,Serial Number,Label\nS21,AB10001,XY90001\nS19,AB10002,XY90002\n"

    (table,) = _fleet(tmp_path, columns, content).tables

    assert [column.field for column in table.columns] == [Field.MODEL, None, Field.SERIAL]


def test_role_and_header_row_can_be_set(tmp_path):
    columns = _columns(tmp_path, "  - role: schedule\n    header_row: 3\n")
    content = "Model,Serial\nnot,this\nModel,Serial\nS21,AB10001\n"

    (table,) = _fleet(tmp_path, columns, content).tables

    assert (table.role, table.header_row, table.first_row) == (Role.SCHEDULE, 3, 4)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("  - colums: {}\n", "columns.yaml:3: the key 'colums' is not known here"),
        ("  - columns:\n      A: serail\n", "columns.yaml:4"),
        (
            "  - columns:\n      A: {field: serial, grade: nameplate}\n",
            "a grade belongs to declared_origin alone",
        ),
        ("  - columns:\n      A: {field: declared_origin, grade: lead}\n", "the grade must be one of"),
        (
            "  - columns:\n      A: {field: declared_origin, grade: serial-code}\n",
            "the grade must be one of nameplate",
        ),
        *(
            (
                f"  - columns:\n      A: {{field: declared_origin, grade: {grade}}}\n",
                f"a column cannot be a {grade}: that is a document, and each stands in the evidence register",
            )
            for grade in ("finding", "production-record", "certificate")
        ),
    ],
)
def test_mistakes_in_the_file_are_told_with_their_line(tmp_path, text, fault):
    with pytest.raises(InventoryError, match=fault):
        _columns(tmp_path, text)


def test_an_entry_that_fits_no_table_is_an_error(tmp_path):
    columns = _columns(tmp_path, "  - file: flete.csv\n    columns: {}\n")
    read = _fleet(tmp_path, columns)

    with pytest.raises(
        InventoryError, match=r"columns\.yaml:3: no table that was read has the file 'flete\.csv'"
    ):
        columns.check_used([read])
