"""Texts that were decoded wrongly before they reached us: UTF-8 read as Windows-1252, `AÃ‘O` for `AÑO`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from provenance.expressions import expression
from provenance.inventory.grid import Sheet
from provenance.inventory.merges import OWN
from provenance.inventory.table import DATE_FIELDS, Column

if TYPE_CHECKING:
    pass

_TRACES = "[ÂÃÄÅÆÇÐÑØÙãäåæçèé][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
"""The lead byte of a letter in UTF-8 as Windows-1252 shows it, and one that can follow it."""
_SUSPECT = expression(_TRACES)
_MOST = 10_000


def mend(text: str) -> str | None:
    """Return what a text said before it was decoded wrongly, or None when it was not.

    Args:
        text: A cell.
    """
    if not _SUSPECT.search(text):
        return None
    try:
        meant = b"".join(map(_byte, text)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return meant if meant != text and "\ufffd" not in meant else None


def _byte(letter: str) -> bytes:
    # Five bytes stand for nothing in Windows-1252, and programs pass them through.
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")


def find_mojibake(
    sheet: Sheet, first_row: int, columns: Sequence[Column], values: Mapping[int, Sequence[str]]
) -> dict[int, dict[str, str]]:
    """Return the texts of mapped columns that were decoded wrongly, with what they said.

    Args:
        sheet: What belongs to the table.
        first_row: The first row below the header.
        columns: Its columns.
        values: The cells of its first rows, by column; a column without traces in these is not looked at further.
    """
    import polars as pl

    if sheet.ascii:
        return {}
    found: dict[int, dict[str, str]] = {}
    for column in columns:
        if column.field is None or column.field in OWN or column.field in DATE_FIELDS:
            continue
        if not any(map(mend, values.get(column.index, ()))):
            continue
        cell = pl.col(f"c{column.index}").cast(pl.String)
        texts = (
            sheet.rows(first_row)
            .select(cell.filter(cell.str.contains(_TRACES)).unique(maintain_order=True).head(_MOST))
            .collect()
            .to_series()
        )
        pairs = {text: meant for text in texts if (meant := mend(text)) is not None}
        if pairs:
            found[column.index] = pairs
    return found
