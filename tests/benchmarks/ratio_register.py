"""How long an audit of a million csv rows takes with a register of 100,000 serial lines, as a ratio to one without it.

    python tests/benchmarks/ratio_register.py [--rows 1000000] [--lines 100000] [--rounds 7] [--spread everywhere]

Both are measured in one run, in turns, on the same inventory and with the same report. Each line of the register is a
document of its own with an issuer, a digest and one serial number, dated on the day of delivery; the papers of one batch
state one country. Spread `everywhere` they name a tenth of each batch, which makes three cases of one and is the harder;
spread over `batches` they name whole ones, as papers do that come with a delivery. The goal is a ratio of at most 1.4. Nothing is asserted, for machines are shared and noisy; read the
medians.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from generate import write_fleet  # stands beside this script

from provenance.cli.main import keep_pages

HEADER = "document,kind,issuer,issuer_role,date,country,serials,quantity,page,sha256"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--spread", choices=["everywhere", "batches"], default="everywhere")
    parser.add_argument(
        "--folder", type=Path, help="where to read and write; a folder in memory is less noisy"
    )
    asked = parser.parse_args()
    keep_pages()
    with tempfile.TemporaryDirectory(dir=asked.folder) as scratch:
        folder = Path(scratch)
        write_fleet(folder / "fleet.csv", rows=asked.rows)
        write_register(folder, asked.lines, whole_batches=asked.spread == "batches")
        compare(folder, asked.rounds)


def write_register(folder: Path, lines: int, *, whole_batches: bool) -> None:
    import polars as pl

    columns = ["Serial Number", "Delivery Date", "Batch"]
    fleet = pl.read_csv(folder / "fleet.csv", columns=columns, infer_schema=False).select(columns)
    chosen = fleet.sort("Batch") if whole_batches else fleet.gather_every(fleet.height // lines)
    batches = {batch: at for at, batch in enumerate(fleet["Batch"].unique(maintain_order=True))}
    with (folder / "evidence.csv").open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"{HEADER}\n")
        for at, (serial, day, batch) in enumerate(chosen.head(lines).iter_rows()):
            country = "Thailand" if batches[batch] % 3 == 0 else "Malaysia"
            stream.write(
                f"COO-{at:06d},certificate,Chamber {at % 7},chamber,{day},{country},{serial},1,1,{at:064x}\n"
            )


def compare(folder: Path, rounds: int) -> None:
    audited(folder, [])
    audited(folder, [folder / "evidence.csv"])
    without, beside = [], []
    for _ in range(rounds):
        without.append(audited(folder, []))
        beside.append(audited(folder, [folder / "evidence.csv"]))
    for what, at in (("clock", 0), ("processor", 1)):
        bare, full = [one[at] for one in without], [one[at] for one in beside]
        pairs = statistics.median(two / one for one, two in zip(bare, full, strict=True))
        print(
            f"{what:<9} without {statistics.median(bare):.2f} s, with {statistics.median(full):.2f} s, "
            f"ratio of medians {statistics.median(full) / statistics.median(bare):.2f}, "
            f"of best {min(full) / min(bare):.2f}, median of pairs {pairs:.2f}"
        )


def audited(folder: Path, evidence: Sequence[Path]) -> tuple[float, float]:
    from provenance import audit
    from provenance.report.outputs import write_reports

    clock, processor = perf_counter(), process_time()
    outcome = audit([folder / "fleet.csv"], evidence=evidence, as_of=date(2026, 11, 20))
    write_reports(outcome, None, [("csv", folder / "judged.csv")])
    return perf_counter() - clock, process_time() - processor


if __name__ == "__main__":
    main()
