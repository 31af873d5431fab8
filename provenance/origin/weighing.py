"""Weighs what the documents that name a machine are worth on it, once per set of documents that are worth alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from provenance.evidence import Facet, FindingStatus, Grade, Piece, Standing
from provenance.identify.resolve import Identifier
from provenance.origin.fit import Made, asked_here, asked_of_boards
from provenance.origin.match import Named, speaks_of_an_entry
from provenance.origin.mentions import COMBINED, HERE, Matches, Worth, no_matches
from provenance.origin.register import Flag, Question, RegisterLine
from provenance.origin.register_lines import ATOM, RegisterLines
from provenance.records import dataclass

_WORTH = ("facet", "kind", "atoms", "status", "by_serial", "covered", "entire", "doubt")


def weigh(
    named: Named,
    machines: pl.DataFrame,
    lines: RegisterLines,
    questions: Mapping[int, tuple[Question, ...]],
    identifier: Identifier,
    made: Made,
    reopened: pl.Series | None = None,
) -> Matches:
    """Say what each line is worth on each machine that it names.

    Args:
        named: Which machines the lines name.
        machines: `maker` and `model` (texts), one row per machine.
        lines: The register.
        questions: What is to be asked of lines whatever they name, by line.
        identifier: Reads maker and model texts.
        made: When machines were made.
        reopened: Per machine, since when nobody has looked at its boards (Date, null where nothing happened to them).
    """
    asked = dict(questions)
    for at in lines.lots():
        if more := _more_units(lines[at], named.units[at]):
            asked[at] = (*asked.get(at, ()), *more)
    distinct, plain, doubted = _worths(lines, named, asked)
    bits = asked_here(named.hits, machines, lines, identifier, made)
    if reopened is not None:
        bits += asked_of_boards(named.hits, lines, reopened)
    hits = named.hits.with_columns(bits=bits)
    here = plain.gather(hits["line"])
    worth = pl.when(pl.col("bits") > 0).then(doubted.gather(hits["line"])).otherwise(here)
    hits = hits.with_columns(mention=pl.col("line").cast(pl.UInt64) * COMBINED + pl.col("bits"), worth=worth)
    return _as_sets(hits, machines.height, distinct, named, asked)


def _as_sets(
    hits: pl.DataFrame,
    machines: int,
    distinct: Sequence[Worth],
    named: Named,
    asked: Mapping[int, tuple[Question, ...]],
) -> Matches:
    """Return mentions and worths by machine, each distinct set of them once."""
    shared = hits["position"].is_duplicated()
    single, several = hits.filter(~shared), hits.filter(shared)
    grouped = several.group_by("position", maintain_order=True).agg(
        pl.col("mention", "worth").unique().sort(), pl.col("counted").first()
    )
    alone = single["mention"].unique(maintain_order=True)
    sets = _Sets(no_matches(machines).sets, single["position"], grouped["position"])
    codes = sets.codes(_ranks(single["mention"], alone) + 1, grouped["mention"], 1 + len(alone))
    weights = sets.codes_of_few(single["worth"], grouped["worth"])
    counted = pl.DataFrame(
        {"code": codes.used, "counted": pl.concat([single["counted"], grouped["counted"]])}
    )
    by_set = counted.group_by("code").agg(pl.col("counted").sum())
    units = pl.Series([0], dtype=pl.Int64).new_from_index(0, 1 + len(alone) + len(codes.distinct))
    return Matches(
        sets=codes.column,
        alone=alone,
        together=codes.distinct,
        worth=weights.column,
        worths=tuple(tuple(distinct[code] for code in one) for one in weights.distinct),
        named=named,
        questions=asked,
        set_units=tuple(units.scatter(by_set["code"], by_set["counted"]).to_list())
        if by_set.height
        else (0,),
        bearing=_bearing(hits),
    )


@dataclass(frozen=True, slots=True)
class _Codes:
    column: pl.Series
    """Per machine."""
    used: pl.Series
    """Per machine that is named: first those with one mention, then those with several."""
    distinct: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class _Sets:
    """Gives sets of things codes: cheaply where a machine has one thing, as nearly all have."""

    nothing: pl.Series
    single: pl.Series
    """Positions of machines with one thing."""
    several: pl.Series
    """Positions of machines with several."""

    def codes(self, single: pl.Series, lists: pl.Series, first: int) -> _Codes:
        """Return codes: those given for single things, and from `first` on those of distinct lists."""
        known: dict[tuple[int, ...], int] = {}
        found = [known.setdefault(tuple(one), first + len(known)) for one in lists.to_list()]
        used = pl.concat([single.cast(pl.UInt32), pl.Series(found, dtype=pl.UInt32)])
        positions = pl.concat([self.single, self.several])
        column = self.nothing.clone().scatter(positions, used) if len(positions) else self.nothing
        return _Codes(column, used, tuple(known))

    def codes_of_few(self, single: pl.Series, lists: pl.Series) -> _Codes:
        """Return codes of sets of which there are few; code 0 is the empty one."""
        known: dict[tuple[int, ...], int] = {(): 0}
        alone = {one: known.setdefault((one,), len(known)) for one in single.unique(maintain_order=True)}
        found = [known.setdefault(tuple(one), len(known)) for one in lists.to_list()]
        ranked = (
            single.replace_strict(list(alone), list(alone.values()), return_dtype=pl.UInt32)
            if alone
            else single.cast(pl.UInt32)
        )
        used = pl.concat([ranked, pl.Series(found, dtype=pl.UInt32)])
        positions = pl.concat([self.single, self.several])
        column = self.nothing.clone().scatter(positions, used) if len(positions) else self.nothing
        return _Codes(column, used, tuple(known))


def _ranks(codes: pl.Series, distinct: pl.Series) -> pl.Series:
    """Return the position of each code among the distinct ones (UInt32)."""
    ranked = pl.DataFrame({"code": distinct}).with_row_index("rank")
    return pl.DataFrame({"code": codes}).join(ranked, on="code", how="left", maintain_order="left")["rank"]


def _more_units(line: RegisterLine, units: int) -> tuple[Question, ...]:
    if line.serials or line.quantity is None or not 0 < units < line.quantity:
        return ()
    here = "1 is" if units == 1 else f"{units} are"
    what = f"it covers {line.quantity} units, and {here} here that it could mean: where are the others?"
    return (Question(Flag.MORE_UNITS, what),)


def _worths(
    lines: RegisterLines, named: Named, asked: Mapping[int, tuple[Question, ...]]
) -> tuple[list[Worth], pl.Series, pl.Series]:
    """Return the distinct worths, and per line the code of its own and of its worth where more is asked of it."""
    nobody = pl.Series([False]).new_from_index(0, len(lines))

    def marked(chosen: Iterable[int]) -> pl.Series:
        places = list(chosen)
        return nobody.clone().scatter(places, values=True) if places else nobody

    lots = lines.lots()
    stopped = (at for at, told in asked.items() if any(question.flag.stops_clearing for question in told))
    told = lines.frame.select("facet", "kind", "atoms", "status").with_columns(
        by_serial=~marked(lots),
        covered=~marked(at for at in lots if named.shortfalls[at]),
        entire=marked(at for at in lots if speaks_of_an_entry(lines[at])),
        doubt=marked(stopped),
    )
    both = pl.concat([told, told.with_columns(doubt=pl.lit(value=True))])
    few = both.unique(maintain_order=True).with_row_index("code")
    codes = both.join(few, on=list(_WORTH), how="left", nulls_equal=True, maintain_order="left")["code"]
    return [_worth(row) for row in few.iter_rows(named=True)], codes.head(len(lines)), codes.tail(len(lines))


def _worth(row: Mapping[str, Any]) -> Worth:
    status = FindingStatus(row["status"]) if row["status"] is not None else None
    standing = _standing(covered=row["covered"], doubt=row["doubt"] or row["entire"])
    piece = Piece(
        Facet(row["facet"]), Grade(row["kind"]), frozenset(row["atoms"].split(ATOM)), status, standing
    )
    return Worth(piece, row["by_serial"], row["covered"])


def _standing(*, covered: bool, doubt: bool) -> Standing:
    if not covered:
        return Standing.SHOWN_ONLY
    # Of a whole entry without a quantity nobody knows that all its units were meant, where that would help them.
    return Standing.CONDEMN_ONLY if doubt else Standing.FULL


def _bearing(hits: pl.DataFrame) -> dict[tuple[int, Flag], int]:
    odd = hits.filter(pl.col("bits") > 0)
    units: dict[tuple[int, Flag], int] = {}
    for line, bits, counted in odd.group_by("line", "bits").agg(pl.col("counted").sum()).iter_rows():
        for at, flag in enumerate(HERE):
            if bits & 1 << at:
                units[line, flag] = units.get((line, flag), 0) + counted
    return units
