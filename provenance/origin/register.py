"""The evidence register: one line per document, saying which goods it speaks of and what it says of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provenance.evidence import Facet, FindingStatus, Grade, StatedBy


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One document as the register records it; the program has seen only the record."""

    register: str
    """Name of the register file."""
    row: int
    """Its row there, from 1."""
    document: str
    kind: Grade
    issuer: str
    issuer_role: StatedBy
    status: FindingStatus | None
    day: date | None
    facet: Facet
    country: str
    """As written."""
    atoms: frozenset[str]
    serials: tuple[str, ...]
    """Normalised serials it names, ranges expanded; empty when it names goods another way."""
    batch: str | None
    order: str | None
    model: str | None
    delivered_from: date | None
    delivered_to: date | None
    quantity: int | None
    page: str
    sha256: str
    note: str
    doubts: tuple[str, ...] = ()
    """Questions about the document, as sentences; with one of them it may condemn but not clear."""
    remarks: tuple[str, ...] = ()
    """What a reader must know of how it was taken, in words."""

    @property
    def id(self) -> str:
        """Register, document and row: unique within a run, for registers have names of their own."""
        return f"{self.register}:{self.document}#{self.row}"
