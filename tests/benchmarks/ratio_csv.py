"""How long an audit of a million csv rows takes, as a ratio to polars passing the same file through.

    python tests/benchmarks/ratio_csv.py [--rows 1000000] [--fact-sets 2000] [--rounds 7]

Both are measured in one run, in turns, reading from and writing to the same folder: polars alone streams the file
and writes it back with eight constant columns; the audit reads it, judges it and writes it back with its verdicts. The
goal is a ratio of at most 3. Nothing is asserted, for machines are shared and noisy; read the medians.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

from generate import write_fleet  # stands beside this script

from provenance.cli.main import keep_pages

CONSTANT = "undetermined"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--fact-sets", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument(
        "--folder", type=Path, help="where to read and write; a folder in memory is less noisy"
    )
    asked = parser.parse_args()
    keep_pages()
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        folder = Path(scratch)
        write_fleet(folder / "fleet.csv", rows=asked.rows, fact_sets=asked.fact_sets)
        compare(folder, asked.rounds)


def compare(folder: Path, rounds: int) -> None:
    pass_through(folder)
    judged(folder)
    limits, audits = [], []
    for _ in range(rounds):
        limits.append(seconds(lambda: pass_through(folder)))
        audits.append(seconds(lambda: judged(folder)))
    print(f"polars alone  median {statistics.median(limits):.2f} s, best {min(limits):.2f} s")
    print(f"audit         median {statistics.median(audits):.2f} s, best {min(audits):.2f} s")
    pairs = sorted(audit / limit for audit, limit in zip(audits, limits, strict=True))
    print(
        f"ratio         of medians {statistics.median(audits) / statistics.median(limits):.2f}, "
        f"of best {min(audits) / min(limits):.2f}, median of pairs {statistics.median(pairs):.2f}"
    )


def seconds(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def pass_through(folder: Path) -> None:
    import polars as pl

    constants = {f"constant_{index}": pl.lit(CONSTANT) for index in range(8)}
    scan = pl.scan_csv(folder / "fleet.csv", infer_schema=False)
    scan.with_columns(**constants).sink_csv(folder / "constant.csv")


def judged(folder: Path) -> None:
    from provenance import audit
    from provenance.report.outputs import write_reports

    outcome = audit([folder / "fleet.csv"], as_of=date(2026, 11, 20))
    write_reports(outcome, None, [("csv", folder / "judged.csv")])


if __name__ == "__main__":
    main()
