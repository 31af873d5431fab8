"""Which files the paths of a user stand for: files, folders, patterns and zips in, inventories with their names out."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import field
from pathlib import Path, PurePosixPath

from provenance.errors import Fault, InventoryError
from provenance.inventory.limits import Limits, limits_of
from provenance.records import dataclass

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"})
TEXTS = frozenset({".csv", ".tsv", ".tab", ".txt"})
OTHERS = frozenset({".json", ".jsonl", ".ndjson", ".parquet"})
SUFFIXES = WORKBOOKS | TEXTS | OTHERS
"""What is read from a folder or a zip."""
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = ".zip"
_COMPANIONS = ("evidence", "waivers", "matter", "columns")
"""Beginnings of the names of files that speak about the inventories of a folder."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found for the paths a user gave."""

    files: tuple[tuple[Path, str], ...]
    """Path and the name it is known by in reports."""
    unread: tuple[str, ...]
    """Names of files in folders whose suffix is not known."""
    companions: tuple[str, ...] = ()
    """Names of files in folders that were passed over because their names say that they speak of inventories."""
    named: frozenset[Path] = frozenset()
    """The files that the user gave one by one: taken for what they are given as, whatever they hold."""
    refused: tuple[tuple[str, Fault], ...] = ()
    """Names of zips, and of files in them, that must not be opened, and why."""


@dataclass(slots=True)
class _Finds:
    """What has been found so far."""

    files: list[tuple[Path, str, Path]] = field(default_factory=list)
    """Path, name by itself, and the place that tells it from others of its name: inside a zip no path of a file."""
    unread: list[str] = field(default_factory=list)
    companions: list[str] = field(default_factory=list)
    named: set[Path] = field(default_factory=set)
    refused: list[tuple[str, Fault]] = field(default_factory=list)

    def take(self, path: Path, name: str, place: Path, limits: Limits) -> None:
        """Take one file of a folder or zip for what its name says."""
        suffix = PurePosixPath(name).suffix.lower()
        if PurePosixPath(name).name.lower().startswith(_COMPANIONS):
            self.companions.append(name)
        elif suffix in SUFFIXES:
            self.files.append((path, name, place))
        elif suffix == _ZIP:
            self.unpack(path, name, place, limits)
        else:
            self.unread.append(name)

    def unpack(self, path: Path, name: str, place: Path, limits: Limits) -> None:
        """Take the files of a zip."""
        from provenance.inventory.archive import extract, read_members

        try:
            members = read_members(path, name, limits)
        except InventoryError as error:
            self.refused.extend((name, fault) for fault in error.faults)
            return
        for member in members:
            inside = f"{name}/{member.name}"
            if member.fault is not None:
                self.refused.append((inside, member.fault))
                continue
            # What is passed over by its name need not be written down.
            if PurePosixPath(member.name).suffix.lower() not in SUFFIXES:
                self.unread.append(inside)
                continue
            try:
                self.take(extract(path, member, inside), inside, place / member.name, limits)
            except InventoryError as error:
                self.refused.extend((inside, fault) for fault in error.faults)


def find_inputs(
    paths: Sequence[Path], *, besides: Collection[Path] = (), limits: Limits | None = None
) -> Inputs:
    """Find the inventories among the paths a user gave.

    Args:
        paths: Files, taken as they are; folders, searched to the bottom for the formats that can be read; zips of such
            files; patterns (`data/*.xlsx`) that stand for what they match. In folders and zips, hidden files, locks (`~$`),
            settings and files whose name begins with evidence, waivers, matter or columns are passed over.
        besides: Files, resolved, that are no inventories where a folder holds them: registers, packing lists that
            one covers by, reports of an earlier run.
        limits: What a zip may hold; those of the environment when None.

    Raises:
        InventoryError: A path does not exist, a pattern matches nothing, or a folder or zip holds no inventory.
    """
    kept = limits if limits is not None else limits_of()
    finds = _Finds()
    faults: list[Fault] = []
    for path in [match for given in paths for match in _matches(given, faults)]:
        before = len(finds.files) + len(finds.refused)
        if path.is_dir():
            _search(path, besides, finds, kept)
        elif _is_archive(path):
            finds.unpack(path, path.name, path.resolve(), kept)
        else:
            finds.files.append((path, path.name, path.resolve()))
            finds.named.add(path)
        if before == len(finds.files) + len(finds.refused):
            faults.append(Fault(path.name or str(path), "holds no inventory", f"expected {_known()}"))
    if faults:
        raise InventoryError(faults)
    return Inputs(
        _apart(finds.files),
        tuple(dict.fromkeys(finds.unread)),
        tuple(dict.fromkeys(finds.companions)),
        frozenset(finds.named),
        tuple(dict.fromkeys(finds.refused)),
    )


def _is_archive(path: Path) -> bool:
    """Tell whether a file is a zip and no workbook; what opens zips is loaded only for what begins like one."""
    try:
        with path.open("rb") as file:
            if file.read(4) not in ZIP_MAGIC:
                return False
    except OSError:  # it is told where it is read
        return False
    from provenance.inventory.archive import is_archive

    return is_archive(path)


def is_pattern(path: Path) -> bool:
    """Tell whether a path that does not exist stands for the files it matches."""
    return glob.has_magic(str(path))


def named_apart(files: Iterable[tuple[Path, str]]) -> tuple[tuple[Path, str], ...]:
    """Give files of the same name from different places names that tell them apart, and drop repeats.

    Args:
        files: Each file with the name that it has by itself.

    Returns:
        Each file once, with as many of its folders before its name as it takes; never the whole path if less does.
    """
    return _apart((path, name, path.resolve()) for path, name in files)


def _matches(path: Path, faults: list[Fault]) -> list[Path]:
    """Return what a path stands for: itself if it exists, or what it matches; else note the fault."""
    if path.exists():
        return [path]
    if not is_pattern(path):
        faults.append(Fault(str(path), "does not exist", "check the path"))
        return []
    # A pattern may begin anywhere, at a root too, which `Path.glob` does not take.
    found = sorted(Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207
    found = [match for match in found if not match.name.startswith("~$")]
    if not found:
        faults.append(Fault(str(path), "matches no file", "check the pattern"))
    return found


def _search(folder: Path, besides: Collection[Path], finds: _Finds, limits: Limits) -> None:
    held: list[tuple[str, Path]] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in names:
            path = Path(place, file)
            if file.startswith((".", "~$", "provenance.")) or path.resolve() in besides:
                continue
            held.append((path.relative_to(folder).as_posix(), path))
    for name, path in sorted(held):
        finds.take(path, name, path.resolve(), limits)


def _apart(files: Iterable[tuple[Path, str, Path]]) -> tuple[tuple[Path, str], ...]:
    first: dict[Path, str] = {}
    shown: dict[Path, Path] = {}
    for path, name, place in files:
        first.setdefault(place, name)
        shown.setdefault(place, path)
    names = dict(first)
    depth = 1
    while same := {name for name, times in Counter(names.values()).items() if times > 1}:
        depth += 1
        for place, name in names.items():
            if name in same:
                names[place] = "/".join(place.parts[-max(depth, first[place].count("/") + 2) :])
    return tuple((shown[place], name) for place, name in names.items())


def _known() -> str:
    return ", ".join(sorted(suffix.lstrip(".") for suffix in (*SUFFIXES, _ZIP)))
