"""A zip of inventories: its files are written down one by one under names of ours, guarded, and never a zip inside it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from provenance.errors import Fault
from provenance.inventory.encoding import find_encoding
from provenance.inventory.guard import DAMAGED, guard_members, opened, zipped_kind
from provenance.inventory.limits import Limits
from provenance.inventory.spool import new_folder
from provenance.records import dataclass

_PACKED = frozenset({".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar"})
"""Suffixes of archives: one inside a zip is not opened, for nobody packs an inventory twice but to hide something."""
_UTF8_NAME = 0x800
"""The flag of a member whose name is in UTF-8."""
_UNPACK = "unpack it and give the folder"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip."""

    name: str
    """Inside the zip, with slashes."""
    info: zipfile.ZipInfo
    fault: Fault | None = None
    """Why it is not taken out."""


def is_archive(path: Path) -> bool:
    """Tell whether a file that begins like a zip holds no workbook; a damaged one is what its suffix says."""
    try:
        with zipfile.ZipFile(path) as archive:
            return zipped_kind(archive) is None
    except DAMAGED:
        return path.suffix.lower() == ".zip"


def read_members(path: Path, shown: str, limits: Limits) -> list[Member]:
    """Return the files of a zip in the order of their names; folders, locks and what systems leave behind are left out.

    Args:
        path: The zip.
        shown: What messages call it.
        limits: What a zip may hold.

    Raises:
        InventoryError: It is damaged, or holds or unpacks to more than is read.
    """
    with opened(path, shown, "zip", _UNPACK) as archive:
        guard_members(archive, shown, limits, _UNPACK)
        return sorted(_members(archive, shown), key=lambda member: member.name)


def extract(path: Path, member: Member, shown: str) -> Path:
    """Write one file of a zip down, under a name that owes it nothing but the suffix.

    Args:
        path: The zip.
        member: One of `read_members` without a fault.
        shown: What messages call the member.

    Raises:
        InventoryError: It is damaged.
    """
    target = new_folder() / f"member{PurePosixPath(member.name).suffix.lower()}"
    # Reading stops at the size that was guarded, and checks the sum.
    with (
        opened(path, shown, "file in a zip", "pack it again") as archive,
        archive.open(member.info) as packed,
        target.open("wb") as file,
    ):
        shutil.copyfileobj(packed, file)
    return target


def _members(archive: zipfile.ZipFile, shown: str) -> Iterator[Member]:
    seen: dict[str, int] = {}
    for info in archive.infolist():
        name = _name(info)
        parts = PurePosixPath(name).parts
        if name.endswith("/") or not parts:
            continue
        where = f"{shown}/{name}"
        if name.startswith("/") or ".." in parts or ":" in parts[0]:
            fault = Fault(where, "has a name that leads out of the zip", "pack it again with plain names")
            yield Member(name, info, fault)
            continue
        if any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts):
            continue
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            plain = PurePosixPath(name)
            name = str(plain.with_name(f"{plain.stem} ({seen[name]}){plain.suffix}"))
        if PurePosixPath(name).suffix.lower() in _PACKED:
            yield Member(name, info, Fault(where, "is an archive inside a zip, which is not opened", _UNPACK))
        elif info.flag_bits & 1:
            yield Member(name, info, Fault(where, "is protected by a password of the zip", _UNPACK))
        else:
            yield Member(name, info)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member with slashes; one without a mark of UTF-8 may be in any encoding of its time."""
    name = info.orig_filename.split("\0", 1)[0]
    if not name.isascii() and not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        name = raw.decode(find_encoding(raw).encoding, "replace")
    return name.replace("\\", "/")
