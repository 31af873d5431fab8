"""What the documents that name a machine are worth on it: their pieces, and what is to be asked of each there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import polars as pl

from provenance.evidence import Facet, FindingStatus, Grade, Piece, Standing, StatedBy
from provenance.identify.identity import TextReading, Tier
from provenance.identify.resolve import Identifier
from provenance.origin.match import Named, speaks_of_an_entry
from provenance.origin.register import Flag, Question, RegisterLine
from provenance.origin.register_lines import ATOM, RegisterLines

_BITS = (Flag.OTHER_MAKER, Flag.OTHER_MODEL, Flag.BEFORE_MANUFACTURE, Flag.BEFORE_SWAP)
"""What is asked of a document on one machine and not on another, by the bit that stands for it."""
_COMBINED = 1 << len(_BITS)


class Mention(NamedTuple):
    """One line that names a machine."""

    line: int
    """Its index into the register."""
    flags: tuple[Flag, ...]
    """What keeps it from clearing this machine."""


class Worth(NamedTuple):
    """What a document is worth on a machine, before the machine's own oddities are looked at."""

    piece: Piece
    by_serial: bool
    """Whether it names the machine by its serial number."""
    covered: bool
    """Whether it covers every unit that it could mean."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What the register says of which machines; columns have one entry per machine."""

    sets: pl.Series
    """UInt32: which set of mentions names it; 0 for none, then `alone`, then `together`."""
    alone: pl.Series
    """UInt64: the mentions that are the only ones of some machine, coded."""
    together: tuple[tuple[int, ...], ...]
    """Distinct sets of several mentions, coded."""
    worth: pl.Series
    """UInt32: which of `worths` it has. Machines that different documents speak of alike share one."""
    worths: tuple[tuple[Worth, ...], ...]
    """Distinct sets of worths; the first is empty."""
    named: Named
    questions: Mapping[int, tuple[Question, ...]] = field(default_factory=dict)
    """All that is to be asked of lines, by line; most have nothing."""
    set_units: tuple[int, ...] = (0,)
    """Per set of mentions: the units that it names."""
    bearing: Mapping[tuple[int, Flag], int] = field(default_factory=dict)
    """By line and flag: the units on which this is asked of it, where it is not asked on all of them."""

    def mentions(self) -> Iterator[tuple[Mention, ...]]:
        """Yield the set of mentions of each code of `sets`, in their order; the first is empty."""
        yield ()
        yield from ((mention_of(code),) for code in self.alone.to_list())
        yield from (mentions for mentions, _ in self.several())

    def several(self) -> Iterator[tuple[tuple[Mention, ...], int]]:
        """Yield the sets of several mentions, each with the units that it names."""
        first = 1 + len(self.alone)
        for at, codes in enumerate(self.together):
            yield tuple(map(mention_of, codes)), self.set_units[first + at]


Made = Callable[[pl.Series], pl.Series]
"""Given positions of machines, the first day on which each can have been made (Date, null where unknown)."""


def no_matches(height: int, lines: int = 0) -> Matches:
    """Return what a register that names nothing says of so many machines."""
    nothing = pl.Series([0], dtype=pl.UInt32).new_from_index(0, height)
    hits = pl.DataFrame(schema={"position": pl.UInt32, "line": pl.UInt32, "counted": pl.Int64})
    none = (0,) * lines
    named = Named(hits, ("",) * lines, none, none, {})
    return Matches(nothing, pl.Series([], dtype=pl.UInt64), (), nothing, ((),), named)


def mention_of(code: int) -> Mention:
    """Return a mention by its code."""
    line, bits = divmod(code, _COMBINED)
    if not bits:
        return Mention(line, ())
    return Mention(line, tuple(flag for at, flag in enumerate(_BITS) if bits & 1 << at))


def mentioned_lines(codes: pl.Series) -> pl.Series:
    """Return the lines of mentions by their codes (UInt32)."""
    return (codes // _COMBINED).cast(pl.UInt32)


def mentioned_plainly(codes: pl.Series) -> pl.Series:
    """Return whether nothing more is asked of mentions than of their lines (Boolean)."""
    return codes % _COMBINED == 0


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
    bits = _bits(named.hits, machines, lines, identifier, made)
    if reopened is not None:
        bits += _before_swap(named.hits, lines, reopened)
    hits = named.hits.with_columns(bits=bits)
    worth = (
        pl.when(pl.col("bits") > 0).then(doubted.gather(hits["line"])).otherwise(plain.gather(hits["line"]))
    )
    hits = hits.with_columns(mention=pl.col("line").cast(pl.UInt64) * _COMBINED + pl.col("bits"), worth=worth)
    shared = hits["position"].is_duplicated()
    single, several = hits.filter(~shared), hits.filter(shared)
    grouped = several.group_by("position", maintain_order=True).agg(
        pl.col("mention", "worth").unique().sort(), pl.col("counted").first()
    )
    alone = single["mention"].unique(maintain_order=True)
    sets = _Sets(no_matches(machines.height).sets, single["position"], grouped["position"])
    codes = sets.codes(_ranks(single["mention"], alone) + 1, grouped["mention"], 1 + len(alone))
    weights = sets.codes_of_few(single["worth"], grouped["worth"])
    counted = pl.concat([single["counted"], grouped["counted"]])
    by_set = (
        pl.DataFrame({"code": codes.used, "counted": counted}).group_by("code").agg(pl.col("counted").sum())
    )
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
    what = f"it covers {line.quantity} units, and {units} are here that it could mean: where are the others?"
    return (Question(Flag.MORE_UNITS, what),)


_WORTH = ("facet", "kind", "atoms", "status", "by_serial", "covered", "entire", "doubt")


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
        for at, flag in enumerate(_BITS):
            if bits & 1 << at:
                units[line, flag] = units.get((line, flag), 0) + counted
    return units


def _bits(
    hits: pl.DataFrame, machines: pl.DataFrame, lines: RegisterLines, identifier: Identifier, made: Made
) -> pl.Series:
    """Return per hit what is asked of the line on that machine, one bit per flag."""
    if hits.is_empty():
        return pl.Series([], dtype=pl.UInt8)
    days = lines.frame["day"].gather(hits["line"])
    early = pl.Series([False]).new_from_index(0, hits.height)
    if days.null_count() < len(days):
        early = (days < made(hits["position"])).fill_null(value=False)
    bits = early.cast(pl.UInt8) * (1 << _BITS.index(Flag.BEFORE_MANUFACTURE))
    said, codes = _named_goods(lines, identifier)
    if set(said) <= {(None, None)}:
        return bits
    goods = pl.DataFrame(
        {
            "names": codes.gather(hits["line"]),
            "maker": machines["maker"].gather(hits["position"]).cast(pl.String),
            "model": machines["model"].gather(hits["position"]).cast(pl.String),
        }
    )
    distinct = goods.unique()
    compared = [_compare(said[code], maker, model, identifier) for code, maker, model in distinct.iter_rows()]
    told = goods.join(
        distinct.with_columns(bits=pl.Series(compared, dtype=pl.UInt8)),
        on=["names", "maker", "model"], how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    return bits + told["bits"]


def _before_swap(hits: pl.DataFrame, lines: RegisterLines, reopened: pl.Series) -> pl.Series:
    """Return the bit of what is said of boards before they were changed; without a date nobody knows that it is not."""
    of_boards = (lines.frame["facet"] == Facet.BOARDS.value).gather(hits["line"])
    days = lines.frame["day"].gather(hits["line"])
    changed = reopened.gather(hits["position"])
    open_again = of_boards & changed.is_not_null() & (days < changed).fill_null(value=True)
    return open_again.cast(pl.UInt8) * (1 << _BITS.index(Flag.BEFORE_SWAP))


def _named_goods(
    lines: RegisterLines, identifier: Identifier
) -> tuple[list[tuple[str | None, str | None]], pl.Series]:
    """Return the makers and models that documents name, and per line which of these it does.

    A maker that issues a document speaks of its own goods.
    """
    issuer = pl.when(pl.col("issuer_role") == StatedBy.MAKER.value).then("issuer")
    told = lines.frame.select("maker", "model", issuer=issuer)
    few = told.unique(maintain_order=True).with_row_index("code")
    keys = ["maker", "model", "issuer"]
    codes = told.join(few, on=keys, how="left", nulls_equal=True, maintain_order="left")["code"]
    said = [
        (maker or (issuer if issuer and _maker_of(issuer, identifier) is not None else None), model)
        for maker, model, issuer in few.select(keys).iter_rows()
    ]
    return said, codes


def _maker_of(text: str | None, identifier: Identifier) -> str | None:
    if text is None:
        return None
    reading = identifier.read_text(text, None)
    return reading.maker if reading.maker_tier in {Tier.EXACT, Tier.GRAMMAR} else None


def _compare(
    named: tuple[str | None, str | None], maker: str | None, model: str | None, identifier: Identifier
) -> int:
    """Return what is asked of a document that names a maker and a model, on a machine of these texts."""
    named_maker, named_model = named
    machine = identifier.read_text(maker, model)
    wanted = identifier.read_text(None, named_model) if named_model is not None else None
    makers = {_maker_of(named_maker, identifier), wanted.maker if wanted is not None else None} - {None}
    bits = 0
    if machine.maker is not None and any(other != machine.maker for other in makers):
        bits |= 1 << _BITS.index(Flag.OTHER_MAKER)
    if wanted is not None and _is_other(wanted, machine):
        bits |= 1 << _BITS.index(Flag.OTHER_MODEL)
    return bits


def _is_other(wanted: TextReading, machine: TextReading) -> bool:
    """Whether a machine is known to be of another model than a document names."""
    if wanted.model is None:
        return False
    if machine.model is not None:
        return machine.model != wanted.model
    return bool(machine.alternatives) and wanted.model not in machine.alternatives
