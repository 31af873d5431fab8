"""Which machines each line of the register speaks of, and whether its quantity covers all it could mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from provenance.evidence import Grade
from provenance.identify.identity import Kind, TextReading, Tier
from provenance.identify.resolve import Identifier
from provenance.inventory.table import Field
from provenance.origin.register import RegisterLine
from provenance.origin.register_lines import RegisterLines
from provenance.records import dataclass

_SURE = frozenset({Tier.EXACT, Tier.GRAMMAR})
_CUSTOMS = (Field.ENTRY_NUMBER, Field.IMPORTER)


@dataclass(frozen=True, slots=True)
class Named:
    """What the lines of the register name."""

    hits: pl.DataFrame
    """`position`, `line` (UInt32) and `counted` (Int64): the machines that each line means for sure, sorted."""
    shortfalls: tuple[str, ...]
    """Per line: why it is allocated to no unit, in words; empty where it covers every unit that it could mean."""
    units: tuple[int, ...]
    """Per line: the units of the inventory that it could mean."""
    serials_found: tuple[int, ...]
    """Per line: how many of the serials that it names stand in the inventory."""
    missing: dict[int, tuple[str, ...]]
    """The serials that stand in no inventory, sorted, by line."""

    @property
    def covers_all(self) -> tuple[bool, ...]:
        """Per line: whether it covers every unit that it could mean."""
        return tuple(not shortfall for shortfall in self.shortfalls)


def customs_fields(lines: RegisterLines) -> tuple[Field, ...]:
    """Return the fields of customs papers that the lines of a register name goods by."""
    if not lines:
        return ()
    lots = lines.frame.filter(lines.serial_counts() == 0)
    return tuple(
        field for field in (Field.ENTRY_NUMBER, Field.IMPORTER) if lots[field.value].is_not_null().any()
    )


def match_documents(
    machines: pl.DataFrame,
    lines: RegisterLines,
    identifier: Identifier,
    uncounted: pl.DataFrame | None = None,
) -> Named:
    """Match the lines of the register to machines.

    A line names goods by serial numbers, or else by all of batch, order, model, customs entry, importer and delivery
    period that it gives. A lot is covered only if the document states a quantity of at least the units that it could
    mean: units that are not told apart get no document of their own. A government statement on an entry speaks of
    the whole entry. A machine without a delivery date, or whose model is not known for sure, may be meant: it counts
    against the quantity and gets no document.

    Args:
        machines: `position` (UInt32, 0 upward), `serial` (String), `maker`, `model`, `batch`, `order` (texts),
            `delivery_date` (Date) and `counted` (Int64), one row per machine; `entry_number` and `importer` (texts)
            where `customs_fields` asks for them.
        lines: The register.
        identifier: Reads model texts, so that a document's model and a row's model meet as models, not as texts.
        uncounted: The rows rejected for their quantity, with the columns that tell of lots: nobody knows how many
            units they are, so that no quantity covers a lot that they belong to.
    """
    named, missing = _by_serial(machines, lines)
    chosen = {index: lines[index] for index in lines.lots()}
    lots = _Lots(machines, identifier)
    meant = pl.concat([named.select("position", "line", sure=pl.lit(value=True)), *lots.of(chosen)])
    meant = _on_every_listing(meant, machines)
    counted = meant.with_columns(machines["counted"].gather(meant["position"]))
    units = _per_line(counted.group_by("line").agg(pl.col("counted").sum()), len(lines))
    unknown = _uncounted(uncounted, chosen, identifier)
    shortfalls = [""] * len(lines)
    for index, line in chosen.items():
        shortfalls[index] = _shortfall(line, units[index], lots.makers(index), unknown.get(index, 0))
    hits = counted.filter("sure").select("position", "line", "counted").unique().sort("position", "line")
    found = named.unique(["line", "serial"]).group_by("line").agg(pl.len().cast(pl.Int64))
    return Named(hits, tuple(shortfalls), units, _per_line(found, len(lines)), missing)


def _per_line(found: pl.DataFrame, lines: int) -> tuple[int, ...]:
    """Return the second column of a frame by line; 0 for a line that is not in it."""
    nothing = pl.Series([0], dtype=pl.Int64).new_from_index(0, lines)
    told = nothing.scatter(found["line"], found.to_series(1)) if found.height else nothing
    return tuple(told.to_list())


def _uncounted(
    rows: pl.DataFrame | None, lines: Mapping[int, RegisterLine], identifier: Identifier
) -> dict[int, int]:
    """Return per line how many rows of an unknown quantity it could mean."""
    if rows is None or rows.is_empty():
        return {}
    placed = rows.drop("position", strict=False).with_row_index("position")
    meant = [found for found in _Lots(placed, identifier).of(lines) if found.height]
    return {int(found["line"][0]): found.height for found in meant}


def speaks_of_an_entry(line: RegisterLine) -> bool:
    """Whether a line is a government's word on a whole entry, which needs no quantity to be about all of it."""
    return line.kind is Grade.FINDING and line.entry_number is not None and line.quantity is None


def _shortfall(line: RegisterLine, units: int, makers: Sequence[str], uncounted: int) -> str:
    if len(makers) > 1:
        given = (
            ("batch", line.batch),
            ("order", line.order),
            ("entry", line.entry_number),
            ("model", line.model),
        )
        what = " and ".join(name for name, value in given if value is not None) or "importer"
        return f"its {what} stands on machines of {' and '.join(makers)}: which are meant?"
    if speaks_of_an_entry(line):
        return ""
    if uncounted:
        return f"{uncounted} rows that it could mean have no quantity that can be read: allocated to none"
    if line.quantity is not None and line.quantity >= units:
        return ""
    claimed = f"covers {line.quantity}" if line.quantity is not None else "states no quantity"
    return f"{claimed} of the {units} units it could mean, not told apart: allocated to none"


def _by_serial(
    machines: pl.DataFrame, lines: RegisterLines
) -> tuple[pl.DataFrame, dict[int, tuple[str, ...]]]:
    named = lines.named
    # The few serials that documents name are found by hash first: a join of all strings costs far more.
    wanted = named["serial"].hash().unique()
    near = machines.select("position", "serial").filter(pl.col("serial").hash().is_in(wanted.implode()))
    absent = named.join(near, on="serial", how="anti").group_by("line").agg(pl.col("serial").sort())
    missing = {line: tuple(serials) for line, serials in absent.sort("line").iter_rows()}
    return near.join(named, on="serial").select("position", "serial", "line"), missing


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

    def of(self, lines: Mapping[int, RegisterLine]) -> Iterable[pl.DataFrame]:
        """Return per line, none of which names serials, the machines that it could mean: `position`, `line`, `sure`."""
        if not lines:
            return []
        texts = self._machines.select(pl.col("maker", "model").cast(pl.String))
        pairs = texts.unique().with_row_index("pair")
        paired = self._machines.with_columns(texts).join(
            pairs, on=["maker", "model"], how="left", nulls_equal=True, maintain_order="left"
        )
        readings = self._identifier.read_rows(
            [(maker, model, None, None) for _, maker, model in pairs.rows()]
        )
        models = pairs["model"].to_list()
        return [self._one(index, line, paired, models, readings) for index, line in lines.items()]

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
            self._is_text(field, value)
            for field, value in (
                (Field.BATCH, line.batch),
                (Field.ORDER, line.order),
                (Field.ENTRY_NUMBER, line.entry_number),
                (Field.IMPORTER, line.importer),
            )
            if value is not None
        ]
        sure = list(possible)
        if line.model is not None:
            wanted = self._identifier.read_text(None, line.model)
            same = [is_model(line.model, wanted, *pair) for pair in zip(models, readings, strict=True)]
            possible.append(_pair_in(pair for pair, answer in enumerate(same) if answer is not False))
            sure.append(_pair_in(pair for pair, answer in enumerate(same) if answer))
        day = pl.col("delivery_date")
        within = [day >= bound for bound in (line.delivered_from,) if bound is not None]
        within += [day <= bound for bound in (line.delivered_to,) if bound is not None]
        possible += [test | day.is_null() for test in within]
        sure += within
        return pl.all_horizontal(possible), pl.all_horizontal(sure)

    def _is_text(self, field: Field, value: str) -> pl.Expr:
        if field not in self._machines.columns:
            return pl.lit(value=False)
        if field in _CUSTOMS:
            # Entry numbers come with and without their dashes, names of importers with and without their commas.
            signs = r"[^\p{L}\p{N}]+"
            wanted = pl.lit(value).str.to_lowercase().str.replace_all(signs, "")
            return _folded(field).str.replace_all(signs, "") == wanted
        return _folded(field) == value.strip().lower()


def _pair_in(pairs: Iterable[int]) -> pl.Expr:
    return pl.col("pair").is_in(pl.Series(list(pairs), dtype=pl.UInt32).implode())


def _folded(field: str) -> pl.Expr:
    return pl.col(field).cast(pl.String).str.strip_chars().str.to_lowercase()


def is_model(text: str, wanted: TextReading, model: str | None, reading: TextReading) -> bool | None:
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
