"""The matter file: what only people know of an agreement. Whatever it says shows in the notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field as Key

from provenance.datafile import Strict, parse_model, read_document
from provenance.errors import DatafileError, ReportError
from provenance.policy.scalars import Day, Text

MATTER_SCHEMA = "provenance-matter/1"


class Phase(StrEnum):
    """How far the deal has come; it decides what the notice states."""

    BEFORE_SIGNING = "before-signing"
    BEFORE_DELIVERY = "before-delivery"
    BEFORE_ACCEPTANCE = "before-acceptance"
    AFTER_ACCEPTANCE = "after-acceptance"


class PartyRole(StrEnum):
    """What a party is in the agreement."""

    BUYER = "buyer"
    SELLER = "seller"
    OBLIGOR = "obligor"
    """Who has to replace what does not conform, where that is not the seller."""
    SUPPLIER = "supplier"
    IMPORTER = "importer"
    COUNSEL = "counsel"


class _PartySpec(Strict):
    role: PartyRole
    name: Text
    notice_address: Text | None = None
    attention: Text | None = None
    email: Text | None = None


class _AgreementSpec(Strict):
    title: Text | None = None
    date: Day | None = None
    clause: Text | None = None


class _MatterSpec(Strict):
    # Pydantic keeps the name `schema` for itself.
    schema_: Literal["provenance-matter/1"] = Key(alias="schema")
    reference: Text | None = None
    phase: Phase | None = None
    agreement: _AgreementSpec | None = None
    governing_law: Text | None = None
    parties: tuple[_PartySpec, ...] = ()
    delivery_date: Day | None = None
    discovery_date: Day | None = None
    prepared_by: Text | None = None
    goods_held_at: Text | None = None
    signatory: Text | None = None


@dataclass(frozen=True, slots=True)
class MatterParty:
    """One party as the matter file names it."""

    role: PartyRole
    name: str
    notice_address: str | None
    attention: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter file, read; None is what it does not say."""

    file: str
    """The file's name without directories."""
    sha256: str
    reference: str | None
    phase: Phase | None
    agreement: str | None
    agreement_date: date | None
    clause: str | None
    """The clause relied on, as the agreement numbers it."""
    governing_law: str | None
    parties: tuple[MatterParty, ...]
    delivery_date: date | None
    discovery_date: date | None
    prepared_by: str | None
    """Who prepared the inventory."""
    goods_held_at: str | None
    signatory: str | None
    """Who signs the notice, with title."""

    def party(self, role: PartyRole) -> MatterParty | None:
        """Return the first party of a role."""
        return next((party for party in self.parties if party.role is role), None)


def load_matter(path: Path) -> Matter:
    """Read a matter file.

    Args:
        path: Strict YAML; every key but `schema` may be missing.

    Raises:
        ReportError: It cannot be read or says what the schema does not know; all faults with their lines.
    """
    try:
        document = read_document(path, name=path.name)
    except DatafileError as unread:
        raise ReportError(unread.faults) from unread
    spec = parse_model(document, _MatterSpec, ReportError)
    agreement = spec.agreement or _AgreementSpec()
    return Matter(
        file=path.name,
        sha256=document.digest,
        reference=spec.reference,
        phase=spec.phase,
        agreement=agreement.title,
        agreement_date=agreement.date,
        clause=agreement.clause,
        governing_law=spec.governing_law,
        parties=tuple(
            MatterParty(party.role, party.name, party.notice_address, party.attention, party.email)
            for party in spec.parties
        ),
        delivery_date=spec.delivery_date,
        discovery_date=spec.discovery_date,
        prepared_by=spec.prepared_by,
        goods_held_at=spec.goods_held_at,
        signatory=spec.signatory,
    )


MATTER_TEMPLATE = f"""\
# What only people know of this matter. Every key but `schema` may stay out: the notice then shows a blank and lists
# what is missing. Days are written 2024-05-08.
schema: {MATTER_SCHEMA}

# reference: our file number
# phase: {" | ".join(Phase)}

agreement:
  # title: Purchase and sale agreement
  # date: 2024-05-08
  # clause: the clause relied on, as the agreement numbers it

# governing_law: State of New York

# role is one of: {", ".join(PartyRole)}
parties: []
#  - role: buyer
#    name: the full name of the party
#    notice_address: where the agreement says notices go
#    attention: a person or office
#    email: an address, where the agreement allows it
#  - role: seller
#    name: the full name of the party

# delivery_date: 2024-06-01
# discovery_date: 2024-06-20
# prepared_by: who prepared the inventory
# goods_held_at: where the goods are held
# signatory: name and title of who signs
"""
"""What `provenance init` writes; it loads as it stands."""
