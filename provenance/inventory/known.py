"""What the reader knows of names before it has read a file: which texts are makers, and which name a product."""

from __future__ import annotations

from collections.abc import Callable

from provenance.inventory.vocabulary import load_vocabulary, squash
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """Two questions to whoever knows names; a catalogue answers them better than a list of words."""

    maker: Callable[[str], bool]
    """Whether a text is nothing but the name of a maker or brand."""
    product: Callable[[str], bool]
    """Whether a text names a product, with or without its maker."""
    serial: Callable[[str], bool]
    """Whether a text has the shape of the serial numbers of some maker."""


def _is_brand(text: str) -> bool:
    return squash(text) in load_vocabulary().brands


def _never(_: str) -> bool:
    return False


BY_WORDS = Known(_is_brand, _never, _never)
"""What the vocabulary alone can tell."""
