"""Columns that no report may carry: passwords, credentials of pools, and how to reach people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

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
    folded = fold(header)
    words = {text for text in (folded, _NUMBERED.sub("", folded)) if text}
    for kind, phrases, whole in _secrets():
        for text in words:
            padded = f" {text} "
            if squash(text) in whole or any(phrase in padded for phrase in phrases):
                return kind
    texts = [cell.strip() for cell in cells[:_LOOKED_AT] if cell.strip()]
    if texts and sum("@" in text and _EMAIL.match(text) is not None for text in texts) > 0.5 * len(texts):
        return "contacts"
    if texts and sum(_POOL.search(text) is not None for text in texts) > 0.5 * len(texts):
        return "credentials"
    return None


@lru_cache(maxsize=1)
def _secrets() -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    """What must not be shown, by kind: phrases, which are folded already, between blanks, and without any."""
    return tuple(
        (
            kind,
            tuple(f" {phrase} " for phrase in phrases),
            frozenset(phrase.replace(" ", "") for phrase in phrases),
        )
        for kind, phrases in load_vocabulary().withheld.items()
    )
