"""On which days a membership counts: certainly, or possibly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from provenance.dates import Span
from provenance.policy.entity import EntityMember
from provenance.policy.rule import Member

_ONE_DAY = timedelta(days=1)


def possible_days(member: Member | EntityMember) -> Span:
    """Return the days on which a membership is or may be in force; an unknown start may be any day."""
    return Span(member.first or date.min, member.last or date.max)


def certain_days(member: Member | EntityMember) -> Span | None:
    """Return the days on which it is in force for certain; None where there is no such day.

    An unknown start counts as begun from the list's own date on. What a country of origin alone cannot meet is
    never certain.
    """
    if not member.certain:
        return None
    first = member.first if member.first is not None else member.list_as_of
    last = member.last if member.last is not None else date.max
    return Span(first, last) if first <= last else None


def common_days(one: Span, other: Span) -> Span | None:
    """Return the days that two intervals share; None where there is none."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return Span(first, last) if first <= last else None


def overlaps(period: Span, span: Span) -> bool:
    """Return whether two intervals have a day in common."""
    return period.first <= span.last and span.first <= period.last


def cover(periods: Iterable[Span], span: Span) -> bool:
    """Return whether every day of a span lies in one of the periods, which may share the work."""
    needed = span.first
    for period in sorted(periods):
        if period.first > needed:
            return False
        if period.last >= span.last:
            return True
        if period.last >= needed:
            needed = period.last + _ONE_DAY
    return False


def turning_days(member: Member | EntityMember) -> frozenset[date]:
    """Return the days on which what a membership says changes: first days, and days after last days."""
    certain = certain_days(member)
    days: set[date] = set()
    for period in (possible_days(member), *((certain,) if certain is not None else ())):
        days.add(period.first)
        if period.last < date.max:
            days.add(period.last + _ONE_DAY)
    # What has no beginning changes nothing on the first day of the calendar.
    return frozenset(days - {date.min})


def limits(first: date | None, last: date | None) -> frozenset[date]:
    """Return the days on which a limit to a first and a last day, None where there is none, begins and stops."""
    days = {first} if first is not None else set()
    if last is not None and last < date.max:
        days.add(last + _ONE_DAY)
    return frozenset(days - {date.min})
