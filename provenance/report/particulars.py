"""The particulars of a notice: what the clause and the matter file say, and a visible blank for what neither says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provenance.policy.rule import Clause
from provenance.report.matter import Matter, PartyRole, Phase


@dataclass(frozen=True, slots=True)
class NoticeParty:
    """One party of the notice; None is a blank."""

    role: str
    name: str | None
    address: str | None
    attention: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the notice says of the deal; None is a blank."""

    reference: str | None
    phase: Phase | None
    parties: tuple[NoticeParty, ...]
    """Buyer and seller first, always both."""
    agreement: str | None
    agreement_date: str | None
    clause: str | None
    governing_law: str | None
    delivery_date: str | None
    discovery_date: str | None
    prepared_by: str | None
    goods_held_at: str | None
    signatory: str | None

    def name(self, role: PartyRole) -> str:
        """Return the name of the first party of a role, or its blank."""
        found = next((party.name for party in self.parties if party.role == role), None)
        return found or blank(f"name of the {role}")

    def missing(self) -> tuple[str, ...]:
        """Return what has to be filled in by hand before the notice can be sent."""
        asked = [
            ("title of the agreement", self.agreement),
            ("date of the agreement", self.agreement_date),
            ("number of the clause relied on", self.clause),
            ("governing law", self.governing_law),
            ("phase of the deal, which decides what the notice states", self.phase),
            ("date of delivery", self.delivery_date),
            ("date of discovery", self.discovery_date),
            ("who prepared the inventory", self.prepared_by),
            ("where the goods are held", self.goods_held_at),
            ("who signs", self.signatory),
        ]
        for party in self.parties:
            asked.append((f"name of the {party.role}", party.name))
            asked.append((f"notice address of the {party.role}{_called(party)}", party.address))
        return tuple(what for what, said in asked if said is None)


def _called(party: NoticeParty) -> str:
    return f" {party.name}" if party.name is not None else ""


def blank(what: str) -> str:
    """Return the visible blank for something that only people know."""
    return f"[______: {what}]"


def particulars(clause: Clause | None, matter: Matter | None) -> Particulars:
    """Return what is known of the deal; where clause and matter file both speak, the matter file counts."""
    title = (matter.agreement if matter else None) or (clause.agreement if clause else None) or None
    day = (matter.agreement_date if matter else None) or (clause.agreement_date if clause else None)
    return Particulars(
        reference=matter.reference if matter else None,
        phase=matter.phase if matter else None,
        parties=_parties(clause, matter),
        agreement=title,
        agreement_date=_iso(day),
        clause=matter.clause if matter else None,
        governing_law=matter.governing_law if matter else None,
        delivery_date=_iso(matter.delivery_date) if matter else None,
        discovery_date=_iso(matter.discovery_date) if matter else None,
        prepared_by=matter.prepared_by if matter else None,
        goods_held_at=matter.goods_held_at if matter else None,
        signatory=matter.signatory if matter else None,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _parties(clause: Clause | None, matter: Matter | None) -> tuple[NoticeParty, ...]:
    found = [
        NoticeParty(
            party.role.value,
            party.name,
            party.notice_address,
            ", ".join(text for text in (party.attention, party.email) if text),
        )
        for party in (matter.parties if matter else ())
    ]
    told = {party.role for party in found}
    found += [
        NoticeParty(named.role, named.name, None, "")
        for named in (clause.parties if clause else ())
        if named.role not in told
    ]
    told = {party.role for party in found}
    needed = (PartyRole.BUYER, PartyRole.SELLER)
    found += [NoticeParty(role.value, None, None, "") for role in needed if role not in told]
    order = {role.value: place for place, role in enumerate(PartyRole)}
    return tuple(sorted(found, key=lambda party: order.get(party.role, len(order))))
