"""The sources of the catalogue out of a compiled database, so that an installed package can lay others over them."""

from __future__ import annotations

import sqlite3

from provenance.catalog.sources import Block, CatalogSources, parse_sources
from provenance.catalog.storage import REMEDY
from provenance.errors import CatalogError, Fault

UNDER = "embedded catalogue, "
"""What messages write before the names of embedded files, which no user can open."""

_BLOCKS = (
    "SELECT prefix, name, country FROM blocks JOIN organisations ON organisations.id = blocks.organisation"
    " ORDER BY prefix"
)


def embedded_sources(connection: sqlite3.Connection) -> CatalogSources:
    """Return the sources that a database was compiled from.

    Args:
        connection: A database without catalogues laid over it.

    Raises:
        CatalogError: It holds no sources, or is damaged.
    """
    try:
        texts = {name: text.encode() for name, text in connection.execute("SELECT name, text FROM sources")}
        digest = connection.execute("SELECT value FROM meta WHERE key = 'sha256'").fetchone()[0]
        blocks = tuple(Block(*row) for row in connection.execute(_BLOCKS))
    except sqlite3.Error as error:
        raise CatalogError(Fault("", f"the catalogue is damaged ({error})", REMEDY)) from error
    return parse_sources(texts, lambda: blocks, digest, under=UNDER)
