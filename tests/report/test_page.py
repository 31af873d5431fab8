"""A page loses no word and no figure, whatever its width, and its styles are seen and take no room."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from provenance.report.page import Page, Styled, cells, wrapped

TEXTS = st.text(st.sampled_from("ab cd-é中文🙂 \n"), max_size=80)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def plain(width: int = 60) -> Page:
    return Page(width, color=False)


@given(TEXTS)
def test_a_text_is_as_wide_as_a_terminal_shows_it(text: str):
    line = text.replace("\n", " ")
    assert cells(line) == cell_len(line)


@given(TEXTS, st.integers(2, 30))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, width: int):
    lines = wrapped(text, width)
    assert [line for line in lines if cell_len(line) > width] == []
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one  two ", 20, ["one  two"]),
        ("a longerword b", 5, ["a", "longe", "rword", "b"]),
        ("one\n\ntwo", 10, ["one", "", "two"]),
        ("中文 字", 4, ["中文", "字"]),
        ("中文字", 4, ["中文", "字"]),
    ],
)
def test_lines_break_between_words_and_inside_only_those_that_fit_nowhere(
    text: str, width: int, lines: list[str]
):
    assert wrapped(text, width) == lines


def test_lines_after_the_first_stand_further_in():
    page = plain(20)
    page.paragraph("one two three four five six", indent=2, hang=4)
    assert page.text() == "  one two three four\n      five six\n"


def test_a_table_aligns_figures_and_wraps_its_texts():
    page = plain(40)
    rows = [
        (Styled("conforming"), Styled("1,000"), Styled("what the lists and papers say of it")),
        (Styled("waived"), Styled("5"), Styled("")),
    ]
    page.table(("verdict", "units", "meaning"), rows)
    assert page.text().splitlines() == [
        "verdict     units  meaning",
        "conforming  1,000  what the lists and",
        "                   papers say of it",
        "waived          5",
    ]


def test_where_no_room_is_left_texts_stand_below_their_figures_and_none_is_cut():
    page = plain(20)
    page.table(
        ("verdict", "units", "meaning"), [(Styled("conforming"), Styled("1,000,000"), Styled("as told"))]
    )
    assert page.text().splitlines() == [
        "verdict        units",
        "    meaning",
        "conforming 1,000,000",
        "    as told",
    ]


def test_styles_are_seen_where_they_are_wanted_and_take_no_room():
    pages = plain(30), Page(30, color=True)
    for page in pages:
        page.heading("Totals")
        page.paragraph("one two three four five six seven", style="bold red", hang=4)
        page.line(Styled("waived", "bold magenta"), Styled("  5"))
        page.table(("verdict", "units", "meaning"), [(Styled("waived", "dim"), Styled("5"), Styled("told"))])
    without, coloured = (page.text() for page in pages)
    assert "\x1b[1;31mone two" in coloured
    assert (_ANSI.sub("", coloured), "\x1b" in without) == (without, False)
