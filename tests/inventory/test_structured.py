"""Parquet and JSON as text."""

import datetime as dt
import json

import polars as pl
import pytest

from provenance.errors import InventoryError
from provenance.inventory.structured import read_json, read_parquet


def _json(tmp_path, value, *, text: str | None = None):
    path = tmp_path / "a.json"
    path.write_text(text if text is not None else json.dumps(value), encoding="utf-8")
    grid = read_json(path, "a.json")
    sheet = grid.sheets[0]
    return sheet.keys, sheet.rows(1).select([f"c{at}" for at in sheet.present]).collect().rows()


def test_an_array_of_objects_is_a_table_of_all_their_keys(tmp_path):
    keys, rows = _json(tmp_path, [{"sn": "A1", "n": 1.50}, {"sn": "A2", "ok": True, "none": None}])

    assert keys == ("sn", "n", "ok", "none")
    assert rows == [("A1", "1.5", None, None), ("A2", None, "TRUE", None)]


def test_numbers_in_json_stay_as_typed(tmp_path):
    _, rows = _json(tmp_path, None, text='[{"sn": 12345678901234567890, "w": 3.250}]')

    assert rows == [("12345678901234567890", "3.250")]


def test_objects_in_objects_become_columns_with_both_names(tmp_path):
    keys, rows = _json(tmp_path, [{"device_info": {"make": "Bitmain", "model": "S21"}, "tags": ["a", "b"]}])

    assert (keys, rows) == (("device_info.make", "device_info.model", "tags"), [("Bitmain", "S21", "a, b")])


def test_the_longest_array_inside_an_object_holds_the_records(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"count": 2, "miners": [{"sn": "A1"}, {"sn": "A2"}], "pools": [{"url": "x"}]}))

    grid = read_json(path, "a.json")

    assert grid.oddities == ("the records stand under the key 'miners'",)
    assert grid.sheets[0].rows(1).collect()["c0"].to_list() == ["A1", "A2"]


def test_json_lines_are_records(tmp_path):
    keys, rows = _json(tmp_path, None, text='{"sn": "A1"}\n\n{"sn": "A2"}\n')

    assert (keys, rows) == (("sn",), [("A1",), ("A2",)])


def test_a_json_line_ends_at_a_line_break_alone(tmp_path):
    keys, rows = _json(tmp_path, None, text='{"sn": "A1", "note": "a\u2028b\u0085c"}\r\n{"sn": "A2"}\r\n')

    assert (keys, rows) == (("sn", "note"), [("A1", "a\u2028b\u0085c"), ("A2", None)])


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "is no JSON"), ("3", "holds no records"), ("[]", "holds no records"), (" ", "is empty")],
)
def test_what_is_no_list_of_records_is_an_error(tmp_path, text, words):
    path = tmp_path / "a.json"
    path.write_text(text)

    with pytest.raises(InventoryError, match=words):
        read_json(path, "a.json")


def test_parquet_of_any_type_becomes_text(tmp_path):
    path = tmp_path / "a.parquet"
    pl.DataFrame(
        {
            "sn": ["007", None],
            "n": [3, 4],
            "float": [2.0, 2.5],
            "flag": [True, False],
            "day": [dt.date(2024, 1, 2), None],
            "row": [1, 2],
        }
    ).write_parquet(path)

    sheet = read_parquet(path, "a.parquet").sheets[0]

    assert sheet.keys == ("sn", "n", "float", "flag", "day", "row")
    assert sheet.rows(1).drop("line").collect().rows() == [
        (1, "007", "3", "2", "TRUE", "2024-01-02", "1"),
        (2, None, "4", "2.5", "FALSE", None, "2"),
    ]
    assert sheet.rows(2).collect()["row"].to_list() == [2]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (pl.Series([[1, 2], None]), ("[1, 2]", None)),
        (pl.Series([[1, 2], None], dtype=pl.Array(pl.Int64, 2)), ("[1, 2]", None)),
        (pl.Series([[{"a": b"\xff"}], []]), ('[{"a": "ff"}]', "[]")),
        (pl.Series([{"a": b"\xff", "b": "中"}, None]), ('{"a": "ff", "b": "中"}', None)),
        (pl.Series([["x", "y"], None]), ("x, y", None)),
        (pl.Series([dt.timedelta(days=1), None]), ("1d", None)),
        (pl.Series([float("nan"), 2.0]), (None, "2")),
    ],
)
def test_parquet_of_lists_and_what_else_spreadsheets_lack_becomes_text(tmp_path, values, texts):
    path = tmp_path / "a.parquet"
    pl.DataFrame({"\0row": ["A1", "A2"], "odd": values}).write_parquet(path)

    sheet = read_parquet(path, "a.parquet").sheets[0]

    assert sheet.rows(1).drop("line").collect().rows() == [(1, "A1", texts[0]), (2, "A2", texts[1])]


def test_what_is_no_parquet_is_an_error(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 not really")

    with pytest.raises(InventoryError, match=r"a\.parquet: cannot be read as parquet"):
        read_parquet(path, "a.parquet")
