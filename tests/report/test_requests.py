"""The documents to ask for, as a register that waits for answers: read back as it is, and true once answered."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import provenance
from provenance.errors import ReportError
from provenance.origin.read_register import read_register
from provenance.origin.register_columns import COLUMNS, NAMES
from provenance.policy.audit import Audit
from provenance.report.register_files import write_requests
from provenance.report.requests import Requests, find_requests, summary

ROOM = Path(__file__).parents[2] / "fixtures" / "mineone"
AS_OF = date(2026, 11, 20)
HEADER = "Manufacturer,Model,Serial Number,Country of Origin,Batch,Order,Quantity\n"


def audited(inventory: Path, *evidence: Path) -> Audit:
    return provenance.audit([inventory], policies=["cleanspark-mineone"], evidence=evidence, as_of=AS_OF)


def fleet(folder: Path, *rows: str) -> Path:
    path = folder / "fleet.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def unit(number: int, origin: str = "", batch: str = "B1") -> str:
    return f"Bitmain,Antminer S21 200T,ZZAAHTUBDJAAC{number:04d},{origin},{batch},,1"


@pytest.fixture(scope="module")
def room() -> Requests:
    return find_requests(audited(ROOM / "inventory.xlsx", ROOM / "evidence.csv"))


@pytest.mark.parametrize("suffix", ["csv", "yaml", "xlsx"])
def test_a_new_register_reads_back_as_requests_that_nobody_has_answered(room, tmp_path, suffix):
    path = tmp_path / f"register.{suffix}"
    write_requests(room.lines, path, synthetic=True)
    register = read_register(path)
    assert (len(register.lines), len(register.unanswered)) == (0, len(room.lines))


@pytest.mark.parametrize("suffix", ["csv", "yaml", "xlsx"])
def test_once_answered_it_settles_the_units_it_said_it_would(tmp_path, suffix):
    """Seventy units are more than a cell of a workbook lists, so that these get a sheet of their own."""
    inventory = fleet(
        tmp_path, *(unit(n) for n in range(70)), *(unit(n, "Malaysia", "B2") for n in range(70, 75))
    )
    requests = find_requests(audited(inventory))
    assert [(one.batch, one.settles, one.model) for one in requests.lines] == [
        ("B1", 70, "Antminer S21"), ("B2", 5, "Antminer S21"),
    ]  # fmt: skip
    path = tmp_path / f"register.{suffix}"
    write_requests(requests.lines, path, synthetic=False)
    answer(path)
    counts = audited(inventory, path).summary.by_verdict
    assert {verdict.value: count.units for verdict, count in counts.items() if count.units} == {
        "conforming": 75
    }


def answer(path: Path) -> None:
    """Fill in the country and the issuer's role on every line, as somebody who has the papers would."""
    if path.suffix == ".yaml":
        text = path.read_text("utf-8")
        path.write_text(text.replace("country: null", "country: Malaysia\n  issuer_role: chamber"), "utf-8")
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, NAMES)
            writer.writeheader()
            writer.writerows({**row, "country": "MY", "issuer_role": "chamber"} for row in rows)
    else:
        book = load_workbook(path)
        for row in range(2, book["Register"].max_row + 1):
            book["Register"].cell(row, NAMES.index("country") + 1, "MY")
            book["Register"].cell(row, NAMES.index("issuer_role") + 1, "chamber")
        book.save(path)


def test_a_workbook_has_dropdowns_where_a_column_takes_certain_words_and_explains_all_columns(room, tmp_path):
    path = tmp_path / "register.xlsx"
    write_requests(room.lines, path, synthetic=True)
    book = load_workbook(path)
    letters = {cell.value: cell.column_letter for cell in book["Register"][1]}
    lists = {
        str(rule.sqref).split("2:")[0]: rule.formula1.strip('"').split(",")
        for rule in book["Register"].data_validations.dataValidation
    }
    assert lists == {letters[column.name]: list(column.words) for column in COLUMNS if column.words}
    assert {letters[name] for name in ("kind", "issuer_role", "status", "facet")} == set(lists)
    assert [row[0].value for row in book["Columns"].iter_rows(min_row=2)] == list(NAMES)


def test_what_no_document_settles_is_counted_by_its_reason_and_everything_adds_up(room):
    assert room.open_units == room.settled_units + sum(room.left.values())
    assert {"disputed", "reading"} <= set(room.left)
    assert "No document about the goods settles the others" in summary(room)


def test_a_serial_is_asked_for_once(room):
    named = Counter(serial for line in room.lines for serial in line.serials)
    assert set(named.values()) == {1}


def test_goods_without_serial_numbers_are_asked_for_by_their_lot_and_model(tmp_path):
    inventory = fleet(tmp_path, "Bitmain,Antminer S21 200T,,,B1,,40", unit(1), "Nobody,Thing,,,B1,,2")
    requests = find_requests(audited(inventory))
    assert [(one.batch, one.model, one.serials, one.settles) for one in requests.lines] == [
        ("B1", "Antminer S21", (), 40),
        ("B1", "Antminer S21", ("ZZAAHTUBDJAAC0001",), 1),
    ]
    assert requests.left == {"nothing names them": 2}


def test_nothing_open_makes_a_register_without_lines(tmp_path):
    requests = find_requests(audited(fleet(tmp_path, unit(1, "China"))))
    assert (requests.lines, summary(requests)) == ((), "0 requests would settle 0 of 0 undetermined units.")


def test_another_ending_is_refused(room, tmp_path):
    with pytest.raises(ReportError, match="its ending says no form of a register; end it in"):
        write_requests(room.lines, tmp_path / "register.docx", synthetic=True)


def test_the_same_requests_give_the_same_bytes(room, tmp_path):
    for suffix in ("csv", "yaml", "xlsx"):
        paths = [tmp_path / f"{name}.{suffix}" for name in ("one", "two")]
        for path in paths:
            write_requests(room.lines, path, synthetic=True)
        assert paths[0].read_bytes() == paths[1].read_bytes()
