"""Workbooks whose XML is not in UTF-8: their parts are rewritten in UTF-8, for the reader knows no other encoding."""

from __future__ import annotations

import codecs
import re
import shutil
import zipfile
from pathlib import Path
from typing import IO

from provenance.errors import Fault, InventoryError
from provenance.inventory.guard import opened

_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]{0,200}\?>")
_PLAIN = frozenset({"utf-8", "ascii"})
_KNOWN = ("iso8859", "cp", "gb", "big5", "shift_jis", "euc_", "koi8", "mac-")
"""Beginnings of what Python calls the encodings of documents; its other codecs compress, escape or look names up."""
_HEAD = 256
_CHUNK = 1 << 20


def recode_parts(path: Path, name: str, folder: Path) -> Path:
    """Return a zipped workbook whose XML is in UTF-8: the file itself, or a copy if it is in another encoding.

    Args:
        path: The workbook, let through by the guard.
        name: What messages call it.
        folder: Where a copy may be written.

    Raises:
        InventoryError: It is damaged, or a part is not in the encoding that it declares.
    """
    with opened(path, name) as archive:
        foreign: dict[str, str] = {}
        for member in archive.infolist():
            if member.filename.lower().endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    found = encoding_of(part.read(_HEAD))
                if found not in _PLAIN:
                    foreign[member.filename] = found
        if not foreign:
            return path
        copy = folder / f"recoded{path.suffix}"
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
            for member in archive.infolist():
                encoding = foreign.get(member.filename)
                with archive.open(member) as part, written.open(member.filename, "w") as target:
                    if encoding is None:
                        shutil.copyfileobj(part, target)
                    else:
                        _recode(part, target, encoding, f"its part {member.filename[:80]}", name)
    return copy


def encoding_of(head: bytes) -> str:
    """Return the encoding of an XML part from its beginning, as Python names it; utf-8 where it says nothing.

    Args:
        head: A hundred bytes or more.
    """
    for mark, encoding in ((codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF16_LE, "utf-16")):
        if head.startswith(mark):
            return encoding
    if head.startswith(b"\0<"):
        return "utf-16-be"
    if head.startswith(b"<\0"):
        return "utf-16-le"
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8).lstrip())
    if declared is None:
        return "utf-8"
    try:
        found = codecs.lookup(declared[1].decode("ascii"))
    except LookupError:
        return "utf-8"
    return found.name if found.name.startswith(_KNOWN) else "utf-8"


def _recode(part: IO[bytes], target: IO[bytes], encoding: str, what: str, name: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    first = True
    try:
        while True:
            chunk = part.read(_CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            target.write((_DECLARATION.sub("", text) if first else text).encode("utf-8", "replace"))
            first = False
            if not chunk:
                return
    except UnicodeDecodeError as error:
        raise InventoryError(
            Fault(
                name,
                f"{what} is not in {encoding}, which it declares",
                "open it in a spreadsheet and save it again",
            )
        ) from error
