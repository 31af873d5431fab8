"""The guard in front of the workbook reader: what a zip or OLE file may hold before anything parses it as a workbook.

It tells what the file is, caps members, size and compression, recognises passwords, refuses DTDs, and hands the XML of each
sheet on to be looked through on the way.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree as ET

from provenance.errors import Fault, InventoryError
from provenance.inventory.find import OLE_MAGIC, ZIP_MAGIC
from provenance.inventory.limits import Limits
from provenance.inventory.package import DTD_LENGTH, digit_masks, refuse_dtd, sheet_parts
from provenance.inventory.sheetnotes import SheetNotes, read_sheet
from provenance.records import dataclass

RATIO_FLOOR = 32 * 2**20
"""Below this many bytes a high ratio does no harm."""
_BARE_BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
"""What an xls of the nineties without OLE around it begins with."""
_FILEPASS = 0x2F
"""The record of an xls that says that what follows is encrypted."""
_FIRST_RECORDS = 12
"""Among so many it stands."""
_CHUNK = 1 << 20
_SAVE_AGAIN = "open it in a spreadsheet and save it again"
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ET.ParseError,
    LookupError,  # an encoding that does not exist
    ValueError,
)
"""What a damaged zip, or damaged XML in it, ends in."""


class Kind(StrEnum):
    """What a workbook is by its content, whatever its name says."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    PACKAGE = "package"
    """An xlsx or xlsb that Office encrypted as a whole."""


@dataclass(frozen=True, slots=True)
class Container:
    """What a file is before it is parsed."""

    kind: Kind
    locked: bool = False
    """Whether a password protects its content."""


def guard_container(path: Path, name: str, limits: Limits) -> Container:
    """Tell what a file is and refuse what is no readable workbook, by its container alone; quick whatever its size.

    Args:
        path: The file.
        name: What messages call it.
        limits: What is read at most.

    Raises:
        InventoryError: The file is no workbook, or unpacks to more than is read.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise InventoryError(Fault(name, "is empty (0 bytes)", "export it again"))
    if head == OLE_MAGIC:
        return _guard_ole(path)
    if head[:4] not in ZIP_MAGIC:
        if path.suffix.lower() == ".xls" and head[:2] in _BARE_BIFF:
            return Container(Kind.XLS)
        raise InventoryError(
            Fault(
                name,
                "is no workbook: neither a zip nor an OLE file",
                "open it in a spreadsheet and save as xlsx",
            )
        )
    with opened(path, name) as archive:
        guard_members(archive, name, limits)
        kind = zipped_kind(archive)
        if kind is None:
            raise InventoryError(
                Fault(name, "is a zip that holds no workbook", "unpack it and look what it is")
            )
        locked = any(member.flag_bits & 1 for member in archive.infolist())
        if kind is Kind.ODS and not locked and "META-INF/manifest.xml" in archive.namelist():
            locked = b"encryption-data" in archive.read("META-INF/manifest.xml")
    return Container(kind, locked)


def zipped_kind(archive: zipfile.ZipFile) -> Kind | None:
    """Tell which workbook a zip is by the names of its parts; None if it is none."""
    names = {member.replace("\\", "/").lower() for member in archive.namelist()}
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        return Kind.XLSB
    return Kind.ODS if "content.xml" in names else None


def note_sheets(path: Path, name: str, limits: Limits) -> tuple[dict[str, SheetNotes], dict[str, Fault]]:
    """Read the XML of a zipped workbook through, and note what it says about each sheet.

    Args:
        path: The file, let through by `guard_container`.
        name: What messages call it.
        limits: What is read at most.

    Returns:
        Notes by the name of the sheet (none for xlsb, whose parts are binary, and for ods), and the sheets that must not
        be read because they are damaged, declare a DTD or span an area that would exhaust the reader.

    Raises:
        InventoryError: What all sheets share is damaged or declares a DTD.
    """
    with opened(path, name) as archive:
        return _note_parts(archive, name, limits)


@contextmanager
def opened(path: Path, name: str, what: str = "workbook", do: str = _SAVE_AGAIN) -> Iterator[zipfile.ZipFile]:
    """Open a zip; whatever damage shows while it is open becomes one error.

    Args:
        path: The file.
        name: What the message calls it.
        what: What it is, for the message.
        do: What to do about damage.

    Raises:
        InventoryError: It is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except DAMAGED as error:
        raise InventoryError(Fault(name, f"is a damaged {what} ({error})", do)) from error


def _guard_ole(path: Path) -> Container:
    """Recognise what Office encrypted, and an xls whose stream starts with a record of encryption."""
    with path.open("rb") as file:
        data = file.read(64 * 2**20)
    if any(title.encode("utf-16-le") in data for title in ("EncryptedPackage", "EncryptionInfo")):
        return Container(Kind.PACKAGE, locked=True)
    at = -1
    while (at := data.find(b"\x09\x08", at + 1)) >= 0:
        if at % 64 or data[at + 2 : at + 4] not in {b"\x10\x00", b"\x08\x00"}:
            continue
        # Records follow one another as type, length, body.
        here = at
        for _ in range(_FIRST_RECORDS):
            if int.from_bytes(data[here : here + 2], "little") == _FILEPASS:
                return Container(Kind.XLS, locked=True)
            here += 4 + int.from_bytes(data[here + 2 : here + 4], "little")
        break
    return Container(Kind.XLS)


def guard_members(
    archive: zipfile.ZipFile, name: str, limits: Limits, do: str = "save it again, or export csv"
) -> None:
    """Refuse a zip that holds too many parts, or unpacks to more than is read.

    Args:
        archive: The zip.
        name: What messages call it.
        limits: What is read at most.
        do: What to do about it, besides raising a limit.

    Raises:
        InventoryError: It does.
    """
    members = archive.infolist()
    if len(members) > limits.members:
        what = f"holds {len(members)} parts; at most {limits.members} are read"
        raise InventoryError(Fault(name, what, f"{do}, or raise the limit `members`"))
    total = sum(member.file_size for member in members)
    if total > limits.unpacked_bytes:
        what = f"unpacks to {total >> 20} MiB; at most {limits.unpacked} are read"
        raise InventoryError(Fault(name, what, f"{do}, or raise the limit `unpacked`"))
    for member in members:
        if member.file_size > RATIO_FLOOR and member.file_size > limits.ratio * max(1, member.compress_size):
            what = (
                f"its part {member.filename[:80]} unpacks to {member.file_size >> 20} MiB from"
                f" {member.compress_size >> 10} KiB, as a zip bomb does"
            )
            raise InventoryError(Fault(name, what, f"{do}, or raise the limit `ratio`"))


def _note_parts(
    archive: zipfile.ZipFile, name: str, limits: Limits
) -> tuple[dict[str, SheetNotes], dict[str, Fault]]:
    sheets = sheet_parts(archive, name)
    masks = digit_masks(archive, name) if sheets else {}
    notes: dict[str, SheetNotes] = {}
    faults: dict[str, Fault] = {}
    titles: dict[str, list[str]] = {}
    for title, part in sheets.items():
        titles.setdefault(part, []).append(title)
    for member in archive.infolist():
        if not member.filename.lower().endswith((".xml", ".rels")):
            continue
        for title in titles.get(member.filename, ()):
            where = f"{name}:{title}"
            try:
                notes[title] = read_sheet(_checked(archive, member, name), where, masks, limits.cells)
            except InventoryError as error:
                faults[title] = error.faults[0]
            except DAMAGED as error:
                faults[title] = Fault(where, f"is damaged ({error})", _SAVE_AGAIN)
        if member.filename not in titles:
            for _ in _checked(archive, member, name):
                pass
    return notes, faults


def _checked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield a part in chunks that declare no DTD."""
    tail = b""
    # zipfile stops at the declared size and checks the CRC, so a part that lies about its size ends in BadZipFile.
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            refuse_dtd(tail + chunk, name, member.filename)
            tail = chunk[-DTD_LENGTH:]
            yield chunk
