"""What a command loads before it answers: what a short run does not need is not loaded by it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

_TOLD = """
import json, sys
from provenance.cli.main import run
run()
sys.stderr.write("\\n" + json.dumps(sorted(sys.modules)))
"""
ROWS = "Manufacturer,Model,Serial Number,Country of Origin,Quantity\nBitmain,Antminer S21,ABCD12345678901,Malaysia,2\n"


def loaded(*arguments: str) -> frozenset[str]:
    """Run the command and return the names of all modules that it loaded."""
    ran = subprocess.run(
        [sys.executable, "-c", _TOLD, *arguments], check=True, capture_output=True, text=True
    )
    return frozenset(json.loads(ran.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Audit a csv for the second time: the first compiles what is kept."""
    path = tmp_path_factory.mktemp("door") / "fleet.csv"
    path.write_text(ROWS, "utf-8")
    loaded("audit", path.as_posix())
    return loaded("audit", path.as_posix())


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_help_and_version_load_no_room_and_no_command(asked: str):
    names = {name for name in loaded(asked) if name.startswith("provenance.")}
    doors = {
        "cli",
        "cli.choices",
        "cli.exit_codes",
        "cli.leaving",
        "cli.main",
        "_version",
        "errors",
        "expressions",
        "records",
    }
    assert {name.removeprefix("provenance.") for name in names} <= doors


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_help_and_version_load_no_library_but_click(asked: str):
    heavy = {"polars", "pydantic", "yaml", "rich", "sqlite3", "platformdirs"}
    assert loaded(asked) & heavy == set()


@pytest.mark.parametrize(
    "library",
    ["pydantic", "yaml", "rapidfuzz", "python_calamine", "openpyxl", "xlsxwriter", "jinja2", "defusedxml"],
)
def test_an_audit_of_a_csv_under_a_pack_loads_no(audited: frozenset[str], library: str):
    assert library not in audited


@pytest.mark.parametrize(
    "module",
    [
        "provenance.datafile",
        "provenance.inventory.columnsfile",
        "provenance.origin.read_exchanges",
        "provenance.origin.read_register",
        "provenance.policy.load",
        "provenance.policy.schema",
        "provenance.policy.waivers.load",
        "provenance.policy.baseline.compare",
        "provenance.report.matter_file",
        "provenance.report.workbook",
    ],
)
def test_an_audit_of_a_csv_alone_loads_no_reader_of_what_it_is_not_given(
    audited: frozenset[str], module: str
):
    assert module not in audited


def test_the_second_audit_says_what_the_first_said(tmp_path: Path):
    path = tmp_path / "fleet.csv"
    path.write_text(ROWS, "utf-8")
    command = [
        sys.executable,
        "-m",
        "provenance.cli.main",
        "audit",
        path.name,
        "--as-of",
        "2026-11-20",
        "-f",
        "json",
    ]
    said = [subprocess.run(command, cwd=tmp_path, capture_output=True, check=False) for _ in range(2)]
    assert (said[0].stdout, said[0].returncode) == (said[1].stdout, said[1].returncode)
