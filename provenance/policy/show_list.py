"""Showing lists and memberships as a lawyer reads them: plain lines, with days and citations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from textwrap import wrap

from provenance.countries.atoms import describe
from provenance.policy.entity import EntityMember
from provenance.policy.entity_lists import EntityList
from provenance.policy.list_rows import CountryList
from provenance.policy.list_schema import ListEvidence
from provenance.policy.policy import ListInfo
from provenance.policy.rule import Member

_WIDTH = 100


def show_list(listed: CountryList, as_of: date) -> tuple[str, ...]:
    """Return a list in lines of plain text, with every membership, in force or not on a day."""
    info = listed.info
    lines = [f"{info.title}  (list {info.id})", *list_date(info, as_of), *field("Note", listed.note)]
    if listed.derived_from:
        lines += field("Follows from", "; ".join(listed.derived_from))
    lines.append("")
    for row in listed.rows:
        lines += [
            f"  {period(row.member)}  ({row.scope}, {row.evidence}){ended(row.member, as_of)}",
            *cited(row.member),
        ]
        if row.member.doubt:
            lines += wrapped(f"left open: {row.member.doubt}", 6)
        lines += [line for note in (row.member.note,) if note for line in wrapped(note, 6)]
    return tuple(lines)


def show_entity_list(listed: EntityList, as_of: date) -> tuple[str, ...]:
    """Return a list of entities in lines of plain text, with every listing, in force or not on a day."""
    info = listed.info
    lines = [f"{info.title}  (list {info.id})", *list_date(info, as_of), *field("Note", listed.note), ""]
    for member, evidence in zip(listed.members, listed.evidence, strict=True):
        # A listing stands once, as it is on that day, however often its reach has changed.
        if member.last is not None and member.last < as_of and _goes_on(member, listed):
            continue
        if member.first is not None and member.first > as_of and member.first != member.since:
            continue
        lines += _entity(member, evidence, as_of)
    return tuple(lines)


def _goes_on(member: EntityMember, listed: EntityList) -> bool:
    return any(
        other.name == member.name
        and other.since == member.since
        and other.first is not None
        and member.last is not None
        and other.first > member.last
        for other in listed.members
    )


def _entity(member: EntityMember, evidence: ListEvidence, as_of: date) -> Iterator[str]:
    begun = f"since {member.since}" if member.since is not None else "since when is not known"
    until = f", to {member.last}" if member.last is not None and member.last < as_of else ""
    yield f"  {member.name}: {begun}{until}  ({member.reach}, {evidence})"
    if member.aliases:
        yield from wrapped(f"also {'; '.join(member.aliases)}", 6)
    if member.through:
        yield from wrapped(f"not named itself: meant by the words of the entry {member.through}", 6)
    if member.makers:
        yield from wrapped(f"makers of the catalogue: {', '.join(member.makers)}", 6)
    if member.classes:
        yield from wrapped(f"limited to: {', '.join(member.classes)}", 6)
    if member.purpose:
        yield from wrapped(f"limited to the purpose of {member.purpose}", 6)
    yield from wrapped(member.citation, 6)
    if member.source:
        yield from wrapped(member.source, 6)
    if not member.verified:
        yield from wrapped("not verified: rests on memory", 6)
    for text in (member.trade, member.note):
        if text:
            yield from wrapped(text, 6)


def period(member: Member) -> str:
    """Return the place of a membership and the days on which it is in force."""
    place = describe(member.atoms)
    if member.first == date.min:
        days = "on every day"
    elif member.first is None:
        end = f"to {member.last}" if member.last is not None else f"on {member.list_as_of}"
        days = f"{end}, since when is not known"
    else:
        days = f"{member.first} to {member.last}" if member.last is not None else f"since {member.first}"
    return f"{place}: {days}"


def ended(member: Member | EntityMember, as_of: date) -> str:
    """Return what to add where a membership is not in force on a day; empty where it is."""
    if member.last is not None and member.last < as_of:
        return ", ended"
    return ", not yet in force" if member.first is not None and member.first > as_of else ""


def cited(member: Member, indent: int = 6) -> Iterator[str]:
    """Yield the citation of a membership, its source, and whether nobody has verified it."""
    yield from wrapped(member.citation, indent)
    if member.source:
        yield from wrapped(member.source, indent)
    if not member.verified:
        yield from wrapped("not verified: rests on memory", indent)


def list_date(info: ListInfo, as_of: date) -> Iterator[str]:
    """Yield how far a list is dated and whether it wants review."""
    due = "  REVIEW IS DUE" if info.review_by <= as_of else ""
    partial = ", partial" if info.partial else ""
    yield f"  list {info.id}: as of {info.as_of}{partial}, review by {info.review_by}{due}"


def field(name: str, text: str) -> Iterator[str]:
    """Yield a named text, wrapped."""
    yield from wrapped(f"{name}: {text}", 2, hang=4)


def wrapped(text: str, indent: int, hang: int | None = None) -> Iterator[str]:
    """Yield a text in lines of at most 100 characters."""
    yield from wrap(
        text,
        _WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (hang if hang is not None else indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
