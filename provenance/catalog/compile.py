"""Compiles the source files to the embedded database: one SQLite file, the same bytes for the same sources.

Runs while the package is built, where only pydantic and PyYAML are installed: this module and all it imports use
nothing else.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from provenance.catalog import tabulate
from provenance.catalog.check import cross_faults, lay_all_over
from provenance.catalog.overlay import digest_overlay
from provenance.catalog.schema import MakerFile
from provenance.catalog.seats import seat_rows
from provenance.catalog.sources import CatalogSources, read_sources, read_texts
from provenance.catalog.storage import APPLICATION_ID, FORMAT
from provenance.catalog.tabulate import Row
from provenance.catalog.terms import span_of
from provenance.errors import CatalogError

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE makers (id TEXT PRIMARY KEY, name TEXT NOT NULL, categories TEXT NOT NULL,
  founded_country TEXT, names_verified INTEGER NOT NULL, aliases TEXT NOT NULL, ambiguous_aliases TEXT NOT NULL,
  confidence TEXT NOT NULL, sources TEXT NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE overlays (n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL);
CREATE TABLE changes (overlay INTEGER, n INTEGER, maker TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  action TEXT NOT NULL, PRIMARY KEY (overlay, n)) WITHOUT ROWID;
CREATE TABLE seats (maker TEXT, n INTEGER, facet TEXT NOT NULL, country TEXT NOT NULL, grade TEXT NOT NULL,
  first TEXT, last TEXT, source TEXT NOT NULL, PRIMARY KEY (maker, n)) WITHOUT ROWID;
CREATE TABLE relations (maker TEXT, n INTEGER, kind TEXT NOT NULL, other TEXT NOT NULL, first TEXT, last TEXT,
  certain_from TEXT, certain_to TEXT, some_goods INTEGER NOT NULL, confidence TEXT NOT NULL, source TEXT NOT NULL,
  note TEXT NOT NULL, began TEXT NOT NULL, ended TEXT NOT NULL, seen TEXT NOT NULL, PRIMARY KEY (maker, n)) WITHOUT ROWID;
CREATE TABLE plants (maker TEXT, id TEXT, country TEXT, activity TEXT NOT NULL, first TEXT, last TEXT,
  models TEXT NOT NULL, confidence TEXT NOT NULL, complete INTEGER NOT NULL, source TEXT NOT NULL,
  note TEXT NOT NULL, began TEXT NOT NULL, ended TEXT NOT NULL, PRIMARY KEY (maker, id)) WITHOUT ROWID;
CREATE TABLE models (id TEXT PRIMARY KEY, maker TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL,
  firmware_names TEXT NOT NULL, hashrates TEXT NOT NULL, algorithm TEXT, confidence TEXT NOT NULL,
  sources TEXT NOT NULL, details TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE product_lines (maker TEXT, name TEXT, pattern TEXT NOT NULL, category TEXT NOT NULL,
  shared_with TEXT NOT NULL, needs_context INTEGER NOT NULL, examples TEXT NOT NULL, source TEXT NOT NULL,
  note TEXT NOT NULL, PRIMARY KEY (maker, name)) WITHOUT ROWID;
CREATE TABLE serial_schemes (id TEXT PRIMARY KEY, maker TEXT NOT NULL, part TEXT NOT NULL, title TEXT NOT NULL,
  pattern TEXT NOT NULL, date_rule TEXT, country_rule TEXT, codes TEXT NOT NULL, placeholder INTEGER NOT NULL,
  decides_maker INTEGER NOT NULL, confidence TEXT NOT NULL, sources TEXT NOT NULL, note TEXT NOT NULL,
  examples TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE families (maker TEXT, name TEXT, category TEXT NOT NULL, confidence TEXT NOT NULL,
  source TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (maker, name)) WITHOUT ROWID;
CREATE TABLE part_codes (id TEXT PRIMARY KEY, maker TEXT NOT NULL, part TEXT NOT NULL, title TEXT NOT NULL,
  pattern TEXT NOT NULL, models TEXT NOT NULL, examples TEXT NOT NULL, confidence TEXT NOT NULL,
  sources TEXT NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE firmwares (name TEXT PRIMARY KEY, aliases TEXT NOT NULL, publisher TEXT, maker TEXT,
  runs_on TEXT NOT NULL, confidence TEXT NOT NULL, source TEXT NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE collisions (code TEXT, model TEXT, maker TEXT NOT NULL, PRIMARY KEY (code, model)) WITHOUT ROWID;
CREATE TABLE organisations (id INTEGER PRIMARY KEY, name TEXT NOT NULL, maker TEXT);
CREATE TABLE blocks (prefix TEXT PRIMARY KEY, organisation INTEGER NOT NULL, country TEXT) WITHOUT ROWID;
"""

_ABOUT = frozenset({"meta", "sources"})
"""Tables that tell what the rows of the others were compiled from."""


def compile_catalogue(root: Path, target: Path) -> None:
    """Compile the source files below `root` to the database `target`, which must not exist yet.

    Args:
        root: The folder that holds `makers` and `registry`.
        target: The file to write; nothing is left of it after a failure.

    Raises:
        CatalogError: Every fault of the sources, with file and line.
    """
    sources = read_sources(root)
    faults = list(cross_faults(sources))
    if faults:
        raise CatalogError(faults)
    texts = ((name, raw.decode()) for name, raw in read_texts(root).items())
    own: list[tuple[str, Iterable[Row]]] = [("sources", texts)]
    _write_whole(chain(own, _contents(sources)), target)


def compile_overlaid(base: CatalogSources, folders: Sequence[Path], target: Path) -> None:
    """Compile the embedded sources with catalogues of the user's own laid over them.

    Args:
        base: The embedded sources.
        folders: The user's own catalogues, in their order.
        target: The file to write; nothing is left of it after a failure.

    Raises:
        CatalogError: Every fault of the user's files, with file and line.
    """
    sources, changes = lay_all_over(base, folders)
    overlays = [(n, digest_overlay(folder)) for n, folder in enumerate(folders)]
    changed = [
        (overlay, n, change.maker, change.kind, change.id, change.action.value)
        for overlay, rows in enumerate(changes)
        for n, change in enumerate(rows)
    ]
    own: list[tuple[str, Iterable[Row]]] = [("overlays", overlays), ("changes", changed)]
    _write_whole(chain(own, _contents(sources)), target)


def _write_whole(contents: Iterable[tuple[str, Iterable[Row]]], target: Path) -> None:
    try:
        _write(contents, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _write(contents: Iterable[tuple[str, Iterable[Row]]], target: Path) -> None:
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        connection.executescript(
            "PRAGMA page_size=4096; PRAGMA encoding='UTF-8'; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            f"PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={FORMAT};"
        )
        connection.executescript("BEGIN;" + _TABLES)
        digest = hashlib.sha256()
        for table, rows in contents:
            for row in rows:
                if table not in _ABOUT:
                    digest.update(repr((table, row)).encode())
                marks = ",".join("?" * len(row))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - own table names
        connection.execute("INSERT INTO meta VALUES ('content', ?)", (digest.hexdigest(),))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()
    _stamp(target)


def _stamp(target: Path) -> None:
    """Blank the version of the SQLite library that wrote the file, so that it does not change the bytes."""
    with target.open("r+b") as file:
        file.seek(96)
        file.write(bytes(4))


def _contents(sources: CatalogSources) -> Iterator[tuple[str, Iterable[Row]]]:
    makers = {source.maker.id: source.maker for source in sources.makers}
    state = sources.state
    yield (
        "meta",
        [
            ("as_of", span_of(state.as_of).last.isoformat()),
            (
                "divided_blocks",
                " ".join(sorted({block.prefix[:6] for block in sources.blocks if len(block.prefix) > 6})),
            ),
            ("ieee_date", state.ieee.date),
            ("ieee_source", state.ieee.source),
            ("sha256", sources.digest),
        ],
    )
    yield "makers", (tabulate.maker_row(maker) for maker in makers.values())
    for maker in makers.values():
        yield "seats", ((maker.id, n, *row) for n, row in enumerate(seat_rows(maker, makers)))
        yield "relations", tabulate.relation_rows(maker)
        yield "plants", (tabulate.plant_row(maker.id, plant) for plant in maker.plants)
        yield "models", (tabulate.model_row(maker.id, model) for model in maker.models)
        yield "product_lines", (tabulate.line_row(maker.id, line) for line in maker.product_lines)
        yield "families", (tabulate.family_row(maker.id, family) for family in maker.families)
        yield "part_codes", (tabulate.part_code_row(maker.id, code) for code in maker.part_codes)
        yield "serial_schemes", (tabulate.scheme_row(maker.id, scheme) for scheme in maker.serial_schemes)
    yield "firmwares", map(tabulate.firmware_row, sources.firmware.firmwares)
    owner = {model.id: maker.id for maker in makers.values() for model in maker.models}
    yield (
        "collisions",
        (
            (entry.code, model, owner[model])
            for entry in sources.collisions.collisions
            for model in entry.models
        ),
    )
    yield from _registry(sources, makers.values())


def _registry(sources: CatalogSources, makers: Iterable[MakerFile]) -> Iterator[tuple[str, Iterable[Row]]]:
    holder = {name: maker.id for maker in makers for name in maker.registrants}
    numbers = {name: n for n, name in enumerate(sorted({block.organisation for block in sources.blocks}), 1)}
    yield "organisations", ((n, name, holder.get(name)) for name, n in numbers.items())
    yield "blocks", ((block.prefix, numbers[block.organisation], block.country) for block in sources.blocks)
