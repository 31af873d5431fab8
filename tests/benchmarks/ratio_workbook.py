"""How long the annotated workbook takes beside xlsxwriter writing the same cells, in turns.

    python tests/benchmarks/ratio_workbook.py [ROWS] [ROUNDS]

The audit is made once; each round writes its workbook, and then the cells of that workbook again with xlsxwriter alone, in the
mode that the program uses. Read the medians: the machine that this runs on is shared.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter
from generate import write_fleet
from python_calamine import CalamineWorkbook

from provenance import audit
from provenance.report.document import build_document
from provenance.report.workbook import write_workbook


def bare(sheets: list[tuple[str, list[list[object]]]], path: Path) -> None:
    """Write cells and nothing else."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(at, column, value)
                else:
                    sheet.write_number(at, column, value)
    book.close()


def main(rows: int, rounds: int) -> None:
    """Print the times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        inventory = Path(folder) / "fleet.csv"
        write_fleet(inventory, rows=rows, fact_sets=2_000)
        outcome = audit([inventory])
        document = build_document(outcome)
        path = Path(folder) / "annotated.xlsx"
        write_workbook(outcome, document, path)
        book = CalamineWorkbook.from_path(str(path))
        sheets = [
            (name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names
        ]
        ours, theirs = [], []
        for _ in range(rounds):
            start = time.perf_counter()
            write_workbook(outcome, document, path)
            ours.append(time.perf_counter() - start)
            start = time.perf_counter()
            bare(sheets, Path(folder) / "bare.xlsx")
            theirs.append(time.perf_counter() - start)
        pairs = [mine / other for mine, other in zip(ours, theirs, strict=True)]
        print(f"{rows:,} machines: {statistics.median(ours):.2f} s beside {statistics.median(theirs):.2f} s")
        print(f"ratio of medians {statistics.median(ours) / statistics.median(theirs):.2f}")
        print(f"median of pairs  {statistics.median(pairs):.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
