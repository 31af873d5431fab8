"""The catalogue as the rooms read it: typed, frozen records out of the embedded database, loaded when asked for."""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from provenance.catalog import rows
from provenance.catalog.records import (
    Family,
    Firmware,
    Maker,
    Model,
    OverlayInfo,
    PartCode,
    Plant,
    ProductLine,
    Registration,
    Seat,
    SerialScheme,
)
from provenance.catalog.storage import REMEDY, connect, find_database, overlaid_database
from provenance.catalog.ties import Tie, ties_of
from provenance.errors import CatalogError, Fault

_BLOCKS = "SELECT prefix, name, country, maker FROM blocks JOIN organisations ON organisations.id = blocks.organisation"
_PARTS = (
    "makers",
    "seats",
    "relations",
    "plants",
    "models",
    "product_lines",
    "families",
    "part_codes",
    "firmwares",
    "serial_schemes",
    "collisions",
    "organisations",
    "blocks",
)


def open_catalogue(path: Path | None = None, overlays: Sequence[Path | str] = ()) -> Catalogue:
    """Open the catalogue.

    Args:
        path: A compiled database; by default the one in the package, or in a checkout the one compiled from its
            sources and kept in the user's cache.
        overlays: Folders of catalogues of the user's own, to lay over it in this order.

    Raises:
        CatalogError: The database is missing, damaged, of another program or of another version, or the sources
            of a checkout are faulty; or the user's files are, every fault with file and line.
    """
    base = path if path is not None else find_database()
    folders = [Path(folder) for folder in overlays]
    if not folders:
        return Catalogue(connect(base))
    return Catalogue(connect(overlaid_database(base, folders)), names_apart(folders))


def names_apart(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return a name for each folder, the same wherever the whole stands: its own, with its parent's if two share it."""
    whole = [folder.resolve() for folder in folders]
    shared = Counter(folder.name for folder in whole)
    return tuple(
        folder.name if shared[folder.name] == 1 else f"{folder.parent.name}/{folder.name}" for folder in whole
    )


class Catalogue:
    """The manufacturer-origin database. All records are sorted; every table is read once, when first asked for."""

    def __init__(self, connection: sqlite3.Connection, overlays: Sequence[str] = ()) -> None:
        """Read a compiled database.

        Args:
            connection: The database, from `connect`.
            overlays: The names of the catalogues that were laid over it, in their order.
        """
        self._connection = connection
        self._overlay_names = tuple(overlays)
        self._lock = threading.Lock()
        # Whoever opens a catalogue need not close it: the connection goes with the last reader.
        weakref.finalize(self, connection.close)

    @cached_property
    def _meta(self) -> dict[str, str]:
        return dict(self._rows("SELECT key, value FROM meta"))

    @property
    def sha256(self) -> str:
        """The sha256 over the source files, in hex: the same for a wheel and the checkout it was built from."""
        return self._meta["sha256"]

    @property
    def content(self) -> str:
        """The sha256 over the facts, in hex, however they are written: what is worked out from them is kept by it."""
        return self._meta["content"]

    @property
    def as_of(self) -> date:
        """The day of the research behind the catalogue."""
        return date.fromisoformat(self._meta["as_of"])

    @cached_property
    def overlays(self) -> tuple[OverlayInfo, ...]:
        """The catalogues of the user's own that lie over the embedded one, in their order, and what they change."""
        query = "SELECT overlay, maker, kind, id, action FROM changes ORDER BY overlay, n"
        changes = rows.grouped(self._rows(query), rows.change)
        found = self._rows("SELECT n, sha256 FROM overlays ORDER BY n")
        return tuple(OverlayInfo(self._overlay_names[n], sha256, changes.get(n, ())) for n, sha256 in found)

    def maker(self, maker_id: str) -> Maker:
        """Return one maker.

        Raises:
            KeyError: There is no such maker.
        """
        return self._makers[maker_id]

    def makers(self) -> tuple[Maker, ...]:
        """Return every maker, sorted by id."""
        return tuple(self._makers.values())

    def model(self, model_id: str) -> Model:
        """Return one model.

        Raises:
            KeyError: There is no such model.
        """
        return self._models[model_id]

    def models(self, maker: str | None = None) -> tuple[Model, ...]:
        """Return every model, or those of one maker, sorted by id."""
        return tuple(model for model in self._models.values() if maker is None or model.maker == maker)

    def models_by_id(self) -> Mapping[str, Model]:
        """Return every model by its id, in order; each is built when it is asked for."""
        return self._models

    def product_lines(self) -> tuple[ProductLine, ...]:
        """Return every product line, sorted by maker and name."""
        return self._product_lines

    def plants(self, maker: str) -> tuple[Plant, ...]:
        """Return where a maker is known to have made something, sorted by id; empty where nothing is known."""
        return self._plants.get(maker, ())

    def seats(self, maker: str) -> tuple[Seat, ...]:
        """Return the seats of a maker and of its owners, sorted by facet, country and grade."""
        return self._seats.get(maker, ())

    def serial_schemes(self) -> tuple[SerialScheme, ...]:
        """Return every serial scheme, sorted by id. Their patterns are for upper-case text."""
        return self._schemes

    def families(self) -> tuple[Family, ...]:
        """Return every name of a product family, sorted by maker and name."""
        return self._families

    def part_codes(self) -> tuple[PartCode, ...]:
        """Return how parts of machines are written, sorted by id. Their patterns are for upper-case text."""
        return self._part_codes

    def firmwares(self) -> tuple[Firmware, ...]:
        """Return the firmware that is sold apart from miners, sorted by name."""
        return self._firmwares

    def registration(self, mac12: str) -> Registration | None:
        """Return the block that a MAC address lies in, the longest of 36, 28 and 24 bits.

        Args:
            mac12: Twelve upper-case hexadecimal digits without separators.
        """
        found = self._rows(
            f"{_BLOCKS} WHERE prefix IN (?, ?, ?) ORDER BY length(prefix) DESC LIMIT 1",
            (mac12[:9], mac12[:7], mac12[:6]),
        )
        return next((rows.registration(row) for row in found), None)

    def registrations(self) -> Iterator[tuple[str, int, str, str | None]]:
        """Yield every block as prefix, bits, organisation and maker id, sorted by prefix."""
        for prefix, organisation, _, maker in self._rows(f"{_BLOCKS} ORDER BY prefix"):
            yield prefix, rows.BITS[len(prefix)], organisation, maker

    def divided_blocks(self) -> frozenset[str]:
        """Return the first six digits of the blocks that the registry hands on in blocks of 28 or 36 bits."""
        return frozenset(self._meta["divided_blocks"].split())

    def collisions(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Return the bare model codes that several makers use, each with its pairs of maker and model id."""
        return self._collisions

    def details(self, model_id: str) -> Mapping[str, Any]:
        """Return what a model's file says beyond its record.

        Returns:
            `cooling`, `released`, `revisions`, `notes`, and `hashrates` as rows of label, rate, unit and watts.

        Raises:
            KeyError: There is no such model.
        """
        for (text,) in self._rows("SELECT details FROM models WHERE id = ?", (model_id,)):
            return MappingProxyType(json.loads(text))
        raise KeyError(model_id)

    def founded_country(self, maker_id: str) -> str | None:
        """Return the ISO country in which a maker was founded, where a source says so; no seat and no origin."""
        found = self._rows("SELECT founded_country FROM makers WHERE id = ?", (maker_id,))
        return next((country for (country,) in found), None)

    def ties(self, maker_id: str) -> tuple[Tie, ...]:
        """Return what ties a maker to others, from whichever side the files tell it: the closest kind first.

        Empty where nothing is known, and for an id that the catalogue does not have.
        """
        return self._ties.get(maker_id, ())

    def names_verified(self, maker_id: str) -> bool:
        """Return whether the aliases and brands of a maker stand in its sources, or are general knowledge."""
        found = self._rows("SELECT names_verified FROM makers WHERE id = ?", (maker_id,))
        return any(verified for (verified,) in found)

    def stats(self) -> dict[str, int]:
        """Return how many rows each part of the catalogue has."""
        counts = {part: self._rows(f"SELECT count(*) FROM {part}") for part in _PARTS}  # noqa: S608 - own names
        return {part: int(next(count)[0]) for part, count in counts.items()}

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> Iterator[Any]:
        try:
            # One connection runs one statement at a time, whichever thread asks.
            with self._lock:
                found = self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise CatalogError(Fault("", f"the catalogue is damaged ({error})", REMEDY)) from error
        yield from found

    @cached_property
    def _makers(self) -> dict[str, Maker]:
        relations = rows.grouped(self._rows("SELECT * FROM relations ORDER BY maker, n"), rows.relation)
        query = (
            "SELECT id, name, categories, aliases, ambiguous_aliases, confidence, sources, note"
            " FROM makers ORDER BY id"
        )
        return {
            row[0]: rows.maker(row, self._seats.get(row[0], ()), relations.get(row[0], ()))
            for row in self._rows(query)
        }

    @cached_property
    def _ties(self) -> dict[str, tuple[Tie, ...]]:
        return ties_of(self._makers.values())

    @cached_property
    def _models(self) -> Mapping[str, Model]:
        query = (
            "SELECT id, maker, name, aliases, firmware_names, hashrates, algorithm, confidence, sources,"
            " json_extract(details, '$.cooling'), json_extract(details, '$.released')"
            " FROM models ORDER BY id"
        )
        return rows.Built({row[0]: row for row in self._rows(query)}, rows.model)

    @cached_property
    def _product_lines(self) -> tuple[ProductLine, ...]:
        query = (
            "SELECT maker, name, pattern, category, shared_with, needs_context, examples, source"
            " FROM product_lines ORDER BY maker, name"
        )
        return tuple(rows.product_line(row) for row in self._rows(query))

    @cached_property
    def _families(self) -> tuple[Family, ...]:
        return tuple(map(rows.family, self._rows("SELECT * FROM families ORDER BY maker, name")))

    @cached_property
    def _part_codes(self) -> tuple[PartCode, ...]:
        return tuple(map(rows.part_code, self._rows("SELECT * FROM part_codes ORDER BY id")))

    @cached_property
    def _firmwares(self) -> tuple[Firmware, ...]:
        return tuple(map(rows.firmware, self._rows("SELECT * FROM firmwares ORDER BY name")))

    @cached_property
    def _seats(self) -> dict[str, tuple[Seat, ...]]:
        return rows.grouped(self._rows("SELECT * FROM seats ORDER BY maker, n"), rows.seat)

    @cached_property
    def _plants(self) -> dict[str, tuple[Plant, ...]]:
        return rows.grouped(self._rows("SELECT * FROM plants ORDER BY maker, id"), rows.plant)

    @cached_property
    def _schemes(self) -> tuple[SerialScheme, ...]:
        return tuple(
            rows.serial_scheme(row) for row in self._rows("SELECT * FROM serial_schemes ORDER BY id")
        )

    @cached_property
    def _collisions(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        pairs = self._rows("SELECT code, maker, model FROM collisions ORDER BY code, maker, model")
        return MappingProxyType(rows.grouped(pairs, lambda row: (row[1], row[2])))
