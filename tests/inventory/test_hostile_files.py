"""Whatever the bytes: a file is read with every row accounted for, or ends in an error that names it."""

import io
import zipfile

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.errors import InventoryError
from provenance.inventory import textfile
from provenance.inventory.inspect import describe_inputs
from provenance.inventory.reader import read_grid, read_inventory

_CELL = st.sampled_from(
    ["", " ", "Model", "Serial Number", "Qty", "Delivery Date", "S21", "AB10001", "1", "-2", "1.5", "Total", "Note:", "N/A",
     "02/03/2024", "2024-02-30", "x\ny", 'a "b" c', "MY", "02:00:00:00:00:01", "\u00a0", "ＡＢ", "№ 1", "# x", "0000"]
)  # fmt: skip
_QUIET = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _read_or_refused(read, path):
    refused = ""
    try:
        return read(path)
    except InventoryError as error:
        refused = str(error)
    assert path.name in refused
    return None


def _check(path) -> None:
    read = _read_or_refused(read_inventory, path)
    if read is None:
        return
    described = describe_inputs([read])["files"][0]["tables"]
    for table, plain in zip(read.tables, described, strict=True):
        frame = table.scan().collect()
        rejected = frame.filter(pl.col("rejection").is_not_null()).height
        assert frame.height == table.rows == plain["machines"] + rejected
        assert frame["row"].to_list() == list(range(table.first_row, table.first_row + frame.height))
        if "quantity" in frame.columns:
            kept = frame.filter(pl.col("rejection").is_null())["quantity"]
            assert kept.null_count() == 0
            assert (kept > 0).all()


@_QUIET
@given(
    st.lists(st.lists(_CELL, max_size=6), max_size=12),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_table_of_text_is_accounted_for_row_by_row(tmp_path, rows, delimiter, end):
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(delimiter.join(cell for cell in row) for row in rows).encode())

    _check(path)


@_QUIET
@given(st.lists(st.lists(_CELL, min_size=4, max_size=4), min_size=1, max_size=12))
def test_a_lazy_scan_gives_the_same_tables_as_reading_into_memory(tmp_path, rows):
    path = tmp_path / "a.csv"
    pl.DataFrame(rows, schema=["a", "b", "c", "d"], orient="row").write_csv(path, include_header=False)
    try:
        slow = read_inventory(path)
    except InventoryError:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textfile, "FAST_FROM", 1)
        fast = read_inventory(path)

    assert [table.columns for table in slow.tables] == [table.columns for table in fast.tables]
    for one, other in zip(slow.tables, fast.tables, strict=True):
        raw = [f"c{column.index}" for column in one.columns]
        left, right = one.scan().collect(), other.scan().collect()
        assert left.drop(raw).rows() == right.drop(raw).rows()


@_QUIET
@given(st.binary(max_size=400))
def test_any_bytes_under_any_name_are_read_or_refused_by_name(tmp_path, data):
    for name in ("a.csv", "a.json", "a.xlsx", "a.parquet"):
        path = tmp_path / name
        path.write_bytes(data)
        _check(path)
        _read_or_refused(read_grid, path)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in range(20):
        book.active.append(["Model" if not row else "S21", "Serial" if not row else f"AB{row:05d}"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_BOOK = _workbook()


@settings(_QUIET, max_examples=25)
@given(st.integers(0, len(_BOOK) - 1), st.integers(1, 60), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_read_or_refused_by_name(tmp_path, at, cut, noise):
    path = tmp_path / "a.xlsx"
    path.write_bytes(_BOOK[:at] + noise + _BOOK[at + cut :])

    _check(path)


@settings(_QUIET, max_examples=25)
@given(st.data())
def test_a_workbook_with_damaged_xml_is_read_or_refused_by_name(tmp_path, data):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(_BOOK)) as source, zipfile.ZipFile(path, "w") as target:
        part = data.draw(st.sampled_from([name for name in source.namelist() if "xl/" in name]))
        for name in source.namelist():
            body = source.read(name)
            if name == part:
                at = data.draw(st.integers(0, len(body)))
                body = (
                    body[:at] + data.draw(st.binary(max_size=6)) + body[at + data.draw(st.integers(0, 40)) :]
                )
            target.writestr(name, body)

    _check(path)
