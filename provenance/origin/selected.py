"""Which machines somebody means who names them by serial, site or order: sets of such selections, columnar."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from provenance.origin.interning import Coded, combine
from provenance.origin.units import Units
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Selector:
    """What a row must say to be meant; conditions that are given hold together."""

    serials: tuple[str, ...] = ()
    """Normalised serials, one of which the row carries; empty: any, or none."""
    site: str | None = None
    """Folded by `folded`; None: any."""
    order: str | None = None
    """Folded by `folded`; None: any."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Which selectors mean which machines."""

    codes: pl.Series
    """UInt32, per machine: which of `sets` means it."""
    sets: tuple[tuple[int, ...], ...]
    """Distinct sets of selectors, by index."""
    found: tuple[frozenset[str], ...]
    """Per selector: the serials it names that stand in the inventories."""

    @classmethod
    def none(cls, height: int) -> Selected:
        """Return what nobody selected anything from."""
        return cls(pl.Series([0], dtype=pl.UInt32).new_from_index(0, height), ((),), ())


def folded(text: str) -> str:
    """Return a name of a site or order as selections compare it: blanks and case play no part."""
    return " ".join(text.casefold().split())


def select(
    machines: pl.DataFrame, site: Coded, order: Coded, selectors: Sequence[Selector], units: Units
) -> Selected:
    """Return which selectors mean which machines.

    A row that lacks what a selector asks for is not meant. Where several inventories list one unit, it is meant only
    by what means every listing: on a fact on which they differ, nothing is known.

    Args:
        machines: `position` (UInt32, 0 upward) and `serial` (String, null where missing), one row per machine.
        site: Their sites.
        order: Their orders.
        selectors: What to select by.
        units: Which rows list one unit.
    """
    nothing = pl.Series([0], dtype=pl.UInt32).new_from_index(0, machines.height)
    columns: dict[str, Coded] = {"": Coded(nothing, [False])}
    found = []
    for index, selector in enumerate(selectors):
        named = with_serials(machines, pl.Series("serial", selector.serials, dtype=pl.String))
        found.append(frozenset(named["serial"].to_list()))
        if (mask := _mask(nothing, named, site, order, selector)) is not None:
            columns[str(index)] = Coded(mask, [False, True])
    codes, rows = combine(columns)
    everywhere = {index for index in range(len(selectors)) if str(index) not in columns}
    sets = [
        tuple(sorted(everywhere | {int(name) for name, meant in row.items() if name and meant}))
        for row in rows
    ]
    codes, sets = _on_every_listing(codes, sets, units)
    return Selected(codes, tuple(sets), tuple(found))


def with_serials(machines: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    """Return `position` and `serial` of the machines that carry one of some serials."""
    # The few serials that somebody names are found by hash first: a join of all strings costs far more.
    near = machines.select("position", "serial").filter(
        pl.col("serial").hash().is_in(wanted.hash().unique().implode())
    )
    return near.filter(pl.col("serial").is_in(wanted.implode()))


def _mask(
    nothing: pl.Series, named: pl.DataFrame, site: Coded, order: Coded, selector: Selector
) -> pl.Series | None:
    """Return 1 for the rows that are meant and 0 for others; None where every row is meant."""
    masks = [
        _equal(column, wanted)
        for column, wanted in ((site, selector.site), (order, selector.order))
        if wanted is not None
    ]
    if selector.serials:
        masks.append(nothing.clone().scatter(named["position"], 1) if named.height else nothing)
    if not masks:
        return None
    meant = masks[0]
    for mask in masks[1:]:
        meant = meant * mask
    return meant


def _equal(column: Coded, wanted: str) -> pl.Series:
    table = [int(value is not None and folded(value) == wanted) for value in column.values]
    return pl.Series(table, dtype=pl.UInt32).gather(column.codes)


def _on_every_listing(
    codes: pl.Series, sets: list[tuple[int, ...]], units: Units
) -> tuple[pl.Series, list[tuple[int, ...]]]:
    if not units.listings or len(sets) == 1:
        return codes, sets
    known = {members: code for code, members in enumerate(sets)}
    positions: list[int] = []
    common: list[int] = []
    flat = codes.gather([position for group in units.listings for position in group]).to_list()
    at = 0
    for group in units.listings:
        chosen = flat[at : at + len(group)]
        at += len(group)
        if len(set(chosen)) > 1:
            members = tuple(sorted(set.intersection(*(set(sets[code]) for code in chosen))))
            code = known.setdefault(members, len(sets))
            if code == len(sets):
                sets.append(members)
            positions.extend(group)
            common.extend([code] * len(group))
    if not positions:
        return codes, sets
    return codes.clone().scatter(positions, pl.Series(common, dtype=pl.UInt32)), sets
