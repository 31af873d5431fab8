"""Papers as PDF/A-2a by typst: the same bytes for the same paper, fonts embedded, nothing fetched.

The text travels as data, never as markup. A character that the fonts have no glyph for would make a document that may not be
kept, so it is shown as the replacement character, and the foot of every page says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, assert_never

from provenance.errors import Fault, ReportError
from provenance.report.prose import Block, Bullets, Heading, Paper, Paragraph, Quotation, Table
from provenance.report.words import one_line

_HERE = Path(__file__).parent
FONTS = _HERE / "fonts"
_TEMPLATE = _HERE / "templates" / "paper.typ"
_ROWS = 400
"""Rows of one piece of a long table; each piece repeats the head."""
_RUN = 24
"""Characters without a blank that may be wider than a cell; serial numbers are shorter, and stay whole for a search."""
_LONG = re.compile(rf"[^\s\u4e00-\u9fff]{{{_RUN},}}")
_REPLACED = "\ufffd"
_LACKING = " Characters that the fonts of this document lack are shown as \ufffd; the json report holds them."


def write_pdf(paper: Paper, day: date, path: Path) -> None:
    """Write a paper as PDF/A-2a.

    Args:
        paper: What to lay out.
        day: The date that the document carries; never the clock's.
        path: Where to write.

    Raises:
        ReportError: typst is not installed.
    """
    try:
        import typst
    except ImportError as error:
        raise ReportError(
            Fault("pdf", "needs typst, which is not installed", "install provenance with the extra [docs]")
        ) from error

    shown = _Shown()
    data = {
        "day": [day.year, day.month, day.day],
        "marks": [shown(mark) for mark in paper.marks],
        "letters": [
            {"title": shown(letter.title), "blocks": [_block(block, shown) for block in letter.blocks]}
            for letter in paper.letters
        ],
    }
    data["foot"] = shown(paper.foot) + (_LACKING if shown.replaced else "")
    made = typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["a-2a"],
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    path.write_bytes(made)


class _Shown:
    """Makes texts fit to be shown: one line, steering characters visible, only what the fonts have."""

    def __init__(self) -> None:
        self.replaced = False

    def __call__(self, text: str) -> str:
        line = one_line(text)
        if covered().issuperset(line):
            return line
        self.replaced = True
        return "".join(sign if sign in covered() else _REPLACED for sign in line)


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """Return the characters that the bundled fonts have glyphs for."""
    found: set[str] = set()
    for line in (FONTS / "coverage.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def _block(block: Block, shown: _Shown) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": shown(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "text": shown(block.text), "strong": block.strong}
        case Quotation():
            return {"kind": "quotation", "lines": [shown(line) for line in block.text.splitlines()]}
        case Bullets():
            return {"kind": "bullets", "items": [shown(item) for item in block.items]}
        case Table():
            rows = ([_breakable(shown(cell)) for cell in row] for row in block.rows)
            return {
                "kind": "table",
                "columns": [shown(column) for column in block.columns],
                "widths": list(block.widths or (1,) * len(block.columns)),
                "rows": list(_pieces(rows)),
            }
        case _:
            assert_never(block)


def _breakable(text: str) -> str:
    """Let a text without a place to break, such as a digest, break anywhere: it must not run over the next cell."""
    return _LONG.sub(lambda run: "\u200b".join(run[0]), text) if len(text) >= _RUN else text


def _pieces(rows: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    source = iter(rows)
    while piece := list(islice(source, _ROWS)):
        yield piece
