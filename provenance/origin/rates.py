"""How a text writes a hashrate: `200T`, `9,050 GH/s`, `420 kSol/s`, in an inventory, a model or a rating alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from provenance.expressions import expression
from provenance.records import dataclass

POWERS = {"": 0, "k": 3, "m": 6, "g": 9, "t": 12, "p": 15, "e": 18}
"""Of ten, by the prefix of a unit."""
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?"
_RATE = expression(
    # A prefix may stand alone, as in 234T; without one the unit has to be whole, for `24 h` is a time.
    rf"(?<![\w.])({_NUMBER})\s*(?:([kmgtpe])(sol|hash|h)?|(sol|hash|h(?=/s)))(?:/?s)?(?![a-z])",
    re.IGNORECASE,
)
_BARE = expression(rf"\s*({_NUMBER})\s*")
_KINDS = {"": "h", "h": "h", "hash": "h", "sol": "sol"}
_NEAR = 0.35
"""How far a measured rate may lie from a rating, so that a number without a unit is read in the rating's."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as it is written."""

    number: float
    factor: int
    """What the unit counts, per second: 10**12 for TH/s."""
    kind: str
    """`h` for hashes, `sol` for solutions; hashes where a prefix stands alone."""

    @property
    def per_second(self) -> int:
        """Hashes or solutions per second."""
        return round(self.number * self.factor)


def rates_in(text: str | None) -> list[Rate]:
    """Return the rates that a text names with their units, in its order."""
    return [
        Rate(
            _value(found[1]),
            10 ** POWERS[(found[2] or "").lower()],
            _KINDS[(found[3] or found[4] or "").lower()],
        )
        for found in _RATE.finditer(text or "")
    ]


def bare_number(text: str | None) -> float | None:
    """Return the number that is all of a text; None where there is more, or less."""
    found = _BARE.fullmatch(text or "")
    return _value(found[1]) if found is not None else None


def unit_near(number: float, ratings: Iterable[Rate]) -> Rate | None:
    """Return the rating in whose unit a number without one is near it; None where none is, or ratings differ in it."""
    near = [one for one in ratings if abs(number - one.number) <= _NEAR * one.number]
    return near[0] if len({(one.factor, one.kind) for one in near}) == 1 else None


def _value(text: str) -> float:
    return float(text.replace(",", "") if re.search(r",\d{3}", text) else text.replace(",", "."))
