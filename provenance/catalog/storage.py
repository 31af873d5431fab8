"""Where the compiled database lies: in the package, or for a checkout compiled once into the user's cache."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from provenance.errors import CatalogError, Fault
from provenance.user_cache import cache_folder as _cache_folder
from provenance.user_cache import make_private, prune, written_aside

APPLICATION_ID = 0x50524F56
"""`PROV`: how a database of this program is told from any other SQLite file."""
FORMAT = 2
"""The version of the tables, kept in the file's user_version."""

REMEDY = "delete the file, or install the package again"
"""What to do about a database that cannot be used."""

_ROOM = Path(__file__).parent
_KEPT = 8
"""How many compiled databases stay in the cache: checkouts of several branches and catalogues of the user's own."""
_CODE = (
    "change_schema",
    "check",
    "check_names",
    "check_patterns",
    "check_references",
    "compile",
    "fields",
    "lay_over",
    "overlay",
    "registry_schema",
    "schema",
    "seats",
    "serial_codes",
    "serial_rules",
    "sources",
    "tabulate",
    "terms",
    "timing",
)
"""The modules that decide what stands in a compiled database."""


@cache
def find_database() -> Path:
    """Return the packaged database, or the one compiled from the sources of this checkout.

    Raises:
        CatalogError: There is neither, or the sources are faulty.
    """
    packaged = _ROOM / "catalog.sqlite"
    if packaged.is_file():
        return packaged
    if not (_ROOM / "makers").is_dir():
        what = "has neither the compiled catalogue nor its sources"
        raise CatalogError(Fault(_ROOM.as_posix(), what, "install the package again"))
    return cached_database(_ROOM, _cache_folder())


def cached_database(root: Path, cache_folder: Path) -> Path:
    """Return the database compiled from the sources below `root`, compiling it if the cache has none.

    Args:
        root: The folder that holds `makers` and `registry`.
        cache_folder: Where compiled databases are kept.

    Raises:
        CatalogError: The sources are faulty, or nothing can be written anywhere.
    """

    def compile_into(target: Path) -> None:
        from provenance.catalog.compile import compile_catalogue

        compile_catalogue(root, target)

    data = sorted([*(root / "makers").glob("*.yaml"), *(root / "registry").iterdir()], key=os.fspath)
    key = _digest((path.name, hashlib.sha256(path.read_bytes()).digest()) for path in data)
    return _kept(f"catalog-{key}.sqlite", cache_folder, compile_into)


def overlaid_database(base: Path, folders: Sequence[Path], cache_folder: Path | None = None) -> Path:
    """Return the database of a catalogue with others of the user's own laid over it, compiling it if need be.

    Args:
        base: The compiled database below.
        folders: The user's own catalogues, in their order.
        cache_folder: Where compiled databases are kept; by default the user's cache.

    Raises:
        CatalogError: The user's files are faulty, every fault with file and line, or nothing can be written anywhere.
    """
    from provenance.catalog.overlay import digest_overlay

    def compile_into(target: Path) -> None:
        from provenance.catalog.compile import compile_overlaid
        from provenance.catalog.embedded import embedded_sources

        with closing(connect(base)) as connection:
            sources = embedded_sources(connection)
        compile_overlaid(sources, folders, target)

    below = hashlib.sha256(base.read_bytes()).digest()
    own = [("overlay", bytes.fromhex(digest_overlay(folder))) for folder in folders]
    key = _digest([("base", below), *own])
    return _kept(f"catalog-{key}.sqlite", cache_folder or _cache_folder(), compile_into)


def _kept(name: str, cache_folder: Path, compile_into: Callable[[Path], None]) -> Path:
    """Return a database of the cache, compiling it if it is not there or cannot be used.

    It is written under another name and then moved into place, so that a second process sees all of it or
    nothing. Where the cache cannot be written the system's folder for temporary files stands in.
    """
    refusals = []
    for folder in (cache_folder, _fallback_folder()):
        target = folder / name
        try:
            make_private(folder)
            if _usable(target):
                _mark_used(target)
            else:
                with written_aside(target) as draft:
                    compile_into(draft)
                prune(folder, "catalog-*.sqlite", _KEPT)
        except (OSError, sqlite3.Error) as error:
            refusals.append(Fault(folder.as_posix(), f"cannot keep the compiled catalogue ({error})"))
        else:
            return target
    raise CatalogError(
        [*refusals, Fault("", "the catalogue has no place", "make one of the folders writable")]
    )


def connect(path: Path) -> sqlite3.Connection:
    """Open a compiled database for reading only.

    Raises:
        CatalogError: It is missing, damaged, of another program or of another version.
    """
    if not path.is_file():
        raise CatalogError(Fault(path.as_posix(), "there is no such file", "give the path of a catalogue"))
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        pages, size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
        )
    except sqlite3.Error as error:
        connection.close()
        what = f"is no readable SQLite database ({error})"
        raise CatalogError(Fault(path.as_posix(), what, REMEDY)) from error
    fault = None
    if application != APPLICATION_ID:
        fault = "is a database of another program"
    elif version != FORMAT:
        fault = f"has the tables of version {version}, expected {FORMAT}"
    elif path.stat().st_size != pages * size:
        fault = "is cut short"
    if fault is not None:
        connection.close()
        raise CatalogError(Fault(path.as_posix(), fault, REMEDY))
    return connection


def _mark_used(path: Path) -> None:
    """Have a database count as new where old ones are removed: others may be compiled while somebody works with it."""
    with suppress(OSError):
        os.utime(path)


def _usable(path: Path) -> bool:
    """Return whether a finished database lies there; a damaged one is compiled again."""
    if not path.is_file():
        return False
    try:
        connect(path).close()
    except CatalogError:
        return False
    return True


def _digest(data: Iterable[tuple[str, bytes]]) -> str:
    """Return a digest of the data and of the code that compiles it, so that a change of either recompiles."""
    digest = hashlib.sha256()
    code = ((f"{name}.py", hashlib.sha256((_ROOM / f"{name}.py").read_bytes()).digest()) for name in _CODE)
    for name, sha256 in (*code, *data):
        digest.update(f"{name}\0".encode())
        digest.update(sha256)
    return digest.hexdigest()[:32]


def _fallback_folder() -> Path:
    """Return a folder of this user's own below the one for temporary files."""
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    return Path(tempfile.gettempdir()) / f"provenance-{owner}"
