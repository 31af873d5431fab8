from datetime import date

import pytest

from provenance.policy.list_files import list_ids
from provenance.policy.list_status import show_status, status_of

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("list_id", "members"),
    [
        ("ar-mining-prohibited", 24),
        ("china", 1),
        ("fl-countries-of-concern", 7),
        ("itar-126-1", 24),
        ("ofac-country-programmes", 30),
        ("ofac-embargoed", 3),
        ("ofac-ukrainian-areas", 4),
        ("us-1260h", 188),
        ("us-foreign-adversaries", 8),
        ("us-taa-designated", 125),
    ],
)
def test_a_list_counts_who_stands_on_it_that_day(list_id, members):
    assert status_of(list_id, DAY).members == members


def test_whoever_left_a_list_is_not_counted_any_more():
    assert status_of("ofac-embargoed", date(2025, 6, 30)).members == 4
    assert status_of("ofac-embargoed", date(2025, 7, 1)).members == 3


def test_a_list_wants_review_from_its_day_on():
    assert not status_of("ofac-embargoed", date(2027, 4, 5)).past_review
    assert status_of("ofac-embargoed", date(2027, 4, 6)).past_review


def test_a_line_says_what_a_reader_has_to_mind():
    lines = {line.split()[0]: line for line in show_status(status_of(one, DAY) for one in list_ids())}
    assert list(lines) == list(list_ids())
    assert lines["us-uflpa-entities"].endswith("[entity; partial; 22 unverified]")
    assert lines["us-5949-countries"].endswith("[from us-covered-nations as amended]")
    assert lines["china"].endswith("review by 2027-11-20  China")
    (due,) = show_status([status_of("us-uflpa-entities", date(2027, 3, 20))])
    assert "REVIEW IS DUE" in due
