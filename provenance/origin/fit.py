"""Whether a document fits a machine that it names: the maker, the model and the days that both speak of."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from provenance.evidence import Facet, StatedBy
from provenance.identify.identity import TextReading, Tier
from provenance.identify.resolve import Identifier
from provenance.origin.mentions import HERE
from provenance.origin.register import Flag
from provenance.origin.register_lines import RegisterLines

Made = Callable[[pl.Series], pl.Series]
"""Given positions of machines, the first day on which each can have been made (Date, null where unknown)."""


def asked_here(
    hits: pl.DataFrame, machines: pl.DataFrame, lines: RegisterLines, identifier: Identifier, made: Made
) -> pl.Series:
    """Return per hit what is asked of the line on that machine, one bit per flag."""
    if hits.is_empty():
        return pl.Series([], dtype=pl.UInt8)
    days = lines.frame["day"].gather(hits["line"])
    early = pl.Series([False]).new_from_index(0, hits.height)
    if days.null_count() < len(days):
        early = (days < made(hits["position"])).fill_null(value=False)
    bits = early.cast(pl.UInt8) * (1 << HERE.index(Flag.BEFORE_MANUFACTURE))
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


def asked_of_boards(hits: pl.DataFrame, lines: RegisterLines, reopened: pl.Series) -> pl.Series:
    """Return the bit of what is said of boards before they were changed; without a date nobody knows that it is not."""
    of_boards = (lines.frame["facet"] == Facet.BOARDS.value).gather(hits["line"])
    days = lines.frame["day"].gather(hits["line"])
    changed = reopened.gather(hits["position"])
    open_again = of_boards & changed.is_not_null() & (days < changed).fill_null(value=True)
    return open_again.cast(pl.UInt8) * (1 << HERE.index(Flag.BEFORE_SWAP))


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
        bits |= 1 << HERE.index(Flag.OTHER_MAKER)
    if wanted is not None and _is_other(wanted, machine):
        bits |= 1 << HERE.index(Flag.OTHER_MODEL)
    return bits


def _is_other(wanted: TextReading, machine: TextReading) -> bool:
    """Whether a machine is known to be of another model than a document names."""
    if wanted.model is None:
        return False
    if machine.model is not None:
        return machine.model != wanted.model
    return bool(machine.alternatives) and wanted.model not in machine.alternatives
