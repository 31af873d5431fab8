"""A finding in words: why the verdict is what it is, and which document would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from provenance.countries import ALL, describe
from provenance.evidence import Facet, Grade, Piece, Standing
from provenance.identify.identity import Tier
from provenance.identify.oddities import Oddity
from provenance.origin.facts import (
    LOT_NOT_COVERED,
    ORIGIN_NOT_READ,
    SERIAL_ON_QUANTITY,
    SERIAL_REPEATED,
    SEVERAL_LISTINGS,
    CaseFacts,
)
from provenance.policy.rule import (
    Prohibited,
    Rule,
)
from provenance.policy.subject import FacetSubject, MakersSubject, UnrecordedSubject
from provenance.policy.verdict import Reason, Verdict
from provenance.policy.waivers.waiver import Waiver, WaiverKind

FACET_PHRASES: dict[Facet, str] = {
    Facet.MANUFACTURE: "the country of manufacture",
    Facet.BOARDS: "the country where the boards were made",
    Facet.CONTROLLER: "the country where the controller was made",
    Facet.CHIPS: "the country where the chips were made",
    Facet.MAKER: "the seat of the maker",
    Facet.OWNER: "the seat of whoever controls the maker",
}

GRADE_PHRASES: dict[Grade, str] = {
    Grade.FINDING: "government determination",
    Grade.PRODUCTION_RECORD: "maker's production record",
    Grade.CERTIFICATE: "certificate of origin",
    Grade.NAMEPLATE: "nameplate",
    Grade.CUSTOMS_ENTRY: "customs entry",
    Grade.INVOICE: "invoice or packing list",
    Grade.SERIAL_CODE: "country code in the serial number",
    Grade.DECLARED: "inventory's own statement",
    Grade.PLANTS: "known plants of the maker",
    Grade.LEAD: "learned serial prefix",
    Grade.SEAT: "seat of the maker",
    Grade.REGISTER: "company register",
    Grade.PUBLISHED: "published seat",
    Grade.REGISTRY_ADDRESS: "address in the IEEE registry",
    Grade.UNSOURCED: "unsourced seat",
}


_SEATS = frozenset({Facet.MAKER, Facet.OWNER})
"""What is asked of the maker and not of the goods."""

FLAG_SENTENCES: dict[str, str] = {
    LOT_NOT_COVERED: "A document for a lot is not allocated to these units: it does not tell which it means.",
    SERIAL_REPEATED: "The serial number stands on several rows, so that no document clears it.",
    SERIAL_ON_QUANTITY: "One serial number stands on a line of several units, so that no document clears them.",
    ORIGIN_NOT_READ: "The inventory says something of the origin that names no country.",
    Oddity.PLACEHOLDER: "The serial number reads like a stand-in: which number does the plate bear?",
    Oddity.SCIENTIFIC: (
        "The serial number is written in scientific notation, so that its last digits are lost and it names no unit: "
        "which number does the plate bear?"
    ),
    Oddity.RUNNING_NUMBER: "The serial number is a short whole number: is it the number of the row?",
    Oddity.ZEROS_LOST: "With zeros in front the serial number would fit its maker's scheme: were they lost?",
    Oddity.OTHER_MAKER: "The serial number has the shape of another maker's: is it the number of this unit?",
    Oddity.OF_A_PART: "The serial number has the shape of a part's: does it stand on the machine or on the part?",
    Oddity.BEFORE_THE_MODEL: (
        "The serial number dates the unit well before its model was sold: are model and number those of one unit?"
    ),
    Oddity.AFTER_DELIVERY: "The serial number dates the unit after its delivery: are number and date right?",
    SEVERAL_LISTINGS: "Several inventories list the unit: it is counted once and their statements are taken together.",
}
"""What the oddities of a case mean for the reader, in the order in which they are said."""

WAIVER_PHRASES: dict[WaiverKind, str] = {
    WaiverKind.CONTRACT: "contract waiver",
    WaiverKind.RISK: "internal acceptance of risk",
}


def waiver_words(waiver: Waiver) -> str:
    """Return a waiver in words: `contract waiver po-03, owner A. Person, until 2026-12-31`."""
    return f"{WAIVER_PHRASES[waiver.kind]} {waiver.id}, owner {' '.join(waiver.owner.split())}, until {waiver.expires}"


def waived_sentence(waiver: Waiver, verdict: Verdict, reason: Reason) -> str:
    """Return what a waiver does to a finding, and what the finding is without it."""
    why = f" ({reason.value})" if verdict is Verdict.UNDETERMINED else ""
    return f"Waived by {waiver_words(waiver)}; without it: {verdict.value}{why}."


def phrase(piece: Piece) -> str:
    """Return one piece in words: `certificate of origin: Malaysia`, with its status and standing."""
    notes = []
    if piece.status is not None:
        notes.append(piece.status.value)
    match piece.standing:
        case Standing.CONDEMN_ONLY:
            notes.append("in doubt, cannot clear")
        case Standing.SHOWN_ONLY:
            notes.append("not verified for this unit")
        case Standing.FULL:
            pass
    tail = f" ({', '.join(notes)})" if notes else ""
    return f"{GRADE_PHRASES[piece.grade]}: {describe(piece.atoms)}{tail}"


def origin_words(atoms: frozenset[str]) -> str:
    """Return a set of origins in words; `not known` where nothing narrows it."""
    return "not known" if atoms == ALL or not atoms else describe(atoms)


def phrases(pieces: Iterable[Piece]) -> str:
    """Return several pieces in words, strongest first."""
    return "; ".join(phrase(piece) for piece in sorted(pieces, key=Piece.key))


def explanation(
    rule: Rule,
    facts: CaseFacts,
    reason: Reason,
    atoms: frozenset[str],
    banned: Prohibited,
) -> str:
    """Return the reasoning of a finding in one to three sentences."""
    known = [piece for piece in facts.pieces if piece.facet is rule.facet and piece.is_statement]
    shown = f"Shown: {phrases(known)}." if known else "No statement of origin is on record."
    parts = [shown, _because(rule, facts, reason, atoms, banned)]
    parts += [sentence for flag, sentence in FLAG_SENTENCES.items() if flag in facts.flags]
    return " ".join(part for part in parts if part)


def unrecorded(rule: Rule) -> str:
    """Return the reasoning under a rule that asks what no inventory records."""
    asks = rule.subject.asks if isinstance(rule.subject, UnrecordedSubject) else rule.question
    return (
        f"The rule asks {asks}; no inventory and no paper on the goods says so, and nothing here decides it."
    )


def unrecorded_answer(rule: Rule) -> str:
    """Return what would settle a rule that asks what no inventory records."""
    asks = rule.subject.asks if isinstance(rule.subject, UnrecordedSubject) else rule.question
    return f"a document, judged by counsel, that shows {asks}"


def _because(rule: Rule, facts: CaseFacts, reason: Reason, atoms: frozenset[str], banned: Prohibited) -> str:
    subject = subject_words(rule)
    match reason:
        case Reason.FINAL_FINDING:
            return (
                f"A final government determination places it in {describe(atoms)}, which the rule prohibits."
            )
        case Reason.CONDEMNED:
            return f"On this evidence {subject} is {describe(atoms)}, which the rule prohibits."
        case Reason.CLEARED:
            return f"This is proof that the rule accepts: {subject} is {describe(atoms)}, outside what it prohibits."
        case Reason.DISPUTED:
            return (
                "Statements, or an open government claim, stand on both sides; the program does not choose."
            )
        case Reason.REVIEW:
            return f"{_named(rule, atoms, banned)} The rule asks for review by a person and condemns nothing by itself."
        case Reason.READING:
            return f"All points to {describe(atoms & banned.possible)}, which the clause, a date or a list leaves open."
        case Reason.PRESUMED:
            return "All that is known points to a prohibited origin, short of proof."
        case Reason.UNIDENTIFIED:
            return f"What it is could not be established ({facts.identity.decided_by})."
        case Reason.AMBIGUOUS:
            return f"It may be of several makers ({', '.join(facts.identity.makers)})."
        case Reason.OPEN:
            return f"{_sentence(subject)} is open: {_likely(facts, rule)}."
        case Reason.UNPROVEN:
            return (
                f"It points to {describe(atoms)}, outside what the rule prohibits, but proof needs a "
                f"{proof_words(rule.clears_from)} or stronger."
            )
        case Reason.WAIVER | Reason.SCOPE:
            return ""


def _named(rule: Rule, atoms: frozenset[str], banned: Prohibited) -> str:
    """Return what the lists of a rule that asks for review say of what is shown."""
    lists = " or ".join(rule.lists)
    names = "leaves out" if rule.allow else "names"
    if atoms == ALL or (atoms & banned.possible and not atoms <= banned.possible):
        return f"Nothing shown rules out what {lists} {names}."
    if atoms <= banned.certain:
        return f"All points to {describe(atoms)}, which {lists} {names} on the day that counts."
    if atoms <= banned.possible:
        may = f"may {'leave out' if rule.allow else 'name'}"
        return f"All points to {describe(atoms)}, which {lists} {may}: the list, a date or the clause leaves it open."
    return f"It points to {describe(atoms)}, outside what {lists} {names}, short of the proof that the rule asks for."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _likely(facts: CaseFacts, rule: Rule) -> str:
    plants = [piece for piece in facts.pieces if piece.facet is rule.facet and piece.grade is Grade.PLANTS]
    if not plants:
        return "nothing on record narrows it"
    known = describe(frozenset().union(*(piece.atoms for piece in plants)))
    return f"its maker is known to assemble in {known}, which decides nothing for this unit"


def would_clear(rule: Rule, verdict: Verdict, reason: Reason, facts: CaseFacts) -> str:
    """Return the document that would settle an undetermined finding, in words; empty for all others."""
    if verdict is not Verdict.UNDETERMINED:
        return ""
    proof = _proof(rule, facts)
    match reason:
        case Reason.REVIEW:
            return "a decision by counsel whether the programme named reaches this equipment"
        case Reason.READING:
            return _reading_answer(rule, facts)
        case Reason.DISPUTED:
            return f"the end of the dispute: {proof}, and the withdrawal or correction of what contradicts it"
        case _:
            return proof


def subject_words(rule: Rule) -> str:
    """Return what a rule asks for, in words: `the country of manufacture`."""
    match rule.subject:
        case FacetSubject(facet):
            return FACET_PHRASES[facet]
        case MakersSubject(include):
            related = f" and its {joined(include)}" if include else ""
            return f"the maker of the machine{related}"
        case UnrecordedSubject(asks):
            return asks
        case _:
            assert_never(rule.subject)


def joined(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: `parents, affiliates and white labels`."""
    plain = [word.replace("-", " ") for word in words]
    return " and ".join([", ".join(plain[:-1]), plain[-1]] if len(plain) > 1 else plain)


def proof_words(proof: Grade | Tier) -> str:
    """Return in words what a rule clears or condemns from."""
    if isinstance(proof, Grade):
        return GRADE_PHRASES[proof]
    return f"maker known by {'its exact name' if proof is Tier.EXACT else 'its name or model number'}"


def other_origin(rule: Rule, facts: CaseFacts) -> str:
    """Return the document that would show an origin other than the one that a rule holds against the goods."""
    return _proof(rule, facts, shows=" that shows another origin")


def _proof(rule: Rule, facts: CaseFacts, *, shows: str = "") -> str:
    paper = _paper(rule, shows)
    if rule.facet not in _SEATS and not {SERIAL_REPEATED, SERIAL_ON_QUANTITY}.isdisjoint(facts.flags):
        # A further paper that names the same serial would clear nothing either.
        return f"an inventory in which each unit has a serial number of its own, and {paper}"
    return paper


def _paper(rule: Rule, shows: str) -> str:
    grade = proof_words(rule.clears_from)
    match rule.facet:
        case Facet.MAKER | Facet.OWNER:
            seat = subject_words(rule)
            other = f"another{seat.removeprefix('the')}"
            return f"a {grade} extract that shows {other if shows else seat}"
        case Facet.BOARDS | Facet.CONTROLLER | Facet.CHIPS:
            return f"{_article(grade)} or stronger on {subject_words(rule)}{shows}, naming the serial numbers"
        case Facet.MANUFACTURE | None:
            return f"{_article(grade)} or stronger{shows}, naming the serial numbers"


def _reading_answer(rule: Rule, facts: CaseFacts) -> str:
    field = rule.test_date.field
    undated = field is not None and dict(facts.dates).get(field) is None
    day = f"the {rule.test_date.value} date, or " if undated else ""
    return f"{day}an agreed reading of the clause, or {other_origin(rule, facts)}"


def _article(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"
