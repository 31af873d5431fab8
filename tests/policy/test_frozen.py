"""A list as it stood on a day."""

from dataclasses import replace
from datetime import date

import pytest

from provenance.policy.frozen import as_of
from provenance.policy.rule import Member

DAY = date(2024, 1, 1)
ROW = Member(
    "example",
    frozenset({"KH"}),
    date(2021, 12, 9),
    date(2025, 11, 6),
    True,
    "Order",
    "",
    True,
    date(2026, 1, 1),
)


def test_a_member_of_that_day_counts_on_every_day():
    (frozen,) = as_of([ROW], DAY)
    assert (frozen.first, frozen.last, frozen.certain) == (date.min, None, True)


@pytest.mark.parametrize("row", [replace(ROW, first=date(2024, 1, 2)), replace(ROW, last=date(2023, 12, 31))])
def test_who_was_not_on_it_on_that_day_never_counts(row):
    assert list(as_of([row], DAY)) == []


def test_a_member_since_when_is_not_known_is_open_and_says_why():
    (frozen,) = as_of([replace(ROW, first=None)], DAY)
    assert (frozen.certain, frozen.doubt) == (False, "whether it was listed on 2024-01-01 is not known")


def test_as_amended_the_rows_stay_as_they_are():
    assert list(as_of([ROW], None)) == [ROW]
