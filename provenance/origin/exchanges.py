"""Replacements: which unit came for which, and whose boards are no longer those that papers speak of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from provenance.records import dataclass


class ExchangeKind(StrEnum):
    """What happened to a unit."""

    REPLACEMENT = "replacement"
    """Another unit came for it."""
    BOARD_SWAP = "board-swap"
    """It has other boards now."""
    RETURN = "return"
    """It was with its maker or a workshop and came back."""

    @property
    def reopens_boards(self) -> bool:
        """Whether what was said of its boards before is open again."""
        return self is not ExchangeKind.REPLACEMENT


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the table."""

    kind: ExchangeKind
    old: str
    """The serial of the unit that was replaced, or that was worked on; normalised."""
    new: str | None
    """The serial of the unit that came for it; only of replacements."""
    day: date
    note: str
    place: str
    """File and cell, or file and line."""


def boards_reopened(exchanges: Iterable[Exchange], as_of: date) -> dict[str, date]:
    """Return per serial the last day, not after `as_of`, on which its boards were or may have been changed."""
    days: dict[str, date] = {}
    for one in exchanges:
        if one.kind.reopens_boards and one.day <= as_of:
            days[one.old] = max(one.day, days.get(one.old, one.day))
    return days
