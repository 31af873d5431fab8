"""What a catalogue knows of names, for the reader of inventories: it asks, and learns nothing else of the catalogue."""

from __future__ import annotations

from provenance.identify.identity import Tier
from provenance.identify.resolve import Identifier
from provenance.inventory.known import BY_WORDS, Known

_SURE = frozenset({Tier.EXACT, Tier.GRAMMAR})


def names_of(identifier: Identifier) -> Known:
    """Return what an identifier knows of makers and products, added to what the reader's own words tell.

    Args:
        identifier: The identifier of a catalogue.
    """

    def maker(text: str) -> bool:
        return BY_WORDS.maker(text) or (
            identifier.read_maker(text).maker_tier is Tier.EXACT
            and identifier.read_text(None, text).model is None
        )

    def product(text: str) -> bool:
        reading = identifier.read_text(None, text)
        if reading.model_tier in _SURE:
            return True
        if not any(letter.isdigit() for letter in text) or not any(letter.isalpha() for letter in text):
            return False
        return reading.maker_tier in _SURE or len(reading.alternatives) > 1

    def serial(text: str) -> bool:
        reading = identifier.read_serial(text)
        return reading is not None and not reading.placeholder

    return Known(maker, product, serial)
