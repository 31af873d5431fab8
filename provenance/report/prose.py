"""What a paper for people is made of: headings, paragraphs, lists and tables, in plain text, before it has a form.

The notice, the memorandum and the request list are written as such blocks; Markdown, Word and PDF lay them out. A text is
never markup here: whoever renders a block escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of a paper."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of somebody else, or a clause; lines are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on each page."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[str, ...]]
    """As many cells as columns; may be a generator, and is then read once."""
    widths: tuple[int, ...] = ()
    """How wide the columns are, in parts of the whole; empty: alike."""


Block = Heading | Paragraph | Quotation | Bullets | Table


@dataclass(frozen=True, slots=True)
class Letter:
    """One paper to one reader: it begins on a page of its own and counts its own pages."""

    title: str
    blocks: Iterable[Block]
    """Without the title; read once."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One output: letters that are never mixed, with what stands on every page."""

    marks: tuple[str, ...]
    """Above every page: DRAFT, SYNTHETIC, privileged and confidential."""
    foot: str
    """Below every page: the disclaimer and the dates of the data."""
    letters: tuple[Letter, ...]


def pairs(rows: Iterable[tuple[str, str]]) -> Bullets:
    """Return `label: value` as a list."""
    return Bullets(tuple(f"{label}: {value}" for label, value in rows))


def blank(what: str) -> str:
    """Return the visible blank for something that only people know."""
    return f"[______: {what}]"


def sections(blocks: Iterable[Block]) -> Iterator[Block]:
    """Number the headings of level 2 that are no schedules: `1. Parties`."""
    number = 0
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2 and not block.text.startswith("Schedule"):
            number += 1
            yield Heading(2, f"{number}. {block.text}")
        else:
            yield block
