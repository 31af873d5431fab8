"""Days in a column of dates: the whole column decides whether 05/06 is May or June."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from provenance.expressions import expression
from provenance.records import dataclass

_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AaPp][Mm])?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?$"
_YEAR_FIRST = expression(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME)
_HAN = expression(r"^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?" + _TIME)
_COMPACT = expression(r"^((?:19|20)\d{2})(\d{2})(\d{2})$")
_YEAR_LAST = expression(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _TIME)
_DAY_WORD = expression(r"^(\d{1,2})(?:st|nd|rd|th)?[ \-/.]+([^\W\d_]{3,9})\.?,?[ \-/.]+(\d{4}|\d{2})" + _TIME)
_WORD_DAY = expression(r"^([^\W\d_]{3,9})\.?[ \-]+(\d{1,2})(?:st|nd|rd|th)?,?[ \-]+(\d{4})" + _TIME)
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan january januar janvier enero ene janeiro jän января янв",
            "feb february februar février fevrier fév febrero fevereiro fev февраля фев",
            "mar march märz maerz mrz mars marzo março марта мар",
            "apr april avril avr abril abr апреля апр",
            "may mai mayo maio мая май",
            "jun june juni juin junio junho июня июн",
            "jul july juli juillet juil julio julho июля июл",
            "aug august août aout agosto ago августа авг",
            "sep sept september septembre septiembre setembro set сентября сен",
            "oct october oktober okt octobre octubre outubro out октября окт",
            "nov november novembre noviembre novembro ноября ноя",
            "dec december dezember dez décembre diciembre dic dezembro декабря дек",
        ),
        start=1,
    )
    for name in names.split()
}
_CENTURY = 2000
"""Machines of this century: a year of two digits is one of it."""


class Order(Enum):
    """In which order a column writes day and month."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Days:
    """What the distinct texts of a date column mean."""

    days: dict[str, date]
    """Text to day; texts that give no day are left out."""
    order: Order
    oddities: tuple[str, ...]


def read_days(texts: Iterable[str]) -> Days:
    """Read the distinct texts of one column as days.

    Args:
        texts: Cleaned texts without repeats.

    Returns:
        The days, and what could not be read. With slashes or hyphens, one value with a number above twelve decides the
        order of the whole column; dots are always day first; without such a value ambiguous texts give no day.
    """
    days: dict[str, date] = {}
    open_texts: dict[str, tuple[int, int, int]] = {}
    unread: list[str] = []
    for text in texts:
        parsed = _certain(text)
        if parsed is not None:
            days[text] = parsed
            continue
        match = _YEAR_LAST.match(text)
        if match is None:
            unread.append(text)
        elif match[2] == ".":
            _put(days, unread, text, _year(match[4]), int(match[3]), int(match[1]))
        else:
            open_texts[text] = (int(match[1]), int(match[3]), _year(match[4]))
    order, oddities = _order(open_texts)
    for text, (first, second, year) in open_texts.items():
        if order is Order.DAY_FIRST or first > 12:
            _put(days, unread, text, year, second, first)
        elif order is Order.MONTH_FIRST or second > 12 or first == second:
            _put(days, unread, text, year, first, second)
    if unread:
        shown = ", ".join(repr(text) for text in sorted(unread)[:3])
        oddities.append(f"{len(unread)} values are no day: {shown}")
    return Days(days, order, tuple(oddities))


def _order(open_texts: dict[str, tuple[int, int, int]]) -> tuple[Order, list[str]]:
    if not open_texts:
        return Order.UNDECIDED, []
    day_first = sum(first > 12 >= second for first, second, _ in open_texts.values())
    month_first = sum(second > 12 >= first for first, second, _ in open_texts.values())
    example = min(open_texts)
    if day_first and not month_first:
        return Order.DAY_FIRST, []
    if month_first and not day_first:
        return Order.MONTH_FIRST, []
    if day_first and month_first:
        return Order.UNDECIDED, [
            f"day and month stand in both orders; ambiguous ones such as {example!r} were left out"
        ]
    ambiguous = sum(first != second and max(first, second) <= 12 for first, second, _ in open_texts.values())
    if not ambiguous:
        return Order.UNDECIDED, []
    said = (
        f"day and month cannot be told apart ({example!r}): {ambiguous} distinct dates were left out;"
        " write them as 2024-12-31"
    )
    return Order.UNDECIDED, [said]


def _put(days: dict[str, date], unread: list[str], text: str, year: int, month: int, day: int) -> None:
    try:
        days[text] = date(year, month, day)
    except ValueError:
        unread.append(text)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else _CENTURY + int(text)


def _certain(text: str) -> date | None:
    """Return the day of a text whose order is beyond doubt."""
    parts: tuple[int, int, int] | None = None
    if match := _YEAR_FIRST.match(text):
        parts = int(match[1]), int(match[3]), int(match[4])
    elif match := (_HAN.match(text) or _COMPACT.match(text)):
        parts = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_WORD.match(text):
        month = _MONTHS.get(match[2].lower())
        parts = (_year(match[3]), month, int(match[1])) if month else None
    elif match := _WORD_DAY.match(text):
        month = _MONTHS.get(match[1].lower())
        parts = (int(match[3]), month, int(match[2])) if month else None
    if parts is None:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None
