"""Days of a column of dates."""

from datetime import date

import pytest

from provenance.inventory.days import Order, read_days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-09", date(2024, 3, 9)),
        ("2024/3/9", date(2024, 3, 9)),
        ("2024-03-09 11:22:33", date(2024, 3, 9)),
        ("2024-03-09T11:22:33Z", date(2024, 3, 9)),
        ("20240309", date(2024, 3, 9)),
        ("2024年3月9日", date(2024, 3, 9)),
        ("09.03.2024", date(2024, 3, 9)),
        ("9.3.24", date(2024, 3, 9)),
        ("9 Mar 2024", date(2024, 3, 9)),
        ("09-Mar-24", date(2024, 3, 9)),
        ("March 9, 2024", date(2024, 3, 9)),
        ("9 марта 2024", date(2024, 3, 9)),
    ],
)
def test_a_date_whose_order_is_beyond_doubt_is_read(text, day):
    assert {text: day} == read_days([text]).days


def test_one_value_above_twelve_decides_for_the_column():
    day_first = read_days(["05/06/2024", "17/06/2024"])
    month_first = read_days(["05/06/2024", "06/17/2024"])

    assert (Order.DAY_FIRST, date(2024, 6, 5)) == (day_first.order, day_first.days["05/06/2024"])
    assert (Order.MONTH_FIRST, date(2024, 5, 6)) == (month_first.order, month_first.days["05/06/2024"])


def test_a_column_that_could_be_either_gives_no_day_and_says_so():
    found = read_days(["05/06/2024", "07/08/2024", "03/03/2024"])

    assert {"03/03/2024": date(2024, 3, 3)} == found.days
    assert (
        "day and month cannot be told apart ('03/03/2024'): 2 distinct dates were left out"
        in found.oddities[0]
    )


def test_a_column_in_both_orders_keeps_only_what_is_certain():
    found = read_days(["17/06/2024", "06/17/2024", "05/06/2024"])

    assert {"17/06/2024": date(2024, 6, 17), "06/17/2024": date(2024, 6, 17)} == found.days
    assert "stand in both orders" in found.oddities[0]


@pytest.mark.parametrize(
    "text", ["2024-02-30", "31.02.2024", "45321", "2024", "March 2024", "soon", "13/13/2024"]
)
def test_what_is_no_day_gives_none_and_is_told(text):
    found = read_days([text])

    assert found.days == {}
    assert (f"1 values are no day: {text!r}",) == found.oddities
