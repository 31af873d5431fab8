"""The seats of a maker and of those who control it, worked out from the files of the maker and of its parents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from provenance.catalog.schema import MakerFile, RelationEntry, SeatEntry
from provenance.catalog.terms import RelationKind, span_of
from provenance.evidence import Facet, Grade
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class _Stay:
    """A seat over a time, with what shows it."""

    facet: Facet
    country: str
    grade: Grade
    first: date | None
    last: date | None
    sources: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return self.first is not None and self.last is not None and self.last < self.first


def seat_rows(maker: MakerFile, makers: Mapping[str, MakerFile]) -> list[tuple[str | None, ...]]:
    """Return the maker's own seats, and the seats of catalogued parents as those of its owner.

    A parent's seat counts for the days on which it both was the parent and sat there; where a day is not known,
    the earliest beginning and the latest end are taken.

    Args:
        maker: The maker.
        makers: Every maker by id.

    Returns:
        Rows of facet, country, grade, first day, last day (ISO or None) and source, sorted.
    """
    stays = {_stay(entry) for entry in maker.seats}
    stays |= {stay for stay in _owner_stays(maker, makers, {maker.id}) if not stay.empty}
    rows = [
        (
            stay.facet.value,
            stay.country,
            stay.grade.value,
            stay.first.isoformat() if stay.first else None,
            stay.last.isoformat() if stay.last else None,
            "; ".join(stay.sources),
        )
        for stay in stays
    ]
    return sorted(rows, key=lambda row: tuple(value or "" for value in row))


def _owner_stays(maker: MakerFile, makers: Mapping[str, MakerFile], seen: set[str]) -> Iterator[_Stay]:
    for relation in maker.relations:
        if relation.kind is not RelationKind.PARENT or relation.other not in makers or relation.other in seen:
            continue
        parent = makers[relation.other]
        above = [_stay(entry) for entry in parent.seats]
        above += _owner_stays(parent, makers, seen | {parent.id})
        for stay in above:
            yield _within(stay, relation)


def _within(stay: _Stay, relation: RelationEntry) -> _Stay:
    """Return the seat of an owner for as long as it owned."""
    first = _latest(stay.first, span_of(relation.first).first if relation.first else None)
    last = _earliest(stay.last, span_of(relation.last).last if relation.last else None)
    sources = tuple(sorted({*stay.sources, *relation.sources}))
    return replace(stay, facet=Facet.OWNER, first=first, last=last, sources=sources)


def _stay(entry: SeatEntry) -> _Stay:
    first = span_of(entry.first).first if entry.first else None
    last = span_of(entry.last).last if entry.last else None
    return _Stay(entry.facet, entry.country, entry.grade, first, last, tuple(sorted(entry.sources)))


def _latest(left: date | None, right: date | None) -> date | None:
    return max(left, right) if left and right else left or right


def _earliest(left: date | None, right: date | None) -> date | None:
    return min(left, right) if left and right else left or right
