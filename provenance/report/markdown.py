"""Markdown that shows a text and never runs it: escaping, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from provenance.report.words import one_line

_MARKS = re.compile(r"([\\`*_\[\]|~$])")
_BLANK = re.compile(r"\[______: [\w ,'-]+\]")
"""A blank to be filled in by hand; it stands once in a paragraph, so its lines mark nothing up."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escape(text: object) -> str:
    """Return a text so that Markdown shows it as it is, on one line: no markup, no HTML, no cell border."""
    if _BLANK.fullmatch(str(text)):
        return str(text)
    return _MARKS.sub(r"\\\1", one_line(str(text)).translate(_ENTITIES))


def table_head(columns: Sequence[str]) -> str:
    """Return the head of a table; its rows follow, made by `table_row`."""
    return f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"


def table_row(values: Iterable[object]) -> str:
    """Return one row of a table, escaped."""
    return f"| {' | '.join(escape(value) for value in values)} |\n"


def table(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a whole table and the blank line after it."""
    return table_head(columns) + "".join(table_row(row) for row in rows) + "\n"


def quote(text: str) -> str:
    """Return a text of several lines as a block quotation."""
    lines = [escape(line) for line in text.strip().splitlines()]
    return "".join(f"> {line}\n" if line else ">\n" for line in lines) + "\n"
