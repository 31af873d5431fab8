"""What a piece of evidence is: its facet, grade, status, standing and the origins it allows.

The order of grades and their meaning follow the strength of proof of origin that customs practice gives to
documents: a government determination, production records, certificates, marks, entries, commercial papers.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from provenance.records import dataclass


class Facet(StrEnum):
    """Which question about a machine an origin answers."""

    MANUFACTURE = "manufacture"
    """Where the finished unit was made, in the sense of the mark on its nameplate."""
    BOARDS = "boards"
    """Where its main boards (a miner's hashboards) were made."""
    CONTROLLER = "controller"
    CHIPS = "chips"
    MAKER = "maker"
    """The seat of the maker."""
    OWNER = "owner"
    """The seat of whoever controls the maker."""


class Grade(StrEnum):
    """How strong a piece is. Order within a family by `rank`: the lower, the stronger."""

    # Statements about the goods, strongest first.
    FINDING = "finding"
    PRODUCTION_RECORD = "production-record"
    CERTIFICATE = "certificate"
    NAMEPLATE = "nameplate"
    CUSTOMS_ENTRY = "customs-entry"
    INVOICE = "invoice"
    SERIAL_CODE = "serial-code"
    DECLARED = "declared"
    # General knowledge: tells the reader what is likely, neither clears nor condemns.
    PLANTS = "plants"
    LEAD = "lead"
    SEAT = "seat"
    # Facts about the maker and its owner.
    REGISTER = "register"
    PUBLISHED = "published"
    REGISTRY_ADDRESS = "registry-address"
    UNSOURCED = "unsourced"

    @property
    def rank(self) -> int:
        """Position in the order of strength, from 0; comparable within one family only."""
        return _RANK[self]

    @property
    def is_statement(self) -> bool:
        """Whether it is a statement about these goods, or a fact about the maker that a rule may rest on."""
        return self not in _GENERAL

    def at_least(self, floor: Grade) -> bool:
        """Return whether this grade is as strong as `floor` or stronger and of the same family."""
        return _FAMILY[self] == _FAMILY[floor] and self.rank <= floor.rank


_GOODS = tuple(Grade)[:8]
_GENERAL = tuple(Grade)[8:11]
_SEAT = tuple(Grade)[11:]
_RANK = {grade: rank for rank, grade in enumerate(Grade)}
_FAMILY = {grade: index for index, family in enumerate((_GOODS, _GENERAL, _SEAT)) for grade in family}

STATEMENT_GRADES: tuple[Grade, ...] = _GOODS
"""The grades of statements about the goods, strongest first."""


class FindingStatus(StrEnum):
    """How far a government determination has come. Only a final one condemns alone."""

    ALLEGED = "alleged"
    CONTESTED = "contested"
    FINAL = "final"


class Standing(StrEnum):
    """What a piece may do in a verdict."""

    FULL = "full"
    """Verified and speaking of this whole line: may clear and may condemn."""
    CONDEMN_ONLY = "condemn-only"
    """A document with a doubt about it, or on a serial that stands on several rows: may condemn, never clear."""
    SHOWN_ONLY = "shown-only"
    """Unverified, or for a quantity that is not told apart: neither clears nor condemns, but stands in the way."""


class StatedBy(StrEnum):
    """Who states it."""

    GOVERNMENT = "government"
    CHAMBER = "chamber"
    MAKER = "maker"
    OBLIGOR = "obligor"
    SELLER = "seller"
    IMPORTER = "importer"
    BUYER = "buyer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as judging sees it: no document ids and no serials, so that machines share it."""

    facet: Facet
    grade: Grade
    atoms: frozenset[str]
    """The origins it allows, as atoms of `provenance.countries`; never empty."""
    status: FindingStatus | None = None
    """Only for findings."""
    standing: Standing = Standing.FULL

    def key(self) -> tuple[str, ...]:
        """Return a sortable, hashable form that is the same in every run."""
        return _key(self)

    @property
    def is_statement(self) -> bool:
        """Whether it speaks of these goods (or of the maker's seat with a source)."""
        return self.grade.is_statement

    @property
    def open_finding(self) -> bool:
        """Whether it is a government claim that is not final."""
        return self.grade is Grade.FINDING and self.status is not FindingStatus.FINAL


@lru_cache(maxsize=4096)
def _key(piece: Piece) -> tuple[str, ...]:
    """Return the key of a piece; few distinct pieces occur, and machines by the thousand sort them."""
    return (
        piece.facet,
        f"{piece.grade.rank:02d}",
        piece.status or "",
        piece.standing,
        ",".join(sorted(piece.atoms)),
    )
