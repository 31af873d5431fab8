"""Papers as Markdown: one text, every letter after the other, each with its marks and its foot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from provenance.report.markdown import escape, quote, table_head, table_row
from provenance.report.prose import Block, Bullets, Heading, Paper, Paragraph, Quotation, Table


def write_markdown(paper: Paper, path: Path) -> None:
    """Write a paper as UTF-8 text; memory does not grow with the rows of its tables."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        out.writelines(_letters(paper))


def _letters(paper: Paper) -> Iterator[str]:
    for number, letter in enumerate(paper.letters):
        if number:
            yield "\n---\n\n"
        yield f"# {escape(letter.title)}\n\n"
        for mark in paper.marks:
            yield f"**{escape(mark)}**\n\n"
        for block in letter.blocks:
            yield from block_lines(block)
        yield f"*{escape(paper.foot)}*\n"


def block_lines(block: Block) -> Iterator[str]:
    """Yield one block with the blank line after it."""
    match block:
        case Heading():
            yield f"{'#' * block.level} {escape(block.text)}\n\n"
        case Paragraph():
            yield f"**{escape(block.text)}**\n\n" if block.strong else f"{escape(block.text)}\n\n"
        case Quotation():
            yield quote(block.text)
        case Bullets():
            for item in block.items:
                yield f"- {escape(item)}\n"
            yield "\n"
        case Table():
            yield table_head(block.columns)
            for row in block.rows:
                yield table_row(row)
            yield "\n"
        case _:
            assert_never(block)
