"""How the reader bears files that nobody tidied: each ends in rows or in one clear error, within time and memory.

    python tests/benchmarks/reader_robustness.py FOLDER [--seconds 10] [--memory 1000] [--audit]

FOLDER is searched to the bottom, whatever its files are called. Each is read in a process of its own; printed are how it
ended, the seconds it took, and the largest memory of that process and of the one that reads workbooks for it. An
index.json with `files[].path` and `files[].rows` is compared: a file that it says holds rows and that ends in an error
is marked. With --audit the whole command runs in place of the reader.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_READ = """
import sys
from pathlib import Path
from provenance.errors import InventoryError
from provenance.inventory.reader import read_inventory
try:
    read = read_inventory(Path(sys.argv[1]))
    rows = sum(table.scan().collect().height for table in read.tables)
    print(f"{rows} rows" + ("" if read.complete else ", read in part"))
except InventoryError as error:
    print(f"error: {error.faults[0]}")
"""
_AUDIT = """
import sys
from provenance.cli.main import main
sys.argv = ["provenance", "audit", sys.argv[1], "-f", "csv", "-o", sys.argv[2]]
main()
"""
_MEASURED = """
import atexit, resource
def tell():
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(max(used) // 1024)
atexit.register(tell)
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """How one file ended."""

    what: str
    seconds: float
    memory: int
    """MB."""

    @property
    def is_traceback(self) -> bool:
        return "Traceback" in self.what or self.what.startswith("died")

    @property
    def is_error(self) -> bool:
        return self.what.startswith("error: ")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--memory", type=int, default=1000, help="MB")
    parser.add_argument("--audit", action="store_true")
    asked = parser.parse_args()
    expected = expectations(asked.folder)
    bad = 0
    paths = sorted(path for path in asked.folder.rglob("*") if path.is_file() and path.name != "index.json")
    for path in paths:
        name = path.relative_to(asked.folder).as_posix()
        ending = end_of(path, audit=asked.audit)
        marks = marks_of(ending, expected.get(name), asked.seconds, asked.memory)
        bad += bool(marks)
        print(
            f"{ending.seconds:6.2f} s {ending.memory:5} MB  {name}: {ending.what[:150]}"
            + "".join(f"  <-- {mark}" for mark in marks)
        )
    print(f"{len(paths)} files, {bad} marked")
    return 1 if bad else 0


def expectations(folder: Path) -> dict[str, bool]:
    """Return which files an index says hold rows: those of the index in the folder, or in the one above it."""
    for place in (folder, folder.parent):
        if (place / "index.json").is_file():
            index = json.loads((place / "index.json").read_text("utf-8"))
            prefix = "" if place == folder else f"{folder.name}/"
            return {
                one["path"].removeprefix(prefix): (one["rows"] or 0) > 1
                for one in index["files"]
                if one["path"].startswith(prefix)
            }
    return {}


def end_of(path: Path, *, audit: bool) -> Ending:
    script = _MEASURED + (_AUDIT if audit else _READ)
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), "/dev/null"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    seconds = perf_counter() - start
    *said, memory = done.stdout.splitlines() or ["0"]
    what = said[0] if said else ""
    if audit:
        errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
        what = errors[0] if errors else f"exit code {done.returncode}"
    if "Traceback" in done.stderr or done.returncode < 0:
        what = f"died with code {done.returncode}: " + " ".join(done.stderr.splitlines()[-1:])
    return Ending(what, seconds, int(memory) if memory.isdigit() else 0)


def marks_of(ending: Ending, holds_rows: bool | None, seconds: float, memory: int) -> list[str]:
    marks = []
    if ending.is_traceback:
        marks.append("not one error")
    elif holds_rows and ending.is_error:
        marks.append("rows expected")
    if ending.seconds > seconds:
        marks.append(f"more than {seconds:.0f} s")
    if ending.memory > memory:
        marks.append(f"more than {memory} MB")
    return marks


if __name__ == "__main__":
    sys.exit(main())
