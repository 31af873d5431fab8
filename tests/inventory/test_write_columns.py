"""How files were read can be written down, and read again the same way."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from provenance.inventory.columnsfile import load_columns_file
from provenance.inventory.reader import read_inventory
from provenance.inventory.write_columns import columns_file_of

_FILES = {
    "plain": "Model,Serial,Country of origin,Notes\nS21,AB10001,MY,x\n",
    "secrets": "mac,serial,miner model,pool_1_pass\n02:00:5e:00:00:01,AB10001,S21,hunter2\n",
    "rivals": "Serial Number,S/N,Model\nAB10001,XX90001,S21\nAB10002,XX90002,S21\n",
    "bare": "".join(f"Antminer S21,SMTT{at:06d}AB,10.0.0.{at}\n" for at in range(1, 30)),
    "doubled": "Model,ID,Serial,ID,Company,Company\nS21,1,AB10001,7,A,B\nS21,2,AB10002,9,A,B\n",
    "stacked": "Model,Serial\nS21,AB10001\n\nManufacturer,Type,MAC Address\nCisco,C9300,02:00:5e:00:00:01\n",
    "beside": "Model,SN,Model,SN\nS21,AB10001,S19,CD10001\nS21,AB10002,S19,CD10002\n",
    "far": "Model,Serial\n" + "S21,AB\n" * 1500 + "\nMAC Address,Type\n02:00:5e:00:00:01,C9300\n",
    "summed": "Model,Serial,,Model,Count\nS19,AB1001,,S19,2\nS21,AB1002,,S21,1\nS19,AB1003,,,\n",
    "ignored": "Version,Changed by\n1,JD\n",
    "register": "document,kind,country,serials\nC-1,certificate,MY,AB10001\n",
}


@pytest.mark.parametrize("name", _FILES)
def test_a_file_read_by_what_was_written_of_it_is_read_the_same(tmp_path: Path, name):
    path = tmp_path / f"{name}.csv"
    path.write_text(_FILES[name], encoding="utf-8")
    first = read_inventory(path)
    said = tmp_path / "columns.yaml"
    said.write_text(columns_file_of([first]), encoding="utf-8")

    again = read_inventory(path, columns=load_columns_file(said))

    assert [replace(table, said=None) for table in again.tables] == list(first.tables)
    assert [table.scan().collect().rows() for table in again.tables] == [
        table.scan().collect().rows() for table in first.tables
    ]


def test_each_sheet_and_each_table_has_an_entry_of_its_own(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (["Model", "SN", "Model", "SN"], ["S21", "AB10001", "S19", "CD10001"]):
        book.active.append(row)
    book.create_sheet("No 2").append(["Serial", "Miner Type"])
    book["No 2"].append(["XK90001", "S19"])
    book.save(tmp_path / "a.xlsx")

    text = columns_file_of([read_inventory(tmp_path / "a.xlsx")])

    assert text.splitlines()[3:] == [
        '  - file: "a.xlsx"',
        '    sheet: "Sheet"',
        "    header_row: 1",
        "    first_column: A",
        "    role: inventory",
        "    columns:",
        '      "Model": model',
        '      "SN": serial',
        '  - file: "a.xlsx"',
        '    sheet: "Sheet"',
        "    header_row: 1",
        "    first_column: C",
        "    role: inventory",
        "    columns:",
        '      "Model": model',
        '      "SN": serial',
        '  - file: "a.xlsx"',
        '    sheet: "No 2"',
        "    header_row: 1",
        "    role: inventory",
        "    columns:",
        '      "Serial": serial',
        '      "Miner Type": model',
    ]
