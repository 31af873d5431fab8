"""Writes the fixtures: an invented data room with its evidence register, and what they must yield.

Everything is made here from a seed: no machine, serial, address, paper or issuer exists. Site codes in serials begin
with ZZ, which no known machine carries. The same call writes the same bytes; figures stand in the README beside them.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from fixture_papers import REGISTER_COLUMNS, SELLER, Lots, disturb, place_worked, register
from fixture_plan import CAMPSTOOL, CAMPSTOOL_SHEET, FURNITURE, NORTH, NORTH_SHEET, STAMP, Lot, Machine, Sheet

SEED = 20240513
CREATED = dt.datetime(2024, 6, 30)  # noqa: DTZ001 - a workbook's creation date carries no zone
BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DATE_LETTERS = "JABCDEFGHI"


def _coded(day: dt.date, *, letters: bool) -> str:
    digits = f"{day:%y%m%d}"
    return "".join(DATE_LETTERS[int(digit)] for digit in digits) if letters else digits


def _base36(number: int) -> str:
    text = ""
    for _ in range(4):
        number, rest = divmod(number, 36)
        text = BASE36[rest] + text
    return text


def build_lot(lot: Lot, rng: random.Random) -> list[Machine]:
    """Make the machines of one lot in the order of their serials."""
    texts = rng.choices(list(lot.texts), weights=list(lot.texts.values()), k=lot.count)
    cells: list[str | None] = [cell for cell, count in lot.origins.items() for _ in range(count)]
    cells += [None] * (lot.count - lot.spare - len(cells))
    rng.shuffle(cells)
    cells[:0] = [None] * lot.spare
    sequence = rng.randrange(40, 400)
    machines = []
    for index, (text, cell) in enumerate(zip(texts, cells, strict=True)):
        # Lot D is numbered without gaps and in digits only, so that a certificate can name a range of it.
        sequence = 101 + index if lot.key == "D" else sequence + rng.randrange(1, 5)
        day = lot.made + dt.timedelta(days=0 if lot.key == "D" else index * 3 // lot.count)
        code = _coded(day, letters=lot.stem.startswith("ZZ"))
        end = f"{sequence:04d}" if lot.key == "D" else _base36(sequence)
        prefix = rng.choice(lot.macs)
        mac = prefix + f"{rng.getrandbits(48):012X}"[: 12 - len(prefix.replace(":", ""))]
        digits = mac.replace(":", "")
        machines.append(
            Machine(
                lot.key, lot.maker, text, lot.stem.format(date=code) + end,
                ":".join(digits[at : at + 2] for at in range(0, 12, 2)),
                lot.batch, lot.order, lot.delivered, cell, 1, float(lot.hashrate),
            )
        )  # fmt: skip
    return machines


def _furniture(sheet: str) -> list[Machine]:
    return [
        Machine("", maker, model, serial, None, None, None, None, origin, quantity, None, None, remark)
        for maker, model, serial, origin, quantity, remark in FURNITURE[sheet]
    ]


def lay_out(lots: Lots, keys: Iterable[str], sheet: str, rng: random.Random) -> list[Machine]:
    """Order the machines of a sheet as they hang in the racks, spares and infrastructure last."""
    rows: list[Machine] = []
    for key in keys:
        machines = list(lots[key])
        rng.shuffle(machines)
        rows += machines
    riddle = Machine("", "", "misc ex C-12 (??)", "illegible", remark="nobody knows what this is")
    return [*rows, *_furniture(sheet), *([riddle] if sheet == "North Range" else [])]


def _place(machine: Machine, index: int, sheet: str) -> str:
    if sheet == "North Range":
        return (
            f"B{index // 320 + 1}-R{index // 16 % 20 + 1:02d}-{index % 16 + 1:02d}"
            if machine.lot
            else "store"
        )
    return f"C-{index // 90 + 1:02d} / {index % 90 + 1}" if machine.lot else "yard"


def _value(what: str, machine: Machine, index: int, sheet: str) -> object:
    made: dict[str, object] = {
        "number": index + 1,
        "tag": f"CS-{index + 1:05d}",
        "ip": f"10.20.{index // 250}.{index % 250 + 2}" if machine.lot else None,
        "place": _place(machine, index, sheet),
        # One serial has become a number on its way through a spreadsheet.
        "serial": 234_000_000_000 if machine.serial == "234000000000" else machine.serial,
    }
    return made[what] if what in made else getattr(machine, what)


def write_sheet(book: xlsxwriter.Workbook, sheet: Sheet, machines: Sequence[Machine]) -> None:
    """Write one sheet and note in each machine the row on which it stands."""
    page = book.add_worksheet(sheet.name)
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd" if sheet is NORTH_SHEET else "mm/dd/yyyy"})
    for row, text in enumerate(sheet.title):
        page.write_string(row, 0, text, bold)
    top = len(sheet.title)
    for column, header in enumerate(sheet.headers):
        page.write_string(top, column, header, bold)
    for index, machine in enumerate(machines):
        machine.row = top + index + 2
        for column, what in enumerate(sheet.headers.values()):
            match _value(what, machine, index, sheet.name):
                case None:
                    pass
                case dt.date() as date:
                    page.write_datetime(machine.row - 1, column, date, day)
                case str(text):
                    page.write_string(machine.row - 1, column, text)
                case int() | float() as number:
                    page.write_number(machine.row - 1, column, number)
                case other:
                    raise TypeError(f"{sheet.name} row {machine.row}: {other!r} has no place in a cell")
    bottom = top + len(machines) + 1
    page.write_string(bottom, 0, sheet.total_label, bold)
    units = sum(machine.quantity for machine in machines if isinstance(machine.quantity, int))
    page.write_number(bottom, list(sheet.headers.values()).index("quantity"), units, bold)
    for index, text in enumerate(sheet.notes):
        page.write_string(bottom + 2 + index, 0, text)
    page.set_column(0, len(sheet.headers) - 1, 18)


def _workbook(path: Path, title: str) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"title": f"SYNTHETIC {title}", "comments": STAMP, "created": CREATED})
    return book


def write_packing_list(path: Path, machines: Sequence[Machine]) -> None:
    """Write the packing list that one line of the register covers by file, sheet and column."""
    book = _workbook(path, "packing list")
    page = book.add_worksheet("Packing List")
    for row, text in enumerate((STAMP, "Packing list SYN-PL-MY-001, order PO-24-0020", "Shipper: " + SELLER)):
        page.write_string(row, 0, text)
    for column, text in enumerate(
        ("Carton", "Description of goods", "Serial No.", "Gross weight (kg)", "Made in")
    ):
        page.write_string(3, column, text)
    for index, machine in enumerate(machines):
        page.write_number(4 + index, 0, index + 1)
        page.write_string(4 + index, 1, "Antminer S21 200T")
        page.write_string(4 + index, 2, str(machine.serial))
        page.write_number(4 + index, 3, 17.5)
        page.write_string(4 + index, 4, "Malaysia")
    page.write_string(5 + len(machines), 0, "TOTAL")
    page.write_number(5 + len(machines), 3, 17.5 * len(machines))
    book.close()


def write_csv(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write rows as UTF-8 with line feeds, so that every system writes the same bytes."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def write_all(target: Path) -> None:
    """Write the data room.

    Args:
        target: The folder that takes the folder `mineone`; made where missing.
    """
    rng = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    room = target / "mineone"
    room.mkdir(parents=True, exist_ok=True)
    lots = {lot.key: build_lot(lot, rng) for lot in (*NORTH, *CAMPSTOOL)}
    disturb(lots)
    worked = place_worked(lots)
    book = _workbook(room / "inventory.xlsx", "data room inventory")
    for sheet, group in ((NORTH_SHEET, NORTH), (CAMPSTOOL_SHEET, CAMPSTOOL)):
        write_sheet(book, sheet, lay_out(lots, [lot.key for lot in group], sheet.name, rng))
    book.close()
    write_packing_list(room / "packing_list.xlsx", lots["H"][:120])
    write_csv(room / "evidence.csv", [REGISTER_COLUMNS, *(line.cells() for line in register(lots))])
    columns = ("sheet", "row", "serial", "facts", "documents", "verdict", "reason")
    write_csv(
        room / "worked.csv",
        [columns]
        + [
            (case.sheet, case.machine.row, case.machine.serial, case.facts, case.documents, case.verdict, case.reason)
            for case in worked
        ],
    )  # fmt: skip


if __name__ == "__main__":
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "fixtures")
