"""Showing lists and memberships as a lawyer reads them: plain lines, with days and citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from textwrap import wrap

from provenance.countries.atoms import describe
from provenance.policy.list_rows import CountryList
from provenance.policy.lists import load_list
from provenance.policy.rule import ListInfo, Member

_WIDTH = 100


def show_list(listed: CountryList, as_of: date) -> tuple[str, ...]:
    """Return a list in lines of plain text, with every membership, in force or not on a day."""
    info = listed.info
    lines = [f"{info.title}  (list {info.id})", *list_date(info, as_of), *field("Note", listed.note), ""]
    for row in listed.rows:
        lines += [
            f"  {period(row.member)}  ({row.scope}, {row.evidence}){ended(row.member, as_of)}",
            *cited(row.member),
        ]
        lines += [line for note in (row.member.note,) if note for line in wrapped(note, 6)]
    return tuple(lines)


def show_lists(ids: Iterable[str], as_of: date) -> tuple[str, ...]:
    """Return one line per list: id, members in force on a day, dates, title."""
    found = [load_list(list_id) for list_id in ids]
    width = max((len(one.info.id) for one in found), default=0)
    return tuple(
        f"{one.info.id:<{width}}  {sum(not ended(row.member, as_of) for row in one.rows):>3} in force  "
        f"as of {one.info.as_of}, review by {one.info.review_by}  {one.info.title}"
        for one in found
    )


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


def ended(member: Member, as_of: date) -> str:
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
