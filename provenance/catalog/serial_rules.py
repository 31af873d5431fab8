"""The closed set of rules by which a serial scheme dates a unit or names a country, and the groups each reads.

A scheme in a maker's file names a rule; `serial_codes` carries it out. Keeping the names here lets the catalogue
refuse a scheme whose pattern lacks the groups that its rule needs.
"""

from __future__ import annotations

from enum import StrEnum


class DateRule(StrEnum):
    """How the named groups of a serial date the unit."""

    ANTMINER_LETTERS = "antminer-letters"
    """`yy`, `mm`, `dd`: two letters each, A=1 to I=9 and J=0; the year counts from 2000."""
    YEAR_DIGIT_MONTH_DAY = "year-digit-month-day"
    """`y`: last digit of the year, the decade is not in the serial; `m`: 1-9, A-C; `d`: 01-31."""
    YY_MONTH_DAY = "yy-month-day"
    """`yy`: year from 2000; `m`: 1-9, A-C; `d`: 01-31."""
    YYMMDD = "yymmdd"
    """`yymmdd`: six digits, the year counts from 2000."""
    YYYYMMDD = "yyyymmdd"
    """`yyyymmdd`: eight digits."""
    CISCO_YYWW = "cisco-yyww"
    """`yy`: the year less 1996; `ww`: calendar week."""
    YYWW = "yyww"
    """`yy`: year from 2000; `ww`: calendar week."""
    HP_YWW = "hp-yww"
    """`y`: 0-9 for 2000 to 2009, A for 2010 and so on; `ww`: calendar week."""
    DELL_PPID = "dell-ppid"
    """`y`: last digit of the year, no decade; `m`: 1-9, A-C; `d`: 1-9, A-V for 1 to 31."""
    HUAWEI_YEAR_MONTH = "huawei-year-month"
    """`y`: 1-9 for 2001 to 2009, A-H for 2010 to 2017, J-N to 2022, P-Y to 2032; `m`: 1-9, A-C."""


class CountryRule(StrEnum):
    """How the named groups of a serial name a country. No scheme of a miner has one."""

    ISO_PREFIX = "iso-prefix"
    """`cc`: an ISO 3166-1 alpha-2 code; anything else names no country."""
    LOCATION_CODE = "location-code"
    """`loc`: a code of the scheme's own `codes`; anything else names no country."""


DATE_GROUPS: dict[DateRule, frozenset[str]] = {
    DateRule.ANTMINER_LETTERS: frozenset({"yy", "mm", "dd"}),
    DateRule.YEAR_DIGIT_MONTH_DAY: frozenset({"y", "m", "d"}),
    DateRule.YY_MONTH_DAY: frozenset({"yy", "m", "d"}),
    DateRule.YYMMDD: frozenset({"yymmdd"}),
    DateRule.YYYYMMDD: frozenset({"yyyymmdd"}),
    DateRule.CISCO_YYWW: frozenset({"yy", "ww"}),
    DateRule.YYWW: frozenset({"yy", "ww"}),
    DateRule.HP_YWW: frozenset({"y", "ww"}),
    DateRule.DELL_PPID: frozenset({"y", "m", "d"}),
    DateRule.HUAWEI_YEAR_MONTH: frozenset({"y", "m"}),
}
"""The groups that a pattern must have for its date rule."""

COUNTRY_GROUPS: dict[CountryRule, frozenset[str]] = {
    CountryRule.ISO_PREFIX: frozenset({"cc"}),
    CountryRule.LOCATION_CODE: frozenset({"loc"}),
}
"""The groups that a pattern must have for its country rule."""
