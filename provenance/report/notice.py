"""What goes out: a notice of non-conforming equipment, or before closing a request, to each addressee a letter.

Nothing from the catalogue stands in it except by whom a machine was made, which decides who owes the remedy; nothing of the
memorandum either: no plants, no other readings, no waiver of ours, no doubts. It is drawn from `Audit.for_the_other_side`, and
what it states stands in `notice_statement`, its schedules in `notice_schedules`.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.audit import Audit
from provenance.policy.policy import Clause, Policy
from provenance.report.document import Document
from provenance.report.matter import Matter, PartyRole
from provenance.report.notice_draft import Draft, drafts_of, title_of
from provenance.report.notice_schedules import documents_cited, schedule_asks, schedule_units
from provenance.report.notice_statement import embargo, remedy, statement
from provenance.report.particulars import NoticeParty, Particulars
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
from provenance.report.schedules import Ground, Schedule
from provenance.report.terms import definitions
from provenance.report.waivers import contract_waivers, instrument_words
from provenance.report.words import joined

DRAFT = (
    "DRAFT for review by counsel. Not sent, and no notice until it is signed and sent as the agreement says."
)


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


def foot(document: Document) -> str:
    """Return what stands below every page: the disclaimer, and the dates of the data."""
    days = sorted({source.day for source in document.sources if source.day})
    dated = f" Data of {days[0]}." if len(days) == 1 else f" Data of {days[0]} to {days[-1]}." if days else ""
    return f"{document.disclaimer} Determined as of {document.as_of}.{dated} {document.tool}."


def _letter(draft: Draft) -> Iterator[Block]:
    yield from _head(draft)
    yield from _parties(draft.deal)
    yield from _agreement(draft.deal, draft.schedules.policies)
    yield from _reading(draft.audit, draft.schedules.policies)
    yield from _determination(draft)
    yield Heading(2, "Statement")
    yield from statement(draft)
    yield from remedy(draft)
    yield from embargo(draft)
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
