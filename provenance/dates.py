"""Days and closed intervals of days: what lists, evidence and inventories date things with."""

from __future__ import annotations

from datetime import date

from provenance.expressions import expression
from provenance.records import dataclass

_ISO = expression(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A closed interval of days in which one unknown or known day lies; both ends included."""

    first: date
    """The earliest day it can be."""
    last: date
    """The latest day it can be; never before `first`."""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} lies before {self.first}")

    @classmethod
    def of(cls, day: date) -> Span:
        """Return the interval that is one known day."""
        return cls(day, day)

    @property
    def known(self) -> bool:
        """Whether exactly one day is left."""
        return self.first == self.last

    def __str__(self) -> str:
        """Return the day, or `first..last`."""
        return self.first.isoformat() if self.known else f"{self.first}..{self.last}"


def parse_iso(text: str) -> date | None:
    """Return the day of an ISO 8601 date or date-time, else None.

    Dates in other orders are the business of the inventory's columns, which decide them as a whole.
    """
    match = _ISO.match(text.strip())
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
