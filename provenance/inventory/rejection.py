"""Which rows are no machine: blank ones, totals, notes and signatures, repeated headers, impossible quantities.

Nothing else is rejected. A row that cannot be understood is an undetermined machine, so every doubt keeps the row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from provenance.expressions import expression
from provenance.inventory.table import Field, Rejection
from provenance.inventory.vocabulary import fold, load_vocabulary
from provenance.records import dataclass

KEYS = (Field.SERIAL, Field.MAC)
"""A row with one of these is a machine, whatever else it says."""
_NAMING = (Field.SERIAL, Field.MAC, Field.IP, Field.HOSTNAME, Field.ASSET_TAG)
_TELLING = (Field.MODEL, Field.MAKER)
_SPEAKING = (*_TELLING, Field.CATEGORY, Field.HOSTNAME)
"""Fields in whose column the word "total" may stand."""
_NUMBER = expression(r"^[-+]?[$€£¥]?\s?\d[\d\s,.']*\s?[^\W\d_]{0,4}%?$")
_COMMENT = expression(r"^(?:#+|\*+|//)\s*[^\W\d_]")
_SENTENCE = 60
"""Characters above which a lone cell is a note and no model."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What judging a row needs to know of its table."""

    headers: Mapping[int, str]
    """Column to header, only those with one."""
    fields: Mapping[int, Field]
    """Column to field."""
    counters: frozenset[int]
    """Columns that only count the rows."""
    width: int
    """Columns in use."""


def judge_row(cells: Sequence[str | None], columns: Sequence[int], shape: Shape) -> Rejection | None:
    """Say why a row is no machine, or None when it is one; its quantity is not looked at.

    Args:
        cells: The raw cells.
        columns: The column of each cell.
        shape: The table.
    """
    placeholder = load_vocabulary().placeholder
    filled = {
        column: text
        for column, cell in zip(columns, cells, strict=True)
        if cell and (text := " ".join(cell.replace("\u00a0", " ").split()))
    }
    if not filled or all(column in shape.counters and _NUMBER.match(text) for column, text in filled.items()):
        return Rejection.BLANK
    if _is_header(filled, shape):
        return Rejection.HEADER
    said = {column: text for column, text in filled.items() if text.casefold() not in placeholder}
    if not said:
        return Rejection.BLANK
    by_field = {shape.fields[column]: text for column, text in said.items() if column in shape.fields}
    if any(
        field in by_field and not _is_total(by_field[field]) and not _is_note(by_field[field])
        for field in KEYS
    ):
        return None
    first = next(iter(said.values()))
    if _COMMENT.match(first) and not any(field in by_field for field in _TELLING):
        return Rejection.NOTE
    if _total_row(first, by_field, said):
        return Rejection.TOTAL
    if _note_row(first, said, shape):
        return Rejection.NOTE
    return None


def _is_header(filled: Mapping[int, str], shape: Shape) -> bool:
    if not shape.headers:
        return False
    same = sum(
        column in filled and fold(filled[column]) == fold(header) and bool(fold(header))
        for column, header in shape.headers.items()
    )
    return same >= min(2, len(shape.headers)) and same >= 0.6 * len(filled)


def _is_total(text: str) -> bool:
    """Whether a text is a word for a total, with no more behind it than figures or a colon."""
    words = fold(text).split(" ")
    known = load_vocabulary().total
    for size in range(min(4, len(words)), 0, -1):
        if " ".join(words[:size]) in known:
            rest = words[size:]
            return all(not word.isalpha() or len(word) <= 4 for word in rest)
    return False


def _begins_total(text: str) -> bool:
    words = fold(text).split(" ")
    known = load_vocabulary().total
    return any(" ".join(words[:size]) in known for size in range(1, min(4, len(words)) + 1))


def _total_row(first: str, by_field: Mapping[Field, str], said: Mapping[int, str]) -> bool:
    speaking = [first, *(by_field[field] for field in _SPEAKING if field in by_field)]
    if any(_is_total(text) for text in speaking):
        # A model may be called "Total": with a maker beside it, or a tag, the row stays.
        others = [
            field for field in (*_NAMING, *_TELLING) if field in by_field and not _is_total(by_field[field])
        ]
        return not others or (len(said) <= 3 and Field.ASSET_TAG not in others)
    if _begins_total(first):
        # "Total miners on site: 500" beside figures alone.
        rest = list(said.values())[1:]
        return all(_NUMBER.match(text) for text in rest) and not _model_like(first)
    return False


def _model_like(text: str) -> bool:
    """Whether a text that begins with "Total" could be a product, as "Total Access 5000" is."""
    return text.rsplit(" ", 1)[-1].isdigit() and ":" not in text and text.count(" ") >= 2


def _is_note(text: str) -> bool:
    """Whether a text opens as notes and signatures do: a known word, then a colon or nothing."""
    known = load_vocabulary().note
    head, colon, _ = text.replace("：", ":").partition(":")
    folded = fold(head)
    if folded in known:
        return True
    words = folded.split(" ")
    return bool(colon) and any(" ".join(words[:size]) in known for size in (1, 2, 3))


def _note_row(first: str, said: Mapping[int, str], shape: Shape) -> bool:
    fields = {shape.fields.get(column) for column in said}
    if _is_note(first) and len(said) <= 4 and not fields & {Field.QUANTITY, Field.MAKER}:
        return True
    if len(said) > 1 or shape.width < 3:
        return False
    column, text = next(iter(said.items()))
    field = shape.fields.get(column)
    if _NUMBER.match(text):
        return False
    if field in _NAMING:
        return len(text.split(" ")) > 2
    if field in _TELLING:
        return len(text) > _SENTENCE or text.endswith((":", "："))
    # A heading of a group, a foot note, a place and date: text alone that names no machine.
    return True


def opening_pattern(*, ascii_only: bool) -> str:
    """Return a pattern that the first cell of every total, note and comment matches; cells of machines may match too.

    Args:
        ascii_only: Whether the table holds nothing but ASCII, for which a smaller pattern does.
    """
    words = [word for word in load_vocabulary().openings if not ascii_only or word.isascii()]
    openings = "|".join(r"\s+".join(map(re.escape, word.split(" "))) for word in words)
    letter = "a-zA-Z" if ascii_only else r"\pL"
    return rf"(?i)^(?:[#*/]|[^{letter}]*(?:{openings}))"
