"""The hashrate of cases: what inventories state, and the maker's rating where they state none, kept apart.

Rates add up only within one algorithm and one kind of unit: a hash of one is no hash of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from provenance.catalog.records import Model
from provenance.origin.hashrate import HashTally
from provenance.origin.rates import Rate, rates_in, unit_near
from provenance.origin.scan import Tally
from provenance.records import dataclass

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
        factor = unit_near(tally.total / _THOUSANDTHS / tally.units, bins) if not tally.kind else None
        kind = tally.kind or (factor.kind if factor is not None else "")
        if kind:
            total = tally.total if factor is None else tally.total * factor.factor // _THOUSANDTHS
            sums = found.setdefault(kind, [0, 0, 0, 0])
            sums[0] += total
            sums[1] += tally.units
    for one, count in _rated(stated, tallies, bins):
        sums = found.setdefault(one.kind, [0, 0, 0, 0])
        sums[2] += one.per_second * count
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
    stated: Sequence[HashTally], tallies: Sequence[Tally], bins: tuple[Rate, ...]
) -> Iterator[tuple[Rate, int]]:
    """Yield ratings with the units that state none: by the text of their rows, else where the model has one rating."""
    silent: Counter[str] = Counter()
    for tally in tallies:
        silent[tally.model] += tally.units
    for told in stated:
        silent[told.model] -= told.units
    for text, units in sorted(silent.items()):
        named = {one.per_second for one in rates_in(text)}
        written = [one for one in bins if one.per_second in named]
        if units > 0 and (len(written) == 1 or len(bins) == 1):
            yield (written or bins)[0], units


def _bins(model: Model | None) -> tuple[Rate, ...]:
    return tuple(rate for label in (model.hashrates if model is not None else ()) for rate in rates_in(label))
