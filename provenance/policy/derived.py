"""Lists that follow from others: a union, less what is excepted, as amended or as it stood on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from provenance.countries.atoms import ALL
from provenance.dates import Span
from provenance.policy.at import certain_days, overlaps, possible_days
from provenance.policy.frozen import as_of
from provenance.policy.list_rows import CountryList, ListRow
from provenance.policy.list_schema import DerivedSpec, ListEvidence, ReferenceSpec, Scope
from provenance.policy.rule import Member
from provenance.records import dataclass

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Head:
    """What a derived list gives to each of its rows."""

    list_id: str
    as_of: date
    source: str
    """Title and address of what says that the list follows from others; empty where that is recalled."""


def derive(spec: DerivedSpec, bases: Mapping[str, CountryList], head: Head) -> tuple[ListRow, ...]:
    """Return the rows of a derived list.

    What is certain stays certain only where nothing makes it doubtful: neither a day that is not known, nor an
    exception that may or may not hold, nor an exception whose list is known to be incomplete.

    Args:
        spec: How it follows from others.
        bases: Every list that it names, loaded, by id.
        head: What it gives to its rows.
    """
    window = Span(spec.first or date.min, spec.last or date.max)
    rows = list(_taken(spec, bases, head))
    excepted = [row.member for reference in spec.except_ for row in _referred(reference, bases)]
    incomplete = sorted(one.list_id for one in spec.except_ if bases[one.list_id].info.partial)
    doubt = spec.doubt or (
        f"what is excepted is not fully known ({', '.join(incomplete)})" if incomplete else ""
    )
    return tuple(
        replace(row, member=member)
        for row in rows
        for member in _remaining(row.member, excepted, window, doubt)
    )


def _taken(spec: DerivedSpec, bases: Mapping[str, CountryList], head: Head) -> Iterator[ListRow]:
    if spec.everywhere:
        everywhere = Member(
            list_id=head.list_id,
            atoms=ALL,
            first=date.min,
            last=None,
            certain=True,
            citation=spec.citation,
            source=head.source,
            verified=spec.evidence is not ListEvidence.RECALL,
            list_as_of=head.as_of,
        )
        yield ListRow(Scope.COUNTRY, spec.evidence, everywhere)
    for reference in spec.union:
        for row in _referred(reference, bases):
            yield _owned(row, reference, spec, head)


def _referred(reference: ReferenceSpec, bases: Mapping[str, CountryList]) -> Iterator[ListRow]:
    """Yield the rows of a list that a reference means: all of them, or those of a day, then without end."""
    for row in bases[reference.list_id].rows:
        if reference.only is not None and row.scope not in reference.only:
            continue
        for member in as_of([row.member], reference.as_of):
            counted = reference.unknown_start == "in" and row.member.first is None and row.member.certain
            yield replace(row, member=replace(member, certain=True, doubt="") if counted else member)


def _owned(row: ListRow, reference: ReferenceSpec, spec: DerivedSpec, head: Head) -> ListRow:
    member = row.member
    since = f" as of {reference.as_of}" if reference.as_of is not None else ""
    notes = [f"By way of the list {reference.list_id}{since}: {member.citation}.", member.note]
    evidence = max(row.evidence, spec.evidence, key=lambda one: one.rank)
    return ListRow(
        row.scope,
        evidence,
        replace(
            member,
            list_id=head.list_id,
            citation=spec.citation,
            source=head.source or member.source,
            verified=member.verified and evidence is not ListEvidence.RECALL,
            note=" ".join(note for note in notes if note),
        ),
    )


def _remaining(member: Member, excepted: Iterable[Member], window: Span, doubt: str) -> Iterator[Member]:
    """Yield what is left of a membership within the window and outside the exceptions, atom by atom where they differ."""
    against = [one for one in excepted if one.atoms & member.atoms]
    touched = frozenset[str]().union(*(one.atoms for one in against)) & member.atoms
    free = member.atoms - touched
    if free:
        yield from _cut(replace(member, atoms=free), (), window, doubt)
    for atom in sorted(touched):
        own = tuple(one for one in against if atom in one.atoms)
        yield from _cut(replace(member, atoms=frozenset({atom})), own, window, doubt)


def _cut(member: Member, excepted: tuple[Member, ...], window: Span, doubt: str) -> Iterator[Member]:
    whole = possible_days(member)
    inside = whole.first >= window.first and whole.last <= window.last
    if inside and not excepted and not doubt:
        # Nothing is taken away: the row stays as it is written, an unknown day unknown.
        yield member
        return
    for span, why in _segments(member, excepted, window, doubt):
        yield replace(
            member,
            first=member.first if span.first == date.min else span.first,
            last=None if span.last == date.max else span.last,
            certain=why is None,
            doubt=why or "",
        )


def _segments(
    member: Member, excepted: tuple[Member, ...], window: Span, doubt: str
) -> Iterator[tuple[Span, str | None]]:
    """Yield the days on which a membership is left, each with why it is doubtful then; None where it is certain."""
    left: list[tuple[Span, str | None]] = []
    for piece in _pieces((member, *excepted), window):
        out = any((days := certain_days(one)) is not None and overlaps(days, piece) for one in excepted)
        if out or not overlaps(possible_days(member), piece) or not overlaps(window, piece):
            continue
        why = _why_doubtful(member, excepted, piece, doubt)
        if left and left[-1][1] == why and left[-1][0].last + _ONE_DAY == piece.first:
            left[-1] = (Span(left[-1][0].first, piece.last), why)
        else:
            left.append((piece, why))
    yield from left


def _pieces(members: Iterable[Member], window: Span) -> Iterator[Span]:
    """Yield the calendar in pieces within which nothing changes, in order."""
    spans = [window]
    for one in members:
        spans += [possible_days(one), *((days,) if (days := certain_days(one)) is not None else ())]
    starts = {date.min, *(span.first for span in spans)}
    starts |= {span.last + _ONE_DAY for span in spans if span.last < date.max}
    ordered = sorted(starts)
    for first, after in zip(ordered, [*ordered[1:], None], strict=True):
        yield Span(first, after - _ONE_DAY if after is not None else date.max)


def _why_doubtful(member: Member, excepted: Iterable[Member], piece: Span, doubt: str) -> str | None:
    if doubt:
        return doubt
    maybe_out = [one for one in excepted if overlaps(possible_days(one), piece)]
    if maybe_out:
        named = "; ".join(dict.fromkeys(f"{one.list_id}: {one.citation}" for one in maybe_out))
        return f"whether it is excepted is left open ({named})"
    sure = certain_days(member)
    if sure is not None and overlaps(sure, piece):
        return None
    return member.doubt or ("since when it counts is not known" if member.certain else "")
