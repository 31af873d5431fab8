"""Where the compiled database lies, and what is refused in its place."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.catalog import storage
from provenance.catalog.compile import compile_catalogue
from provenance.catalog.storage import FORMAT, cached_database, connect
from provenance.errors import CatalogError

Write = Callable[..., Path]


@pytest.fixture
def database(tiny: Path, tmp_path: Path) -> Path:
    path = tmp_path / "catalog.sqlite"
    compile_catalogue(tiny, path)
    return path


def test_a_database_is_compiled_once_for_the_same_sources(tiny: Path, tmp_path: Path) -> None:
    first = cached_database(tiny, tmp_path / "cache")
    inode = first.stat().st_ino  # A file that is written again is another.
    again = cached_database(tiny, tmp_path / "cache")
    assert (again, again.stat().st_ino) == (first, inode)


def test_a_change_of_the_sources_gives_another_database(write_sources: Write, tmp_path: Path) -> None:
    before = cached_database(write_sources(), tmp_path / "cache")
    (tmp_path / "sources" / "makers" / "gamma.yaml").unlink()
    assert cached_database(tmp_path / "sources", tmp_path / "cache") != before


def test_a_damaged_database_in_the_cache_is_compiled_again(tiny: Path, tmp_path: Path) -> None:
    path = cached_database(tiny, tmp_path / "cache")
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    assert cached_database(tiny, tmp_path / "cache").read_bytes() == whole


def test_nothing_but_finished_databases_is_left_in_the_cache(tiny: Path, tmp_path: Path) -> None:
    path = cached_database(tiny, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == [path]


def test_only_the_newest_databases_are_kept(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    for number in range(9):
        (folder / f"catalog-{number}.sqlite").write_bytes(b"")
    path = cached_database(tiny, folder)
    assert (path.is_file(), len(list(folder.iterdir()))) == (True, storage._KEPT)


def test_a_database_that_is_used_outlives_others_that_were_compiled_since(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    path = cached_database(tiny, folder)
    os.utime(path, (1, 1))
    for number in range(storage._KEPT):
        (folder / f"catalog-{number}.sqlite").write_bytes(b"")
        os.utime(folder / f"catalog-{number}.sqlite", (2, 2))

    cached_database(tiny, folder)
    storage.prune(folder, "catalog-*.sqlite", storage._KEPT)

    assert path.is_file()


def test_where_the_cache_cannot_be_written_a_folder_for_temporary_files_stands_in(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(storage, "_fallback_folder", lambda: tmp_path / "fallback")
    assert cached_database(tiny, tmp_path / "file" / "cache").parent == tmp_path / "fallback"


def test_a_folder_of_another_user_is_refused(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.os, "getuid", lambda: 4242)
    monkeypatch.setattr(storage, "_fallback_folder", lambda: tmp_path / "fallback")
    with pytest.raises(CatalogError, match="belongs to another user"):
        cached_database(tiny, tmp_path / "cache")


def test_two_processes_at_once_both_get_a_whole_database(tiny: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from provenance.catalog.storage import cached_database, connect;"
        "path = cached_database(Path(sys.argv[1]), Path(sys.argv[2]));"
        "print(connect(path).execute('SELECT count(*) FROM makers').fetchone()[0])"
    )
    command = [sys.executable, "-c", code, str(tiny), str(tmp_path / "cache")]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [run.communicate(timeout=60)[0] for run in runs] == ["3\n"] * 3


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="there is no such file; give the path of a catalogue"):
        connect(tmp_path / "none.sqlite")


def test_a_truncated_file_is_refused(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:-4096])
    with pytest.raises(CatalogError, match="delete the file, or install the package again"):
        connect(database)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_text("hello " * 1000)
    with pytest.raises(CatalogError, match="is no readable SQLite database"):
        connect(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"")
    with pytest.raises(CatalogError, match="is a database of another program"):
        connect(path)


def test_a_database_of_another_version_is_refused(database: Path) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(CatalogError, match=f"has the tables of version 99, expected {FORMAT}"):
        connect(database)


def test_a_database_is_opened_for_reading_only(database: Path) -> None:
    connection = connect(database)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM makers")
    connection.close()
