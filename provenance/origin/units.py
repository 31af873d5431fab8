"""Which rows speak of the same unit, and which count it: serials that repeat, serials listed in several files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from provenance.dates import Span
from provenance.evidence import Piece, Standing
from provenance.identify.identity import Identity, Tier
from provenance.origin.facts import SERIAL_REPEATED, SEVERAL_LISTINGS, CaseFacts, case_id
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Units:
    """How rows count, by position."""

    counted: pl.Series
    """Int64: the units that a row adds to the totals; 0 where another file's row counts the unit."""
    repeated: pl.Series
    """Boolean: the serial stands on several rows of one file, or on several rows with quantities above one."""
    listed_at: pl.Series
    """UInt32: the position of the row that counts this unit; null for rows that count themselves."""
    listings: tuple[tuple[int, ...], ...]
    """Groups of positions that list one unit in several files, each in order."""


def count_units(machines: pl.DataFrame) -> Units:
    """Tell repeated serials from one unit that several inventories list.

    Args:
        machines: `position` (UInt32, 0 upward), `file` (UInt32), `serial` (String, null where missing) and `quantity`
            (Int64), one row per machine.
    """
    height = machines.height
    counted = machines["quantity"]
    repeated = pl.Series("repeated", [False]).new_from_index(0, height)
    listed_at = pl.Series("listed_at", [None], dtype=pl.UInt32).new_from_index(0, height)
    groups = _groups_of_one_serial(machines)
    listings = []
    twice: list[int] = []
    for positions, files, quantities in groups:
        if len(set(files)) == len(files) and set(quantities) == {1}:
            listings.append(tuple(positions))
        else:
            twice.extend(positions)
    if twice:
        repeated = repeated.scatter(twice, values=True)
    others = [position for group in listings for position in group[1:]]
    if others:
        counted = counted.clone().scatter(others, 0)
        listed_at = listed_at.scatter(
            others, pl.Series([group[0] for group in listings for _ in group[1:]], dtype=pl.UInt32)
        )
    return Units(counted.rename("counted"), repeated, listed_at, tuple(listings))


def _groups_of_one_serial(machines: pl.DataFrame) -> list[tuple[list[int], list[int], list[int]]]:
    present = machines.select(
        "position", "file", "quantity", "serial", digest=pl.col("serial").hash()
    ).filter(pl.col("serial").is_not_null())
    # Hashes are compared first, for hardly any serial repeats and comparing strings costs ten times as much.
    if present["digest"].n_unique() == present.height:
        return []
    suspects = present.filter(pl.col("digest").is_duplicated())
    groups = suspects.group_by("serial", maintain_order=True).agg("position", "file", "quantity")
    several = groups.filter(pl.col("position").list.len() > 1)
    return [
        (positions, files, quantities)
        for positions, files, quantities in several.select("position", "file", "quantity").iter_rows()
    ]


def merge_facts(
    case: pl.Series, facts: Sequence[CaseFacts], units: Units
) -> tuple[pl.Series, list[CaseFacts]]:
    """Give all rows that list one unit the facts of all of them: one unit, its statements taken together."""
    merged = list(facts)
    if not units.listings:
        return case, merged
    ids = {case_id(one): index for index, one in enumerate(merged)}
    positions: list[int] = []
    cases: list[int] = []
    for group in units.listings:
        told = [merged[index] for index in case.gather(list(group)).to_list()]
        one = merge_listings(told)
        index = ids.setdefault(case_id(one), len(merged))
        if index == len(merged):
            merged.append(one)
        elif one.words() < merged[index].words():
            # Which of equal facts is kept must not hang on the order of rows.
            merged[index] = one
        positions.extend(group)
        cases.extend([index] * len(group))
    return case.clone().scatter(positions, pl.Series(cases, dtype=pl.UInt32)), merged


def merge_listings(told: Sequence[CaseFacts]) -> CaseFacts:
    """Return the facts of one unit from what several inventories say of it.

    All statements stand side by side; a test date lies somewhere between those given; a scope fact on which they
    differ is unknown. Identities that differ leave the machine to any of the makers named, and it may then be two
    machines that share a number: nothing that names the number clears them.
    """
    ordered = sorted(told, key=case_id)
    first = ordered[0]
    pieces = {piece for one in ordered for piece in one.pieces}
    flags = {flag for one in ordered for flag in one.flags} | {SEVERAL_LISTINGS}
    if len({one.identity.maker for one in ordered if one.identity.maker is not None}) > 1:
        pieces = {_in_doubt(piece) for piece in pieces}
        flags.add(SERIAL_REPEATED)
    dates = tuple(
        (field, _common([dict(one.dates).get(field) for one in ordered])) for field, _ in first.dates
    )
    scope = tuple(
        (field, value if all(dict(one.scope).get(field) == value for one in ordered) else None)
        for field, value in first.scope
    )
    identity = _common_identity([one.identity for one in ordered])
    told_categories = [one.categories for one in ordered]
    return CaseFacts(
        identity,
        tuple(sorted(pieces, key=Piece.key)),
        dates,
        scope,
        tuple(sorted(flags)),
        # A listing that leaves the category open leaves the unit's open.
        categories=tuple(sorted({name for names in told_categories for name in names}))
        if all(told_categories)
        else (),
        witnesses=tuple(sorted({pair for one in ordered for pair in one.witnesses})),
    )


def _in_doubt(piece: Piece) -> Piece:
    clears = piece.is_statement and piece.standing is Standing.FULL
    return replace(piece, standing=Standing.CONDEMN_ONLY) if clears else piece


def _common(spans: Sequence[Span | None]) -> Span | None:
    known = [span for span in spans if span is not None]
    if not known:
        return None
    return Span(min(span.first for span in known), max(span.last for span in known))


def _common_identity(identities: Sequence[Identity]) -> Identity:
    makers = {identity.maker for identity in identities if identity.maker is not None}
    if len(makers) > 1:
        named = tuple(sorted(makers))
        return replace(
            identities[0],
            maker=None,
            maker_name=None,
            maker_tier=Tier.NONE,
            model=None,
            model_name=None,
            model_tier=Tier.NONE,
            alternatives=named,
            makers=named,
            decided_by="several inventories list the serial under different makers",
            disagreements=(f"the inventories name the makers {' and '.join(named)} for one serial",),
        )
    best = min(identities, key=lambda one: (one.maker is None, one.maker_tier.rank, one.model_tier.rank))
    models = {identity.model for identity in identities if identity.model is not None}
    if len(models) > 1:
        return replace(
            best, model=None, model_name=None, model_tier=Tier.NONE, alternatives=tuple(sorted(models))
        )
    return best
