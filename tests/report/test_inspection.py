import pytest

from provenance.report.inspection import render_inspection


@pytest.fixture
def described():
    column = {
        "index": 0,
        "letter": "A",
        "header": "S/N",
        "field": "serial",
        "score": 1.0,
        "reason": "its header",
        "withheld": False,
    }
    table = {
        "sheet": "Fleet",
        "hidden": True,
        "role": "inventory",
        "preset": None,
        "alike": 1,
        "header_row": 1,
        "first_row": 2,
        "last_row": 20,
        "rows": 19,
        "machines": 7,
        "columns": [
            column | {"grade": None},
            column
            | {"letter": "B", "header": "", "field": None, "reason": "no field fits " * 12, "grade": None},
            column | {"letter": "C", "header": "\x1bCOO", "field": "declared_origin", "grade": "nameplate"},
        ],
        "rejected": [{"row": row, "rejection": "note", "text": "a note"} for row in range(9, 21)],
        "oddities": ["two header rows"],
    }
    file = {
        "name": "fleet.xlsx",
        "format": "xlsx",
        "size": 1234,
        "sha256": "0123456789abcdef",
        "complete": False,
        "synthetic": True,
        "encoding": None,
        "delimiter": None,
        "oddities": ["a hidden sheet"],
        "tables": [table],
    }
    return {"files": [file, file | {"name": "empty.csv", "tables": [], "oddities": [], "complete": True}]}


def test_files_tables_and_columns_are_told_in_order(described):
    text = render_inspection(described)
    assert text.splitlines()[:8] == [
        "fleet.xlsx: xlsx, 1,234 bytes, sha256 0123456789ab",
        "  READ ONLY IN PART",
        "  SYNTHETIC: the file says of itself that it is made up",
        "  mind: a hidden sheet",
        "  sheet Fleet, hidden: inventory, header in row 1, rows 2 to 20",
        "    19 rows = 7 lines of equipment + 12 rejected rows",
        "    mind: two header rows",
        "      A S/N: serial (its header)",
    ]
    assert "      C \ufffdCOO: declared_origin as nameplate (its header)" in text


def test_rejected_rows_beyond_ten_are_counted(described):
    assert "    ... and 2 more rejected rows: see -f json" in render_inspection(described)


def test_a_table_that_is_not_audited_counts_rows_and_no_equipment(described):
    described["files"][0]["tables"][0] |= {"role": "ignored", "rows": 0, "header_row": 1}
    text = render_inspection(described)
    assert "  sheet Fleet, hidden: ignored, header in row 1\n    0 rows, not audited\n" in text


def test_a_file_that_could_not_be_read_says_so(described):
    described["files"][1] |= {
        "format": "unread",
        "complete": False,
        "synthetic": False,
        "oddities": ["is protected by a password"],
    }
    assert "  NOT READ\n  mind: is protected by a password\n" in render_inspection(described)


def test_no_line_is_wider_than_one_hundred_columns(described):
    assert max(len(line) for line in render_inspection(described).splitlines()) <= 100


def test_a_file_without_a_table_says_so(described):
    assert "  no table found\n" in render_inspection(described)


def test_encoding_and_separator_of_a_text_file_are_told(described):
    described["files"][1] |= {"format": "csv", "encoding": "cp1251", "delimiter": ";"}
    described["files"].append(described["files"][1] | {"encoding": "utf-8", "delimiter": "^"})

    lines = render_inspection(described).splitlines()

    assert "  cp1251, cells separated by a semicolon" in lines
    assert "  utf-8, cells separated by '^'" in lines


def test_tables_of_one_layout_show_their_columns_once(described):
    table = described["files"][0]["tables"][0]
    described["files"][0]["tables"] = [table | {"alike": 2}, table | {"alike": 2, "sheet": "Second"}]
    text = render_inspection(described)
    assert text.count("A S/N: serial") == 1
    assert "    columns as on sheet Fleet" in text.splitlines()


def test_a_known_export_and_a_withheld_column_are_named(described):
    table = described["files"][0]["tables"][0]
    table |= {"preset": "btc-tools"}
    table["columns"][1] |= {"withheld": True, "reason": "holds passwords", "header": "Pass"}
    lines = render_inspection(described).splitlines()
    assert "    preset btc-tools" in lines
    assert "      B Pass: withheld (holds passwords)" in lines
