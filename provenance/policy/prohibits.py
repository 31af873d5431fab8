"""What a rule prohibits over an interval of days: what is certain, what is possible, and what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from provenance.countries.atoms import ALL, label
from provenance.dates import Span
from provenance.policy.at import certain_days, cover, limits, overlaps, possible_days, turning_days
from provenance.policy.prohibited_makers import maker_breakpoints
from provenance.policy.rule import Member, Prohibited, Rule, Treatment

_CHINA = "CN"


def prohibited(rule: Rule, span: Span) -> Prohibited:
    """Return what a rule prohibits when its test date lies in an interval.

    Args:
        rule: The rule.
        span: The days on which the test date may lie.

    Returns:
        The certain set inside the possible set. Certain: listed on every day of the interval, whatever the open
        questions. Possible: listed on some day, or under some answer to an open question. A wider interval never adds
        to the first and never takes from the second.
    """
    members = {
        atom: tuple(member for member in listed if overlaps(possible_days(member), span))
        for atom, listed in _by_atom(rule.members).items()
    }
    possible = {atom for atom, listed in members.items() if listed}
    certain = {atom for atom in possible if cover(_certain_periods(members[atom]), span)}
    for area, treatment in rule.areas.items():
        if _CHINA not in possible or treatment is Treatment.OUT:
            continue
        possible.add(area)
        members[area] = tuple(dict.fromkeys((*members.get(area, ()), *members[_CHINA])))
        if treatment is Treatment.IN and _CHINA in certain:
            certain.add(area)
    if rule.allow:
        # Prohibited is what is not allowed; what may be missing from the list may be allowed.
        sure = frozenset() if rule.partial else ALL - possible
        maybe = ALL - certain
    else:
        sure, maybe = frozenset(certain), ALL if rule.partial else frozenset(possible)
    return Prohibited(
        certain=sure,
        possible=maybe,
        members={atom: members.get(atom, ()) for atom in sorted(maybe)},
        open_questions={
            atom: _open_question(rule, atom, members.get(atom, ()), span) for atom in sorted(maybe - sure)
        },
    )


def breakpoints(rule: Rule) -> tuple[date, ...]:
    """Return the days on which anything changes in what a rule prohibits, sorted.

    Over any interval that lies between two of them (from one up to the day before the next) `prohibited` gives the
    same two sets, so that test dates can be cut down to these periods.
    """
    days = {day for member in rule.members for day in turning_days(member)}
    return tuple(sorted(days | maker_breakpoints(rule) | limits(*rule.in_force)))


def _by_atom(members: Iterable[Member]) -> Mapping[str, list[Member]]:
    grouped: dict[str, list[Member]] = {}
    for member in members:
        for atom in member.atoms:
            grouped.setdefault(atom, []).append(member)
    return grouped


def _certain_periods(members: Iterable[Member]) -> list[Span]:
    return [period for member in members if (period := certain_days(member)) is not None]


def _open_question(rule: Rule, atom: str, members: tuple[Member, ...], span: Span) -> str:
    parts: list[str] = []
    if _CHINA in _atoms(members) and rule.areas.get(atom) is Treatment.UNSTATED:
        parts.append(f"the clause does not say whether {label(atom)} counts with {label(_CHINA)}")
        members = tuple(member for member in members if atom in member.atoms)
    parts += [_left_open(member, atom, span) for member in members if not _settled(member, span)]
    if rule.partial:
        lists = ", ".join(rule.lists)
        parts.append(f"the list is partial ({lists}), so that absence from it settles nothing")
    return "; ".join(dict.fromkeys(parts))


def _atoms(members: Iterable[Member]) -> frozenset[str]:
    return frozenset(atom for member in members for atom in member.atoms)


def _settled(member: Member, span: Span) -> bool:
    period = certain_days(member)
    return period is not None and period.first <= span.first and span.last <= period.last


def _left_open(member: Member, atom: str, span: Span) -> str:
    place = label(atom)
    if member.doubt:
        return f"{member.list_id}: {place}: {member.doubt} ({member.citation})"
    if not member.certain:
        what = f"it names persons, a regime or a government, not {place} as a country of origin"
        return f"{member.list_id}: {what} ({member.citation})"
    if member.first is None and span.first < member.list_as_of:
        return f"{member.list_id}: since when {place} is listed is not known, only that it was on {member.list_as_of}"
    days = f"from {member.first}" if member.first not in {None, date.min} else ""
    days += f" to {member.last}" if member.last is not None else " on"
    return f"{member.list_id}: {place} is listed {days.strip()}, and the test date may lie {_when(span)} ({member.citation})"


def _when(span: Span) -> str:
    match span.first, span.last:
        case date.min, date.max:
            return "on any day"
        case date.min, last:
            return f"up to {last}"
        case first, date.max:
            return f"on or after {first}"
        case first, last:
            return f"from {first} to {last}"
