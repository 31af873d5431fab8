"""Lists of entities as dated listings: loading them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from provenance.datafile import Document
from provenance.dates import Span
from provenance.policy.at import overlaps
from provenance.policy.entity import EntityMember
from provenance.policy.list_files import cited, entity_file, list_document
from provenance.policy.list_schema import EntityListFile, EntitySpec, ListEvidence, ReachSpec
from provenance.policy.lists import with_memory
from provenance.policy.policy import ListInfo
from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class EntityList:
    """One list of entities, loaded."""

    info: ListInfo
    note: str
    members: tuple[EntityMember, ...]
    """Its listings in the order of the file, one for each time over which its terms stay the same."""
    evidence: tuple[ListEvidence, ...]
    """How each of them is known."""
    sources: tuple[str, ...]
    """Title and address of each source, by key."""


def load_entity_list(list_id: str, root: Path | None = None) -> EntityList:
    """Load one list of entities.

    Args:
        list_id: Its id, which is its file's name.
        root: A rules directory; by default the program's own.

    Raises:
        PolicyError: There is none of that id, or its file has faults; all of them with their lines.
    """
    return parse_entity_list(list_document(list_id, root))


def parse_entity_list(document: Document) -> EntityList:
    """Turn a list file that was read into the list.

    Raises:
        PolicyError: It does not fit the schema or names sources that it does not have.
    """
    spec = entity_file(document)
    rows = [(member, row.evidence) for row in spec.members for member in _members(row, spec)]
    return EntityList(
        info=ListInfo(
            spec.id,
            spec.title,
            spec.as_of,
            spec.review_by,
            spec.partial,
            document.digest,
            kind=spec.kind,
            blocking=spec.blocking,
        ),
        note=spec.note,
        members=tuple(member for member, _ in rows),
        evidence=tuple(evidence for _, evidence in rows),
        sources=tuple(cited(source) for _, source in sorted(spec.sources.items())),
    )


def _members(row: EntitySpec, spec: EntityListFile) -> Iterator[EntityMember]:
    """Yield a listing, once for each period of the list's reach that it lies in."""
    source = spec.sources[row.source] if row.source is not None else None
    for first, last, period in _periods(row, spec.reach):
        reach_note = "" if row.reach is not None or period.first is None else f"Reach: {period.citation}."
        yield EntityMember(
            list_id=spec.id,
            name=row.name,
            aliases=tuple(row.aliases),
            makers=tuple(row.makers),
            country=row.country,
            reach=row.reach if row.reach is not None else period.reach,
            classes=tuple(row.classes),
            purpose=row.purpose,
            first=first,
            last=last,
            citation=row.citation,
            source=cited(source) if source is not None else "",
            verified=row.evidence is not ListEvidence.RECALL,
            list_as_of=spec.as_of,
            trade=row.trade or "",
            note=" ".join(
                part for part in (with_memory(row.note, row.dates_from_memory), reach_note) if part
            ),
            since=row.first,
            recalled=tuple(row.dates_from_memory),
            through=row.through,
        )


def _periods(row: EntitySpec, reach: list[ReachSpec]) -> Iterator[tuple[date | None, date | None, ReachSpec]]:
    if row.reach is not None:
        yield row.first, row.last, reach[0]
        return
    own = Span(row.first or date.min, row.last or date.max)
    for period in reach:
        days = Span(period.first or date.min, period.last or date.max)
        if overlaps(days, own):
            first, last = max(own.first, days.first), min(own.last, days.last)
            yield (None if first == date.min else first), (None if last == date.max else last), period
