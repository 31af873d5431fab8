"""MAC addresses: who registered the block, a witness for the maker of the network interface and for nothing else."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance.catalog.database import Catalogue
from provenance.expressions import expression
from provenance.identify.identity import MacReading

if TYPE_CHECKING:
    import polars as pl

KEY_DIGITS = 9
"""The longest registered block has 36 bits: addresses with the same nine digits have the same registrant."""
_LOCAL = 0x02
_GROUP = 0x01
_HEX = expression(r"[0-9A-F]{6}(?:[0-9A-F]{3}){0,2}")
_SEPARATORS = str.maketrans("", "", ":-. ")
_REGISTRY = "IEEE REGISTRATION AUTHORITY"
"""Registrant of the blocks that the registry hands on in smaller parts: no answer."""


def key_exprs(text: pl.Expr, mark: str) -> tuple[pl.Expr, pl.Expr]:
    """Return the first six digits of MAC addresses and the first nine, as they are written.

    Args:
        text: Addresses in one notation.
        mark: What stands between their octets; may be empty.
    """
    return text.str.head(6 + 2 * len(mark)), text.str.head(KEY_DIGITS + 4 * len(mark))


def mac_keys(blocks: pl.Series, longer: pl.Series, divided: Collection[str]) -> pl.Series:
    """Return the keys of MAC addresses: those with the same key have the same reading.

    Six digits tell the registrant, but in the blocks that the registry hands on in smaller parts, which take nine. So
    a fleet has a handful of keys, not one per machine.

    Args:
        blocks: The first six digits of each, in any notation (Categorical).
        longer: The first nine (String).
        divided: The first six digits of the blocks that are handed on in smaller parts.
    """
    import polars as pl

    met = [
        block
        for block in blocks.unique().drop_nulls().cast(pl.String).to_list()
        if block.translate(_SEPARATORS).upper() in divided
    ]
    if not met:
        return blocks
    return longer.zip_with(blocks.is_in(met), blocks.cast(pl.String)).cast(pl.Categorical)


class MacStanding(StrEnum):
    """What a text for a MAC address is worth."""

    NOT_AN_ADDRESS = "not-an-address"
    """No six octets, nor the beginning of them, in hexadecimal digits."""
    NOBODYS = "nobodys"
    """All zeros, all ones, or an address of a group: none of one device."""
    LOCAL = "locally-administered"
    """Somebody chose it: no registrant stands behind it, and two devices may have the same."""
    DEFAULT = "default"
    """What boards bear that were never given an address of their own: many devices have the same."""
    UNREGISTERED = "unregistered"
    """Written like a registered one, but nobody registered its block."""
    REGISTERED = "registered"


_DEFAULTS = frozenset({"000A35000000", "001122334455", "123456789ABC"})
"""The default of boards with a Xilinx chip, seen on many miners at once, and addresses of manuals."""


class MacReader:
    """Reads MAC addresses by the registry of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._memo: dict[str, MacReading | None] = {}

    def read(self, mac: str | None) -> MacReading | None:
        """Return who registered the block of a MAC address; separators and case do not matter.

        Args:
            mac: A whole address, its first nine digits, or six that settle it.

        Returns:
            The reading; None for what is no address of one device and for a block that nobody registered.
        """
        if not mac:
            return None
        digits = mac.strip().translate(_SEPARATORS).upper()
        if _HEX.fullmatch(digits) is None:
            return None
        key = digits[:KEY_DIGITS].ljust(KEY_DIGITS, "0")
        if key not in self._memo:
            self._memo[key] = self._read(key)
        return self._memo[key]

    def standing(self, text: str) -> MacStanding:
        """Return what a text for a MAC address is worth; see `MacStanding`."""
        digits = text.strip().translate(_SEPARATORS).upper()
        if _HEX.fullmatch(digits) is None:
            return MacStanding.NOT_AN_ADDRESS
        if not digits.strip("0") or not digits.strip("F") or int(digits[:2], 16) & _GROUP:
            return MacStanding.NOBODYS
        if digits in _DEFAULTS:
            return MacStanding.DEFAULT
        reading = self.read(digits)
        if reading is None:
            return MacStanding.UNREGISTERED
        return MacStanding.LOCAL if reading.locally_administered else MacStanding.REGISTERED

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
