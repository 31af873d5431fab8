"""Reading an evidence register: what its cells mean, and how faulty lines are named."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest
import xlsxwriter

from provenance.countries import resolve_country
from provenance.errors import OriginError
from provenance.evidence import Facet, FindingStatus, Grade, StatedBy
from provenance.origin.read_register import read_register
from provenance.origin.register import Flag, RegisterLine


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
    (line,) = read_register(write(folder, paper(**cells))).lines
    return line


def flags(line: RegisterLine) -> list[Flag]:
    return [question.flag for question in line.questions]


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
    assert line.questions == ()


def test_two_lines_of_one_document_in_two_registers_have_ids_of_their_own(tmp_path):
    one = read_register(write(tmp_path, paper(serials="A1"), name="a.csv")).lines
    two = read_register(write(tmp_path, paper(serials="A1"), name="b.csv")).lines
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
    assert (line.serials, line.questions) == (("ZZ098", "ZZ099", "ZZ100", "ZZ101"), ())


@pytest.mark.parametrize(
    ("cells", "flag"),
    [
        ({"serials": "A1;A1", "quantity": "1"}, Flag.REPEATED),
        ({"serials": "A1;A2", "quantity": "3"}, Flag.COUNT),
        ({"serials": "SPAREUNIT;A2"}, Flag.NO_DIGIT),
    ],
)
def test_what_does_not_add_up_is_asked(tmp_path, cells, flag):
    line = read(tmp_path, **cells)
    assert flags(line) == [flag]
    assert flag.stops_clearing
    assert line.questions[0].text.endswith("?")


@pytest.mark.parametrize(
    ("cells", "serials"),
    [
        ({"serial_from": "ZZ01", "serial_to": "ZZ03"}, ("ZZ01", "ZZ02", "ZZ03")),
        ({"serial_from": "ZZ01", "serial_to": "ZZ03", "quantity": "2"}, ("ZZ01", "ZZ02", "ZZ03")),
        ({"serial_from": "ZZ03", "serial_to": "ZZ01", "quantity": "3"}, ("ZZ01", "ZZ03")),
        ({"serial_from": "ZZ01", "serial_to": "ZY03", "quantity": "3"}, ("ZY03", "ZZ01")),
        ({"serial_from": "ZZ1", "serial_to": "ZZ03", "quantity": "3"}, ("ZZ03", "ZZ1")),
        ({"serial_from": "ZZA", "serial_to": "ZZC", "quantity": "3"}, ("ZZA", "ZZC")),
    ],
)
def test_an_irregular_range_is_asked_about_and_names_no_more_than_it_says(tmp_path, cells, serials):
    line = read(tmp_path, **cells)
    assert line.serials == serials
    assert Flag.RANGE in flags(line)


@pytest.mark.parametrize(
    "cells",
    [
        {"serial_from": "ZZ01"},
        {"serial_to": "ZZ01"},
        {"serial_from": "n/a", "serial_to": "n/a"},
        {"serial_from": "0000001", "serial_to": "9999999"},
    ],
)
def test_a_range_without_ends_or_without_end_is_refused(tmp_path, cells):
    assert faults(tmp_path, paper(**cells))


@pytest.mark.parametrize("quantity", ["2,5", "5,0", "1,00", "0", "-3", "about 5", "1.5"])
def test_a_quantity_that_is_no_whole_number_above_zero_is_refused(tmp_path, quantity):
    (fault,) = faults(tmp_path, paper(batch="B1", quantity=quantity))
    assert fault.startswith(f"evidence.csv:E2: quantity: {quantity!r} is no whole number above zero")


@pytest.mark.parametrize("digits", [13, 26, 5000])
def test_a_quantity_beyond_all_units_is_refused_with_its_cell(tmp_path, digits):
    (fault,) = faults(tmp_path, paper(batch="B1", quantity="9" * digits))
    assert fault.startswith(
        f"evidence.csv:E2: quantity: a number of {digits} digits is more units than there are"
    )


@pytest.mark.parametrize(("quantity", "read_as"), [("1,000", 1000), ("5.0", 5), ("12,345,678", 12345678)])
def test_thousands_and_whole_floats_are_quantities(tmp_path, quantity, read_as):
    assert read(tmp_path, batch="B1", quantity=quantity).quantity == read_as


@pytest.mark.parametrize("kind", ["certificate", "production-record"])
@pytest.mark.parametrize("role", ["seller", "obligor", "importer", "buyer"])
def test_what_a_party_issues_for_itself_is_its_own_word_and_is_asked_about(tmp_path, kind, role):
    line = read(tmp_path, kind=kind, issuer_role=role, serials="A1")
    assert (line.kind, flags(line)) == (Grade.DECLARED, [Flag.SELF_ISSUED])


@pytest.mark.parametrize("role", ["chamber", "maker", "government", "unknown", ""])
def test_a_certificate_of_a_third_party_or_the_maker_is_one(tmp_path, role):
    assert read(tmp_path, issuer_role=role, serials="A1").kind is Grade.CERTIFICATE


def test_only_a_government_determines(tmp_path):
    finding = {"kind": "finding", "status": "final", "serials": "A1"}
    assert read(tmp_path, **finding, issuer_role="government").status is FindingStatus.FINAL
    assert read(tmp_path, **finding).status is FindingStatus.FINAL
    (fault,) = faults(tmp_path, paper(**finding, issuer_role="seller"))
    assert "issuer_role: a finding is a government's" in fault


@pytest.mark.parametrize("country", ["not China", "China?", "n/a", "various", "=A1", "Asia"])
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
    assert (line.serials, line.questions) == (("ZZA0000", "ZZA0001", "ZZA0002"), ())


@pytest.mark.parametrize(
    "place",
    [
        "missing.csv!B",
        "missing.csv",
        "../packing.csv!B",
        "packing.csv!Sheet!B",
        "packing.csv!Z",
        "packing.csv!?",
    ],
)
def test_a_packing_list_that_is_not_where_it_is_said_to_be_is_refused(tmp_path, place):
    room = tmp_path / "room"
    room.mkdir()
    for folder in (tmp_path, room):
        write(folder, {"Model": "Antminer S21", "Serial Number": "ZZA0001"}, name="packing.csv")
    (fault,) = faults(room, paper(covers_file=place))
    assert "covers_file: " in fault


def test_a_list_without_a_column_named_has_its_serial_column_found(tmp_path):
    rows = [{"Model": "Antminer S21", "Serial Number": f"zza000{n}"} for n in range(3)]
    write(tmp_path, *rows, name="packing.csv")
    assert read(tmp_path, covers_file="packing.csv").serials == ("ZZA0000", "ZZA0001", "ZZA0002")
    write(tmp_path, {"Model": "Antminer S21", "Remark": "none"}, name="packing.csv")
    (fault,) = faults(tmp_path, paper(covers_file="packing.csv"))
    assert "has no column that was taken for serial numbers; name the column" in fault


@pytest.mark.parametrize(
    "place", ["packing.xlsx!List 2", "packing.xlsx!'List 2'", "packing.xlsx!List 2!B", "packing.xlsx!B!B"]
)
def test_a_whole_sheet_is_named_by_its_name_which_goes_before_a_column_of_that_name(tmp_path, place):
    with xlsxwriter.Workbook(tmp_path / "packing.xlsx") as book:
        for name, serial in (("List 1", "ZZA0001"), ("List 2", "ZZA0002"), ("B", "ZZA0002")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Model", "Serial Number"])
            sheet.write_row(1, 0, ["Antminer S21", serial])
    assert read(tmp_path, covers_file=place).serials == ("ZZA0002",)
    assert read(tmp_path, covers_file="packing.xlsx!B").serials == ("ZZA0002",)


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
    with pytest.raises(OriginError, match=r"evidence\.csv: two columns are named 'serials'"):
        read_register(path)


def test_every_fault_of_a_register_is_named_at_once(tmp_path):
    found = faults(
        tmp_path,
        paper(kind="certficate", serials="A1", date="", status="", sha256="", model="", delivered_from=""),
        paper(serials="A1", date="20/03/2024", status="final", sha256="abc", delivered_from="2024-01-01"),
        {**paper(serials="A1"), "document": ""},
    )
    assert [fault.split(": ")[0] for fault in found] == [
        "evidence.csv:B2", "evidence.csv:E3", "evidence.csv:F3", "evidence.csv:G3", "evidence.csv:I3", "evidence.csv:A4",
    ]  # fmt: skip
    assert "did you mean 'certificate'?" in found[0]


def test_bad_dates_unknown_columns_and_unknown_kinds_are_one_error_with_their_cells(tmp_path):
    found = faults(tmp_path, paper(serials="A1", knd="certificate", dat="x"))
    assert found == [
        "evidence.csv: the register has a column 'knd' that is not known; did you mean 'kind'?",
        "evidence.csv: the register has a column 'dat' that is not known; did you mean 'date'?",
    ]
    rows = [
        paper(kind=kind, date=day, serials="A1")
        for kind, day in (("cert", "2024-02-30"), ("plate", "1.2.24"))
    ]
    assert [fault.split(": ")[0] for fault in faults(tmp_path, *rows)] == [
        f"evidence.csv:{cell}" for cell in ("B2", "D2", "B3", "D3")
    ]


def test_a_line_without_a_country_is_a_request_that_nobody_has_answered(tmp_path):
    path = write(tmp_path, paper(country="", document="", serials=""), paper(serials="A1"))
    register = read_register(path)
    assert (register.unanswered, [line.row for line in register.lines]) == ((2,), [3])


def test_an_unanswered_line_is_checked_all_the_same(tmp_path):
    (fault,) = faults(tmp_path, paper(country="", kind="certficate"))
    assert fault.startswith("evidence.csv:B2: kind: 'certficate' is not known; did you mean 'certificate'?")


def test_a_government_statement_names_entries_an_importer_or_goods_and_never_a_model_alone(tmp_path):
    finding = {"kind": "finding", "status": "alleged", "issuer_role": "government"}
    line = read(tmp_path, **finding, entry_number="ZZ9-1", importer="Importer LLC")
    assert (line.entry_number, line.importer) == ("ZZ9-1", "Importer LLC")
    (fault,) = faults(tmp_path, paper(**finding, model="Antminer S21"))
    assert (
        "entry_number: a finding speaks of somebody's entries or of named goods, never of a model as such"
        in fault
    )
    (missing,) = faults(tmp_path, paper(kind="finding", entry_number="ZZ9-1"))
    assert "status: a finding needs a status; write alleged, contested or final" in missing


def test_the_sources_of_a_document_are_ids_parted_by_semicolons(tmp_path):
    assert read(tmp_path, serials="A1", based_on="INV-7; PL-2;INV-7").based_on == ("INV-7", "PL-2")


def test_a_sheet_of_the_register_that_a_line_covers_by_is_no_part_of_it(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "evidence.xlsx") as book:
        lines, serials, explained = (book.add_worksheet(name) for name in ("Register", "COO-7", "Columns"))
        lines.write_row(0, 0, ["document", "kind", "country", "covers_file"])
        lines.write_row(1, 0, ["COO-7", "certificate", "MY", "evidence.xlsx!COO-7!B"])
        serials.write_row(0, 0, ["Model", "Serial Number"])
        serials.write_row(1, 0, ["Antminer S21", "ZZA0001"])
        explained.write_row(0, 0, ["column", "what it means"])
    (line,) = read_register(tmp_path / "evidence.xlsx").lines
    assert line.serials == ("ZZA0001",)


# The form of it in YAML ------------------------------------------------------------------------------------------


def write_yaml(folder: Path, text: str) -> Path:
    path = folder / "evidence.yaml"
    path.write_text("schema: provenance-evidence/1\ndocuments:\n" + text, "utf-8")
    return path


def test_a_register_in_yaml_says_the_same_as_one_in_csv(tmp_path):
    cells = {
        "issuer": "A chamber", "issuer_role": "chamber", "date": "2024-03-20", "facet": "boards", "batch": "B1",
        "quantity": "2", "page": "3", "based_on": "INV-7", "sha256": "a" * 64, "note": "a note",
    }  # fmt: skip
    table = read(tmp_path, serials="ZZA0001;ZZA0002", **cells)
    keys = "".join(f"    {key}: {value}\n" for key, value in {**paper(), **cells}.items())
    path = write_yaml(tmp_path, f"  -\n{keys}    serials: [ZZA0001, ZZA0002]\n")
    (line,) = read_register(path, name="evidence.csv").lines
    assert replace(line, row=2) == table


def test_every_fault_of_a_yaml_register_is_named_with_its_line_and_in_our_words(tmp_path):
    path = write_yaml(
        tmp_path,
        "  - document: C1\n    kind: certficate\n    country: Malaysia\n    serials: [A1]\n    date: 2024-02-30\n"
        "  - document: C2\n    kind: certificate\n    country: not China\n    batch: B1\n",
    )
    with pytest.raises(OriginError) as caught:
        read_register(path)
    assert [str(fault) for fault in caught.value.faults] == [
        "evidence.yaml:4: kind: 'certficate' is not known; did you mean 'certificate'?",
        "evidence.yaml:7: date: '2024-02-30' is no date; write YYYY-MM-DD",
        "evidence.yaml:10: country: 'not China': "
        + resolve_country("not China").reason
        + "; write its name or ISO code",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("  - document: C1\n    knd: x\n", "evidence.yaml:4: the register has a key 'knd' that is not known; did you mean 'kind'?"),
        ("  - document: [C1]\n", "evidence.yaml:3: document: is no plain text; write one text"),
        ("  - serials: [[A1]]\n", "evidence.yaml:3: serials: an item of the list is no plain text; write texts"),
        ("  - C1\n", "evidence.yaml:3: the document is no set of keys; write `document: ...`, `kind: ...`"),
        ("  C1\n", "evidence.yaml:2: documents: is no list; begin each document with a dash"),
    ],
)  # fmt: skip
def test_a_yaml_register_of_another_shape_is_refused_in_our_words(tmp_path, text, fault):
    with pytest.raises(OriginError) as caught:
        read_register(write_yaml(tmp_path, text))
    assert fault in [str(one) for one in caught.value.faults]


def test_yaml_that_is_no_register_says_how_to_begin(tmp_path):
    path = tmp_path / "evidence.yaml"
    path.write_text("schema: other/1\n", "utf-8")
    with pytest.raises(OriginError, match="begin it with `schema: provenance-evidence/1`"):
        read_register(path)


# The columns and their schema ------------------------------------------------------------------------------------


def test_every_column_is_explained_and_the_schema_knows_it():
    from provenance.origin.register_columns import COLUMNS, register_json_schema

    known = register_json_schema()["properties"]["documents"]["items"]["properties"]
    assert [column.name for column in COLUMNS] == list(known)
    assert all(column.meaning.endswith(".") for column in COLUMNS)


@pytest.mark.parametrize(
    ("cells", "good"),
    [
        ({"country": "MY", "serials": ["A1"]}, True),
        ({"country": None, "quantity": 5, "batch": "B1"}, True),
        ({"country": "MY", "date": "20/03/2024"}, False),
        ({"country": "MY", "issuer_role": "inspector"}, False),
        ({"country": "MY", "sha256": "abc"}, False),
        ({"country": "MY", "knd": "certificate"}, False),
    ],
)
def test_the_schema_takes_what_the_reader_takes(cells, good):
    from provenance.origin.register_columns import SCHEMA, register_json_schema

    register = {"schema": SCHEMA, "documents": [{"document": "C1", "kind": "certificate", **cells}]}
    assert jsonschema_rs.is_valid(register_json_schema(), register) is good


@pytest.mark.parametrize("suffix", ["csv", "yaml"])
def test_columns_and_values_that_are_not_known_stand_in_one_error(tmp_path, suffix):
    path = tmp_path / f"evidence.{suffix}"
    cells = {
        "document": "C1",
        "knd": "certificate",
        "country": "Atlantis",
        "date": "2024-13-01",
        "serials": "A1",
    }
    if suffix == "csv":
        path.write_text(f"{','.join(cells)}\n{','.join(cells.values())}\n", "utf-8")
    else:
        lines = "".join(f"    {key}: '{value}'\n" for key, value in cells.items())
        path.write_text(f"schema: provenance-evidence/1\ndocuments:\n  -\n{lines}", "utf-8")
    with pytest.raises(OriginError) as caught:
        read_register(path)
    places = {"csv": ("", ":C2", ":D2"), "yaml": (":5", ":6", ":7")}[suffix]
    told = [str(fault).partition(";")[0] for fault in caught.value.faults]
    assert sorted(fault for fault in told if "no column 'kind'" not in fault) == [
        f"evidence.{suffix}{places[0]}: the register has a {'column' if suffix == 'csv' else 'key'} 'knd' that is not known",
        f"evidence.{suffix}{places[1]}: country: 'Atlantis': names no country that is known",
        f"evidence.{suffix}{places[2]}: date: '2024-13-01' is no date",
    ]


def test_a_range_of_one_is_that_serial_whatever_it_ends_in(tmp_path):
    line = read(tmp_path, serial_from="HTM02X", serial_to="htm02x", quantity="1")
    assert (line.serials, line.questions) == (("HTM02X",), ())
