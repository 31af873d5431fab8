"""A register to be answered as a workbook: dropdowns where a column takes certain words, a sheet for long lists."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from provenance.origin.register_columns import COLUMNS, NAMES
from provenance.origin.register_rows import HELP_SHEET
from provenance.report.register_files import cells_of
from provenance.report.requests import Request

REGISTER_SHEET = "Register"
_SERIALS_IN_A_CELL = 50
"""More than these are no cell that anybody reads: they get a sheet of their own."""
_SPARE_ROWS = 500
"""Rows below the last request that have the dropdowns too."""
_WIDTHS = {
    "document": 16,
    "note": 60,
    "serials": 40,
    "issuer": 30,
    "covers_file": 22,
    "model": 24,
    "maker": 24,
}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a date in the file that no clock changes


def write_register_workbook(requests: tuple[Request, ...], path: Path, *, synthetic: bool) -> None:
    """Write the workbook; the same requests give the same bytes.

    Args:
        requests: The lines.
        path: Where to write.
        synthetic: Whether each line has to say that it is invented.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Evidence register", "created": _MADE})
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        sheet = _headed(book, REGISTER_SHEET, NAMES, bold)
        for row, request in enumerate(requests, start=1):
            cells = cells_of(request, synthetic=synthetic)
            if len(request.serials) > _SERIALS_IN_A_CELL:
                _serials(book, request, bold)
                # Without a file's name before it the sheet is one of this workbook, whatever that is called.
                cells["covers_file"] = f"!{request.document}"
            elif request.serials:
                cells["serials"] = ";".join(request.serials)
            for column, name in enumerate(NAMES):
                if text := cells.get(name, ""):
                    sheet.write_string(row, column, text)
        _dropdowns(sheet, len(requests) + _SPARE_ROWS)
        _explain(book, bold)


def _headed(book: Any, name: str, header: tuple[str, ...], bold: Any) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(header):
        sheet.set_column(column, column, _WIDTHS.get(title, 14))
        sheet.write_string(0, column, title, bold)
    return sheet


def _serials(book: Any, request: Request, bold: Any) -> None:
    sheet = _headed(book, request.document, ("Model", "Serial Number"), bold)
    sheet.set_column(0, 1, 26)
    for row, serial in enumerate(request.serials, start=1):
        sheet.write_string(row, 0, request.model)
        sheet.write_string(row, 1, serial)


def _dropdowns(sheet: Any, last: int) -> None:
    for at, column in enumerate(COLUMNS):
        if column.words:
            sheet.data_validation(
                1,
                at,
                last,
                at,
                {
                    "validate": "list",
                    "source": list(column.words),
                    "error_title": column.name,
                    "error_message": f"Choose one of the list: {column.name} takes no other word.",
                },
            )


def _explain(book: Any, bold: Any) -> None:
    sheet = _headed(book, HELP_SHEET, ("column", "what it means", "words it takes"), bold)
    sheet.set_column(1, 2, 90)
    for row, column in enumerate(COLUMNS, start=1):
        for at, text in enumerate((column.name, column.meaning, ", ".join(column.words))):
            sheet.write_string(row, at, text)
