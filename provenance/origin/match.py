"""Which machines each line of the register speaks of, and whether its quantity covers all it could mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from provenance.identify.resolve import Identifier
from provenance.origin.register import RegisterLine


@dataclass(frozen=True, slots=True)
class Matches:
    """What the register says of which machines."""

    sets: pl.Series
    """UInt32, per machine: which of `line_sets` names it."""
    line_sets: tuple[tuple[int, ...], ...]
    """Distinct sets of lines, by index into the register; the first is empty."""
    covers_all: tuple[bool, ...]
    """Per line: whether its quantity covers every unit that it could mean."""
    units: tuple[int, ...]
    """Per line: the units of the inventory that it could mean."""


def match_documents(machines: pl.DataFrame, lines: Sequence[RegisterLine], identifier: Identifier) -> Matches:
    """Match the lines of the register to machines.

    A line names goods by serial numbers, or else by all of batch, order, model and delivery period that it gives. A
    lot is covered only if the document states a quantity of at least the units that it could mean: units that are
    not told apart get no document of their own.

    Args:
        machines: `position` (UInt32, 0 upward), `serial` (String), `maker`, `model`, `batch`, `order` (texts),
            `delivery_date` (Date) and `counted` (Int64), one row per machine.
        lines: The register.
        identifier: Reads model texts, so that a document's model and a row's model meet as models, not as texts.
    """
    nothing = pl.Series("sets", [0], dtype=pl.UInt32).new_from_index(0, machines.height)
    if not lines:
        return Matches(nothing, ((),), (), ())
    hits = pl.concat([_by_serial(machines, lines), *_by_lot(machines, lines, identifier)])
    counted = hits.join(machines.select("position", "counted"), on="position")
    totals = dict(counted.group_by("line").agg(pl.col("counted").sum()).iter_rows())
    units = tuple(int(totals.get(index, 0)) for index in range(len(lines)))
    covers_all = tuple(
        bool(line.serials) or (line.quantity is not None and line.quantity >= unit)
        for line, unit in zip(lines, units, strict=True)
    )
    grouped = hits.group_by("position").agg(pl.col("line").unique().sort())
    distinct = grouped["line"].unique().to_list()
    line_sets = ((), *sorted(tuple(indices) for indices in distinct))
    codes = {indices: code for code, indices in enumerate(line_sets)}
    keyed = grouped.select(
        "position", code=pl.Series([codes[tuple(row)] for row in grouped["line"].to_list()], dtype=pl.UInt32)
    )
    sets = nothing.scatter(keyed["position"], keyed["code"]) if keyed.height else nothing
    return Matches(sets, line_sets, covers_all, units)


def _by_serial(machines: pl.DataFrame, lines: Sequence[RegisterLine]) -> pl.DataFrame:
    named = pl.DataFrame(
        {
            "serial": [serial for line in lines for serial in line.serials],
            "line": [index for index, line in enumerate(lines) for _ in line.serials],
        },
        schema={"serial": pl.String, "line": pl.UInt32},
    )
    # The few serials that documents name are found by hash first: a join of all strings costs far more.
    wanted = named["serial"].hash().unique()
    near = machines.filter(pl.col("serial").hash().is_in(wanted.implode()))
    return near.select("position", "serial").join(named, on="serial").select("position", "line")


def _by_lot(
    machines: pl.DataFrame, lines: Sequence[RegisterLine], identifier: Identifier
) -> list[pl.DataFrame]:
    found = []
    for index, line in enumerate(lines):
        if line.serials:
            continue
        test = _lot_test(machines, line, identifier)
        hit = machines.filter(test).select("position", line=pl.lit(index, dtype=pl.UInt32))
        found.append(hit)
    return found


def _lot_test(machines: pl.DataFrame, line: RegisterLine, identifier: Identifier) -> pl.Expr:
    tests = [
        _folded(field) == value.strip().lower()
        for field, value in (("batch", line.batch), ("order", line.order))
        if value is not None
    ]
    if line.model is not None:
        tests.append(_is_model(machines, line.model, identifier))
    if line.delivered_from is not None:
        tests.append(pl.col("delivery_date") >= line.delivered_from)
    if line.delivered_to is not None:
        tests.append(pl.col("delivery_date") <= line.delivered_to)
    return pl.all_horizontal(tests).fill_null(value=False)


def _folded(field: str) -> pl.Expr:
    return pl.col(field).cast(pl.String).str.strip_chars().str.to_lowercase()


def _is_model(machines: pl.DataFrame, text: str, identifier: Identifier) -> pl.Expr:
    wanted = identifier.read_text(None, text)
    pairs = machines.select("maker", "model").unique().rows()
    same = [
        model
        for maker, model in pairs
        if model is not None
        and (
            model.casefold() == text.casefold()
            or (wanted.model is not None and identifier.read_text(maker, model).model == wanted.model)
        )
    ]
    return pl.col("model").cast(pl.String).is_in(sorted(set(same)))
