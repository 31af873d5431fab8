"""Markdown that shows a text and never runs it: escaping, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from provenance.report.words import one_line

_MARKS = re.compile(r"([\\`*_\[\]|~$])")
_BLANK = re.compile(r"\[______: [\w ,'-]+\]")
"""A blank to be filled in by hand."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escape(text: object) -> str:
    """Return a text so that Markdown shows it as it is, on one line: no markup, no HTML, no cell border."""
    shown = one_line(str(text))
    blank = _BLANK.search(shown)
    if blank is None:
        return _plain(shown)
    # The lines of one blank mark nothing up; those of two could mark up what stands between them.
    return _plain(shown[: blank.start()]) + blank[0] + _plain(shown[blank.end() :])


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text.translate(_ENTITIES))


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
