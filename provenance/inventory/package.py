"""The parts of an OOXML package that say what the others are: which part is which sheet, which style shows which digits."""

from __future__ import annotations

import posixpath
import re
import zipfile
from xml.etree import ElementTree as ET

from provenance.errors import Fault, InventoryError

MAX_INDEX = 64 * 2**20
"""Bytes of the parts that list sheets and styles, which are parsed whole."""
DIGIT = "\0"
"""Stands for a digit in a mask."""
_MOST_DIGITS = 64

_DTD = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(?:D\x00O|E\x00N)"
)
DTD_LENGTH = 24
"""Bytes of the longest opening of a DTD."""
_FORMAT_PIECE = re.compile(r"""\[[^\]]*\]|_.|\*.|\\(.)|"([^"]*)"|([-+ /():$])|([0#])""")


def refuse_dtd(data: bytes, name: str, part: str) -> None:
    """Refuse a part, or a piece of one, that declares a DTD.

    Raises:
        InventoryError: It does, in UTF-8 or UTF-16.
    """
    if b"!" in data and _DTD.search(data) is not None:
        raise InventoryError(
            Fault(
                name,
                f"its part {part[:80]} declares a DTD or entities, which no spreadsheet writes",
                "open it in a spreadsheet and save it again",
            )
        )


def sheet_parts(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the part of each sheet by its title; empty for xlsb and ods, which have no list of sheets in this form.

    Args:
        archive: The workbook.
        name: What messages call it.

    Raises:
        InventoryError: The list is absurdly long, or declares a DTD.
    """
    names = {_folded(part): part for part in archive.namelist()}
    book = _tree(archive, names.get("xl/workbook.xml"), name)
    links = _tree(archive, names.get("xl/_rels/workbook.xml.rels"), name)
    if book is None or links is None:
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts: dict[str, str] = {}
    for element in book.iter():
        if _local(element.tag) != "sheet":
            continue
        # The namespace of the attribute differs between transitional and strict; no other one is called id.
        link_id = next((value for key, value in element.items() if key.endswith("}id")), None)
        target = targets.get(link_id, "")
        part = names.get(_folded(target.lstrip("/") if target.startswith("/") else f"xl/{target}"))
        if part is not None:
            parts[element.get("name", "")] = part
    return parts


def digit_masks(archive: zipfile.ZipFile, name: str) -> dict[bytes, str]:
    """Return the cell styles that show whole numbers with leading zeros, with the mask of what they show.

    Args:
        archive: The workbook.
        name: What messages call it.

    Returns:
        The number of a style as its cells write it, to a mask: `DIGIT` for each digit at least shown, and the text around.

    Raises:
        InventoryError: The list of styles is absurdly long, or declares a DTD.
    """
    names = {_folded(part): part for part in archive.namelist()}
    root = _tree(archive, names.get("xl/styles.xml"), name)
    if root is None:
        return {}
    formats: dict[str, str] = {}
    styles: dict[bytes, str] = {}
    for element in root.iter():
        tag = _local(element.tag)
        if tag == "numFmt":
            mask = mask_of(element.get("formatCode", ""))
            if mask is not None:
                formats[element.get("numFmtId", "")] = mask
        elif tag == "cellXfs":
            for index, style in enumerate(element):
                mask = formats.get(style.get("numFmtId", ""))
                if mask is not None:
                    styles[str(index).encode()] = mask
    return styles


def mask_of(code: str) -> str | None:
    """Return the mask of a number format that shows whole numbers with leading zeros; None for any other format.

    Args:
        code: As the file writes it: `00000000`, `"SN-"0000`, `000-000;@`.
    """
    section = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code, maxsplit=1)[0]
    mask, at = "", 0
    while at < len(section):
        piece = _FORMAT_PIECE.match(section, at)
        if piece is None:
            return None
        at = piece.end()
        escaped, quoted, plain, place = piece.groups()
        if place == "#":
            if mask:  # it shows nothing for a missing digit; in front, surplus digits show without it too
                return None
        else:
            mask += DIGIT if place else escaped or quoted or plain or ""
    return mask if 2 <= mask.count(DIGIT) <= _MOST_DIGITS else None


def masked(digits: str, mask: str) -> str:
    """Return a whole number as a mask shows it.

    Args:
        digits: The number, digits alone.
        mask: What `mask_of` returned.
    """
    places = mask.count(DIGIT)
    rest = list(digits.zfill(places))
    shown = ""
    for sign in mask:
        if sign != DIGIT:
            shown += sign
            continue
        surplus = max(1, len(rest) - places + 1)
        shown += "".join(rest[:surplus])
        rest = rest[surplus:]
        places -= 1
    return shown


def _tree(archive: zipfile.ZipFile, part: str | None, name: str) -> ET.Element | None:
    """Parse one small part; DTDs are refused first, so nothing expands."""
    if part is None:
        return None
    size = archive.getinfo(part).file_size
    if size > MAX_INDEX:
        raise InventoryError(
            Fault(
                name,
                f"its part {part} unpacks to {size >> 20} MiB, where a list of sheets was expected",
                "save it again",
            )
        )
    data = archive.read(part)
    refuse_dtd(data, name, part)
    return ET.fromstring(data)  # noqa: S314 - a DTD was refused above, and expat loads nothing external


def _folded(part: str) -> str:
    """Return the name of a part as readers compare them: some writers use other letters or slashes than they list."""
    return posixpath.normpath(part.replace("\\", "/")).lower()


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
