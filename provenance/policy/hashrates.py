"""The hashrate of cases: what inventories state, and the maker's rating where they state none, kept apart.

Rates add up only within one algorithm and one kind of unit: a hash of one is no hash of another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from provenance.catalog.records import Model
from provenance.origin.hashrate import HashTally
from provenance.origin.scan import Tally
from provenance.records import dataclass

_LABEL = re.compile(r"^([\d.]+)\s*([kmgtpe]?)(h|sol)?(?:/s)?$", re.IGNORECASE)
_POWERS = {"": 0, "k": 3, "m": 6, "g": 9, "t": 12, "p": 15, "e": 18}
_NEAR = 0.35
"""How far a measured rate may lie from a rating, so that a number without a unit is read in the rating's."""
_THOUSANDTHS = 1000


@dataclass(frozen=True, slots=True)
class Hashrate:
    """The rates of some units of one algorithm."""

    algorithm: str
    """Empty where the catalogue names none."""
    kind: str
    """`h` for hashes, `sol` for solutions per second."""
    stated: int
    """The sum that inventories state, per second."""
    stated_units: int
    rated: int
    """The sum of the maker's ratings for units whose rows state none, per second."""
    rated_units: int


@dataclass(frozen=True, slots=True)
class _Bin:
    """One rating of a model."""

    label: str
    number: float
    factor: int
    kind: str

    @property
    def rate(self) -> int:
        return round(self.number * self.factor)


def hashrate_of(
    stated: Sequence[HashTally], tallies: Sequence[Tally], model: Model | None
) -> tuple[Hashrate, ...]:
    """Return the hashrate of one case, by kind of unit; empty where nothing states or rates it.

    Args:
        stated: What its rows state.
        tallies: Its rows by what they say of the model.
        model: The catalogue's model, where it is known.
    """
    bins = _bins(model)
    algorithm = model.algorithm or "" if model is not None else ""
    found: dict[str, list[int]] = {}
    for tally in stated:
        factor = _unit_of(tally, bins) if not tally.kind else None
        kind = tally.kind or (factor.kind if factor is not None else "")
        if kind:
            total = tally.total if factor is None else tally.total * factor.factor // _THOUSANDTHS
            sums = found.setdefault(kind, [0, 0, 0, 0])
            sums[0] += total
            sums[1] += tally.units
    for one, count in _rated(stated, tallies, bins):
        sums = found.setdefault(one.kind, [0, 0, 0, 0])
        sums[2] += one.rate * count
        sums[3] += count
    return tuple(Hashrate(algorithm, kind, *sums) for kind, sums in sorted(found.items()))


def added(hashrates: Iterable[Hashrate]) -> tuple[Hashrate, ...]:
    """Return the sums by algorithm and kind of unit, sorted."""
    sums: dict[tuple[str, str], list[int]] = {}
    for one in hashrates:
        total = sums.setdefault((one.algorithm, one.kind), [0, 0, 0, 0])
        for index, value in enumerate((one.stated, one.stated_units, one.rated, one.rated_units)):
            total[index] += value
    return tuple(Hashrate(algorithm, kind, *total) for (algorithm, kind), total in sorted(sums.items()))


def _rated(
    stated: Sequence[HashTally], tallies: Sequence[Tally], bins: tuple[_Bin, ...]
) -> Iterator[tuple[_Bin, int]]:
    """Yield ratings with the units that state none: by the text of their rows, else where the model has one rating."""
    silent: Counter[str] = Counter()
    for tally in tallies:
        silent[tally.model] += tally.units
    for told in stated:
        silent[told.model] -= told.units
    for text, units in sorted(silent.items()):
        written = [one for one in bins if _names(text, one)]
        if units > 0 and (len(written) == 1 or len(bins) == 1):
            yield (written or bins)[0], units


def _bins(model: Model | None) -> tuple[_Bin, ...]:
    found = []
    for label in model.hashrates if model is not None else ():
        parts = _LABEL.match(label)
        if parts is not None:
            factor = 10 ** _POWERS[parts[2].lower()]
            found.append(_Bin(label, float(parts[1]), factor, (parts[3] or "h").lower()))
    return tuple(found)


def _unit_of(tally: HashTally, bins: tuple[_Bin, ...]) -> _Bin | None:
    """Return the rating in whose unit a number without one is near it; None where none is, or ratings differ in it."""
    mean = tally.total / _THOUSANDTHS / tally.units
    near = [one for one in bins if abs(mean / one.number - 1) <= _NEAR]
    return near[0] if len({(one.factor, one.kind) for one in near}) == 1 else None


def _names(text: str, one: _Bin) -> bool:
    number = re.escape(f"{one.number:g}")
    return re.search(rf"(?<![\d.]){number}(?:\.0+)?\s*[kmgtpe](?![a-gi-z])", text, re.IGNORECASE) is not None
