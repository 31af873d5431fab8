"""The folder that holds the documents themselves: which of those recorded are there, by their sha256."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from provenance.errors import Fault, OriginError
from provenance.inventory.reader import digest_file
from provenance.origin.register import Flag, Question, folded
from provenance.origin.register_lines import RegisterLines
from provenance.records import dataclass

NOT_SEEN = "not seen by this program"
"""What is said of a document that the folder does not hold with its sha256."""

NO_FILE = "it is a link that leads to no file, or no file at all"
"""What is said of what a folder holds and nobody can digest."""


@dataclass(frozen=True, slots=True)
class DocumentFolder:
    """The files of a folder of documents; none of them was read, only digested."""

    digests: dict[str, str]
    """sha256 of each file by its name from the folder on, sorted by name."""
    passed_over: tuple[str, ...] = ()
    """What is there and no file to digest, sorted: links that lead nowhere or to a folder, pipes."""

    def by_name(self) -> dict[str, str]:
        """Return the first file of each name, folded, with its ending and without."""
        found: dict[str, str] = {}
        for name in self.digests:
            for known in (folded(Path(name).name), folded(Path(name).stem)):
                found.setdefault(known, name)
        return found


@dataclass(frozen=True, slots=True)
class Sightings:
    """What a folder of documents holds of a register."""

    seen: tuple[str, ...]
    """Per line: `seen: coo/COO-7.pdf`, or why the document counts as not seen."""
    questions: dict[int, tuple[Question, ...]]
    """What is to be asked now, by line."""
    unread: tuple[str, ...]
    """Files that no line names by their sha256, sorted."""
    passed_over: tuple[str, ...] = ()
    """What the folder holds and is no file to digest, sorted."""


def read_document_folder(folder: Path, besides: Collection[Path] = ()) -> DocumentFolder:
    """Digest the files of a folder, to the bottom; hidden ones are passed over, and no link to a folder is followed.

    Args:
        folder: Where the documents are.
        besides: Files, resolved, that are read in another way: inventories, registers, policies.

    Raises:
        OriginError: It is no folder.
        InventoryError: A file in it cannot be read.
    """
    if not folder.is_dir():
        raise OriginError(Fault(str(folder), "is no folder of documents", "name the folder that holds them"))
    digests = {}
    passed_over = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if Path(place, name).is_symlink()]
        for file in (*names, *linked):
            path = Path(place, file)
            name = path.relative_to(folder).as_posix()
            if file.startswith((".", "~$")):
                continue
            # A pipe would be waited for, and a link in a circle leads to no file.
            if not _is_file(path):
                passed_over.append(name)
            elif path.resolve() not in besides:
                digests[name] = digest_file(path, name)[1]
    return DocumentFolder(dict(sorted(digests.items())), tuple(sorted(passed_over)))


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def look_for(lines: RegisterLines, folder: DocumentFolder) -> Sightings:
    """Look for the documents of a register in a folder."""
    files: dict[str, str] = {}
    for name, digest in folder.digests.items():
        files.setdefault(digest, name)
    names = folder.by_name()
    seen: list[str] = []
    questions: dict[int, tuple[Question, ...]] = {}
    for at, (document, digest) in enumerate(lines.frame.select("document", "sha256").iter_rows()):
        told, asked = _look_for(document, digest, files, names)
        seen.append(told)
        if asked:
            questions[at] = asked
    named = set(lines.frame["sha256"])
    unread = tuple(name for name, digest in folder.digests.items() if digest not in named)
    return Sightings(tuple(seen), questions, unread, folder.passed_over)


def _look_for(
    document: str, digest: str, files: dict[str, str], names: dict[str, str]
) -> tuple[str, tuple[Question, ...]]:
    if digest in files:
        return f"seen: {files[digest]}", ()
    named = names.get(folded(document))
    if not digest:
        why = (
            f"{named} bears its name, and the register records no sha256"
            if named
            else "no sha256 is recorded"
        )
        return f"{NOT_SEEN}: {why}", ()
    if not named:
        return f"{NOT_SEEN}: no file of the folder has its sha256", ()
    what = f"{named} bears its name and has another sha256: is it the paper that the register records?"
    return f"{NOT_SEEN}: {named} has another sha256", (Question(Flag.OTHER_FILE, what),)
