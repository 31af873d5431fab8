"""Folding: scripts, quotes and spelled-out suffixes become one spelling; digits and pluses stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.identify.normalise import fold, key_of, name_core, tokens, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Antminer  S19\u00a0Pro", "antminer s19 pro"),
        ("S19 XP Hydro", "s19 xp hyd"),
        ("S19 XP Hyd.", "s19 xp hyd."),
        ("S21 Immersion", "s21 imm"),
        ("S19j Pro Plus", "s19j pro +"),
        ("S21plus", "s21+"),
        ("Ｍ３０Ｓ＋＋", "m30s++"),
        ("М30S", "m30s"),
        ("S19 ХР", "s19 xp"),
        ("WhatsMiner M30S++’", "whatsminer m30s++"),
        ("13,5T", "13.5t"),
        ("9,050 MH", "9050 mh"),
        ("蚂蚁矿机S9", "蚂蚁 miner s9"),
        ("110т", "110th"),
    ],
)
def test_spellings_of_one_thing_fold_alike(text: str, folded: str):
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="abcMS0123456789+ -_/", max_size=30))
def test_folding_and_tokens_keep_every_digit_and_plus(text: str):
    kept = "".join(token.text for token in tokens(fold(text)))
    assert [c for c in kept if c.isdigit() or c == "+"] == [c for c in text if c.isdigit() or c == "+"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("S19 Pro 104", "s19pro104"),
        ("15-194", "15~194"),
        ("Pro-A", "pro-a"),
        ("Pro A", "proa"),
        ("BM-K1", "bmk1"),
        ("E9.2", "e9.2"),
        ("M30S ++", "m30s++"),
    ],
)
def test_digits_never_merge_and_a_hyphenated_letter_keeps_its_hyphen(text: str, key: str):
    assert key_of(tokens(fold(text))) == key


@pytest.mark.parametrize(
    ("name", "core", "generic"),
    [
        ("Canaan Creative Co.,Ltd.", "canaancreative", "canaancreative"),
        ("Bitmain Technologies Limited", "bitmaintechnologies", "bitmain"),
        ("Zhejiang Dahua Technology Co., Ltd.", "zhejiangdahuatechnology", "dahua"),
        ("11420 CORP.", "11420", "11420"),
    ],
)
def test_the_core_of_a_name_has_no_legal_form(name: str, core: str, generic: str):
    words = words_of(fold(name))
    assert (name_core(words), name_core(words, generic=True)) == (core, generic)
