"""Who a letter goes to: the seller for the breach, each obligor for what it has to replace; one letter each."""

from __future__ import annotations

from provenance.records import dataclass
from provenance.report.matter import PartyRole
from provenance.report.particulars import NoticeParty, Particulars
from provenance.report.schedules import Ground, Schedules
from provenance.report.words import NO_REMEDY

UNDETERMINED = "obligor to be determined"
"""What a letter calls whom the clause does not name."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets one letter, and what of."""

    party: NoticeParty
    grounds: tuple[Ground, ...]
    """The non-conforming units that it answers for."""
    for_breach: bool
    """Whether it is the seller, who answers for the term as a whole and is asked for the proof that is missing."""


def addressees(schedules: Schedules, deal: Particulars) -> tuple[Addressee, ...]:
    """Return who gets a letter: the seller first, then each other obligor, most units first.

    Before closing only the seller is written to: nobody owes a replacement yet.
    """
    seller = deal.party(PartyRole.SELLER)
    found = [Addressee(seller, schedules.grounds, for_breach=True)]
    if deal.before_closing:
        return tuple(found)
    owed: dict[NoticeParty, list[Ground]] = {}
    for ground in schedules.grounds:
        if ground.remedy_of.rule.remedy.kind != NO_REMEDY:
            owed.setdefault(_obligor(ground, deal), []).append(ground)
    others = [
        (party, grounds) for party, grounds in owed.items() if party.name != seller.name or party.name is None
    ]
    others.sort(key=lambda item: (-sum(ground.case.units for ground in item[1]), item[0].name or ""))
    found += [Addressee(party, tuple(grounds), for_breach=False) for party, grounds in others]
    return tuple(found)


def _obligor(ground: Ground, deal: Particulars) -> NoticeParty:
    """Return who owes the remedy: the party of that name or role, else a party that the clause alone names."""
    remedy = ground.remedy_of.rule.remedy
    named = deal.named(ground.obligor) if ground.obligor else None
    if named is not None:
        return named
    if ground.obligor and ground.obligor != remedy.otherwise:
        return NoticeParty(PartyRole.OBLIGOR.value, ground.obligor, None, "")
    role = next((one for one in deal.parties if one.role == ground.obligor.strip().casefold()), None)
    return role or NoticeParty(UNDETERMINED, None, None, "")
