"""Learned prefixes: what documented units say of others whose serial numbers begin alike.

No maker of miners publishes which letters of a serial number stand for which plant. Where the register documents units, their
prefix and country are counted. The count is a lead: it tells whom to ask what, and neither clears nor condemns a unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from provenance.evidence import Facet, Grade, Piece
from provenance.origin.register import RegisterLine
from provenance.origin.register_lines import ATOM, RegisterLines
from provenance.records import dataclass

LENGTH = 4
"""So many characters vary between the batches of one model of miner, and with the plant if with anything."""
_FEWEST = 2
"""A single documented unit is no pattern."""
_DOCUMENTING = (Grade.PRODUCTION_RECORD, Grade.CERTIFICATE, Grade.NAMEPLATE)
"""What documents where a unit was made, as opposed to what somebody declares of it."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The documented units of one prefix."""

    prefix: str
    countries: tuple[tuple[str, int], ...]
    """Countries and how many units are documented for each, most first; a unit may stand under several."""
    units: int
    """How many units are documented."""

    @property
    def piece(self) -> Piece:
        """The lead as a piece of evidence: general knowledge."""
        atoms = frozenset(country for country, _ in self.countries)
        return Piece(Facet.MANUFACTURE, Grade.LEAD, atoms)

    def counts(self) -> tuple[str, ...]:
        """Return `12 of 14` for each country, in the order of `countries`."""
        return tuple(f"{count} of {self.units}" for _, count in self.countries)


def learn_prefixes(lines: Sequence[RegisterLine]) -> Mapping[str, Lead]:
    """Return the prefixes of which the register documents units, each once.

    Only documents that name serial numbers and one country count. A unit documented twice is one unit.

    Args:
        lines: The evidence register.
    """
    register = lines if isinstance(lines, RegisterLines) else RegisterLines.of(lines)
    if register.named.is_empty():
        return {}
    documenting = register.frame.with_row_index("line").filter(
        pl.col("kind").is_in([grade.value for grade in _DOCUMENTING])
        & (pl.col("facet") == Facet.MANUFACTURE.value)
        & ~pl.col("atoms").str.contains(ATOM, literal=True)
        & (pl.col("atoms") != "")
    )
    units = (
        register.named.join(documenting.select(pl.col("line").cast(pl.UInt32), "atoms"), on="line")
        .filter(pl.col("serial").str.len_chars() > 2 * LENGTH)
        .with_columns(prefix=pl.col("serial").str.head(LENGTH))
        .filter(pl.col("prefix").str.contains("[A-Z]"))
    )
    # Each unit once, before counting: counting the distinct ones of each group costs ten times as much.
    totals = dict(units.unique("serial").group_by("prefix").len().iter_rows())
    counted: dict[str, list[tuple[str, int]]] = {}
    by_country = units.unique(["serial", "atoms"]).group_by("prefix", "atoms").len().sort("prefix", "atoms")
    for prefix, country, count in by_country.iter_rows():
        counted.setdefault(prefix, []).append((country, count))
    return {
        prefix: Lead(prefix, tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))), totals[prefix])
        for prefix, found in counted.items()
        if totals[prefix] >= _FEWEST
    }


def lead_of(serial: str | None, leads: Mapping[str, Lead]) -> Lead | None:
    """Return what is known of units whose serial numbers begin like this one."""
    return leads.get(serial[:LENGTH]) if serial is not None else None
