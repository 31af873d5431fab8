from datetime import date

import pytest

from provenance.dates import Span
from provenance.policy.at import certain_days, cover, overlaps, possible_days, turning_days
from provenance.policy.rule import Member


def _member(first=None, last=None, *, certain=True):
    return Member(
        list_id="example",
        atoms=frozenset({"CU"}),
        first=first,
        last=last,
        certain=certain,
        citation="Order 1",
        source="",
        verified=True,
        list_as_of=date(2020, 1, 1),
    )


def _span(first, last):
    return Span(date(2020, 1, first), date(2020, 1, last))


def test_an_unknown_start_counts_from_the_lists_own_date_and_is_possible_before():
    member = _member()
    assert certain_days(member) == Span(date(2020, 1, 1), date.max)
    assert possible_days(member) == Span(date.min, date.max)


def test_an_unknown_start_that_ended_before_the_lists_date_was_never_certain():
    member = _member(last=date(2019, 12, 31))
    assert certain_days(member) is None
    assert possible_days(member) == Span(date.min, date(2019, 12, 31))


def test_what_a_country_alone_cannot_meet_is_never_certain():
    assert certain_days(_member(date(2000, 1, 1), certain=False)) is None


def test_what_turns_is_the_first_day_and_the_day_after_the_last():
    assert turning_days(_member(date(2000, 1, 1), date(2000, 12, 31))) == {date(2000, 1, 1), date(2001, 1, 1)}


def test_what_was_always_in_force_and_still_is_never_turns():
    assert turning_days(_member(date.min)) == frozenset()


def test_an_unknown_start_turns_on_the_lists_date():
    assert turning_days(_member()) == {date(2020, 1, 1)}


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([], False),
        ([_span(1, 31)], True),
        ([_span(10, 20)], True),
        ([_span(11, 20)], False),
        ([_span(10, 19)], False),
        ([_span(15, 31), _span(1, 14)], True),
        ([_span(1, 13), _span(15, 31)], False),
        ([_span(1, 18), _span(5, 12), _span(12, 31)], True),
    ],
)
def test_periods_cover_an_interval_only_together_without_a_gap(periods, expected):
    assert cover(periods, _span(10, 20)) is expected


def test_intervals_overlap_when_they_share_a_day():
    assert overlaps(_span(1, 5), _span(5, 9))
    assert not overlaps(_span(1, 5), _span(6, 9))
