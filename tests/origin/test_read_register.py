"""Reading an evidence register: what its cells mean, and how faulty lines are named."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from provenance.errors import InventoryError, OriginError
from provenance.evidence import Facet, FindingStatus, Grade, StatedBy
from provenance.origin.read_register import read_register
from provenance.origin.register import RegisterLine


def write(folder: Path, *rows: dict[str, str], name: str = "evidence.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def paper(**cells: str) -> dict[str, str]:
    return {"document": "C1", "kind": "certificate", "country": "Malaysia"} | cells


def read(folder: Path, **cells: str) -> RegisterLine:
    (line,) = read_register(write(folder, paper(**cells)))
    return line


def faults(folder: Path, *rows: dict[str, str]) -> list[str]:
    with pytest.raises(OriginError) as caught:
        read_register(write(folder, *rows))
    return [str(fault) for fault in caught.value.faults]


def test_a_line_is_read_with_its_place(tmp_path):
    line = read(
        tmp_path,
        serials="a1; A2",
        issuer_role="Chamber",
        date="2024-03-20",
        facet="boards",
        page="3",
        quantity="2",
    )
    assert (line.register, line.row, line.document, line.kind) == ("evidence.csv", 2, "C1", Grade.CERTIFICATE)
    assert (line.issuer_role, line.day, line.facet) == (StatedBy.CHAMBER, date(2024, 3, 20), Facet.BOARDS)
    assert (line.atoms, line.serials, line.quantity) == (frozenset({"MY"}), ("A1", "A2"), 2)
    assert line.doubts == ()


def test_two_lines_of_one_document_in_two_registers_have_ids_of_their_own(tmp_path):
    one = read_register(write(tmp_path, paper(serials="A1"), name="a.csv"))
    two = read_register(write(tmp_path, paper(serials="A1"), name="b.csv"))
    assert len({line.id for line in (*one, *two)}) == 2


@pytest.mark.parametrize(
    ("cell", "serials"),
    [
        ("ZZA0001;ZZA0002", ("ZZA0001", "ZZA0002")),
        ("ZZA0001, ZZA0002", ("ZZA0001", "ZZA0002")),
        ("ZZA0001\nZZA0002", ("ZZA0001", "ZZA0002")),
        ("ZZA0001 ZZA0002", ("ZZA0001", "ZZA0002")),
        ("HTM 0001", ("HTM0001",)),
        ("HTM 0001; HTM 0002", ("HTM0001", "HTM0002")),
        ("SN 12345678", ("SN12345678",)),
        ("12345678.0", ("12345678",)),
        ("000123", ("000123",)),
        ("n/a; ZZA0001; -", ("ZZA0001",)),
    ],
)
def test_serials_are_written_as_those_of_inventories_and_no_blank_makes_two_of_one(tmp_path, cell, serials):
    assert read(tmp_path, serials=cell).serials == serials


def test_a_range_is_expanded_with_its_leading_zeros(tmp_path):
    line = read(tmp_path, serial_from="zz098", serial_to="ZZ101", quantity="4")
    assert (line.serials, line.doubts) == (("ZZ098", "ZZ099", "ZZ100", "ZZ101"), ())


@pytest.mark.parametrize(
    "cells",
    [
        {"serial_from": "ZZ01", "serial_to": "ZZ03"},
        {"serials": "A1;A1", "quantity": "1"},
        {"serials": "A1;A2", "quantity": "3"},
        {"serials": "SPAREUNIT;A2"},
    ],
)
def test_what_does_not_add_up_is_a_doubt(tmp_path, cells):
    assert len(read(tmp_path, **cells).doubts) == 1


@pytest.mark.parametrize(
    "cells",
    [
        {"serial_from": "ZZ03", "serial_to": "ZZ01"},
        {"serial_from": "ZZ01", "serial_to": "ZY03"},
        {"serial_from": "ZZ1", "serial_to": "ZZ03"},
        {"serial_from": "ZZ01"},
        {"serial_from": "n/a", "serial_to": "n/a"},
        {"serial_from": "0000001", "serial_to": "9999999"},
    ],
)
def test_a_range_that_is_none_is_refused(tmp_path, cells):
    assert len(faults(tmp_path, paper(**cells))) == 1


@pytest.mark.parametrize("quantity", ["2,5", "5,0", "1,00", "0", "-3", "about 5", "1.5"])
def test_a_quantity_that_is_no_whole_number_above_zero_is_refused(tmp_path, quantity):
    (fault,) = faults(tmp_path, paper(batch="B1", quantity=quantity))
    assert fault.startswith(f"evidence.csv:E2: quantity: {quantity!r} is no whole number above zero")


@pytest.mark.parametrize(("quantity", "read_as"), [("1,000", 1000), ("5.0", 5), ("12,345,678", 12345678)])
def test_thousands_and_whole_floats_are_quantities(tmp_path, quantity, read_as):
    assert read(tmp_path, batch="B1", quantity=quantity).quantity == read_as


@pytest.mark.parametrize("kind", ["certificate", "production-record"])
@pytest.mark.parametrize("role", ["seller", "importer", "buyer"])
def test_what_a_party_issues_for_itself_is_its_own_word(tmp_path, kind, role):
    assert read(tmp_path, kind=kind, issuer_role=role, serials="A1").kind is Grade.DECLARED


@pytest.mark.parametrize("role", ["chamber", "maker", "government", "obligor", "unknown", ""])
def test_a_certificate_of_a_third_party_or_the_maker_is_one(tmp_path, role):
    assert read(tmp_path, issuer_role=role, serials="A1").kind is Grade.CERTIFICATE


def test_only_a_government_determines(tmp_path):
    finding = {"kind": "finding", "status": "final", "serials": "A1"}
    assert read(tmp_path, **finding, issuer_role="government").status is FindingStatus.FINAL
    assert read(tmp_path, **finding).status is FindingStatus.FINAL
    (fault,) = faults(tmp_path, paper(**finding, issuer_role="seller"))
    assert "issuer_role: a finding is a government's" in fault


@pytest.mark.parametrize("country", ["not China", "China?", "n/a", "various", "=A1", "Asia", ""])
def test_a_text_that_names_no_country_is_refused(tmp_path, country):
    assert "country: " in faults(tmp_path, paper(country=country, serials="A1"))[0]


@pytest.mark.parametrize(
    ("country", "atoms"), [("CN/MY", {"CN", "MY"}), ("Korea", {"KP", "KR"}), ("Taiwan, China", {"TW"})]
)
def test_a_text_that_names_several_leaves_them_open(tmp_path, country, atoms):
    assert read(tmp_path, country=country, serials="A1").atoms == atoms


@pytest.mark.parametrize("serials", ["", "n/a", "0000; -"])
def test_a_line_that_names_no_goods_is_refused(tmp_path, serials):
    (fault,) = faults(tmp_path, paper(serials=serials))
    assert "the line names no goods" in fault


def test_a_packing_list_without_a_serial_in_its_column_is_refused_and_names_nothing(tmp_path):
    write(tmp_path, {"Model": "Antminer S21", "Serial Number": ""}, name="packing.csv")
    (fault,) = faults(tmp_path, paper(covers_file="packing.csv!B", quantity="500"))
    assert "covers_file: 'packing.csv' has no serial in column B" in fault


def test_a_packing_list_beside_the_register_names_its_serials(tmp_path):
    rows = [{"Model": "Antminer S21", "Serial Number": f"zza000{n}"} for n in range(3)]
    write(tmp_path, *rows, name="packing.csv")
    line = read(tmp_path, covers_file="packing.csv!B", quantity="3")
    assert (line.serials, line.doubts) == (("ZZA0000", "ZZA0001", "ZZA0002"), ())


@pytest.mark.parametrize(
    "place", ["packing.csv", "missing.csv!B", "../packing.csv!B", "packing.csv!Sheet!B", "packing.csv!Z"]
)
def test_a_packing_list_that_is_not_where_it_is_said_to_be_is_refused(tmp_path, place):
    room = tmp_path / "room"
    room.mkdir()
    for folder in (tmp_path, room):
        write(folder, {"Model": "Antminer S21", "Serial Number": "ZZA0001"}, name="packing.csv")
    (fault,) = faults(room, paper(covers_file=place))
    assert "covers_file: " in fault


def test_a_workbook_of_several_sheets_must_say_which_lists_the_serials(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "packing.xlsx") as book:
        for number in (1, 2):
            sheet = book.add_worksheet(f"List {number}")
            sheet.write_row(0, 0, ["Model", "Serial Number"])
            sheet.write_row(1, 0, ["Antminer S21", f"ZZA000{number}"])
    (fault,) = faults(tmp_path, paper(covers_file="packing.xlsx!B"))
    assert "List 1, List 2" in fault
    assert read(tmp_path, covers_file="packing.xlsx!List 2!B").serials == ("ZZA0002",)


def test_a_wrong_column_is_named_on_every_sheet(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "evidence.xlsx") as book:
        first, second = book.add_worksheet("A"), book.add_worksheet("B")
        first.write_row(0, 0, ["document", "kind", "country", "serials"])
        first.write_row(1, 0, ["C1", "certificate", "MY", "A1"])
        second.write_row(0, 0, ["document", "kind", "country", "serial", "batch"])
        second.write_row(1, 0, ["C2", "certificate", "MY", "A2", "B1"])
    with pytest.raises(OriginError, match="B: the register has a column 'serial' that is not known"):
        read_register(tmp_path / "evidence.xlsx")


def test_a_register_with_two_columns_of_one_name_is_refused(tmp_path):
    path = tmp_path / "evidence.csv"
    path.write_text("document,kind,country,serials,serials\nC1,certificate,MY,A1,A2\n", "utf-8")
    with pytest.raises(InventoryError, match=r"evidence\.csv: two columns are named 'serials'"):
        read_register(path)


def test_every_fault_of_a_register_is_named_at_once(tmp_path):
    found = faults(
        tmp_path,
        paper(kind="certficate", serials="A1", date="", status="", sha256="", model="", delivered_from=""),
        paper(serials="A1", date="20/03/2024", status="final", sha256="abc", delivered_from="2024-01-01"),
        {**paper(serials="A1"), "document": ""},
    )
    assert [fault.split(": ")[0] for fault in found] == [
        "evidence.csv:B2", "evidence.csv:E3", "evidence.csv:F3", "evidence.csv:I3", "evidence.csv:G3", "evidence.csv:A4",
    ]  # fmt: skip
    assert "did you mean 'certificate'?" in found[0]
