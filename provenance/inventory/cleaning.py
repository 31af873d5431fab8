"""Cleaning cells, as polars expressions so that a million rows stream: what each field's text becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from provenance.inventory.quantity import quantity_of
from provenance.inventory.table import DATE_FIELDS, Field
from provenance.inventory.vocabulary import load_vocabulary
from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl

_NO_ADDRESS = ("000000000000", "FFFFFFFFFFFF")
"""What interfaces report that have no address."""
_INVISIBLE = (
    "\u00a0",
    "\u202f",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u200e",
    "\u200f",
)
"""Blanks that do not break, and characters without width, that spreadsheets and web pages leave in cells."""
_SEEN_AS = (" ", " ", "", "", "", "", "", "", "", "")
TIME = r"[ T]+[0-9]{1,2}:[0-9]{2}.*$"
"""The time of day behind a date."""


SEPARATORS = ":-. "
"""What may stand between the octets of a MAC address."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How thorough the cleaning of a table has to be; decided once from its text, so that clean tables cost little."""

    ascii: bool
    """No cell holds anything but ASCII."""
    flat: bool
    """No cell holds a line break."""
    clean: frozenset[Field] = frozenset()
    """Fields whose text is already as cleaning would leave it."""
    plain_quantity: bool = False
    """Every quantity is plain digits."""
    float_serials: bool = True
    """Serials may be written as floats, `82212836977.0`."""
    separators: str = SEPARATORS
    """What stands between the octets of MAC addresses in this table."""
    valid_macs: bool = False
    """Every MAC address is valid once its separators are gone."""
    timed: frozenset[Field] = frozenset()
    """Date columns with times of day in them."""


def text_of(raw: pl.Expr, manner: Manner, *, also: frozenset[str] = frozenset()) -> pl.Expr:
    """Return a cell trimmed, its invisible and full-width characters made plain, placeholders made null.

    Args:
        raw: The raw text.
        manner: How thorough to be.
        also: Further placeholders, in lower case.
    """
    import polars as pl

    text = _plain(raw, manner)
    return pl.when(~_is_nothing(text, load_vocabulary().placeholder | also)).then(text)


def _plain(raw: pl.Expr, manner: Manner) -> pl.Expr:
    text = raw
    if not manner.ascii:
        text = text.str.replace_many(list(_INVISIBLE), list(_SEEN_AS)).str.normalize("NFKC")
    if not manner.flat:
        text = text.str.replace_all(r"\s+", " ")
    return text.str.strip_chars()


def _is_nothing(text: pl.Expr, words: frozenset[str]) -> pl.Expr:
    return text.is_in(["", *_cases(words)])


@lru_cache(maxsize=4)
def _cases(words: frozenset[str]) -> tuple[str, ...]:
    """Return words in the cases people type: looking one up costs a quarter of lower-casing a column."""
    return tuple(
        sorted({form(word) for word in words for form in (str.lower, str.upper, str.title, str.capitalize)})
    )


def serial_of(raw: pl.Expr, manner: Manner) -> pl.Expr:
    """Return a serial in upper case without blanks, whole floats without `.0`; null for words and zeros alone."""
    import polars as pl

    serial = text_of(raw, manner, also=load_vocabulary().serial_placeholder)
    serial = serial.str.replace_all(" ", "", literal=True).str.to_uppercase()
    if manner.float_serials:
        serial = serial.str.replace(r"^([0-9]{5,})\.0$", "$1")
    return pl.when(serial.str.strip_chars("0-.") != "").then(serial)


def mac_of(raw: pl.Expr, manner: Manner) -> pl.Expr:
    """Return a MAC address as twelve upper-case hex digits; null when it is none, or all zeros or ones."""
    import polars as pl

    digits = raw if Field.MAC in manner.clean else text_of(raw, manner)
    for separator in manner.separators:
        digits = digits.str.replace_all(separator, "", literal=True)
    digits = digits.str.to_uppercase()
    if manner.valid_macs:
        return digits
    return pl.when(is_mac(digits)).then(digits)


def is_mac(digits: pl.Expr) -> pl.Expr:
    """Return whether a text is twelve upper-case hex digits that can be an address."""
    return digits.str.contains(r"^[0-9A-F]{12}$") & ~digits.is_in(_NO_ADDRESS)


def is_regular_mac(raw: pl.Expr, separators: str) -> pl.Expr:
    """Return whether a raw text is an address in the one notation that the separators of a table tell of."""
    import polars as pl

    if len(separators) > 1 or "." in separators:
        return pl.lit(value=False)
    octet, mark = "[0-9A-Fa-f]{2}", re.escape(separators)
    nowhere = [separators.join([form(two)] * 6) for two in ("00", "ff") for form in (str.lower, str.upper)]
    return raw.str.contains(f"^(?:{octet}{mark}){{5}}{octet}$") & ~raw.is_in(nowhere)


def day_text_of(text: pl.Expr, *, timed: bool) -> pl.Expr:
    """Return the text of a date without the time of day behind it."""
    return text.str.replace(TIME, "") if timed else text


def field_of(field: Field, raw: pl.Expr, manner: Manner, days: Mapping[str, date] | None = None) -> pl.Expr:
    """Return the cleaned value of one field.

    Args:
        field: Which one.
        raw: Its column of raw text.
        manner: How thorough to be.
        days: For dates: what each distinct text of the column means.
    """
    import polars as pl

    match field:
        case Field.MAC:
            return mac_of(raw, manner)
        case Field.SERIAL:
            return raw if field in manner.clean else serial_of(raw, manner)
        case Field.QUANTITY:
            return quantity_of(_text(field, raw, manner), plain=manner.plain_quantity)
        case _ if field in DATE_FIELDS:
            known = days or {}
            if not known:
                return pl.lit(None, dtype=pl.Date)
            return day_text_of(_text(field, raw, manner), timed=field in manner.timed).replace_strict(
                pl.Series(list(known), dtype=pl.String),
                pl.Series(list(known.values()), dtype=pl.Date),
                default=None,
                return_dtype=pl.Date,
            )
        case _:
            return _text(field, raw, manner)


def _text(field: Field, raw: pl.Expr, manner: Manner) -> pl.Expr:
    return raw if field in manner.clean else text_of(raw, manner)


def unclean(field: Field, raw: pl.Expr, manner: Manner) -> pl.Expr:
    """Return whether cleaning would change the raw text of a field, for checking that a column needs none."""
    vocabulary = load_vocabulary()
    if field is Field.SERIAL and manner.ascii:
        # One pattern finds what trimming, upper-casing and taking out blanks and zeros would change.
        return raw.str.contains(r"[a-z\s]|^[0.\-]*$|^[0-9]{5,}\.0$") | raw.is_in(_no_serials())
    if field is Field.SERIAL:
        return serial_of(raw, manner).ne_missing(raw)
    # Not by comparing with `text_of`: building its result costs more than all else here.
    return (_plain(raw, manner) != raw) | _is_nothing(raw, vocabulary.placeholder)


def odd_serial(raw: pl.Expr) -> pl.Expr:
    """Return whether an ASCII serial may be unclean, a float or in scientific notation: one look for all of these."""
    return raw.str.contains(r"[a-z\s+.]|^[0\-]*$") | raw.is_in(_no_serials())


def _no_serials() -> tuple[str, ...]:
    vocabulary = load_vocabulary()
    return _cases(vocabulary.placeholder | vocabulary.serial_placeholder)
