"""What a short run costs before it has anything to do, as ratios to the least that its libraries cost.

    python tests/benchmarks/ratio_door.py [--rows 300] [--rounds 9] [--installed PYTHON]

Whole processes are measured, in turns, by the time that the processor spends on each and its children; wall-clock times are
printed beside. `--help` and `--version` are set beside a bare click program, audits of a csv and of a workbook beside a
process that only imports polars. The goals are 1.6, 2 and 3. Every process finds its bytecode and what is compiled
once and kept, as after the first run. Measured is this checkout, which looks at each file of the catalogue for changes, or
the program that is installed for an interpreter. Nothing is asserted, for machines are shared and noisy.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import polars as pl
from generate import write_fleet  # stands beside this script

ROOT = Path(__file__).parents[2]
BARE_CLICK = "import click\n@click.command()\ndef bare(): pass\nbare()\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--installed", type=Path, help="the interpreter that the program is installed for")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_fleet(folder / "fleet.csv", rows=asked.rows, fact_sets=max(asked.rows // 10, 1))
        pl.read_csv(folder / "fleet.csv", infer_schema=False).write_excel(folder / "fleet.xlsx")
        compare(folder, asked.rounds, asked.installed)


def compare(folder: Path, rounds: int, installed: Path | None) -> None:
    python = str(installed or sys.executable)
    program = [python, "-m", "provenance.cli.main"]
    commands = {
        "bare click": [python, "-c", BARE_CLICK, "--help"],
        "--help": [*program, "--help"],
        "--version": [*program, "--version"],
        "import polars": [python, "-c", "import polars"],
        "audit csv": [*program, "audit", "fleet.csv"],
        "audit xlsx": [*program, "audit", "fleet.xlsx"],
    }
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONPATH", None)
    if installed is None:
        environment["PYTHONPATH"] = str(ROOT)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for at in range(rounds + 1):
        for name, command in commands.items():
            found = seconds(command, folder, environment)
            if at:  # The first round writes bytecode and fills the cache.
                spent[name].append(found)
    for name, least, goal in (
        ("--help", "bare click", 1.6),
        ("--version", "bare click", 1.6),
        ("audit csv", "import polars", 2),
        ("audit xlsx", "import polars", 3),
    ):
        own, other = (statistics.median(cpu for cpu, _ in spent[one]) for one in (name, least))
        wall, bare = (statistics.median(wall for _, wall in spent[one]) for one in (name, least))
        pairs = statistics.median(a[0] / b[0] for a, b in zip(spent[name], spent[least], strict=True))
        print(
            f"{name:10}  {own * 1000:4.0f} ms of {least} {other * 1000:4.0f} ms: ratio of medians {own / other:.2f}, "
            f"median of pairs {pairs:.2f}, goal {goal}; by the clock {wall / bare:.2f}"
        )


def seconds(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Return the processor's and the clock's seconds of a process and its children."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, perf_counter() - start


if __name__ == "__main__":
    main()
