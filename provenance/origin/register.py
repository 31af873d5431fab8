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
    country: str
    """As written."""
    atoms: frozenset[str]
    # What a register may leave out.
    issuer: str = ""
    issuer_role: StatedBy = StatedBy.UNKNOWN
    status: FindingStatus | None = None
    day: date | None = None
    facet: Facet = Facet.MANUFACTURE
    serials: tuple[str, ...] = ()
    """Normalised serials it names, ranges expanded; empty when it names goods another way."""
    batch: str | None = None
    order: str | None = None
    model: str | None = None
    delivered_from: date | None = None
    delivered_to: date | None = None
    quantity: int | None = None
    page: str = ""
    sha256: str = ""
    note: str = ""
    doubts: tuple[str, ...] = ()
    """Questions about the document, as sentences; with one of them it may condemn but not clear."""
    remarks: tuple[str, ...] = ()
    """What a reader must know of how it was taken, in words."""

    @property
    def id(self) -> str:
        """Register, document and row: unique within a run, for registers have names of their own."""
        return f"{self.register}:{self.document}#{self.row}"
