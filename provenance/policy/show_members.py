"""Showing what stands on a list that a rule uses: memberships alike in everything but the name stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from provenance.countries.atoms import ALL, describe
from provenance.policy.entity import EntityMember, Reach
from provenance.policy.explain import joined
from provenance.policy.rule import Member
from provenance.policy.show_list import ended, wrapped

_REACH = {
    Reach.NAMED: "the firm alone",
    Reach.SUBSIDIARIES: "with its subsidiaries",
    Reach.AFFILIATES: "with its subsidiaries and affiliates",
    Reach.OWNED: "with what listed firms own half of or more",
    Reach.UNSTATED: "how far it reaches is not stated",
}


def show_members(members: Iterable[Member], as_of: date) -> Iterator[str]:
    """Yield the memberships of a list of countries, with days and citation, those alike together."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for member in members:
        key = (
            f"{days_words(member)}{ended(member, as_of)}",
            member.citation,
            member.source,
            _doubt(member),
        )
        grouped.setdefault(key, []).append(_place(member))
    yield from _groups(grouped)


def show_entries(entries: Iterable[EntityMember], as_of: date) -> Iterator[str]:
    """Yield the entries of a list of firms, with days, reach, limits and citation, those alike together."""
    grouped: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        limits = [_REACH[entry.reach]]
        limits += [f"not named itself: meant by the words on {entry.through}"] if entry.through else []
        limits += [f"for {joined(entry.classes)} equipment"] if entry.classes else []
        limits += [f"only {entry.purpose}"] if entry.purpose is not None else []
        key = (
            f"{days_words(entry)}{ended(entry, as_of)}; {'; '.join(limits)}",
            entry.citation,
            entry.source,
            _doubt(entry),
        )
        grouped.setdefault(key, []).append(entry.name)
    yield from _groups(grouped)


def _groups(grouped: dict[tuple[str, ...], list[str]]) -> Iterator[str]:
    for (days, citation, source, doubt), names in grouped.items():
        unique = sorted(set(names))
        count = f"{len(unique)}: " if len(unique) > 3 else ""
        yield from wrapped(f"{count}{'; '.join(unique)}: {days}", 6)
        for text in (citation, source, doubt):
            if text:
                yield from wrapped(text, 8)


def days_words(member: Member | EntityMember) -> str:
    """Return the days of a membership in words: `since 1963-07-09`."""
    if member.first == date.min:
        return "on every day"
    if member.first is None:
        end = f"to {member.last}" if member.last is not None else f"on {member.list_as_of}"
        return f"{end}, since when is not known"
    return f"{member.first} to {member.last}" if member.last is not None else f"since {member.first}"


def _place(member: Member) -> str:
    missing = ALL - member.atoms
    if len(missing) < len(member.atoms):
        return f"everywhere but {describe(missing)}" if missing else "everywhere"
    return describe(member.atoms)


def _doubt(member: Member | EntityMember) -> str:
    told = [] if member.verified else ["not verified: rests on memory"]
    days = " and ".join({"from": "first", "to": "last"}.get(day, day) for day in member.recalled)
    told += [f"its {days} day was not checked"] if days else []
    told += [member.doubt] if member.doubt else []
    return "; ".join(told)
