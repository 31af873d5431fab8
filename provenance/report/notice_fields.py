"""The fields that counsel's own Word template may use: the same letters as the notice, as data instead of blocks."""

from __future__ import annotations

from typing import Any

from provenance.policy.audit import Audit
from provenance.report.document import Document
from provenance.report.matter import Matter, PartyRole
from provenance.report.notice_draft import Draft, drafts_of, title_of
from provenance.report.notice_schedules import count_of
from provenance.report.notice_statement import statement
from provenance.report.prose import Paragraph, blank
from provenance.report.schedules import Ground, Schedule, ask_lines, ground_lines
from provenance.report.words import joined

FIELDS: tuple[tuple[str, str], ...] = (
    ("body", "all letters, laid out; write {{p body }} in a paragraph of its own"),
    ("marks", "what has to stand above every page: DRAFT, SYNTHETIC"),
    ("foot", "what has to stand below every page: the disclaimer and the dates of the data"),
    ("letters[]", "one per addressee: {%p for letter in letters %} ... {%p endfor %}"),
    ("letters[].title", "what it is: a notice, or before closing a request"),
    ("letters[].to, .to_role, .to_address, .to_attention", "the addressee"),
    ("letters[].sender, .sender_address", "the buyer"),
    ("letters[].method", "how the agreement says that notices are given"),
    ("letters[].reference", "our file number"),
    ("letters[].agreement, .agreement_date, .clause, .governing_law", "what the letter relies on"),
    ("letters[].amendments[]", "amendments of the agreement, as texts"),
    (
        "letters[].wordings[].text, .official",
        "the clauses, and whether each is the agreement's own wording",
    ),
    ("letters[].determined, .discovered, .prepared_by", "days, and who prepared the inventory"),
    ("letters[].units, .lines", "how much is non-conforming"),
    ("letters[].statement[]", "the statement, paragraph by paragraph"),
    (
        "letters[].positions[].batch, .units, .delivered, .inspected, .accepted, .position",
        "what the letter does about each batch",
    ),
    ("letters[].schedule_a[]", "non-conforming units: {%tr for unit in letter.schedule_a %}"),
    ("letters[].schedule_c[]", "the same, for units under embargo"),
    (
        "...schedule_a[].serial, .goods, .quantity, .site, .batch, .place",
        "the unit, and its cell in the inventory",
    ),
    (
        "...schedule_a[].ground, .citation, .required, .found, .evidence, .against, .obligor",
        "why, and who owes",
    ),
    ("letters[].schedule_b[]", "units whose origin is to be proven"),
    (
        "...schedule_b[].serial, .goods, .quantity, .site, .batch, .place",
        "the unit, and its cell in the inventory",
    ),
    ("...schedule_b[].wanted, .reason, .evidence", "what would prove it, why it is open, what is on record"),
    ("letters[].held_at, .in_use, .title_and_risk", "where the goods are"),
    ("letters[].signatory", "who signs"),
)
"""Each field with what it holds. A text that nobody gave is a visible blank."""


def notice_fields(audit: Audit, document: Document, matter: Matter | None) -> dict[str, Any]:
    """Return the fields of the letters; see `FIELDS`."""
    return {"letters": [_letter(draft) for draft in drafts_of(audit, document, matter)]}


def _letter(draft: Draft) -> dict[str, Any]:
    deal, party, sender = draft.deal, draft.to.party, draft.deal.party(PartyRole.BUYER)
    bad = count_of(draft.to.grounds)
    in_use = {True: "in use", False: "not in use", None: blank("whether they are in use")}[deal.in_use]
    return {
        "title": title_of(draft),
        "to": party.name or blank(f"name of the {party.role}"),
        "to_role": party.role,
        "to_address": party.address or blank("notice address"),
        "to_attention": party.attention,
        "sender": draft.buyer,
        "sender_address": sender.address or blank("notice address"),
        "method": deal.notice_method or blank("how the agreement says that notices are given"),
        "reference": deal.reference or blank("reference"),
        "agreement": deal.agreement or blank("title of the agreement"),
        "agreement_date": deal.agreement_date or blank("date of the agreement"),
        "amendments": list(deal.amendments),
        "clause": deal.clause or blank("number of the clause"),
        "governing_law": deal.governing_law or blank("governing law"),
        "wordings": [
            {"text": policy.clause.wording, "official": policy.clause.wording_is_official}
            for policy in draft.schedules.policies
            if policy.clause is not None
        ],
        "determined": draft.audit.as_of.isoformat(),
        "discovered": deal.discovery_date or blank("date of discovery"),
        "prepared_by": deal.prepared_by or blank("who prepared the inventory"),
        "units": bad.units,
        "lines": bad.lines,
        "statement": [block.text for block in statement(draft) if isinstance(block, Paragraph)],
        "positions": [
            {
                "batch": one.batch or "not stated",
                "units": one.count.units,
                "delivered": str(one.facts.delivered or blank("delivered on")),
                "inspected": str(one.facts.inspected or blank("inspected on")),
                "accepted": str(
                    one.facts.accepted or ("no" if one.facts.not_accepted else blank("accepted on, or no"))
                ),
                "position": one.words,
            }
            for one in draft.positions
        ],
        "schedule_a": _condemned(draft, Schedule.NON_CONFORMING),
        "schedule_b": _asked(draft) if draft.asks else [],
        "schedule_c": _condemned(draft, Schedule.EMBARGO),
        "held_at": deal.held_at or blank("where the goods are"),
        "in_use": in_use,
        "title_and_risk": deal.title_and_risk or blank("who bears title and risk"),
        "signatory": deal.signatory or blank("name and title"),
    }


def _condemned(draft: Draft, schedule: Schedule) -> list[dict[str, str]]:
    grounds: dict[str, Ground] = {
        ground.case.id: ground for ground in draft.to.grounds if ground.schedule is schedule
    }
    return [
        {
            "serial": line.serial,
            "goods": line.goods,
            "quantity": line.quantity,
            "site": line.site,
            "batch": line.batch,
            "place": line.place,
            "ground": grounds[line.case].title,
            "citation": grounds[line.case].citation,
            "required": grounds[line.case].required,
            "found": grounds[line.case].found,
            "evidence": line.evidence or grounds[line.case].evidence,
            "against": grounds[line.case].against,
            "obligor": grounds[line.case].obligor or blank("obligor"),
        }
        for line in ground_lines(draft.audit, tuple(grounds.values()))
    ]


def _asked(draft: Draft) -> list[dict[str, str]]:
    schedules = draft.schedules
    return [
        {
            "serial": line.serial,
            "goods": line.goods,
            "quantity": line.quantity,
            "site": line.site,
            "batch": line.batch,
            "place": line.place,
            "wanted": joined(schedules.asks[number].needs),
            "reason": schedules.open_findings[line.case].reason.value,
            "evidence": line.evidence or "nothing",
        }
        for number, line in ask_lines(draft.audit, schedules.asks)
    ]
