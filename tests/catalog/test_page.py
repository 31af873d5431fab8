"""The building blocks of a page."""

from __future__ import annotations

import pytest

from provenance.catalog.page import Page, day, when


@pytest.mark.parametrize(
    ("moment", "words"), [("2018", "2018"), ("2018-02", "February 2018"), ("2022-11-23", "23 November 2022")]
)
def test_a_date_is_as_exact_as_it_was_given_and_no_more(moment: str, words: str) -> None:
    assert day(moment) == words


@pytest.mark.parametrize(
    ("began", "ended", "seen", "words"),
    [
        ("", "", "", "dates not known"),
        ("2018-02", "", "", "from February 2018"),
        ("", "2018", "", "until 2018, beginning not known"),
        ("2018", "2020", "", "from 2018 until 2020"),
        ("2018", "?", "", "from 2018; it has ended, or may have, on a day not known"),
        ("", "?", "", "ended, or may have, on a day not known"),
        ("", "", "2019-07-10", "as of 10 July 2019; beginning and end not known"),
        ("2018", "", "2019-07-10", "as of 10 July 2019; from 2018"),
    ],
)
def test_a_time_is_told_in_words(began: str, ended: str, seen: str, words: str) -> None:
    assert when(began, ended, seen) == words


def test_a_source_keeps_the_number_of_its_first_mention() -> None:
    page = Page("Title", "maker: x")
    assert (page.cite(["b", "a"]), page.cite(["a", "c"])) == ("[1] [2]", "[2] [3]")


def test_a_title_too_long_for_the_line_stands_above_its_id() -> None:
    assert Page("T" * 75, "maker: x").finish("end").splitlines()[:2] == ["T" * 75, "maker: x"]
