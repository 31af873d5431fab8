"""What goes out: a notice of non-conforming equipment, or before closing a request, to each addressee a letter.

Nothing from the catalogue stands in it except by whom a machine was made, which decides who owes the remedy; nothing of the
memorandum either: no plants, no other readings, no waiver of ours, no doubts. It is drawn from `Audit.for_the_other_side`, and
its schedules stand in `notice_schedules`.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.audit import Audit
from provenance.policy.embargo import WARNING
from provenance.policy.policy import Clause, Policy
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.addressees import Addressee, addressees
from provenance.report.document import Document
from provenance.report.matter import Matter, PartyRole
from provenance.report.notice_schedules import count_of, documents_cited, schedule_asks, schedule_units
from provenance.report.particulars import NoticeParty, Particulars, particulars
from provenance.report.prose import (
    Block,
    Bullets,
    Heading,
    Letter,
    Paper,
    Paragraph,
    Quotation,
    Table,
    blank,
    pairs,
    sections,
)
from provenance.report.sale_law import Position, positions, statutes
from provenance.report.schedules import Ground, Schedule, Schedules, batch_counts, build_schedules
from provenance.report.terms import claim_words, definitions
from provenance.report.waivers import contract_waivers, instrument_words
from provenance.report.words import UNDER_READING, counted, joined

DRAFT = (
    "DRAFT for review by counsel. Not sent, and no notice until it is signed and sent as the agreement says."
)


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

    def statement(self) -> Iterator[Block]:
        """Yield what is stated: the non-conformity and what is done about it, and what is asked for."""
        return _statement(self)


def notice_paper(audit: Audit, document: Document, matter: Matter | None) -> Paper:
    """Return the letters that go out.

    Args:
        audit: The facts.
        document: Their model, for sources and documents.
        matter: What only people know; what it leaves out is a visible blank.
    """
    marks = [DRAFT, document.stamp, document.headline.default_policy]
    return Paper(
        marks=tuple(mark for mark in marks if mark),
        foot=foot(document),
        letters=tuple(
            Letter(title_of(draft), sections(_letter(draft))) for draft in drafts_of(audit, document, matter)
        ),
    )


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


def foot(document: Document) -> str:
    """Return what stands below every page: the disclaimer, and the dates of the data."""
    days = sorted({source.day for source in document.sources if source.day})
    dated = f" Data of {days[0]}." if len(days) == 1 else f" Data of {days[0]} to {days[-1]}." if days else ""
    return f"{document.disclaimer} Determined as of {document.as_of}.{dated} {document.tool}."


def title_of(draft: Draft) -> str:
    """Return what a letter is."""
    if draft.deal.before_closing:
        return "DRAFT - Request for proof of origin, and closing condition"
    if draft.to.grounds:
        return "DRAFT - Notice of non-conforming equipment"
    return "DRAFT - Request for proof of origin" if draft.asks else "DRAFT - Record of equipment"


def _letter(draft: Draft) -> Iterator[Block]:
    yield from _head(draft)
    yield from _parties(draft.deal)
    yield from _agreement(draft.deal, draft.schedules.policies)
    yield from _reading(draft.audit, draft.schedules.policies)
    yield from _determination(draft)
    yield Heading(2, "Statement")
    yield from draft.statement()
    yield from _remedy(draft)
    yield from _embargo(draft)
    if not draft.deal.before_closing:
        yield from _goods(draft.deal)
    if draft.to.for_breach:
        yield from _waivers(draft)
    yield from _reservation(draft)
    yield from _signature(draft.deal)
    yield from schedule_units(draft.audit, draft.to.grounds, Schedule.NON_CONFORMING)
    if draft.asks:
        yield from schedule_asks(draft.audit, draft.schedules)
    yield from schedule_units(draft.audit, (*draft.to.grounds, *draft.pointing), Schedule.EMBARGO)
    cases = [ground.case.id for ground in draft.to.grounds]
    cases += list(draft.schedules.open_findings) if draft.asks else []
    yield from documents_cited(draft.audit, draft.document, tuple(cases))
    yield from _sources(draft.document)


def _head(draft: Draft) -> Iterator[Block]:
    party = draft.to.party
    yield pairs(
        (
            ("To", _addressed(party)),
            ("From", _addressed(draft.deal.party(PartyRole.BUYER))),
            ("By", draft.deal.notice_method or blank("how the agreement says that notices are given")),
            ("Date", blank("date of the letter")),
            ("Our reference", draft.deal.reference or blank("reference")),
        )
    )
    if not draft.to.grounds and not draft.deal.before_closing:
        yield Paragraph(
            "No notice is due: no unit is non-conforming under this reading on the evidence listed."
        )


def _addressed(party: NoticeParty) -> str:
    name = party.name or blank(f"name of the {party.role}")
    address = party.address or blank("notice address")
    return ", ".join(part for part in (f"{name} ({party.role})", address, party.attention) if part)


def _parties(deal: Particulars) -> Iterator[Block]:
    yield Heading(2, "Parties")
    yield Table(
        ("Role", "Name", "Notice address", "Attention"),
        (
            (
                party.role,
                party.name or blank(f"name of the {party.role}"),
                party.address or blank("notice address"),
                party.attention,
            )
            for party in deal.parties
        ),
        (1, 3, 4, 3),
    )


def _agreement(deal: Particulars, policies: tuple[Policy, ...]) -> Iterator[Block]:
    yield Heading(2, "Agreement and clause")
    yield pairs(
        (label, text or blank(what))
        for label, text, what in (
            ("Agreement", deal.agreement, "title of the agreement"),
            ("Date", deal.agreement_date, "date of the agreement"),
            ("Amendments", "; ".join(deal.amendments) or "none stated", ""),
            ("Clause relied on", deal.clause, "number of the clause"),
            ("Governing law", _law(deal.governing_law), "governing law"),
        )
    )
    for policy in policies:
        if policy.clause is None:
            yield Paragraph(
                f"Rules applied: {policy.title} ({policy.citation}). No clause of an agreement was given; its wording: "
                f"{blank('wording of the clause')}"
            )
        else:
            yield from _wording(policy.clause)


def _law(text: str | None) -> str | None:
    match text:
        case None:
            return None
        case "cisg":
            return "United Nations Convention on Contracts for the International Sale of Goods"
        case "unstated":
            return "not stated in the agreement"
        case _ if text.startswith("ucc:"):
            return f"Uniform Commercial Code as enacted in {text.removeprefix('ucc:')}"
        case _:
            return text.removeprefix("other:").strip()


def _wording(clause: Clause) -> Iterator[Block]:
    if clause.wording_is_official:
        yield Paragraph("Wording of the clause, as supplied:")
    else:
        yield Paragraph(
            "The clause in our own words; this is not the text of the agreement, which goes here: "
            f"{blank('wording of the clause')}"
        )
    yield Quotation(clause.wording)
    if clause.sites:
        yield Bullets(
            tuple(
                f"Site named: {site.name}"
                + (f" (also {joined(list(site.aliases))})" if site.aliases else "")
                + (f": {site.note}" if site.note else "")
                for site in clause.sites
            )
        )


def _reading(audit: Audit, policies: tuple[Policy, ...]) -> Iterator[Block]:
    yield Heading(2, "Reading and definitions")
    for policy in policies:
        if policy.clause is not None and policy.clause.reading:
            yield Paragraph(policy.clause.reading)
        for rule in policy.rules:
            yield Heading(3, rule.title)
            yield Table(("Term", "As read here"), definitions(rule, policy, audit.as_of), (1, 4))


def _determination(draft: Draft) -> Iterator[Block]:
    deal = draft.deal
    yield Heading(2, "Determination")
    told = [("Determination date", draft.audit.as_of.isoformat(), "")]
    if not deal.before_closing:
        told.append(("Discovered", deal.discovery_date or "", "date of discovery"))
    told.append(("Inventory prepared by", deal.prepared_by or "", "who prepared the inventory"))
    yield pairs((label, text or blank(what)) for label, text, what in told)


def _statement(draft: Draft) -> Iterator[Block]:
    deal, grounds = draft.deal, draft.to.grounds
    if grounds:
        bad = count_of(grounds)
        verb = "is" if bad.units == 1 else "are"
        yield Paragraph(
            f"{counted(bad.units, 'unit')} on {counted(bad.lines, 'line')}, listed in {draft.condemned}, {verb} "
            f"{UNDER_READING}."
        )
        if deal.before_closing:
            yield Paragraph(
                f"{draft.buyer} asks that they be left out of the sale or replaced by units of proven conforming origin, and "
                "that this be a condition of closing."
            )
        else:
            yield from _positions(draft)
    if draft.asks:
        asked = draft.schedules.by_verdict[Verdict.UNDETERMINED]
        condition = " before closing, and makes it a condition of closing" if deal.before_closing else ""
        yield Paragraph(
            f"{draft.buyer} asks for proof of origin of {counted(asked.units, 'unit')} on {counted(asked.lines, 'line')}, "
            f"listed in Schedule B with the documents that would settle them{condition}. They are not said to be "
            "non-conforming."
        )
    good = draft.schedules.by_verdict[Verdict.CONFORMING]
    if deal.mention_conforming and draft.to.for_breach and good.units:
        yield Paragraph(
            f"To {counted(good.units, 'further unit')} there is no objection at present under this reading on the documents supplied."
        )
    if not grounds and not draft.asks:
        yield Paragraph("Nothing is claimed and nothing is asked for.")


def _positions(draft: Draft) -> Iterator[Block]:
    deal = draft.deal
    if deal.phase is None:
        yield Paragraph(blank("phase of the deal, which decides whether this is a notice or a request"))
    yield Paragraph(
        f"{draft.buyer} gives {draft.to.party.name or blank(f'name of the {draft.to.party.role}')} notice of this "
        "non-conformity, with the particulars of each unit in the schedules."
    )
    yield Table(
        ("Batch", "Units", "Delivered", "Inspected", "Accepted", "Position"),
        (
            (
                one.batch or "not stated",
                f"{one.count.units:,}",
                str(one.facts.delivered or blank("delivered on")),
                str(one.facts.inspected or blank("inspected on")),
                str(one.facts.accepted or ("no" if one.facts.not_accepted else blank("accepted on, or no"))),
                one.words,
            )
            for one in draft.positions
        ),
        (3, 1, 2, 2, 2, 4),
    )
    if draft.to.for_breach:
        for paragraph in statutes(deal, draft.positions, draft.buyer):
            yield Paragraph(paragraph)
    else:
        yield Paragraph(f"{draft.buyer} calls for the remedy claimed below.")


def _remedy(draft: Draft) -> Iterator[Block]:
    if draft.deal.before_closing:
        return
    yield Heading(2, "Remedy claimed")
    if not draft.to.grounds:
        yield Paragraph("No remedy is claimed.")
        return
    claims: dict[tuple[str, str, str], int] = {}
    for ground in draft.to.grounds:
        rule = ground.remedy_of.rule
        apart = (
            "; not to be taken up before counsel has advised" if ground.schedule is Schedule.EMBARGO else ""
        )
        key = (ground.obligor or blank("obligor"), rule.title, f"{claim_words(rule)}{apart}")
        claims[key] = claims.get(key, 0) + ground.case.units
    yield Table(
        ("Owed by", "Under", "Remedy", "Units", "By when"),
        ((*key, f"{units:,}", _by_when(draft, key)) for key, units in claims.items()),
        (3, 3, 5, 1, 3),
    )
    if draft.deal.claims:
        yield pairs((name.capitalize(), text) for name, text in draft.deal.claims)


def _by_when(draft: Draft, claim: tuple[str, str, str]) -> str:
    """Return the period that the agreement gives; the program sets none of its own."""
    days = {
        ground.remedy_of.rule.remedy.days
        for ground in draft.to.grounds
        if ground.remedy_of.rule.title == claim[1]
    }
    stated = [f"within {day} days" for day in sorted(day for day in days if day is not None)]
    return draft.deal.cure or "; ".join(stated) or "the agreement states no period"


def _embargo(draft: Draft) -> Iterator[Block]:
    apart = tuple(ground for ground in draft.to.grounds if ground.schedule is Schedule.EMBARGO)
    named = draft.schedules.embargo_named if draft.asks else 0
    if not apart and not named and not draft.pointing:
        return
    yield Heading(2, "Goods under embargo")
    yield Paragraph(WARNING)
    if apart:
        yield Paragraph(
            f"Schedule C sets apart {counted(count_of(apart).units, 'unit')} of the non-conforming: the evidence, or one side "
            "of it, places their origin in a territory under embargo, or their maker is blocked. Until counsel has advised they "
            "are not to be returned, sold, moved abroad, paid for or replaced by the same route."
        )
    if draft.pointing:
        units = count_of(draft.pointing).units
        yield Paragraph(
            f"{counted(units, 'unit')} of Schedule B {'stands' if units == 1 else 'stand'} in Schedule C too: short of proof, "
            f"all that is stated of {'it' if units == 1 else 'them'} points to such a territory, or to a blocked maker."
        )
    if named:
        yield Paragraph(
            f"For {counted(named, 'unit')} in Schedule B a statement names a territory under embargo; the same care applies "
            "until it is settled."
        )


def _goods(deal: Particulars) -> Iterator[Block]:
    yield Heading(2, "Where the goods are")
    in_use = {True: "they are in use", False: "they are not in use", None: blank("whether they are in use")}[
        deal.in_use
    ]
    yield pairs(
        (
            ("Held at", deal.held_at or blank("where the goods are")),
            ("Use", in_use),
            ("Title and risk", deal.title_and_risk or blank("who bears title and risk")),
        )
    )


def _waivers(draft: Draft) -> Iterator[Block]:
    """Yield the waivers that bind the parties, so that the other side sees what is not claimed and until when."""
    ids = {policy.id for policy in draft.schedules.policies}
    agreed = [use for use in contract_waivers(draft.audit) if use.waiver.policy in ids]
    if not agreed:
        return
    yield Heading(2, "Waivers under the agreement")
    yield Paragraph(
        "Nothing is claimed and no proof is asked for under the requirement waived, for these units and until the day named; all "
        "else is reserved."
    )
    yield Table(
        ("Waiver", "Goods", "Lines", "Units", "Until"),
        (
            (
                instrument_words(use.waiver),
                use.waiver.scope.words,
                f"{use.waives.lines:,}",
                f"{use.waives.units:,}",
                use.waiver.expires.isoformat(),
            )
            for use in agreed
        ),
        (5, 4, 1, 1, 2),
    )


def _reservation(draft: Draft) -> Iterator[Block]:
    yield Heading(2, "Reservation of rights")
    yield Paragraph(
        f"{draft.buyer} reserves all rights and remedies under the agreement and the law that governs it. Nothing here waives "
        "any of them, accepts any unit, or limits the grounds on which other units may be found not to conform."
    )


def _signature(deal: Particulars) -> Iterator[Block]:
    yield Heading(2, "Signature")
    yield pairs(
        (
            ("For", deal.name(PartyRole.BUYER)),
            ("Name and title", deal.signatory or blank("name and title")),
            ("Place and date", blank("place and date")),
            ("Signature", blank("signature")),
        )
    )


def _sources(document: Document) -> Iterator[Block]:
    yield Heading(2, "Schedule of data")
    yield Paragraph("With the same files and the same determination date the outcome is the same.")
    yield sources_table(document)


def sources_table(document: Document) -> Table:
    """Return what the outcome rests on, with dates and digests."""
    return Table(
        ("What", "Name", "Data of", "Detail", "sha256"),
        ((one.kind, one.name, one.day, one.detail, one.sha256) for one in document.sources),
        (2, 3, 2, 5, 4),
    )


def unverified_grounds(grounds: tuple[Ground, ...]) -> tuple[str, ...]:
    """Return the list entries that nobody has verified and that a unit of some grounds rests on."""
    return tuple(
        dict.fromkeys(citation for ground in grounds for citation in ground.remedy_of.rests_on_unverified)
    )
