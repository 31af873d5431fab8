"""MAC addresses: who registered the block, a witness for the maker of the network interface and for nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from provenance.catalog.database import Catalogue
from provenance.identify.identity import MacReading

if TYPE_CHECKING:
    import polars as pl

KEY_DIGITS = 9
"""The longest registered block has 36 bits: addresses with the same nine digits have the same registrant."""
_LOCAL = 0x02
_GROUP = 0x01
_LOCAL_DIGITS = "26AE"
"""Second digits of the addresses of one device that nobody registered."""
_LOCAL_KEY = "020000000"
_HEX = re.compile(r"[0-9A-F]{9}(?:[0-9A-F]{3})?")
_SEPARATORS = str.maketrans("", "", ":-. ")
_REGISTRY = "IEEE REGISTRATION AUTHORITY"
"""Registrant of the blocks that the registry hands on in smaller parts: no answer."""


def mac_key_expr(column: str, divided: Collection[str]) -> pl.Expr:
    """Return the expression of the key of a column of MAC addresses: nine digits that have the same reading.

    Addresses set by hand or by software share one key, and only in the blocks that the registry hands on in smaller
    parts are more than six digits kept: a fleet then has a handful of keys, not one per machine.

    Args:
        column: The column, of twelve upper-case digits.
        divided: The first six digits of the blocks that are handed on in smaller parts.
    """
    import polars as pl

    mac = pl.col(column)
    block = mac.str.head(6)
    local = mac.str.slice(1, 1).is_in(list(_LOCAL_DIGITS))
    return (
        pl.when(local)
        .then(pl.lit(_LOCAL_KEY))
        .when(block.is_in(sorted(divided)))
        .then(mac.str.head(KEY_DIGITS))
        .otherwise(pl.concat_str(block, pl.lit("0" * (KEY_DIGITS - 6))))
    )


class MacReader:
    """Reads MAC addresses by the registry of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._memo: dict[str, MacReading | None] = {}

    def read(self, mac: str | None) -> MacReading | None:
        """Return who registered the block of a MAC address; separators and case do not matter.

        Args:
            mac: A whole address, or its first nine digits.

        Returns:
            The reading; None for what is no address of one device and for a block that nobody registered.
        """
        if not mac:
            return None
        digits = mac.translate(_SEPARATORS).upper()
        if _HEX.fullmatch(digits) is None:
            return None
        key = digits[:KEY_DIGITS]
        if key not in self._memo:
            self._memo[key] = self._read(key)
        return self._memo[key]

    def _read(self, key: str) -> MacReading | None:
        first = int(key[:2], 16)
        if first & _GROUP or not int(key, 16):
            return None
        if first & _LOCAL:
            return MacReading("", None, 0, locally_administered=True)
        block = self._catalogue.registration(key)
        if block is None or block.organisation.upper().startswith(_REGISTRY):
            return None
        return MacReading(block.organisation, block.maker, block.bits, locally_administered=False)
