"""The user's cache of what is compiled from data files: for this user alone, each file whole or not there, old ones removed."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path


@cache
def cache_folder() -> Path:
    """Return the user's cache of this program, which need not exist."""
    from platformdirs import user_cache_path

    return user_cache_path("provenance")


def make_private(folder: Path) -> None:
    """Make the folder, for this user alone where it is new.

    Raises:
        PermissionError: It belongs to someone else, who could put anything there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not own(folder):
        raise PermissionError(errno.EPERM, "belongs to another user", folder.as_posix())


def own(path: Path) -> bool:
    """Return whether a file or folder belongs to this user, as far as the system tells owners apart."""
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """Give a path to write a file at, and move it into place: a second process sees all of it or nothing."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".compile-") as folder:
        draft = Path(folder) / target.name
        yield draft
        draft.replace(target)


def prune(folder: Path, pattern: str, most: int) -> None:
    """Remove all but so many files of a pattern, those that changed last, so that a checkout under work does not fill the cache."""
    # Another process may prune at the same time.
    with suppress(OSError):
        found = [(path.stat().st_mtime_ns, path) for path in folder.glob(pattern)]
        for _, path in sorted(found, reverse=True)[most:]:
            path.unlink()
