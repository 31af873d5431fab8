"""How many machines a line stands for: whole numbers as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.inventory.vocabulary import load_vocabulary

if TYPE_CHECKING:
    import polars as pl

_UNIT = (
    "pcs|pc|pieces?|units?|ea|each|sets?|nos?|x|machines?|miners?|台|个|個|套|件|只|组|шт|ед|компл|stk|stück|st|"
    "unités?|pièces?|unidades?|uds?|piezas?|peças?|cái|chiếc|bộ"
)
_WHOLE = (
    rf"(?i)^(?:[x×]\s*)?([0-9]{{1,3}}(?:[, '\u{{a0}}][0-9]{{3}})+|[0-9]{{1,12}})(?:\.0*|,0{{1,2}})?"
    rf"\s*(?:{_UNIT})?\.?(?:\s*\([^)]*\))?$"
)
"""Digits, thousands set apart by commas, blanks or apostrophes, decimals that are zero, a unit, the number in words."""
_WORDED = rf"(?i)^([^\d\s(]+?)\s*(?:{_UNIT})?\.?(?:\s*\([0-9]+\))?$"
"""A number in one word, and a unit."""


def quantity_of(text: pl.Expr, *, plain: bool) -> pl.Expr:
    """Return the quantity a cleaned text gives, as Int64: 1 where it is missing, null where it is none above zero.

    Args:
        text: The cleaned text, null where missing.
        plain: Whether every value is known to be plain digits, so that a cast is enough.
    """
    import polars as pl

    if plain:
        number = text.cast(pl.Int64, strict=False)
    else:
        digits = text.str.extract(_WHOLE, 1).str.replace_all(r"[^0-9]", "")
        words = load_vocabulary().numbers
        worded = text.str.extract(_WORDED, 1).str.to_lowercase()
        number = pl.coalesce(
            digits.cast(pl.Int64, strict=False),
            worded.replace_strict(list(words), list(words.values()), default=None, return_dtype=pl.Int64),
        )
    return pl.when(text.is_null()).then(pl.lit(1, dtype=pl.Int64)).when(number > 0).then(number)
