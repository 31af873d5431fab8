"""Sheets of a workbook: rows of plain values with a frozen head, colours for verdicts, and nothing in them that runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from provenance.policy.verdict import Verdict
from provenance.report.annotated import REJECTED
from provenance.report.formulas import neutral
from provenance.report.words import VERDICT_WORDS

ROW_LIMIT = 1_048_576 - 1
"""Rows of one sheet of the format, less the header."""
COLUMN_LIMIT = 16_384
"""Columns of one sheet of the format."""
NAME_LIMIT = 31
"""Characters of the name of a sheet."""

_CELL_LIMIT = 32_767
"""Characters of one cell of the format."""
_MARK_LIMIT = 250
"""Characters of what stands above a page in print."""
_CUT = " [cut: the json report holds the whole text]"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))

COLOURS: dict[str, str] = {
    Verdict.NON_CONFORMING.value: "#F8CBAD",
    Verdict.UNDETERMINED.value: "#FFE699",
    Verdict.WAIVED.value: "#D9C3E8",
    Verdict.CONFORMING.value: "#C6E0B4",
    Verdict.OUT_OF_SCOPE.value: "#E7E6E6",
    REJECTED: "#D0CECE",
}
_WIDTHS = {
    "evidence": 60, "meaning": 60, "sentence": 70, "question": 90, "note": 50, "sha256": 66, "ground": 60,
    "request": 50,
}  # fmt: skip


@contextmanager
def open_book(path: Path, title: str, comments: str, day: date) -> Iterator[Sheets]:
    """Open a workbook to write; the same rows give the same bytes.

    Args:
        path: Where to write.
        title: What its properties call it.
        comments: What its properties say of it.
        day: The day it carries: a clock in the file would change its bytes from run to run.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": False,
        "nan_inf_to_errors": True,
    }
    book = xlsxwriter.Workbook(str(path), options)
    try:
        created = datetime.combine(day, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": title, "comments": comments, "created": created})
        yield Sheets(book, comments)
    finally:
        book.close()


class Sheets:
    """Writes rows of plain values to sheets; nothing it writes runs."""

    def __init__(self, book: Any, on_every_page: str) -> None:
        self.book = book
        self._mark = on_every_page.replace("&", "&&")[:_MARK_LIMIT]
        self._names: set[str] = set()
        self.header = book.add_format({"bold": True, "bottom": 1, "bg_color": "#DDEBF7"})
        self.bold = book.add_format({"bold": True})
        self.big = book.add_format({"bold": True, "font_size": 16})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.verdicts = {
            verdict: book.add_format({"bg_color": colour}) for verdict, colour in COLOURS.items()
        }

    def verdict_format(self, verdict: Verdict) -> Any:
        """Return the colour of a verdict."""
        return self.verdicts[verdict.value]

    def name(self, wanted: str) -> str:
        """Return a name that a sheet may have and none of this book has yet, as near as can be to the one wanted."""
        plain = (wanted.translate(_FORBIDDEN).strip("'") or "Sheet")[:NAME_LIMIT]
        name, count = plain, 2
        while name.casefold() in self._names or name.casefold() == "history":
            suffix = f" ({count})"
            name, count = plain[: NAME_LIMIT - len(suffix)] + suffix, count + 1
        self._names.add(name.casefold())
        return name

    def add(self, name: str) -> Any:
        """Add an empty sheet."""
        sheet = self.book.add_worksheet(self.name(name))
        sheet.set_header(f"&C{self._mark}")
        return sheet

    def table(self, name: str, header: Sequence[str]) -> Any:
        """Add a sheet with a frozen header row."""
        sheet = self.add(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(header):
            key = title.removeprefix("provenance_")
            sheet.set_column(column, column, _WIDTHS.get(key, 18))
            sheet.write_string(0, column, cell(title), self.header)
        return sheet

    def fill(self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add a sheet and write its rows; a `Verdict` among the values is coloured."""
        sheet = self.table(name, header)
        last = 0
        for last, row in enumerate(rows, start=1):
            self.row(sheet, last, row)
        sheet.autofilter(0, 0, max(last, 1), len(header) - 1)

    def row(self, sheet: Any, at: int, values: Sequence[object], style: Any = None) -> None:
        """Write one row of texts, counts and verdicts."""
        for column, value in enumerate(values):
            match value:
                case None | "":
                    continue
                case Verdict():
                    sheet.write_string(at, column, VERDICT_WORDS[value], self.verdict_format(value))
                case int():
                    sheet.write_number(at, column, value, style)
                case _:
                    sheet.write_string(at, column, cell(neutral(str(value))), style)


def cell(text: str) -> str:
    """Return a text as long as a cell can hold, and say where it was cut."""
    return text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - len(_CUT)] + _CUT
