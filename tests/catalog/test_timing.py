"""What is certain of a relation, as against what is possible."""

from __future__ import annotations

from datetime import date

import pytest

from provenance.catalog.schema import RelationEntry
from provenance.catalog.timing import certain_days
from provenance.dates import Span


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, None),
        ({"last": "2020"}, None),
        ({"first": "2018-02"}, Span(date(2018, 2, 28), date.max)),
        ({"first": "2018-02", "last": "2022-11-23"}, Span(date(2018, 2, 28), date(2022, 11, 23))),
        ({"first": "2018", "last": "2019"}, Span(date(2018, 12, 31), date(2019, 1, 1))),
        ({"first": "2018", "last": "2018"}, None),
        ({"first": "2018-02-01", "end_unknown": True}, Span.of(date(2018, 2, 1))),
        (
            {"first": "2018-02-01", "seen": "2019-07", "end_unknown": True},
            Span(date(2018, 2, 1), date(2019, 7, 1)),
        ),
        ({"seen": "2019-07-10"}, Span(date(2019, 7, 10), date.max)),
        ({"seen": "2019-07-10", "end_unknown": True}, Span.of(date(2019, 7, 10))),
        ({"seen": "2019-07", "end_unknown": True}, None),
    ],
)
def test_partial_dates_narrow_what_is_certain(dates: dict[str, object], expected: Span | None) -> None:
    entry = {"kind": "parent", "other": "beta", "confidence": "low", "sources": ["https://example.org"]}
    assert certain_days(RelationEntry.model_validate(entry | dates)) == expected
