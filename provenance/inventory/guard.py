"""The guard in front of the workbook reader: what a zip or OLE file may hold before anything parses it as a workbook.

It caps members, size and compression, recognises passwords, refuses DTDs, and hands the XML of each sheet on to be
looked through on the way.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

from provenance.errors import Fault, InventoryError
from provenance.inventory.sheetnotes import SheetNotes, read_sheet

MAX_MEMBERS = 20_000
"""No workbook seen holds more than a few thousand parts."""
MAX_TOTAL = 6 * 2**30
"""Bytes of all parts together: a full sheet of a million rows by forty columns stays below."""
MAX_RATIO = 400
"""A deflated part reaches 1032 to 1 only when it is one byte repeated; sheets of real files stay below 60."""
RATIO_FLOOR = 32 * 2**20
"""Below this many bytes a high ratio does no harm."""
MAX_INDEX = 64 * 2**20
"""Bytes of the parts that list sheets and styles, which are parsed whole."""
_CHUNK = 1 << 20
_DTD_LENGTH = 24
"""Bytes of the longest opening of a DTD."""

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_DTD = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(?:D\x00O|E\x00N)"
)
_ZEROS = re.compile(r"^0{2,64}$")


def guard_container(path: Path, name: str) -> bool:
    """Refuse what is no readable workbook, by its container alone; quick whatever its size.

    Args:
        path: The file.
        name: What messages call it.

    Returns:
        Whether it is a zip, whose parts `note_sheets` reads.

    Raises:
        InventoryError: The file is no workbook, is protected by a password, or unpacks to more than is read.
    """
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise InventoryError(Fault(name, "is empty (0 bytes)", "export it again"))
    if head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        _guard_ole(path, name)
        return False
    if head[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
        if path.suffix.lower() == ".xls" and head[:2] in {b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00"}:
            return False  # a bare BIFF stream of the nineties
        raise InventoryError(
            Fault(
                name,
                "is no workbook: neither a zip nor an OLE file",
                "open it in a spreadsheet and save as xlsx",
            )
        )
    with _opened(path, name) as archive:
        _guard_members(archive, name)
    return True


def note_sheets(path: Path, name: str) -> dict[str, SheetNotes]:
    """Read the XML of a zipped workbook through, and note what it says about each sheet.

    Args:
        path: The file, let through by `guard_container`.
        name: What messages call it.

    Returns:
        Notes by the name of the sheet; empty for xlsb, whose parts are binary, and for ods.

    Raises:
        InventoryError: It is damaged, declares a DTD, or spans an area that would exhaust the reader.
    """
    with _opened(path, name) as archive:
        return _note_parts(archive, name)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ET.ParseError,
        ValueError,
    ) as error:
        raise InventoryError(
            Fault(name, f"is a damaged workbook ({error})", "open it in a spreadsheet and save it again")
        ) from error
    except RuntimeError as error:  # zipfile: "File is encrypted"
        raise _password(name) from error


def _password(name: str) -> InventoryError:
    return InventoryError(
        Fault(name, "is protected by a password", "save a copy without the password and read that")
    )


def _guard_ole(path: Path, name: str) -> None:
    """Refuse encrypted OLE files: a package encrypted by Office, or an xls whose stream starts with FILEPASS."""
    with path.open("rb") as file:
        data = file.read(64 * 2**20)
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise _password(name)
    at = -1
    while (at := data.find(b"\x09\x08", at + 1)) >= 0:
        if at % 64 or data[at + 2 : at + 4] not in {b"\x10\x00", b"\x08\x00"}:
            continue
        # Records follow one another as type, length, body; FILEPASS (0x2F) stands among the first.
        here = at
        for _ in range(12):
            kind, size = (
                int.from_bytes(data[here : here + 2], "little"),
                int.from_bytes(data[here + 2 : here + 4], "little"),
            )
            if kind == 0x2F:
                raise _password(name)
            here += 4 + size
        return


def _guard_members(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise InventoryError(
            Fault(
                name, f"holds {len(members)} parts; at most {MAX_MEMBERS} are read", "save it again as xlsx"
            )
        )
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL:
        raise InventoryError(
            Fault(
                name,
                f"unpacks to {total >> 20} MiB; at most {MAX_TOTAL >> 20} are read",
                "split it or export csv",
            )
        )
    for member in members:
        if member.flag_bits & 1:
            raise _password(name)
        if member.file_size > RATIO_FLOOR and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise InventoryError(
                Fault(
                    name,
                    f"its part {member.filename[:80]} unpacks to {member.file_size >> 20} MiB from"
                    f" {member.compress_size >> 10} KiB, as a zip bomb does",
                    "save it again from a spreadsheet, or export csv",
                )
            )
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise _password(name)


def _note_parts(archive: zipfile.ZipFile, name: str) -> dict[str, SheetNotes]:
    members = archive.infolist()
    sheets = _sheet_parts(archive, name, {member.filename for member in members})
    padded = _padded_styles(archive, name) if sheets else {}
    notes: dict[str, SheetNotes] = {}
    for member in members:
        if not member.filename.endswith((".xml", ".rels")):
            continue
        titles = [title for title, part in sheets.items() if part == member.filename]
        for title in titles:
            notes[title] = read_sheet(_checked(archive, member, name), f"{name}:{title}", padded)
        if not titles:
            for _ in _checked(archive, member, name):
                pass
    return notes


def _checked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """Yield a part in chunks that declare no DTD."""
    tail = b""
    # zipfile stops at the declared size and checks the CRC, so a part that lies about its size ends in BadZipFile.
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
            _refuse_dtd(tail + chunk, name, member.filename)
            tail = chunk[-_DTD_LENGTH:]
            yield chunk


def _refuse_dtd(chunk: bytes, name: str, part: str) -> None:
    if b"!" in chunk and _DTD.search(chunk) is not None:
        raise InventoryError(
            Fault(
                name,
                f"its part {part[:80]} declares a DTD or entities, which no spreadsheet writes",
                "open it in a spreadsheet and save it again",
            )
        )


def _tree(archive: zipfile.ZipFile, part: str, name: str) -> ET.Element | None:
    """Parse one small part; DTDs are refused first, so nothing expands."""
    try:
        size = archive.getinfo(part).file_size
    except KeyError:
        return None
    if size > MAX_INDEX:
        raise InventoryError(
            Fault(
                name,
                f"its part {part} unpacks to {size >> 20} MiB, where a list of sheets was expected",
                "save it again",
            )
        )
    data = archive.read(part)
    _refuse_dtd(data, name, part)
    return ET.fromstring(data)  # noqa: S314 - a DTD was refused above, and expat loads nothing external


def _sheet_parts(archive: zipfile.ZipFile, name: str, names: set[str]) -> dict[str, str]:
    """Return the part of each sheet by its title; empty for xlsb, whose parts are binary."""
    book = _tree(archive, "xl/workbook.xml", name) if "xl/workbook.xml" in names else None
    rels = _tree(archive, "xl/_rels/workbook.xml.rels", name) if book is not None else None
    if book is None or rels is None:
        return {}
    targets = {rel.get("Id"): rel.get("Target", "") for rel in rels}
    parts: dict[str, str] = {}
    for element in book.iter():
        if element.tag.rsplit("}", 1)[-1] == "sheet":
            target = targets.get(element.get(f"{_REL}id") or element.get(f"{_REL_STRICT}id")) or ""
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in names:
                parts[element.get("name", "")] = part
    return parts


def _padded_styles(archive: zipfile.ZipFile, name: str) -> dict[bytes, int]:
    """Return the cell styles whose number format is nothing but zeros, with how many digits they show."""
    root = _tree(archive, "xl/styles.xml", name)
    if root is None:
        return {}
    formats: dict[str, int] = {}
    styles: dict[bytes, int] = {}
    for element in root.iter():
        tag = element.tag.rsplit("}", 1)[-1]
        if tag == "numFmt" and _ZEROS.match(element.get("formatCode", "")):
            formats[element.get("numFmtId", "")] = len(element.get("formatCode", ""))
        elif tag == "cellXfs":
            for index, style in enumerate(element):
                digits = formats.get(style.get("numFmtId", ""))
                if digits is not None:
                    styles[str(index).encode()] = digits
    return styles
