"""What only people know of an agreement. Whatever a matter says shows in the notice and the memorandum."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from provenance.records import dataclass

ALL_BATCHES = "*"
"""Stands for every batch that has no entry of its own."""


class Phase(StrEnum):
    """How far the deal has come. Before closing there is nothing to give notice of: proof is asked for instead."""

    PRE_SIGNING = "pre-signing"
    PRE_CLOSING = "pre-closing"
    POST_CLOSING = "post-closing"


class PartyRole(StrEnum):
    """What a party is in the agreement."""

    BUYER = "buyer"
    SELLER = "seller"
    OBLIGOR = "obligor"
    """Who has to replace what does not conform, where that is not the seller."""
    SUPPLIER = "supplier"
    IMPORTER = "importer"
    COUNSEL = "counsel"


class Election(StrEnum):
    """What counsel has decided that the notice does, beyond giving notice; facts of acceptance have to carry it."""

    NONE = "none"
    REJECTION = "rejection"
    """Of goods that were delivered and not accepted."""
    REVOCATION = "revocation"
    """Of an acceptance whose day is given."""
    SUBSTITUTE = "substitute-goods"
    """A demand for goods in their place, on delivered goods, where the law of the sale gives one."""


@dataclass(frozen=True, slots=True)
class MatterParty:
    """One party as the matter file names it."""

    role: PartyRole
    name: str
    notice_address: str | None
    attention: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What happened to a batch; None is what the matter file does not say."""

    batch: str
    """As the inventory writes it; `ALL_BATCHES` for the others."""
    delivered: date | None = None
    inspected: date | None = None
    accepted: date | None = None
    not_accepted: bool = False
    """Whether the file says that it was not accepted; False with `accepted` None is not known."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter file, read; None is what it does not say."""

    file: str
    """The file's name without directories."""
    sha256: str
    reference: str | None = None
    phase: Phase | None = None
    agreement: str | None = None
    agreement_date: date | None = None
    clause: str | None = None
    """The clause relied on, as the agreement numbers it."""
    amendments: tuple[tuple[str, date | None], ...] = ()
    governing_law: str | None = None
    """`ucc:WY`, `cisg`, `other: ...`, `unstated`."""
    parties: tuple[MatterParty, ...] = ()
    notice_method: str | None = None
    """How the agreement says that notices are given."""
    batches: tuple[BatchFacts, ...] = ()
    discovery_date: date | None = None
    held_at: str | None = None
    in_use: bool | None = None
    title_and_risk: str | None = None
    cure_days: int | None = None
    """The period that the agreement gives to cure; None where it gives none."""
    cure_clause: str | None = None
    claims: tuple[tuple[str, str], ...] = ()
    """Survival, basket, cap and escrow, as far as stated."""
    elects: Election = Election.NONE
    mention_conforming: bool = False
    """Whether the notice says that there is no objection at present to the units that conform."""
    prepared_by: str | None = None
    """Who prepared the inventory."""
    signatory: str | None = None
    """Who signs the notice, with title."""

    def party(self, role: PartyRole) -> MatterParty | None:
        """Return the first party of a role."""
        return next((party for party in self.parties if party.role is role), None)

    def batch(self, name: str) -> BatchFacts:
        """Return what is known of a batch, by its name as the inventory writes it."""
        told = {one.batch.casefold(): one for one in self.batches}
        return told.get(name.casefold()) or told.get(ALL_BATCHES) or BatchFacts(name)
