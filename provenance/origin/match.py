"""Which machines each line of the register speaks of, and whether its quantity covers all it could mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from provenance.identify.identity import Kind, TextReading, Tier
from provenance.identify.resolve import Identifier
from provenance.origin.register import RegisterLine

_SURE = frozenset({Tier.EXACT, Tier.GRAMMAR})


@dataclass(frozen=True, slots=True)
class Matches:
    """What the register says of which machines."""

    sets: pl.Series
    """UInt32, per machine: which of `line_sets` names it."""
    line_sets: tuple[tuple[int, ...], ...]
    """Distinct sets of lines, by index into the register; the first is empty."""
    shortfalls: tuple[str, ...]
    """Per line: why it is allocated to no unit, in words; empty where it covers every unit that it could mean."""
    units: tuple[int, ...]
    """Per line: the units of the inventory that it could mean."""
    serials_found: tuple[int, ...]
    """Per line: how many of the serials that it names stand in the inventory."""

    @property
    def covers_all(self) -> tuple[bool, ...]:
        """Per line: whether it covers every unit that it could mean."""
        return tuple(not shortfall for shortfall in self.shortfalls)


def match_documents(
    machines: pl.DataFrame,
    lines: Sequence[RegisterLine],
    identifier: Identifier,
    uncounted: pl.DataFrame | None = None,
) -> Matches:
    """Match the lines of the register to machines.

    A line names goods by serial numbers, or else by all of batch, order, model and delivery period that it gives. A
    lot is covered only if the document states a quantity of at least the units that it could mean: units that are
    not told apart get no document of their own. A machine without a delivery date, or whose model is not known for
    sure, may be meant: it counts against the quantity and gets no document.

    Args:
        machines: `position` (UInt32, 0 upward), `serial` (String), `maker`, `model`, `batch`, `order` (texts),
            `delivery_date` (Date) and `counted` (Int64), one row per machine.
        lines: The register.
        identifier: Reads model texts, so that a document's model and a row's model meet as models, not as texts.
        uncounted: The rows rejected for their quantity, with the columns that tell of lots: nobody knows how many
            units they are, so that no quantity covers a lot that they belong to.
    """
    nothing = pl.Series("sets", [0], dtype=pl.UInt32).new_from_index(0, machines.height)
    if not lines:
        return Matches(nothing, ((),), (), (), ())
    named = _by_serial(machines, lines)
    lots = _Lots(machines, identifier)
    meant = pl.concat([named.select("position", "line", sure=pl.lit(value=True)), *lots.of(lines)])
    meant = _on_every_listing(meant, machines)
    counted = meant.join(machines.select("position", "counted"), on="position")
    totals = dict(counted.group_by("line").agg(pl.col("counted").sum()).iter_rows())
    units = tuple(int(totals.get(index, 0)) for index in range(len(lines)))
    found = dict(named.group_by("line").agg(pl.col("serial").n_unique()).iter_rows())
    unknown = _uncounted(uncounted, lines, identifier)
    shortfalls = tuple(
        "" if line.serials else _shortfall(line, unit, lots.makers(index), unknown.get(index, 0))
        for index, (line, unit) in enumerate(zip(lines, units, strict=True))
    )
    sets, line_sets = _sets(meant.filter("sure"), nothing)
    return Matches(
        sets, line_sets, shortfalls, units, tuple(int(found.get(index, 0)) for index in range(len(lines)))
    )


def _sets(hits: pl.DataFrame, nothing: pl.Series) -> tuple[pl.Series, tuple[tuple[int, ...], ...]]:
    grouped = hits.group_by("position").agg(pl.col("line").unique().sort())
    distinct = grouped["line"].unique().to_list()
    line_sets = ((), *sorted(tuple(indices) for indices in distinct))
    codes = {indices: code for code, indices in enumerate(line_sets)}
    keyed = grouped.select(
        "position", code=pl.Series([codes[tuple(row)] for row in grouped["line"].to_list()], dtype=pl.UInt32)
    )
    return (nothing.scatter(keyed["position"], keyed["code"]) if keyed.height else nothing), line_sets


def _uncounted(
    rows: pl.DataFrame | None, lines: Sequence[RegisterLine], identifier: Identifier
) -> dict[int, int]:
    """Return per line how many rows of an unknown quantity it could mean."""
    if rows is None or rows.is_empty():
        return {}
    placed = rows.drop("position", strict=False).with_row_index("position")
    meant = [found for found in _Lots(placed, identifier).of(lines) if found.height]
    return {int(found["line"][0]): found.height for found in meant}


def _shortfall(line: RegisterLine, units: int, makers: Sequence[str], uncounted: int) -> str:
    if len(makers) > 1:
        given = (("batch", line.batch), ("order", line.order), ("model", line.model))
        what = " and ".join(name for name, value in given if value is not None)
        return f"its {what} stands on machines of {' and '.join(makers)}: which are meant?"
    if uncounted:
        return f"{uncounted} rows that it could mean have no quantity that can be read: allocated to none"
    if line.quantity is not None and line.quantity >= units:
        return ""
    claimed = f"covers {line.quantity}" if line.quantity is not None else "states no quantity"
    return f"{claimed} of the {units} units it could mean, not told apart: allocated to none"


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
    return near.select("position", "serial").join(named, on="serial").select("position", "serial", "line")


def _on_every_listing(meant: pl.DataFrame, machines: pl.DataFrame) -> pl.DataFrame:
    """Let what speaks of one listing of a unit speak of all: files may differ in what they know of its lot.

    So each unit counts once in a lot, whichever file counts it.
    """
    elsewhere = machines.filter(pl.col("counted") == 0)["serial"].unique()
    if elsewhere.is_empty():
        return meant
    listings = machines.select("position", "serial").filter(pl.col("serial").is_in(elsewhere.implode()))
    pairs = listings.join(listings, on="serial", suffix="_other").select("position", "position_other")
    others = meant.join(pairs, on="position").select("line", "sure", position="position_other")
    both = pl.concat([meant, others.select("position", "line", "sure")])
    return both.group_by("position", "line").agg(pl.col("sure").any())


class _Lots:
    """Finds the machines of lots; reads each pair of maker and model text once."""

    def __init__(self, machines: pl.DataFrame, identifier: Identifier) -> None:
        self._machines = machines
        self._identifier = identifier
        self._makers: dict[int, tuple[str, ...]] = {}

    def of(self, lines: Sequence[RegisterLine]) -> Iterable[pl.DataFrame]:
        """Return per line without serials the machines that it could mean: `position`, `line`, `sure`."""
        if all(line.serials for line in lines):
            return []
        texts = self._machines.select(pl.col("maker", "model").cast(pl.String))
        pairs = texts.unique().with_row_index("pair")
        paired = self._machines.with_columns(texts).join(
            pairs, on=["maker", "model"], how="left", nulls_equal=True, maintain_order="left"
        )
        readings = [self._identifier.read_text(maker, model) for _, maker, model in pairs.rows()]
        models = pairs["model"].to_list()
        return [
            self._one(index, line, paired, models, readings)
            for index, line in enumerate(lines)
            if not line.serials
        ]

    def makers(self, index: int) -> tuple[str, ...]:
        """Return the names of the makers of the machines that a line could mean, sorted."""
        return self._makers.get(index, ())

    def _one(
        self,
        index: int,
        line: RegisterLine,
        paired: pl.DataFrame,
        models: Sequence[str | None],
        readings: Sequence[TextReading],
    ) -> pl.DataFrame:
        possible, sure = self._tests(line, models, readings)
        found = paired.filter(possible.fill_null(value=False)).select(
            "position", "pair", line=pl.lit(index, dtype=pl.UInt32), sure=sure.fill_null(value=False)
        )
        names = {readings[pair].maker_name for pair in found["pair"].unique()}
        self._makers[index] = tuple(sorted(name for name in names if name is not None))
        return found.select("position", "line", "sure")

    def _tests(
        self, line: RegisterLine, models: Sequence[str | None], readings: Sequence[TextReading]
    ) -> tuple[pl.Expr, pl.Expr]:
        """Return which machines a line could mean, and which of these it means for sure."""
        possible = [
            _folded(field) == value.strip().lower()
            for field, value in (("batch", line.batch), ("order", line.order))
            if value is not None
        ]
        sure = list(possible)
        if line.model is not None:
            wanted = self._identifier.read_text(None, line.model)
            same = [_is_model(line.model, wanted, *pair) for pair in zip(models, readings, strict=True)]
            possible.append(_pair_in(pair for pair, answer in enumerate(same) if answer is not False))
            sure.append(_pair_in(pair for pair, answer in enumerate(same) if answer))
        day = pl.col("delivery_date")
        within = [day >= bound for bound in (line.delivered_from,) if bound is not None]
        within += [day <= bound for bound in (line.delivered_to,) if bound is not None]
        possible += [test | day.is_null() for test in within]
        sure += within
        return pl.all_horizontal(possible), pl.all_horizontal(sure)


def _pair_in(pairs: Iterable[int]) -> pl.Expr:
    return pl.col("pair").is_in(pl.Series(list(pairs), dtype=pl.UInt32).implode())


def _folded(field: str) -> pl.Expr:
    return pl.col(field).cast(pl.String).str.strip_chars().str.to_lowercase()


def _is_model(text: str, wanted: TextReading, model: str | None, reading: TextReading) -> bool | None:
    """Whether a machine is of the model that a document names; None where it may be."""
    apart = wanted.maker is not None and reading.maker is not None and wanted.maker != reading.maker
    if model is not None and model.casefold() == text.casefold():
        # One text under two makers may be two things.
        return None if apart else True
    if wanted.model is None:
        return False
    if reading.kind in {Kind.PART, Kind.OTHER}:
        return False
    if reading.model is None:
        return None if wanted.model in reading.alternatives or not (apart or reading.alternatives) else False
    if reading.model != wanted.model:
        return False
    return True if {wanted.model_tier, reading.model_tier} <= _SURE else None
