"""Columns that no report may carry: passwords, credentials of pools, and how to reach people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from provenance.expressions import expression
from provenance.inventory.vocabulary import fold, load_vocabulary, squash

_EMAIL = expression(r"^[^@\s]+@[^@\s]+\.[^@\s]{2,}$")
_POOL = expression(
    r"^(?:stratum\d?(?:\+\w+)?|tcp|ssl)://|^[^/\s]*(?:pool|stratum)[^/\s]*\.[a-z]{2,}(?::\d+)?$",
    re.IGNORECASE,
)
_NUMBERED = expression(r"\s*\d+$")
_LOOKED_AT = 200


def why_withheld(header: str, cells: Sequence[str]) -> str | None:
    """Return why a column is kept out of every report, or None when it is not.

    Args:
        header: As written.
        cells: Its first cells.
    """
    vocabulary = load_vocabulary()
    folded = fold(header)
    words = {folded, _NUMBERED.sub("", folded)}
    for kind, phrases in vocabulary.withheld.items():
        if any(
            f" {phrase} " in f" {text} " or squash(phrase) == squash(text)
            for phrase in phrases
            for text in words
            if text
        ):
            return kind
    texts = [cell.strip() for cell in cells[:_LOOKED_AT] if cell.strip()]
    if texts and sum(_EMAIL.match(text) is not None for text in texts) > 0.5 * len(texts):
        return "contacts"
    if texts and sum(_POOL.search(text) is not None for text in texts) > 0.5 * len(texts):
        return "credentials"
    return None
