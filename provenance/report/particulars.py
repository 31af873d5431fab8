"""The particulars of a notice: what the clause and the matter file say, and what neither of them does."""

from __future__ import annotations

from datetime import date

from provenance.policy.policy import Clause
from provenance.records import dataclass
from provenance.report.matter import BatchFacts, Election, Matter, PartyRole, Phase
from provenance.report.prose import blank


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
    amendments: tuple[str, ...]
    clause: str | None
    governing_law: str | None
    notice_method: str | None
    discovery_date: str | None
    prepared_by: str | None
    held_at: str | None
    in_use: bool | None
    title_and_risk: str | None
    cure: str | None
    """The period that the agreement gives to cure, in words."""
    claims: tuple[tuple[str, str], ...]
    elects: Election
    mention_conforming: bool
    signatory: str | None
    matter: Matter | None

    @property
    def before_closing(self) -> bool:
        """Whether there is nothing yet to give notice of: proof and a closing condition are asked for instead."""
        return self.phase in {Phase.PRE_SIGNING, Phase.PRE_CLOSING}

    def party(self, role: PartyRole) -> NoticeParty:
        """Return the first party of a role; one without a name where nobody named it."""
        return next(
            (one for one in self.parties if one.role == role), NoticeParty(role.value, None, None, "")
        )

    def name(self, role: PartyRole) -> str:
        """Return the name of the first party of a role, or its blank."""
        return self.party(role).name or blank(f"name of the {role}")

    def named(self, name: str) -> NoticeParty | None:
        """Return the party of a name, in any case of letters."""
        return next(
            (one for one in self.parties if one.name and one.name.casefold() == name.casefold()), None
        )

    def batch(self, name: str) -> BatchFacts:
        """Return what is known of a batch."""
        return self.matter.batch(name) if self.matter is not None else BatchFacts(name)

    def missing(self) -> tuple[str, ...]:
        """Return what has to be filled in by hand, or added to the matter file, before anything can be sent."""
        asked: list[tuple[str, object]] = [
            ("phase of the deal: before closing a request goes out and no notice", self.phase),
            ("title of the agreement", self.agreement),
            ("date of the agreement", self.agreement_date),
            ("number of the clause relied on", self.clause),
            ("governing law: without it no statute is cited", self.governing_law),
            ("how the agreement says that notices are given", self.notice_method),
            ("who prepared the inventory", self.prepared_by),
            ("who signs", self.signatory),
        ]
        if not self.before_closing:
            asked += [
                ("date of discovery", self.discovery_date),
                (
                    "delivery, inspection and acceptance of the batches",
                    self.matter.batches or None if self.matter else None,
                ),
                ("where the goods are", self.held_at),
                ("whether the goods are in use", self.in_use),
                ("who bears title and risk", self.title_and_risk),
                ("the period that the agreement gives to cure, if it gives one", self.cure),
                ("survival, basket, cap and escrow, if the agreement has them", self.claims or None),
            ]
        for party in self.parties:
            asked.append((f"name of the {party.role}", party.name))
            asked.append((f"notice address of the {party.role}{_called(party)}", party.address))
        return tuple(what for what, said in asked if said is None)


def _called(party: NoticeParty) -> str:
    return f" {party.name}" if party.name is not None else ""


def particulars(clause: Clause | None, matter: Matter | None) -> Particulars:
    """Return what is known of the deal; where clause and matter file both speak, the matter file counts."""
    title = (matter.agreement if matter else None) or (clause.agreement if clause else None) or None
    day = (matter.agreement_date if matter else None) or (clause.agreement_date if clause else None)
    said = matter or Matter(file="", sha256="")
    return Particulars(
        reference=said.reference,
        phase=said.phase,
        parties=_parties(clause, matter),
        agreement=title,
        agreement_date=_iso(day),
        amendments=tuple(f"{name} of {day}" if day else name for name, day in said.amendments),
        clause=said.clause,
        governing_law=said.governing_law,
        notice_method=said.notice_method,
        discovery_date=_iso(said.discovery_date),
        prepared_by=said.prepared_by,
        held_at=said.held_at,
        in_use=said.in_use,
        title_and_risk=said.title_and_risk,
        cure=_cure(said),
        claims=said.claims,
        elects=said.elects,
        mention_conforming=said.mention_conforming,
        signatory=said.signatory,
        matter=matter,
    )


def _cure(said: Matter) -> str | None:
    if said.cure_days is None:
        return None
    return f"within {said.cure_days} days" + (f" ({said.cure_clause})" if said.cure_clause else "")


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
