"""What the documents that name a machine are worth on it: their pieces, and what is to be asked of each there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from provenance.evidence import Facet, Piece, Standing, StatedBy
from provenance.identify.identity import TextReading, Tier
from provenance.identify.resolve import Identifier
from provenance.origin.match import Named, speaks_of_an_entry
from provenance.origin.register import Flag, Question, RegisterLine

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
    """UInt32: which of `mentions` names it."""
    mentions: tuple[tuple[Mention, ...], ...]
    """Distinct sets of mentions; the first is empty."""
    worth: pl.Series
    """UInt32: which of `worths` it has. Machines that different documents speak of alike share one."""
    worths: tuple[tuple[Worth, ...], ...]
    """Distinct sets of worths; the first is empty."""
    named: Named
    questions: tuple[tuple[Question, ...], ...] = ()
    """Per line: all that is to be asked of it."""
    set_units: tuple[int, ...] = (0,)
    """Per set of mentions: the units that it names."""
    bearing: Mapping[tuple[int, Flag], int] = field(default_factory=dict)
    """By line and flag: the units on which this is asked of it, where it is not asked on all of them."""


Made = Callable[[pl.Series], pl.Series]
"""Given positions of machines, the first day on which each can have been made (Date, null where unknown)."""


def no_matches(height: int, lines: int = 0) -> Matches:
    """Return what a register that names nothing says of so many machines."""
    nothing = pl.Series([0], dtype=pl.UInt32).new_from_index(0, height)
    hits = pl.DataFrame(schema={"position": pl.UInt32, "line": pl.UInt32, "counted": pl.Int64})
    return Matches(nothing, ((),), nothing, ((),), Named(hits, ("",) * lines, (0,) * lines, (0,) * lines, {}))


def weigh(
    named: Named,
    machines: pl.DataFrame,
    lines: Sequence[RegisterLine],
    questions: Sequence[tuple[Question, ...]],
    identifier: Identifier,
    made: Made,
    reopened: pl.Series | None = None,
) -> Matches:
    """Say what each line is worth on each machine that it names.

    Args:
        named: Which machines the lines name.
        machines: `maker` and `model` (texts), one row per machine.
        lines: The register.
        questions: Per line, what is to be asked of it whatever it names.
        identifier: Reads maker and model texts.
        made: When machines were made.
        reopened: Per machine, since when nobody has looked at its boards (Date, null where nothing happened to them).
    """
    asked = [
        (*told, *_more_units(line, units))
        for told, line, units in zip(questions, lines, named.units, strict=True)
    ]
    bits = _bits(named.hits, machines, lines, identifier, made)
    if reopened is not None:
        bits += _before_swap(named.hits, lines, reopened)
    hits = named.hits.with_columns(bits=bits)
    worths = _worths(lines, named.covers_all, asked)
    plain, doubted = (pl.Series(codes, dtype=pl.UInt32) for codes in worths.codes)
    hits = hits.with_columns(
        mention=pl.col("line").cast(pl.UInt64) * _COMBINED + pl.col("bits"),
        worth=pl.when(pl.col("bits") > 0)
        .then(doubted.gather(hits["line"]))
        .otherwise(plain.gather(hits["line"])),
    )
    grouped = hits.group_by("position", maintain_order=True).agg(
        pl.col("mention", "worth").unique().sort(), pl.col("counted").first()
    )
    nothing = no_matches(machines.height).sets
    mention_codes, mention_sets = _distinct(grouped["mention"])
    worth_codes, worth_sets = _distinct(grouped["worth"])
    units = grouped.select("counted", code=mention_codes).group_by("code").agg(pl.col("counted").sum())
    by_set = dict(units.iter_rows())
    return Matches(
        sets=_scattered(nothing, grouped["position"], mention_codes),
        mentions=tuple(tuple(map(_mention, one)) for one in mention_sets),
        worth=_scattered(nothing, grouped["position"], worth_codes),
        worths=tuple(tuple(worths.distinct[code] for code in one) for one in worth_sets),
        named=named,
        questions=tuple(asked),
        set_units=tuple(int(by_set.get(code, 0)) for code in range(len(mention_sets))),
        bearing=_bearing(hits),
    )


def _more_units(line: RegisterLine, units: int) -> tuple[Question, ...]:
    if line.serials or line.quantity is None or not 0 < units < line.quantity:
        return ()
    what = f"it covers {line.quantity} units, and {units} are here that it could mean: where are the others?"
    return (Question(Flag.MORE_UNITS, what),)


@dataclass(frozen=True, slots=True)
class _Worths:
    distinct: list[Worth]
    codes: tuple[list[int], list[int]]
    """Per line: the code of its worth, and of its worth on a machine of which something more is asked."""


def _worths(
    lines: Sequence[RegisterLine], covers_all: Sequence[bool], asked: Sequence[tuple[Question, ...]]
) -> _Worths:
    known: dict[tuple[object, ...], int] = {}
    distinct: list[Worth] = []
    codes: tuple[list[int], list[int]] = ([], [])
    for line, covered, told in zip(lines, covers_all, asked, strict=True):
        doubt = any(question.flag.stops_clearing for question in told) if told else False
        for more, column in enumerate(codes):
            standing = _standing(line, covered=covered, doubt=doubt or bool(more))
            by_serial = bool(line.serials)
            key = (line.facet, line.kind, line.atoms, line.status, standing, by_serial, covered)
            code = known.setdefault(key, len(known))
            if code == len(distinct):
                piece = Piece(line.facet, line.kind, line.atoms, line.status, standing)
                distinct.append(Worth(piece, by_serial, covered))
            column.append(code)
    return _Worths(distinct, codes)


def _standing(line: RegisterLine, *, covered: bool, doubt: bool) -> Standing:
    if not covered:
        return Standing.SHOWN_ONLY
    # Without a quantity nobody knows that all units of an entry were meant, where that would help them.
    return (
        Standing.CONDEMN_ONLY if doubt or (not line.serials and speaks_of_an_entry(line)) else Standing.FULL
    )


def _mention(code: int) -> Mention:
    line, bits = divmod(code, _COMBINED)
    return Mention(line, tuple(flag for at, flag in enumerate(_BITS) if bits & 1 << at))


def _distinct(lists: pl.Series) -> tuple[pl.Series, list[tuple[int, ...]]]:
    """Return a code per list and the distinct lists; code 0 is the empty one."""
    codes: dict[tuple[int, ...], int] = {(): 0}
    found = [codes.setdefault(tuple(one), len(codes)) for one in lists.to_list()]
    return pl.Series(found, dtype=pl.UInt32), list(codes)


def _scattered(nothing: pl.Series, positions: pl.Series, codes: pl.Series) -> pl.Series:
    return nothing.clone().scatter(positions, codes) if len(positions) else nothing


def _bearing(hits: pl.DataFrame) -> dict[tuple[int, Flag], int]:
    odd = hits.filter(pl.col("bits") > 0)
    units: dict[tuple[int, Flag], int] = {}
    for line, bits, counted in odd.group_by("line", "bits").agg(pl.col("counted").sum()).iter_rows():
        for at, flag in enumerate(_BITS):
            if bits & 1 << at:
                units[line, flag] = units.get((line, flag), 0) + counted
    return units


def _bits(
    hits: pl.DataFrame,
    machines: pl.DataFrame,
    lines: Sequence[RegisterLine],
    identifier: Identifier,
    made: Made,
) -> pl.Series:
    """Return per hit what is asked of the line on that machine, one bit per flag."""
    if hits.is_empty():
        return pl.Series([], dtype=pl.UInt8)
    days = pl.Series([line.day for line in lines], dtype=pl.Date).gather(hits["line"])
    dated = days.is_not_null()
    early = pl.Series([False]).new_from_index(0, hits.height)
    if dated.any():
        early = (days < made(hits["position"])).fill_null(value=False)
    names: dict[tuple[str | None, str | None], int] = {}
    texts = [names.setdefault(_named_goods(line, identifier), len(names)) for line in lines]
    bits = early.cast(pl.UInt8) * (1 << _BITS.index(Flag.BEFORE_MANUFACTURE))
    if set(names) <= {(None, None)}:
        return bits
    goods = pl.DataFrame(
        {
            "names": pl.Series(texts, dtype=pl.UInt32).gather(hits["line"]),
            "maker": machines["maker"].gather(hits["position"]).cast(pl.String),
            "model": machines["model"].gather(hits["position"]).cast(pl.String),
        }
    )
    said = list(names)
    distinct = goods.unique()
    compared = [_compare(said[code], maker, model, identifier) for code, maker, model in distinct.iter_rows()]
    told = goods.join(
        distinct.with_columns(bits=pl.Series(compared, dtype=pl.UInt8)),
        on=["names", "maker", "model"], how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    return bits + told["bits"]


def _before_swap(hits: pl.DataFrame, lines: Sequence[RegisterLine], reopened: pl.Series) -> pl.Series:
    """Return the bit of what is said of boards before they were changed; without a date nobody knows that it is not."""
    of_boards = pl.Series([line.facet is Facet.BOARDS for line in lines], dtype=pl.Boolean).gather(hits["line"])
    days = pl.Series([line.day for line in lines], dtype=pl.Date).gather(hits["line"])
    changed = reopened.gather(hits["position"])
    open_again = of_boards & changed.is_not_null() & (days < changed).fill_null(value=True)
    return open_again.cast(pl.UInt8) * (1 << _BITS.index(Flag.BEFORE_SWAP))


def _named_goods(line: RegisterLine, identifier: Identifier) -> tuple[str | None, str | None]:
    """Return the maker and the model that a document names; a maker that issues one speaks of its own goods."""
    if line.maker is not None or line.issuer_role is not StatedBy.MAKER or not line.issuer:
        return line.maker, line.model
    return (line.issuer if _maker_of(line.issuer, identifier) is not None else None), line.model


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
