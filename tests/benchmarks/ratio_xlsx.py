"""How long a workbook takes to become a frame, guarded, as a ratio to python-calamine's bare read of the same file.

    python tests/benchmarks/ratio_xlsx.py [--rows 100000] [--rounds 7] [--kind text|mixed]

Both are measured in one run, in turns: calamine alone turns the sheet into Python lists; the reader guards the file, looks
through its XML for hidden rows, number formats and errors, reads it in a process of its own and gives a frame of text. `text`
is a fleet as exported by a miner manager, `mixed` has numbers with leading zeros, dates and fractions. The goal is a ratio
of at most 2.2. Nothing is asserted, for machines are shared and noisy; read the medians.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import random
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import polars as pl
import python_calamine
import xlsxwriter
from generate import write_fleet  # stands beside this script

from provenance.inventory.workbook import read_workbook


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--kind", choices=["text", "mixed"], action="append")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_fleet(folder / "fleet.csv", rows=asked.rows, fact_sets=2_000)
        for kind in asked.kind or ["text", "mixed"]:
            path = folder / f"{kind}.xlsx"
            write_workbook(folder / "fleet.csv", path, mixed=kind == "mixed")
            compare(kind, path, asked.rounds)


def write_workbook(fleet: Path, path: Path, *, mixed: bool) -> None:
    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Fleet")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    padded = book.add_format({"num_format": "00000000"})
    with fleet.open(encoding="utf-8", newline="") as file:
        for at, row in enumerate(csv.reader(file)):
            for column, text in enumerate(row):
                if not mixed or at == 0 or column not in {0, 7, 9, 10}:
                    sheet.write_string(at, column, text)
                elif column == 0:
                    sheet.write_number(at, column, at, padded)
                elif column == 7 and text[:1].isdigit():
                    sheet.write_datetime(at, column, dt.datetime.fromisoformat(text), day)
                else:
                    sheet.write_number(at, column, 1 if column == 9 else 100 + chance.random())
    book.close()


def compare(kind: str, path: Path, rounds: int) -> None:
    frame(path)
    bares, frames = [], []
    for _ in range(rounds):
        bares.append(seconds(lambda: bare(path)))
        frames.append(seconds(lambda: frame(path)))
    pairs = sorted(ours / theirs for ours, theirs in zip(frames, bares, strict=True))
    print(
        f"{kind}: calamine median {statistics.median(bares):.2f} s, reader median {statistics.median(frames):.2f} s; ratio "
        f"of medians {statistics.median(frames) / statistics.median(bares):.2f}, of best {min(frames) / min(bares):.2f}, "
        f"median of pairs {statistics.median(pairs):.2f}"
    )


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def bare(path: Path) -> list[list[object]]:
    rows: list[list[object]] = python_calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()
    return rows


def frame(path: Path) -> pl.DataFrame:
    return read_workbook(path, path.name).sheets[0].rows(1).collect()


if __name__ == "__main__":
    main()
