"""What a letter is written from: the deal, the schedules, the addressee, and the position on each batch."""

from __future__ import annotations

from provenance.policy.audit import Audit
from provenance.records import dataclass
from provenance.report.addressees import Addressee, addressees
from provenance.report.document import Document
from provenance.report.matter import Matter, PartyRole
from provenance.report.particulars import Particulars, particulars
from provenance.report.sale_law import Position, positions
from provenance.report.schedules import Ground, Schedule, Schedules, batch_counts, build_schedules
from provenance.report.words import joined


@dataclass(frozen=True, slots=True)
class Draft:
    """All that one letter is written from."""

    audit: Audit
    document: Document
    deal: Particulars
    schedules: Schedules
    to: Addressee
    positions: tuple[Position, ...]

    @property
    def buyer(self) -> str:
        """Who gives the notice, or its blank."""
        return self.deal.name(PartyRole.BUYER)

    @property
    def asks(self) -> bool:
        """Whether this letter asks for proof too."""
        return self.to.for_breach and bool(self.schedules.asks)

    @property
    def pointing(self) -> tuple[Ground, ...]:
        """The cases of Schedule B that stand in Schedule C too, for all that is known of them points to an embargo."""
        return self.schedules.pointing if self.asks else ()

    @property
    def condemned(self) -> str:
        """Where its non-conforming units stand: `Schedule A`, `Schedules A and C`."""
        used = [
            part
            for part in (Schedule.NON_CONFORMING, Schedule.EMBARGO)
            if any(ground.schedule is part for ground in self.to.grounds)
        ]
        return f"{'Schedule' if len(used) < 2 else 'Schedules'} {joined([part.value for part in used])}"


def drafts_of(audit: Audit, document: Document, matter: Matter | None) -> tuple[Draft, ...]:
    """Return what each letter is written from, in the order in which they go out."""
    schedules = build_schedules(audit)
    deal = deal_of(schedules, matter)
    return tuple(
        Draft(
            audit,
            document,
            deal,
            schedules,
            to,
            positions(deal, batch_counts(audit, to.grounds), of_sale=to.for_breach),
        )
        for to in addressees(schedules, deal)
    )


def deal_of(schedules: Schedules, matter: Matter | None) -> Particulars:
    """Return the particulars of the deal that the schedules are made under."""
    clause = next((policy.clause for policy in schedules.policies if policy.clause is not None), None)
    return particulars(clause, matter)


def title_of(draft: Draft) -> str:
    """Return what a letter is."""
    if draft.deal.before_closing:
        return "DRAFT - Request for proof of origin, and closing condition"
    if draft.to.grounds:
        return "DRAFT - Notice of non-conforming equipment"
    return "DRAFT - Request for proof of origin" if draft.asks else "DRAFT - Record of equipment"
