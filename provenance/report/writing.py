"""Writing outputs whole or not at all: every report stands in a temporary file before the first one appears."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from provenance.errors import Fault, ReportError

Writer = Callable[[Path], None]


def write_whole(outputs: Sequence[tuple[Path, Writer]]) -> None:
    """Write several files so that all of them appear or none does.

    Args:
        outputs: Each path with what writes to the path it is given: a temporary file beside it.

    Raises:
        ReportError: A file cannot be written. What stood at the paths before still stands there.
    """
    _check(outputs)
    temporary: list[Path] = []
    try:
        for target, write in outputs:
            beside = _beside(target)
            temporary.append(beside)
            with _named(target):
                write(beside)
        _move(list(zip(temporary, (target for target, _ in outputs), strict=True)))
    finally:
        for path in temporary:
            path.unlink(missing_ok=True)


def make_folders(targets: Iterable[Path]) -> None:
    """Make the folders that outputs go to, where they are not there yet.

    Raises:
        ReportError: A folder cannot be made.
    """
    for target in targets:
        with _named(target):
            target.parent.mkdir(parents=True, exist_ok=True)


def _check(outputs: Sequence[tuple[Path, Writer]]) -> None:
    seen: set[Path] = set()
    for target, _ in outputs:
        if target.is_dir():
            raise ReportError(Fault(target.as_posix(), "is a directory", "name a file in it"))
        if target.resolve() in seen:
            raise ReportError(
                Fault(target.as_posix(), "two reports go to one file", "give each its own with -o")
            )
        seen.add(target.resolve())


def _beside(target: Path) -> Path:
    with _named(target):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        os.close(handle)
        # A temporary file is private; a report is as readable as any file the user makes.
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    return Path(name)


def _move(pairs: Sequence[tuple[Path, Path]]) -> None:
    done: list[tuple[Path, Path | None]] = []
    try:
        for place, (source, target) in enumerate(pairs, start=1):
            with _named(target):
                # Nothing can fail after the last move, so what it replaces need not be kept.
                if place < len(pairs):
                    done.append((target, _set_aside(target)))
                source.replace(target)
    except BaseException:
        for target, kept in reversed(done):
            if kept is not None:
                kept.replace(target)
            else:
                target.unlink(missing_ok=True)
        raise
    for _, kept in done:
        if kept is not None:
            kept.unlink(missing_ok=True)


def _set_aside(target: Path) -> Path | None:
    """Keep what stands at a path under another name until all outputs are in place."""
    if not target.exists():
        return None
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".old", dir=target.parent)
    os.close(handle)
    try:
        target.replace(name)
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)


@contextlib.contextmanager
def _named(target: Path) -> Iterator[None]:
    """Turn what the system refuses into an error that names the output."""
    try:
        yield
    except OSError as error:
        raise ReportError(
            Fault(
                target.as_posix(),
                f"cannot be written ({error.strerror or error})",
                "check the folder, its rights and the free space",
            )
        ) from error
