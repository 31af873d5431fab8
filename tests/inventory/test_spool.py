"""What comes through a pipe, and what it is taken for."""

import io

import openpyxl
import polars as pl
import pytest

from provenance.errors import InventoryError
from provenance.inventory.find import find_inputs
from provenance.inventory.limits import Limits
from provenance.inventory.reader import read_inventory
from provenance.inventory.spool import STANDARD_INPUT, is_spooled, spool


def _content(form: str) -> bytes:
    buffer = io.BytesIO()
    match form:
        case "xlsx":
            book = openpyxl.Workbook()
            book.active.append(["Model", "Serial"])
            book.active.append(["S21", "AB10001"])
            book.save(buffer)
        case "parquet":
            pl.DataFrame({"Model": ["S21"], "Serial": ["AB10001"]}).write_parquet(buffer)
        case "json":
            buffer.write(b'\n [{"Model": "S21", "Serial": "AB10001"}]')
        case _:
            buffer.write("Model;Serial\nS21;AB10001\n".encode("utf-16"))
    return buffer.getvalue()


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "json"])
def test_the_format_of_what_comes_through_a_pipe_is_told_by_its_content(form):
    path = spool(io.BytesIO(_content(form)))

    read = read_inventory(path)

    assert (read.name, read.format, read.path, is_spooled(path)) == (STANDARD_INPUT, form, None, True)
    assert read.tables[0].scan().collect()["serial"].to_list() == ["AB10001"]


def test_text_that_only_begins_like_json_is_read_as_text():
    read = read_inventory(spool(io.BytesIO(b"[Fleet]\nModel,Serial\nS21,AB10001\n")))

    assert read.format == "csv"


def test_a_zip_through_a_pipe_gives_its_inventories(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "room.zip", "w") as archive:
        archive.writestr("fleet.csv", "Model,Serial\nS21,AB10001\n")

    found = find_inputs([spool(io.BytesIO((tmp_path / "room.zip").read_bytes()))])

    assert [name for _, name in found.files] == ["standard-input/fleet.csv"]


def test_a_pipe_without_end_is_cut_off_by_the_limit():
    with pytest.raises(
        InventoryError,
        match="standard-input: is longer than 1 MiB; give a file, or raise the limit `unpacked`",
    ):
        spool(io.BytesIO(bytes(2**20 + 1)), Limits(unpacked=1))
