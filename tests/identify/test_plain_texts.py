"""What is cut from both ends of texts, and which names then decide."""

from __future__ import annotations

import polars as pl
import pytest

from provenance.identify.plain_texts import PlainTexts
from provenance.identify.resolve import Identifier
from provenance.identify.texts import NOTHING_BESIDE


@pytest.fixture(scope="module")
def plain(identifier: Identifier) -> PlainTexts:
    return PlainTexts(identifier._names, identifier._codes)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("12x Antminer S19 Pro 104T used, lot 4711", "antminer s19 pro"),
        ("Lot 33: Whatsminer\u00a0M30S++, tested, 112 TH/s", "whatsminer m30s++"),
        ("Асик майнер Antminer L7 9500 MH/s 5 шт", "antminer l7"),
        ("Antminer-S19-104T", "antminer-s19"),
        ("S21 + PSU", "s21"),
        ("S19 Pro – 110T – $1,299", "s19 pro"),
        ("S19 XP 全新 12台", "s19 xp"),
        ("S19j Pro w/ 90 days warranty", "s19j pro"),
        ("M50 29.5 J/TH, FOB Hong Kong", "m50"),
    ],
)
def test_what_says_nothing_is_cut_from_both_ends(text: str, name: str, plain: PlainTexts):
    assert plain.cut(pl.Series([text]))["name"].to_list() == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Antminer S19 Pro",
        "Avalon A1246, 1166T",
        "qty 1246 Canaan Avalon3",
        "S19-88 104T",
        "M30S_V50 -",
        "S19 / used",
        "Antminer " + "used " * 100,
        " " * 400 + "used S19",
        "",
    ],
)
def test_nothing_is_known_of_a_text_in_which_a_number_or_a_sign_may_be_of_a_name(
    text: str, plain: PlainTexts
):
    assert plain.cut(pl.Series([text]))["name"].to_list() == [None]


def test_a_text_that_is_missing_stays_missing(plain: PlainTexts):
    found = plain.cut(pl.Series([None, "S19 used"], dtype=pl.String))
    assert found.rows() == [(None, None), ("s19", " used")]


@pytest.mark.parametrize("name", ["antminer s19 pro", "s19j pro", "bitmain antminer l7", "whatsminer m30s++"])
def test_a_name_decides_that_is_a_code_with_its_brands_and_nothing_else(
    name: str, plain: PlainTexts, identifier: Identifier
):
    parse = identifier._texts.parse(identifier._texts.run_of(name), NOTHING_BESIDE)
    assert plain.may_decide(name)
    assert plain.decides(parse)


@pytest.mark.parametrize(
    "name",
    [
        "s19 pro hashboard",
        "antminer s19 ultra",
        "s19 pro 104",
        "s19 s21",
        "1246",
        "used s19",
        "s19 +",
        "x5",
        "f5",
        "",
    ],
)
def test_a_name_does_not_decide_with_anything_beside_it_that_may_tell(
    name: str, plain: PlainTexts, identifier: Identifier
):
    parse = identifier._texts.parse(identifier._texts.run_of(name), NOTHING_BESIDE)
    assert not (plain.may_decide(name) and plain.decides(parse))


@pytest.mark.parametrize(
    ("name", "behind", "decides"),
    [
        ("antminer l9", " 16 gh/s", True),
        ("bitaxe ultra", " 0.5t used", True),
        ("bitaxe ultra", " $99", False),
        ("bitaxe ultra", " 2024", False),
        ("bitaxe ultra", " used 2024", True),
        ("avalon a16", " x 12", False),
        ("avalon a16", " x12", True),
        ("antminer s19", " x12", False),
    ],
)
def test_numbers_behind_a_name_may_be_of_the_name(
    name: str, behind: str, *, decides: bool, plain: PlainTexts, identifier: Identifier
):
    parse = identifier._texts.parse(identifier._texts.run_of(name), NOTHING_BESIDE)
    unless = plain.unless_behind(parse)
    assert (unless is None or unless(behind)) is decides
