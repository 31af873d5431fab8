"""What the law of the sale has to do with a notice: positions that the facts carry, statutes under the law stated.

Sources: Uniform Commercial Code, article 2, sections 2-508, 2-601, 2-602, 2-605, 2-607 and 2-608; United Nations
Convention on Contracts for the International Sale of Goods, articles 38, 39 and 46.
"""

from __future__ import annotations

from collections.abc import Iterable

from provenance.policy.audit import Count
from provenance.records import dataclass
from provenance.report.matter import BatchFacts, Election
from provenance.report.particulars import Particulars
from provenance.report.words import joined

_UCC = "ucc:"
_CISG = "cisg"
RESERVED = "notice of non-conformity, all rights reserved"
"""The position where nothing more was elected, or the facts do not carry what was."""


@dataclass(frozen=True, slots=True)
class Position:
    """What a letter does about the units of one batch."""

    batch: str
    """As the inventory writes it; "" where it gives none."""
    count: Count
    facts: BatchFacts
    election: Election
    """What the facts carry; NONE is notice with all rights reserved."""

    @property
    def words(self) -> str:
        """The position in words."""
        match self.election:
            case Election.NONE:
                return RESERVED
            case Election.REJECTION:
                return "rejected"
            case Election.REVOCATION:
                return "acceptance revoked"
            case Election.SUBSTITUTE:
                return "substitute goods required"


def positions(
    deal: Particulars, batches: Iterable[tuple[str, Count]], *, of_sale: bool = True
) -> tuple[Position, ...]:
    """Return the position on each batch: what counsel elected where the facts of acceptance carry it.

    Args:
        deal: What is known of the deal.
        batches: The batches, each with its lines and units.
        of_sale: Whether the letter goes to the seller: to nobody else are goods rejected or is an acceptance revoked.
    """
    return tuple(
        Position(batch, count, facts, deal.elects if of_sale and _carried(deal, facts) else Election.NONE)
        for batch, count in batches
        for facts in (deal.batch(batch),)
    )


def _carried(deal: Particulars, facts: BatchFacts) -> bool:
    law = deal.governing_law or ""
    match deal.elects:
        case Election.NONE:
            return False
        case Election.REJECTION:
            return facts.delivered is not None and facts.not_accepted and law != _CISG
        case Election.REVOCATION:
            return facts.accepted is not None and deal.discovery_date is not None and law != _CISG
        case Election.SUBSTITUTE:
            return facts.delivered is not None and not law.startswith(_UCC)


def not_carried(deal: Particulars, taken: Iterable[Position]) -> tuple[str, ...]:
    """Return, for whoever drafts, why the notice does not do what was elected: sentences."""
    if deal.elects is Election.NONE:
        return ()
    law = deal.governing_law or "unstated"
    if (law == _CISG and deal.elects is not Election.SUBSTITUTE) or (
        law.startswith(_UCC) and deal.elects is Election.SUBSTITUTE
    ):
        return (
            f"The matter file elects {deal.elects}, which {law} does not know under this name: only notice is given.",
        )
    wants = {
        Election.REJECTION: "the day of delivery and that it was not accepted",
        Election.REVOCATION: "the day of acceptance and the day of discovery",
        Election.SUBSTITUTE: "the day of delivery",
        Election.NONE: "",
    }[deal.elects]
    left = [
        position.batch or "units without a batch" for position in taken if position.election is Election.NONE
    ]
    if not left:
        return ()
    said = (
        f"The matter file elects {deal.elects}; for {', '.join(left)} it does not state {wants}, so that only notice is "
        "given, with all rights reserved."
    )
    return (said,)


def statutes(deal: Particulars, taken: tuple[Position, ...], buyer: str) -> tuple[str, ...]:
    """Return what a letter to the seller says under the governing law stated: paragraphs; none under another law or none."""
    law = deal.governing_law or ""
    elected = {position.election for position in taken}
    if law.startswith(_UCC):
        return _ucc(deal, elected, law.removeprefix(_UCC), buyer)
    return _cisg(deal, taken, buyer) if law == _CISG else ()


def _ucc(deal: Particulars, elected: set[Election], state: str, buyer: str) -> tuple[str, ...]:
    said = []
    if Election.REJECTION in elected:
        said.append(
            f"{buyer} rejects the units so marked under sections 2-601 and 2-602 of the Uniform Commercial Code as enacted in "
            f"{state}, and no others. The schedules state the ground for each unit (section 2-605)."
        )
    if Election.REVOCATION in elected:
        said.append(
            f"{buyer} revokes its acceptance of the units so marked under section 2-608 of the Uniform Commercial Code as "
            f"enacted in {state}; the non-conformity was discovered on {deal.discovery_date}."
        )
    if elected & {Election.NONE, Election.REVOCATION}:
        said.append(
            f"To the extent that units were accepted, this is notice of breach under section 2-607(3)(a) of the Uniform "
            f"Commercial Code as enacted in {state}."
        )
    return tuple(said)


def _cisg(deal: Particulars, taken: tuple[Position, ...], buyer: str) -> tuple[str, ...]:
    found = f", discovered on {deal.discovery_date}" if deal.discovery_date else ""
    inspected = sorted(
        {position.facts.inspected for position in taken if position.facts.inspected is not None}
    )
    examined = [f"{day}" for day in inspected]
    said = [
        (
            "This is notice under article 39(1) of the United Nations Convention on Contracts for the International Sale of "
            f"Goods: the schedules specify the nature of the lack of conformity of each unit{found}."
            + (f" The goods were examined (article 38) on {joined(examined)}." if examined else "")
        )
    ]
    if Election.SUBSTITUTE in {position.election for position in taken}:
        said.append(
            f"{buyer} requires the delivery of substitute goods for the units so marked under article 46(2) of the Convention; it "
            "holds the lack of conformity to be a fundamental breach."
        )
    return tuple(said)


def cautions(deal: Particulars, taken: Iterable[Position]) -> tuple[str, ...]:
    """Return what whoever signs has to think of before the letter goes out: sentences for the memorandum."""
    elected = {position.election for position in taken}
    law = deal.governing_law or ""
    said = []
    if Election.REJECTION in elected and deal.in_use:
        said.append(
            "The units are said to be in use: after a rejection further use of them may be wrongful against the seller"
            + (" (UCC 2-602(2))." if law.startswith(_UCC) else ".")
        )
    if law == _CISG and any(position.facts.inspected is None for position in taken):
        said.append(
            "The matter file does not state when the goods were examined (CISG 38), and a notice loses its force two years "
            "after they were handed over (CISG 39(2))."
        )
    if law.startswith(_UCC):
        said.append(
            "The seller may have a right to cure after seasonable notice (UCC 2-508); the Code sets no number of days."
        )
        said.append("After acceptance the burden of proving a breach is the buyer's (UCC 2-607(4)).")
    return tuple(said)
