"""What the coded groups of a serial number say: the days on which the unit can have been made, the country."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import assert_never

from provenance.catalog.serial_rules import CountryRule, DateRule
from provenance.countries import ALL, atoms_of
from provenance.dates import Span

Groups = Mapping[str, str]

_MONTHS = {digit: month for month, digit in enumerate("123456789ABC", start=1)}
_DAYS = {digit: day for day, digit in enumerate("123456789ABCDEFGHIJKLMNOPQRSTUV", start=1)}
_HUAWEI_YEARS = (
    {digit: 2000 + int(digit) for digit in "123456789"}
    | {letter: 2010 + index for index, letter in enumerate("ABCDEFGH")}
    | {letter: 2018 + index for index, letter in enumerate("JKLMN")}
    | {letter: 2023 + index for index, letter in enumerate("PQRSTUVWXY")}
)
_LETTER_DIGITS = str.maketrans("JABCDEFGHI", "0123456789")
_MINER_DECADES = (2010, 2020)
"""The decades in which miners with a year digit were made."""
_PPID_DECADES = (1990, 2000, 2010, 2020)
"""The decades in which a PPID can have been printed."""


def date_made(rule: DateRule, groups: Groups) -> Span | None:
    """Return when a unit was made.

    Args:
        rule: How its scheme dates it.
        groups: What the named groups of the pattern matched, in upper case.

    Returns:
        The days that it can be; None where the groups make no date.
    """
    return _DATES[rule](groups)


def coded_country(rule: CountryRule, codes: Mapping[str, str], groups: Groups) -> str | None:
    """Return the ISO country that a serial number names, or None where its code names none.

    Args:
        rule: How its scheme names a country.
        codes: The scheme's own codes and the countries they stand for.
        groups: What the named groups of the pattern matched, in upper case.
    """
    match rule:
        case CountryRule.ISO_PREFIX:
            return groups["cc"] if groups["cc"] in _iso_codes() else None
        case CountryRule.LOCATION_CODE:
            return codes.get(groups["loc"])
        case _:
            assert_never(rule)


@lru_cache(maxsize=1)
def _iso_codes() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes; the one country that is several atoms counts too."""
    return frozenset(atom for atom in ALL if len(atom) == 2) | ({"UA"} if atoms_of("UA") else set())


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(day: date | None) -> Span | None:
    return Span.of(day) if day is not None else None


def _antminer_letters(match: Groups) -> Span | None:
    year, month, day = (int(match[group].translate(_LETTER_DIGITS)) for group in ("yy", "mm", "dd"))
    return _one(_day(2000 + year, month, day))


def _year_digit(match: Groups, day: int, decades: Sequence[int]) -> Span | None:
    """The year's last digit leaves the decade open: the days between the first and the last that it can be."""
    year, month = int(match["y"]), _MONTHS[match["m"]]
    days = [found for decade in decades if (found := _day(decade + year, month, day)) is not None]
    return Span(days[0], days[-1]) if days else None


def _year_digit_month_day(match: Groups) -> Span | None:
    return _year_digit(match, int(match["d"]), _MINER_DECADES)


def _dell_ppid(match: Groups) -> Span | None:
    return _year_digit(match, _DAYS[match["d"]], _PPID_DECADES)


def _yy_month_day(match: Groups) -> Span | None:
    return _one(_day(2000 + int(match["yy"]), _MONTHS[match["m"]], int(match["d"])))


def _yymmdd(match: Groups) -> Span | None:
    text = match["yymmdd"]
    return _one(_day(2000 + int(text[:2]), int(text[2:4]), int(text[4:])))


def _yyyymmdd(match: Groups) -> Span | None:
    text = match["yyyymmdd"]
    return _one(_day(int(text[:4]), int(text[4:6]), int(text[6:])))


def _week(year: int, week: int) -> Span | None:
    """The days that a calendar week can mean, whether weeks are counted as ISO does or from the first of January."""
    if not 1 <= week <= 53:
        return None
    first = min(date(year, 1, 1), date.fromisocalendar(year, 1, 1)) + timedelta(weeks=week - 1)
    last = max(date(year, 1, 7), date.fromisocalendar(year, 1, 7)) + timedelta(weeks=week - 1)
    return Span(first, last)


def _cisco_yyww(match: Groups) -> Span | None:
    return _week(1996 + int(match["yy"]), int(match["ww"]))


def _yyww(match: Groups) -> Span | None:
    return _week(2000 + int(match["yy"]), int(match["ww"]))


def _hp_yww(match: Groups) -> Span | None:
    return _week(2000 + int(match["y"], 36), int(match["ww"]))


def _huawei_year_month(match: Groups) -> Span | None:
    year, month = _HUAWEI_YEARS[match["y"]], _MONTHS[match["m"]]
    return Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


_DATES: dict[DateRule, Callable[[Groups], Span | None]] = {
    DateRule.ANTMINER_LETTERS: _antminer_letters,
    DateRule.YEAR_DIGIT_MONTH_DAY: _year_digit_month_day,
    DateRule.YY_MONTH_DAY: _yy_month_day,
    DateRule.YYMMDD: _yymmdd,
    DateRule.YYYYMMDD: _yyyymmdd,
    DateRule.CISCO_YYWW: _cisco_yyww,
    DateRule.YYWW: _yyww,
    DateRule.HP_YWW: _hp_yww,
    DateRule.DELL_PPID: _dell_ppid,
    DateRule.HUAWEI_YEAR_MONTH: _huawei_year_month,
}
