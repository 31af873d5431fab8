"""Workbooks whose XML is not in UTF-8: their parts are rewritten in UTF-8, for the reader knows no other encoding."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

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
                    encoding = encoding_of(part.read(_HEAD))
                if encoding not in _PLAIN:
                    foreign[member.filename] = encoding
        if not foreign:
            return path
        copy = folder / f"recoded{path.suffix}"
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
            for member in archive.infolist():
                with archive.open(member) as part, written.open(member.filename, "w") as target:
                    encoding = foreign.get(member.filename, "")
                    decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
                    first = True
                    while chunk := part.read(_CHUNK):
                        if decoder is None:
                            target.write(chunk)
                            continue
                        text = _decoded(decoder, chunk, name, member.filename, encoding)
                        target.write(
                            (_DECLARATION.sub("", text) if first else text).encode("utf-8", "replace")
                        )
                        first = False
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


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, name: str, part: str, encoding: str) -> str:
    try:
        return decoder.decode(chunk)
    except ValueError as error:
        what = f"its part {part[:80]} is not in {encoding}, which it declares"
        raise InventoryError(Fault(name, what, "open it in a spreadsheet and save it again")) from error
