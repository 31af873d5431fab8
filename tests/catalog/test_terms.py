"""Partial dates and sources of the catalogue's files."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.catalog.terms import Category, SourceKind, source_kind, span_of
from provenance.dates import Span


@pytest.mark.parametrize(
    ("moment", "first", "last"),
    [
        ("2024-02-05", date(2024, 2, 5), date(2024, 2, 5)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_partial_date_stands_for_all_its_days(moment: str, first: date, last: date) -> None:
    assert span_of(moment) == Span(first, last)


@pytest.mark.parametrize("moment", ["2024-13", "2024-02-30", "24", "spring 2024", "", "2024-2"])
def test_what_is_no_date_is_refused(moment: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        span_of(moment)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("https://example.org/x", SourceKind.WEB),
        ("http://example.org/x", SourceKind.WEB),
        ("github:a/b@0123abc:file.py", SourceKind.CODE),
        ("ieee:AABBCC", SourceKind.REGISTRY),
        ("unverified: not named", SourceKind.UNVERIFIED),
    ],
)
def test_the_scheme_of_a_source_says_where_it_can_be_opened(source: str, kind: SourceKind) -> None:
    assert source_kind(source) is kind


def test_a_narrower_category_says_all_that_its_broader_one_says() -> None:
    assert Category.CONSUMER_ROUTER.broader is Category.NETWORK
    assert Category.CONSUMER_ROUTER in Category.NETWORK.narrower


def test_a_category_of_the_upper_level_is_its_own_broader_one() -> None:
    tops = [word for word in Category if word.broader is word]
    assert {word.broader for word in Category} == set(tops)
    assert (Category.DRONE.broader, Category.DRONE.narrower) == (Category.DRONE, frozenset())
