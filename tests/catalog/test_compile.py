"""From source files to one database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.catalog.compile import compile_catalogue
from provenance.catalog.storage import APPLICATION_ID, FORMAT
from provenance.errors import CatalogError

SOURCES = Path(__file__).parents[2] / "provenance" / "catalog"
"""The sources stand in the checkout; the package under test may be an installed one without them."""

Write = Callable[..., Path]


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    compile_catalogue(SOURCES, tmp_path / "one.sqlite")
    compile_catalogue(SOURCES, tmp_path / "two.sqlite")
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()


def test_the_order_in_which_facts_are_written_changes_nothing_but_the_digest(
    write_sources: Write, tmp_path: Path
) -> None:

    own = ("sha256", 'INTO "sources"')

    def dump(name: str) -> list[str]:
        connection = sqlite3.connect(tmp_path / name)
        lines = [line for line in connection.iterdump() if not any(word in line for word in own)]
        connection.close()
        return lines

    gamma = (
        "schema: provenance-maker/1\nid: gamma\nname: Gamma\ncategories: [camera]\naliases: [{}]\nconfidence: low\n"
        "sources: [https://e.org/1, https://e.org/2]\n"
    )
    compile_catalogue(write_sources(gamma=gamma.format("x, y")), tmp_path / "one.sqlite")
    compile_catalogue(write_sources(gamma=gamma.format("y, x")), tmp_path / "two.sqlite")
    assert dump("one.sqlite") == dump("two.sqlite")


def test_the_file_says_whose_it_is(tiny: Path, tmp_path: Path) -> None:
    compile_catalogue(tiny, tmp_path / "c.sqlite")
    connection = sqlite3.connect(tmp_path / "c.sqlite")
    marks = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    ]
    connection.close()
    assert marks == [APPLICATION_ID, FORMAT]


def test_faulty_sources_leave_no_file(write_sources: Write, tmp_path: Path) -> None:
    root = write_sources(blocks="prefix,organisation,country\nAABBCC,Beta Networks,CN\n")
    with pytest.raises(CatalogError) as caught:
        compile_catalogue(root, tmp_path / "c.sqlite")
    assert (len(caught.value.faults), (tmp_path / "c.sqlite").exists()) == (2, False)


def test_compiling_needs_nothing_but_pydantic_and_yaml() -> None:
    """The build runs it where the package's other dependencies are not installed."""
    probe = (
        "import sys; import provenance.catalog.compile;"
        "heavy = {'polars', 'click', 'rich', 'jinja2', 'platformdirs', 'python_calamine', 'openpyxl', 'rapidfuzz',"
        " 'xlsxwriter', 'defusedxml'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
