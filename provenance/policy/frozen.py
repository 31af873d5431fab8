"""A list as it stood on a day, whatever became of it: what a frozen reference of a rule means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from provenance.dates import Span
from provenance.policy.at import certain_days, overlaps, possible_days
from provenance.policy.entity import EntityMember
from provenance.policy.rule import Member

RowT = TypeVar("RowT", Member, EntityMember)


def as_of(rows: Iterable[RowT], day: date | None) -> Iterator[RowT]:
    """Yield the rows that a reference means: all of them as amended, or those of a day, then on every day.

    Args:
        rows: The rows of a list.
        day: The day as of which the list is read; None: as amended.
    """
    for row in rows:
        if day is None:
            yield row
        elif overlaps(possible_days(row), Span.of(day)):
            yield _held(row, day)


def _held(row: RowT, day: date) -> RowT:
    sure = certain_days(row)
    known = sure is not None and overlaps(sure, Span.of(day))
    doubt = "" if known or not row.certain else f"whether it was listed on {day} is not known"
    if isinstance(row, Member):
        return replace(row, first=date.min, last=None, certain=known, doubt=doubt or row.doubt)
    return replace(row, first=date.min, last=None, doubt=doubt or row.doubt)
