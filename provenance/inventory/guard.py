"""The guard in front of the workbook reader: what a zip or OLE file may hold before anything parses it as a workbook.

It streams every XML part once, with caps on members, size and compression, refuses DTDs, follows the outermost cell,
and notes on the way what the reader does not tell: hidden rows and columns, formulas that were never calculated, cells
that hold an error, and numbers whose format shows leading zeros.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from provenance.errors import Fault, InventoryError

MAX_MEMBERS = 20_000
"""No workbook seen holds more than a few thousand parts."""
MAX_TOTAL = 6 * 2**30
"""Bytes of all parts together: a full sheet of a million rows by forty columns stays below."""
MAX_RATIO = 400
"""A deflated part reaches 1032 to 1 only when it is one byte repeated; sheets of real files stay below 60."""
RATIO_FLOOR = 32 * 2**20
"""Below this many bytes a high ratio does no harm."""
MAX_AREA = 40_000_000
"""Cells of the rectangle that the reader would lay out; above it a nearly empty sheet is refused."""
MIN_FILL = 0.02
"""The part of such a rectangle that must hold cells."""
_CHUNK = 1 << 20

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REL_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_P = rb"(?:[A-Za-z0-9]+:)?"
_DTD = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(?:D\x00O|E\x00N)"
)
_ROW = re.compile(rb"<" + _P + rb'row\b[^>]*?\br="([0-9]{1,10})"([^>]*)>')
_ROW_HIDDEN = re.compile(rb"<" + _P + rb'row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]{1,10})"')
_WIDE = re.compile(rb' r="([A-Z]{3})([0-9]{1,10})"')
_COLUMN_HIDDEN = re.compile(rb"<" + _P + rb'col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_BOUND = re.compile(rb'\b(min|max)="([0-9]{1,6})"')
_FORMULA_EMPTY = re.compile(
    rb"<" + _P + rb"c\b([^>]*)><" + _P + rb"f\b(?:[^>]*/>|[^>]*>[^<]*</" + _P + rb"f>)"
    rb"(?:<" + _P + rb"v\s*/>|<" + _P + rb"v></" + _P + rb"v>)?</" + _P + rb"c>"
)
_ERROR = re.compile(
    rb"<"
    + _P
    + rb'c\b(?=[^>]*\bt="e")([^>]*)>(?:(?!</'
    + _P
    + rb"c>).){0,4000}?<"
    + _P
    + rb"v>([^<]{1,40})</",
    re.DOTALL,
)
_REF = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,10})"')
_ZEROS = re.compile(r"^0{2,64}$")
_CELL_CLOSE = re.compile(rb"</" + _P + rb"c>")


@dataclass(slots=True)
class SheetNotes:
    """What the XML of one sheet says beyond the values of its cells. Rows count from 1, columns from 0."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    """Cells with a formula and no value, as (row, column)."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that hold an error such as `#N/A`."""
    padded: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    """(column, digits) to the rows of whole numbers that are shown with leading zeros."""
    last_row: int = 0
    cells: int = 0


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
            notes[title] = _read_sheet(archive, member, f"{name}:{title}", padded)
        if not titles:
            for chunk in _chunks(archive, member):
                _refuse_dtd(chunk, name, member.filename)
    return notes


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    # zipfile stops at the declared size and checks the CRC, so a part that lies about its size ends in BadZipFile.
    with archive.open(member) as part:
        while chunk := part.read(_CHUNK):
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
        data = archive.read(part)
    except KeyError:
        return None
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


def _read_sheet(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, padded: dict[bytes, int]
) -> SheetNotes:
    notes = SheetNotes()
    styled = _styled_pattern(padded)
    columns, last_wide, wide_cell = 0, 0, ""
    rest = b""
    first = True
    for chunk in _chunks(archive, member):
        _refuse_dtd(rest[-64:] + chunk, where, member.filename)
        data, rest = _whole_cells(rest + chunk)
        if first:
            notes.hidden_columns.extend(_hidden_columns(data))
            first = False
        _note_rows(data, notes)
        _note_cells(data, notes, styled, padded)
        for match in _WIDE.finditer(data):
            column = _index(match[1])
            if column >= columns:
                columns, wide_cell = column + 1, (match[1] + match[2]).decode()
            last_wide = max(last_wide, int(match[2]))
    _note_rows(rest, notes)
    _note_cells(rest, notes, styled, padded)
    notes.last_row = max(notes.last_row, last_wide)
    area = notes.last_row * columns
    if area > MAX_AREA and notes.cells < area * MIN_FILL:
        raise InventoryError(
            Fault(
                f"{where}!{wide_cell}",
                f"a cell stands so far out that the sheet spans {area:,} cells, of which {notes.cells:,} exist",
                "delete the empty columns and rows beyond the table, or copy the table to a new workbook",
            )
        )
    return notes


def _whole_cells(data: bytes) -> tuple[bytes, bytes]:
    """Split behind the last closed cell, so that no pattern is cut in two."""
    at = max(data.rfind(b"</c>"), data.rfind(b":c>"))
    if at < 0:
        at = data.rfind(b">")
        return (data[: at + 1], data[at + 1 :]) if at >= 0 else (b"", data)
    end = data.find(b">", at) + 1
    return data[:end], data[end:]


def _hidden_columns(data: bytes) -> Iterator[int]:
    for match in _COLUMN_HIDDEN.finditer(data):
        bounds = {key: int(value) for key, value in _BOUND.findall(match[0])}
        low, high = bounds.get(b"min", 1), bounds.get(b"max", 1)
        # Hiding "everything to the right" is how people frame a sheet; it hides no data of a table.
        if high - low < 1000:
            yield from range(low - 1, high)


def _note_rows(data: bytes, notes: SheetNotes) -> None:
    notes.cells += data.count(b"</c>") + data.count(b":c>")
    last = deque(_ROW.finditer(data, max(0, data.rfind(b"<", 0, max(0, data.rfind(b"row "))))), 1) or deque(
        _ROW.finditer(data), 1
    )
    if last:
        notes.last_row = max(notes.last_row, int(last[0][1]))
    if b"hidden=" in data:
        notes.hidden_rows.extend(int(row) for row in _ROW_HIDDEN.findall(data))


def _styled_pattern(padded: dict[bytes, int]) -> re.Pattern[bytes] | None:
    if not padded:
        return None
    ids = b"|".join(sorted(padded))
    return re.compile(
        rb"<" + _P + rb'c\b(?=[^>]*\bs="(' + ids + rb')")(?![^>]*\bt="(?:s|str|inlineStr|b|e)")([^>/]*)>'
    )


def _note_cells(
    data: bytes, notes: SheetNotes, styled: re.Pattern[bytes] | None, padded: dict[bytes, int]
) -> None:
    if b"<f>" in data or b"<f " in data or b":f>" in data or b":f " in data:
        notes.uncalculated.extend(
            cell for match in _FORMULA_EMPTY.finditer(data) if (cell := _cell(match[1])) is not None
        )
    if b't="e"' in data:
        for match in _ERROR.finditer(data):
            cell = _cell(match[1])
            if cell is not None:
                notes.errors[cell] = match[2].decode("utf-8", "replace")
    if styled is not None:
        for match in styled.finditer(data):
            cell = _cell(match[2])
            if cell is not None:
                notes.padded.setdefault((cell[1], padded[match[1]]), []).append(cell[0])


def _cell(attributes: bytes) -> tuple[int, int] | None:
    match = _REF.search(attributes)
    return None if match is None else (int(match[2]), _index(match[1]))


def _index(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
