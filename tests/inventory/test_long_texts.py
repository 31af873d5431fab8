"""A long csv is scanned by columns and a short one read in memory: both say the same of every row."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import polars as pl
import pytest

from provenance.inventory import textfile
from provenance.inventory.reader import read_inventory
from provenance.inventory.table import Table

ROWS = 420
HEADER = [
    "Manufacturer",
    "Model",
    "Serial Number",
    "Country of Origin",
    "Site",
    "Quantity",
    "Delivery Date",
    "MAC",
]
MODELS = ["Antminer S19", "Whatsminer M50", "Antminer S21 Pro"]
ODD = {
    "plain": ["Malaysia", "China", "", "N/A"],
    "scripts": ["Иркутск", "深圳", "Malaysia", "São Paulo", ""],
    "white space": [" ", "\u00a0", "China ", "Malaysia", ""],
    "formulas": ["=1+1", "@x", "-", "+49", "China"],
    "totals": ["Total", "Итого", "合计", "China", "Malaysia"],
    "placeholders": ["-", "n/a", "?", "unknown", "TBD", "China"],
}


def write(path: Path, kind: str, seed: int) -> Path:
    chance = random.Random(f"{kind} {seed}")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for at in range(ROWS):
            odd = chance.choice(ODD[kind])
            quantity = chance.choice(["1", "2", "1", "0", "x", "", "1.5"] if seed % 2 else ["1", "3"])
            row = ["Bitmain", chance.choice(MODELS), f"AB{at:08d}", odd, chance.choice(ODD[kind]), quantity]
            row += [f"2024-01-{at % 28 + 1:02d}", f"02:00:5E:00:{at // 256:02X}:{at % 256:02X}"]
            drawn = chance.random()
            if drawn < 0.03:
                row = ["" if chance.random() < 0.9 else odd for _ in row]
            elif drawn < 0.05:
                row = HEADER
            elif drawn < 0.07:
                row = [odd, *[""] * 4, "500", "", ""]
            elif drawn < 0.08:
                row[2] = odd
            writer.writerow(row)
    return path


def rows_of(table: Table) -> list[tuple[object, ...]]:
    return table.scan().with_columns(pl.selectors.categorical().cast(pl.String)).collect().rows()


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("seed", range(4))
def test_every_row_says_the_same(kind: str, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = write(tmp_path / "fleet.csv", kind, seed)
    (short,) = read_inventory(path).tables
    monkeypatch.setattr(textfile, "FAST_FROM", 1)

    (long,) = read_inventory(path).tables

    assert [(column.field, column.index) for column in short.columns] == [
        (column.field, column.index) for column in long.columns
    ]
    # What is empty in a file is null when it is scanned, and an empty text when it is read.
    assert [tuple(cell or None for cell in row) for row in rows_of(short)] == [
        tuple(cell or None for cell in row) for row in rows_of(long)
    ]


def test_a_header_among_the_rows_is_no_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "fleet.csv"
    rows = [f"S19,AB{at:08d},2024-01-05\n" for at in range(ROWS)]
    rows[9], rows[12] = "Model,Serial,Delivery Date\n", "S19,AB00000012,soon\n"
    path.write_text(f"Model,Serial,Delivery Date\n{''.join(rows)}", encoding="utf-8")
    (short,) = read_inventory(path).tables
    monkeypatch.setattr(textfile, "FAST_FROM", 1)

    (long,) = read_inventory(path).tables

    assert short.oddities == long.oddities == ("delivery_date: 1 values are no day: 'soon'",)
