"""Documents of the register and what is odd about them, as a reader meets them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from provenance.origin.paper_findings import PaperFinding
from provenance.policy.audit import Audit, DocumentUse
from provenance.policy.explain import origin_words
from provenance.policy.summary import DocumentUses
from provenance.records import dataclass
from provenance.report.words import STATED_BY_WORDS, document_words, one_line


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document of the register and what it did."""

    document: str
    page: str
    kind: str
    stated_by: str
    issuer: str
    day: str
    says: str
    status: str
    covers: str
    units: int
    note: str
    place: str
    """Register and row."""
    sha256: str
    seen: str
    """What the folder of documents holds of it; empty where nobody named one."""


@dataclass(frozen=True, slots=True)
class DocumentFindingEntry:
    """One thing that is odd about documents, as a question to whoever gave them."""

    flag: str
    documents: str
    question: str
    units: int
    stops_clearing: bool
    places: str
    """Registers and rows."""


@dataclass(frozen=True, slots=True)
class DocumentEntries(Sequence[DocumentEntry]):
    """Documents as entries, made when a format lays them out: few formats show all of a long register."""

    uses: Sequence[DocumentUse]
    order: Sequence[int]
    """Which of them, in order."""

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.order)

    @overload
    def __getitem__(self, index: int) -> DocumentEntry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[DocumentEntry]: ...
    def __getitem__(self, index: int | slice) -> DocumentEntry | Sequence[DocumentEntry]:
        """Return one entry, or a part of them."""
        if isinstance(index, slice):
            return DocumentEntries(self.uses, self.order[index])
        return _document_entry(self.uses[self.order[index]])

    def __iter__(self) -> Iterator[DocumentEntry]:
        """Make every entry in turn."""
        if len(self.order) < len(self.uses):
            yield from (_document_entry(self.uses[at]) for at in self.order)
            return
        # All of them: made in the order of the register, which is far cheaper than one by one.
        made = list(self.uses)
        yield from (_document_entry(made[at]) for at in self.order)


def document_entries(audit: Audit) -> DocumentEntries:
    """Return the documents of the registers, those that speak of most units first."""
    uses = audit.documents
    if isinstance(uses, DocumentUses):
        return DocumentEntries(uses, uses.order())
    order = sorted(
        range(len(uses)), key=lambda at: (-uses[at].units, uses[at].line.register, uses[at].line.row)
    )
    return DocumentEntries(uses, order)


def noted_entries(audit: Audit) -> DocumentEntries:
    """Return the documents of which anything is to be said, in the same order."""
    uses = audit.documents
    if isinstance(uses, DocumentUses):
        noted = uses.noted()
    else:
        noted = frozenset(at for at, use in enumerate(uses) if use.note or use.line.note)
    return DocumentEntries(uses, [at for at in document_entries(audit).order if at in noted])


def idle_documents(audit: Audit) -> int:
    """Return how many documents speak of no unit here."""
    uses = audit.documents
    units = uses.matches.named.units if isinstance(uses, DocumentUses) else [use.units for use in uses]
    return sum(not counted for counted in units)


def _document_entry(use: DocumentUse) -> DocumentEntry:
    line = use.line
    named = [
        f"{len(line.serials):,} serial numbers" if line.serials else "",
        f"batch {line.batch}" if line.batch else "",
        f"order {line.order}" if line.order else "",
        f"maker {line.maker}" if line.maker else "",
        f"model {line.model}" if line.model else "",
        f"entry {line.entry_number}" if line.entry_number else "",
        f"importer {line.importer}" if line.importer else "",
        f"delivered {line.delivered_from or '...'} to {line.delivered_to or '...'}"
        if line.delivered_from or line.delivered_to
        else "",
        f"{line.quantity:,} units" if line.quantity is not None and not line.serials else "",
    ]
    return DocumentEntry(
        document=one_line(line.document),
        page=one_line(line.page),
        kind=document_words(line.kind),
        stated_by=STATED_BY_WORDS[line.issuer_role],
        issuer=one_line(line.issuer),
        day=line.day.isoformat() if line.day is not None else "",
        says=origin_words(line.atoms),
        status=line.status.value if line.status is not None else "",
        covers=one_line(", ".join(part for part in named if part)) or "no goods named",
        units=use.units,
        note=one_line("; ".join(dict.fromkeys(part for part in (use.note, line.note) if part))),
        place=line.place,
        sha256=line.sha256,
        seen=one_line(use.seen),
    )


def document_finding_entries(audit: Audit) -> tuple[DocumentFindingEntry, ...]:
    """Return the findings about the documents in the order of the audit."""
    return tuple(_finding_entry(finding) for finding in audit.paper_findings)


def _finding_entry(finding: PaperFinding) -> DocumentFindingEntry:
    return DocumentFindingEntry(
        flag=finding.flag.value,
        documents=one_line(", ".join(finding.documents)),
        question=one_line(finding.question),
        units=finding.units,
        stops_clearing=finding.flag.stops_clearing,
        places=one_line(", ".join(finding.places)),
    )
