"""What is compiled from data files once and kept: in the package, or in the user's cache.

Each kept file is named for the digest of everything that decides what stands in it, the data and the code that reads
it, and carries the digest of its own text. So nothing kept is ever out of date, a damaged file is compiled again, and
where nothing can be written each run compiles for itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from provenance.plain import flat_json, from_flat_json
from provenance.records import dataclass
from provenance.user_cache import cache_folder, make_private, own, prune, written_aside

PACKAGE = Path(__file__).parent
SHIPPED = PACKAGE / "compiled"
"""Where a wheel carries what was compiled while it was built."""
_KEPT = 64
"""How many kept files stay in the cache: of several checkouts, and of policies of the user's own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is compiled once, and how."""

    subject: str
    """What it is, one word: `policy`."""
    decided_by: Callable[[], Iterable[bytes]]
    """Reads all that decides what it is: the bytes of the data, and `code_digest` of the code."""
    classes: tuple[type, ...]
    """The dataclasses and enums that stand in it."""
    compile_it: Callable[[], Any]
    """Makes it."""

    def get(self) -> Any:
        """Return it, compiled now if it was kept nowhere; what compiling raises is raised."""
        try:
            name = self.name()
        except OSError:
            # Whoever compiles says in words what cannot be read.
            return self.compile_it()
        for text in _kept(name):
            with suppress(ValueError):
                return from_flat_json(text, self.classes)
        made = self.compile_it()
        # Where the cache cannot be written the next run compiles again.
        with suppress(OSError):
            make_private(cache_folder())
            # A file that was changed meanwhile is not what was compiled, or not what was digested.
            if self.name() == name:
                _write(cache_folder() / name, made)
                prune(cache_folder(), "*.json", _KEPT)
        return made

    def ship(self, folder: Path) -> None:
        """Compile it into a folder that a wheel carries.

        Raises:
            OSError: Nothing can be written there.
        """
        _write(folder / self.name(), self.compile_it())

    def name(self) -> str:
        """Return the name of the file that keeps it."""
        digest = hashlib.sha256()
        for part in self.decided_by():
            digest.update(hashlib.sha256(part).digest())
        return f"{self.subject}-{digest.hexdigest()[:32]}.json"


def code_digest(*modules: str) -> bytes:
    """Return a digest of the source of modules, so that a change of the code compiles again.

    Args:
        modules: Paths below the package: `policy/build.py`.
    """
    return hashlib.sha256(b"".join(map(_module_digest, modules))).digest()


@cache
def _module_digest(module: str) -> bytes:
    return module.encode() + b"\0" + hashlib.sha256((PACKAGE / module).read_bytes()).digest()


def _kept(name: str) -> Iterator[bytes]:
    """Yield the text of a kept file from each place that has it; the user's cache is looked for where the package has none."""
    if (shipped := _read(SHIPPED / name)) is not None:
        yield shipped
    if (cached := _read(cache_folder() / name)) is not None:
        yield cached


def _read(path: Path) -> bytes | None:
    """Return the text of a kept file; None where it is missing, someone else's or damaged."""
    try:
        if path.parent != SHIPPED and not own(path.parent):
            return None
        digest, _, text = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return text if hashlib.sha256(text).hexdigest().encode() == digest else None


def _write(target: Path, value: object) -> None:
    text = flat_json(value).encode()
    with written_aside(target) as draft:
        draft.write_bytes(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
