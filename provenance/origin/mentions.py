"""The documents that name machines, as columns of codes: which name each, and what they are worth on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import NamedTuple

import polars as pl

from provenance.evidence import Piece
from provenance.origin.match import Named
from provenance.origin.register import Flag, Question
from provenance.records import dataclass

HERE = (Flag.OTHER_MAKER, Flag.OTHER_MODEL, Flag.BEFORE_MANUFACTURE, Flag.BEFORE_SWAP)
"""What is asked of a document on one machine and not on another, by the bit that stands for it."""
COMBINED = 1 << len(HERE)


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


def no_matches(height: int, lines: int = 0) -> Matches:
    """Return what a register that names nothing says of so many machines."""
    nothing = pl.Series([0], dtype=pl.UInt32).new_from_index(0, height)
    hits = pl.DataFrame(schema={"position": pl.UInt32, "line": pl.UInt32, "counted": pl.Int64})
    none = (0,) * lines
    named = Named(hits, ("",) * lines, none, none, {})
    return Matches(nothing, pl.Series([], dtype=pl.UInt64), (), nothing, ((),), named)


def mention_of(code: int) -> Mention:
    """Return a mention by its code."""
    line, bits = divmod(code, COMBINED)
    if not bits:
        return Mention(line, ())
    return Mention(line, tuple(flag for at, flag in enumerate(HERE) if bits & 1 << at))


def mentioned_lines(codes: pl.Series) -> pl.Series:
    """Return the lines of mentions by their codes (UInt32)."""
    return (codes // COMBINED).cast(pl.UInt32)


def mentioned_plainly(codes: pl.Series) -> pl.Series:
    """Return whether nothing more is asked of mentions than of their lines (Boolean)."""
    return codes % COMBINED == 0
