"""A page of text of a given width: paragraphs that wrap, tables, and the styles of a terminal where they are wanted."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.expressions import expression
from provenance.records import dataclass

_CODES = {"bold": 1, "dim": 2, "underline": 4, "red": 31, "green": 32, "yellow": 33, "magenta": 35}
"""What a terminal calls each style."""
_WORD = expression(r"\s*\S+\s*")
_GAP = 2
"""Columns between those of a table."""
_LEAST = 16
"""Columns that the texts of a table need at least; with fewer left they stand below their figures."""
_BELOW = 4
"""How far in they stand there."""


@dataclass(frozen=True, slots=True)
class Styled:
    """A text in one style."""

    text: str
    style: str = ""
    """Words such as `bold red`; none for the style of all that is around it."""


class Page:
    """Collects lines of at most a given width."""

    def __init__(self, width: int, *, color: bool) -> None:
        self.width = width
        self._color = color
        self._lines: list[str] = []

    def text(self) -> str:
        """Return all that was put on the page; no line ends in blanks."""
        return "\n".join(self._lines) + "\n"

    def blank(self) -> None:
        """Leave a line free."""
        self._lines.append("")

    def heading(self, text: str) -> None:
        """Put a heading, with a free line above it."""
        self.blank()
        self.paragraph(text, style="bold underline")

    def paragraph(self, text: str, *, style: str = "", indent: int = 0, hang: int = 0) -> None:
        """Put a paragraph, wrapped; lines after the first stand `hang` columns further in than `indent`."""
        first, *rest = wrapped(text, self.width - indent)
        if hang and rest:
            rest = wrapped(text[len(first) :].lstrip(), self.width - indent - hang)
        self._put(" " * indent, first, style)
        for line in rest:
            self._put(" " * (indent + hang), line, style)

    def fits(self, text: str) -> bool:
        """Return whether a text fits on one line."""
        return cells(text) <= self.width

    def line(self, *parts: Styled) -> None:
        """Put one line, which is not wrapped."""
        self._lines.append("".join(self._styled(part.text, part.style) for part in parts).rstrip())

    def table(self, header: Sequence[str], rows: Sequence[Sequence[Styled]]) -> None:
        """Put a table: its last column holds texts, which wrap, and those between it and the first hold figures.

        Args:
            header: The name of each column.
            rows: The cells of each row, one for each column.
        """
        *figures, _ = zip([Styled(name) for name in header], *rows, strict=True)
        widths = [max(cells(cell.text) for cell in column) for column in figures]
        # Of figures nothing may be lost: on a narrow page they move together.
        gap = " " * (_GAP if sum(widths) + _GAP * len(widths) <= self.width else 1)
        left = self.width - sum(widths) - len(gap) * len(widths)
        for row in ([Styled(name, "bold") for name in header], *rows):
            front = ""
            for place, (cell, width) in enumerate(zip(row, widths, strict=False)):
                blanks, styled = " " * (width - cells(cell.text)), self._styled(cell.text, cell.style)
                front += (blanks + styled if place else styled + blanks) + gap
            if left < _LEAST:
                self._lines.append(front.rstrip())
                self.paragraph(row[-1].text, style=row[-1].style, indent=_BELOW)
                continue
            first, *rest = wrapped(row[-1].text, left)
            self._put(front, first, row[-1].style)
            for line in rest:
                self._put(" " * (self.width - left), line, row[-1].style)

    def _put(self, before: str, text: str, style: str) -> None:
        self._lines.append((before + self._styled(text, style)).rstrip())

    def _styled(self, text: str, style: str) -> str:
        if not (self._color and style and text):
            return text
        return f"\x1b[{';'.join(str(_CODES[word]) for word in style.split())}m{text}\x1b[0m"


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes: letters of Chinese take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than a width, broken between words where that is possible.

    Args:
        text: Lines of its own stay apart.
        width: In columns of a terminal.
    """
    if len(text) <= width and text.isascii() and "\n" not in text:
        return [text.rstrip()]
    return [line.rstrip() for own in text.split("\n") for line in _broken(own, width)]


def _broken(text: str, width: int) -> list[str]:
    lines = [""]
    free = width
    for word in _WORD.findall(text):
        needed = cells(word.rstrip())
        if needed > free and needed <= width and lines[-1]:
            lines.append("")
            free = width
        if needed <= free:
            lines[-1] += word
            free -= cells(word)
            continue
        # A word that fits on no line begins one of its own.
        bare = word.rstrip()
        pieces = _pieces(bare, width)
        lines[-1:] = [*([lines[-1]] if lines[-1] else []), *pieces]
        lines[-1] += word[len(bare) :]
        free = width - cells(lines[-1])
    return lines


def _pieces(word: str, width: int) -> list[str]:
    if word.isascii():
        return [word[start : start + width] for start in range(0, len(word), width)]
    from rich.cells import chop_cells

    return chop_cells(word, width)
