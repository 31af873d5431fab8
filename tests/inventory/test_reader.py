"""Files and folders in, input files and records out."""

import hashlib
import json

import openpyxl
import polars as pl
import pytest

from provenance.errors import InventoryError
from provenance.inventory.inspect import describe_inputs
from provenance.inventory.reader import read_grid, read_inventory

_CSV = "Model,Serial\nS21,AB10001\n"


def test_an_input_file_carries_its_size_and_digest(tmp_path):
    path = tmp_path / "fleet.csv"
    path.write_text(_CSV)

    read = read_inventory(path, name="room/fleet.csv")

    assert ("room/fleet.csv", "csv", 25, hashlib.sha256(_CSV.encode()).hexdigest()) == (
        read.name,
        read.format,
        read.size,
        read.sha256,
    )


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("fleet.csv", _CSV, False),
        ("synthetic-fleet.csv", _CSV, True),
        ("fleet.csv", "SYNTHETIC: made for tests\n" + _CSV, True),
        ("fleet.csv", _CSV + "SYNTHETIC,AB10002\n", False),
    ],
)
def test_a_file_is_synthetic_when_its_name_or_a_title_says_so(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_text(content)

    assert expected is read_inventory(path).synthetic


@pytest.mark.parametrize("name", ["fleet.parquet", "fleet.json", "fleet.tsv", "fleet.xlsx", "fleet.unknown"])
def test_the_same_fleet_reads_alike_in_every_format(tmp_path, name):
    path = tmp_path / name
    frame = pl.DataFrame({"Model": ["Antminer S21", "Antminer S19"], "Serial Number": ["AB010001", "007345"]})
    match path.suffix:
        case ".parquet":
            frame.write_parquet(path)
        case ".json":
            path.write_text(json.dumps(frame.to_dicts()))
        case ".xlsx":
            book = openpyxl.Workbook()
            for row in [frame.columns, *frame.rows()]:
                book.active.append(row)
            book.save(path)
        case _:
            frame.write_csv(path, separator="\t")

    (table,) = read_inventory(path).tables

    assert table.scan().select("model", "serial").collect().rows() == [
        ("Antminer S21", "AB010001"),
        ("Antminer S19", "007345"),
    ]


def test_parquet_and_json_count_records_from_one(tmp_path):
    path = tmp_path / "fleet.json"
    path.write_text('[{"model": "S21", "serialNumber": "AB10001"}]')

    (table,) = read_inventory(path).tables

    assert (table.header_row, table.first_row, table.last_row) == (None, 1, 1)


def test_a_pdf_is_refused_with_what_to_ask_for(tmp_path):
    path = tmp_path / "fleet.csv"
    path.write_bytes(b"%PDF-1.7 ...")

    with pytest.raises(
        InventoryError, match=r"fleet\.csv: is a PDF, which holds no cells; ask for the workbook"
    ):
        read_inventory(path)


def test_a_workbook_under_the_name_of_a_text_file_is_read_as_what_it_is(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Model", "Serial"])
    book.active.append(["S21", "AB10001"])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "a.csv")

    assert read_inventory(tmp_path / "a.csv").tables[0].scan().collect()["serial"].to_list() == ["AB10001"]


def test_a_grid_is_text_before_anyone_asks_what_it_means(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x;007\n")

    assert read_grid(path).sheets[0].head == (("x", "007"),)


def test_inspection_is_plain_data_with_the_keys_it_promises(tmp_path):
    path = tmp_path / "fleet.csv"
    path.write_text("List\n" + _CSV + "Total,\n")

    described = describe_inputs([read_inventory(path)])

    (table,) = described["files"][0]["tables"]
    assert json.loads(json.dumps(described)) == described
    assert tuple(
        table[key] for key in ("sheet", "hidden", "role", "header_row", "first_row", "last_row", "rows")
    ) == (None, False, "inventory", 2, 3, 4, 2)
    assert [(column["header"], column["field"]) for column in table["columns"]] == [
        ("Model", "model"),
        ("Serial", "serial"),
    ]
    assert table["rejected"] == [{"row": 4, "rejection": "total", "text": "Total"}]


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"),
    [
        (_CSV.encode(), "utf-8", ","),
        (_CSV.replace(",", "\t").encode("utf-8-sig"), "utf-8", "\t"),
        (("\ufeff" + _CSV.replace(",", ";")).encode("utf-16-be"), "utf-16-be", ";"),
        (_CSV.replace(",", ";").encode("utf-32-le"), "utf-32-le", ";"),
        ("Модель;Серийный номер\nАнтмайнер;AB10001\n".encode("cp1251"), "cp1251", ";"),
        ("型号,序列号,数量\n蚂蚁矿机,AB10001,1\n".encode("gbk"), "gb18030", ","),
        ("Modèle;Serial\nS21 é;AB10001\n".encode("mac-roman"), "mac-roman", ";"),
        ("Modèle|Serial\nS21|AB10001\n".encode("cp1252"), "cp1252", "|"),
    ],
)
def test_encoding_and_separator_are_found_and_reported(tmp_path, content, encoding, delimiter):
    path = tmp_path / "fleet.csv"
    path.write_bytes(content)

    read = read_inventory(path)

    (described,) = describe_inputs([read])["files"]
    assert (described["encoding"], described["delimiter"]) == (encoding, delimiter)
    assert read.tables[0].scan().collect()["serial"].to_list() == ["AB10001"]
