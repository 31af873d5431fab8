"""What cleaning makes of cells."""

from datetime import date

import polars as pl
import pytest

from provenance.inventory.cleaning import Manner, field_of, unclean
from provenance.inventory.table import Field

_THOROUGH = Manner(ascii=False, flat=False)
_QUICK = Manner(ascii=True, flat=True)


def _clean(field: Field, text: str | None, manner: Manner = _THOROUGH, **more) -> object:
    frame = pl.DataFrame({"c0": [text]}, schema={"c0": pl.String})
    return frame.select(field_of(field, pl.col("c0"), manner, **more)).item()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Antminer S21 ", "Antminer S21"),
        ("Antminer\u00a0S21", "Antminer S21"),
        ("\ufeffAntminer\u200b S21", "Antminer S21"),
        ("Ａｎｔｍｉｎｅｒ　Ｓ２１", "Antminer S21"),
        ("DECKARD\r\nSALES INC", "DECKARD SALES INC"),
        ("中国", "中国"),
        ("", None),
        ("   ", None),
        (None, None),
    ],
)
def test_text_is_trimmed_and_made_plain(text, expected):
    assert expected == _clean(Field.MODEL, text)


@pytest.mark.parametrize(
    "text",
    [
        "NULL",
        "null",
        "N/A",
        "n/a",
        "None",
        "-",
        "---",
        "*****",
        "TBD",
        "Unknown",
        "UNDEFINED",
        "无",
        "нет данных",
        "Date Not Captured",
    ],
)
@pytest.mark.parametrize("manner", [_THOROUGH, _QUICK])
def test_placeholders_are_no_values(text, manner):
    assert _clean(Field.DECLARED_ORIGIN, text, manner) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("smttyrhbdjaai0037", "SMTTYRHBDJAAI0037"),
        (" SMTT YRHB 0037 ", "SMTTYRHB0037"),
        ("YT-ABC-001", "YT-ABC-001"),
        ("0001234", "0001234"),
        ("82212836977.0", "82212836977"),
        ("6.37702E+15", "6.37702E+15"),
        ("0000000000", None),
        ("serial", None),
        ("Serial Number", None),
        ("null", None),
        ("none", None),
    ],
)
def test_serials_are_upper_case_without_blanks_and_never_words(text, expected):
    assert expected == _clean(Field.SERIAL, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02:00:5e:10:00:ff", "02005E1000FF"),
        ("02-00-5E-10-00-FF", "02005E1000FF"),
        ("0200.5e10.00ff", "02005E1000FF"),
        ("02005e1000ff", "02005E1000FF"),
        ("02:00:5e:10:00", None),
        ("02:00:5e:10:00:mm", None),
        ("00:00:00:00:00:00", None),
        ("02:00:5e:ff:fe:10:00:ff", None),
    ],
)
def test_mac_addresses_are_twelve_digits_or_nothing(text, expected):
    assert expected == _clean(Field.MAC, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", 3),
        ("1,200", 1200),
        ("1 200", 1200),
        ("12.0", 12),
        ("2 pcs", 2),
        ("5台", 5),
        ("10 шт.", 10),
        ("", 1),
        (None, 1),
        ("N/A", 1),
        ("-", 1),
        ("0", None),
        ("-3", None),
        ("2.5", None),
        ("abc", None),
        ("按需", None),
        ("1,2", None),
    ],
)
def test_quantities_are_whole_numbers_above_zero_and_one_where_missing(text, expected):
    assert expected == _clean(Field.QUANTITY, text)


def test_plain_quantities_need_no_pattern():
    quick = Manner(ascii=True, flat=True, plain_quantity=True)

    assert [_clean(Field.QUANTITY, text, quick) for text in ("3", None, "0")] == [3, 1, None]


def test_dates_become_the_days_their_column_decided():
    manner = Manner(ascii=True, flat=True, timed=frozenset({Field.DELIVERY_DATE}))
    days = {"05/06/2024": date(2024, 6, 5)}

    assert date(2024, 6, 5) == _clean(Field.DELIVERY_DATE, "05/06/2024 10:20", manner, days=days)
    assert _clean(Field.DELIVERY_DATE, "07/06/2024", manner, days=days) is None


@pytest.mark.parametrize("field", [Field.MODEL, Field.SERIAL])
@pytest.mark.parametrize(
    "text", ["S21", "A1 ", "a1", "N/A", "0000", "A 1", "serial", None, "", "X-1", "82212836977.0"]
)
def test_a_column_that_counts_as_clean_is_what_cleaning_would_leave(field, text):
    frame = pl.DataFrame({"c0": [text]}, schema={"c0": pl.String})
    changed = frame.select(unclean(field, pl.col("c0"), _QUICK)).item()

    assert changed or _clean(field, text, _QUICK) == text
