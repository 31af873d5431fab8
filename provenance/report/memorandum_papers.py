"""What stands in the memorandum of other papers: waivers, documents, schedules, disclosures and an earlier report."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.report.document import Document
from provenance.report.prose import Block, Bullets, Heading, Paragraph, Table
from provenance.report.words import VERDICT_WORDS, joined


def paper_blocks(document: Document) -> Iterator[Block]:
    """Yield a section for each kind of paper that the run was given."""
    yield from _waivers(document)
    yield from _documents(document)
    yield from _document_findings(document)
    yield from _deliveries(document)
    yield from _disclosure(document)
    yield from _since(document)
    yield from _exchanges(document)


def _waivers(document: Document) -> Iterator[Block]:
    if not document.waivers:
        return
    yield Heading(2, "Waivers")
    yield Table(
        (
            "Waiver",
            "Kind",
            "Status",
            "Rule",
            "Scope",
            "Units",
            "Without it",
            "Owner, approver",
            "Until",
            "Why",
        ),
        (
            (
                entry.id,
                entry.kind,
                f"{entry.status}{', expires soon' if entry.soon else ''}",
                entry.rule,
                entry.scope,
                f"{entry.units:,}",
                entry.was,
                joined([entry.owner, entry.approver]),
                entry.expires,
                "; ".join(
                    text for text in (entry.reason, entry.comment, entry.instrument, entry.note) if text
                ),
            )
            for entry in document.waivers
        ),
        (2, 2, 2, 3, 3, 1, 3, 3, 2, 5),
    )


def _documents(document: Document) -> Iterator[Block]:
    if not document.documents:
        return
    yield Heading(2, "Documents and doubts about them")
    yield Table(
        ("Document", "Page", "Kind", "Stated by", "Says", "Names", "Units", "What to ask"),
        (
            (
                entry.document,
                entry.page,
                f"{entry.kind}, {entry.status}" if entry.status else entry.kind,
                entry.stated_by,
                entry.says,
                entry.covers,
                f"{entry.units:,}",
                entry.note,
            )
            for entry in document.documents
        ),
        (3, 1, 2, 2, 2, 3, 1, 5),
    )


def _document_findings(document: Document) -> Iterator[Block]:
    if not document.document_findings:
        return
    yield Heading(2, "Questions about documents")
    yield Table(
        ("Documents", "Question", "Units", "Clears until answered", "Where"),
        (
            (
                entry.documents,
                entry.question,
                f"{entry.units:,}",
                "no" if entry.stops_clearing else "yes",
                entry.places,
            )
            for entry in document.document_findings
        ),
        (3, 7, 1, 2, 3),
    )


def _deliveries(document: Document) -> Iterator[Block]:
    if not document.deliveries:
        return
    yield Heading(2, "Contracted and delivered")
    yield Table(
        ("Lot", "Model", "Contracted", "Delivered", "Documents cover", "Verdicts", "Note", "Where"),
        (
            (
                entry.lot,
                entry.model,
                f"{entry.contracted:,}",
                f"{entry.delivered:,}",
                f"{entry.covered:,}",
                joined([f"{units:,} {VERDICT_WORDS[verdict]}" for verdict, units in entry.by_verdict]),
                entry.remark,
                entry.place,
            )
            for entry in document.deliveries
        ),
        (3, 3, 2, 2, 2, 4, 4, 3),
    )


def _disclosure(document: Document) -> Iterator[Block]:
    if document.disclosure is None:
        return
    yield Heading(2, "Disclosed by the seller")
    yield Bullets(document.disclosure.sentences)
    yield Table(
        ("What", "Serial", "Where", "Units", "Verdict"),
        (
            (one.what, one.serial, one.place, f"{one.units:,}", one.verdict)
            for one in document.disclosure.units
        ),
        (4, 4, 4, 1, 3),
    )


def _since(document: Document) -> Iterator[Block]:
    found = document.comparison
    if found is None:
        return
    yield Heading(2, found.title)
    yield Table(
        ("Change", "Findings", "Units", "Meaning"),
        ((one.change.value, f"{one.findings:,}", f"{one.units:,}", one.meaning) for one in found.totals),
        (2, 1, 1, 6),
    )
    if found.first:
        yield Paragraph("The first of each kind; the json and xlsx reports hold all of them.")
        yield Table(
            ("Change", "Rule", "Machine", "Before", "Now", "Why"),
            ((one.change, one.rule, one.machine, one.before, one.now, one.why) for one in found.first),
            (2, 3, 3, 3, 3, 5),
        )
    if found.notes:
        yield Bullets(found.notes)


def _exchanges(document: Document) -> Iterator[Block]:
    if not document.exchanges:
        return
    yield Heading(2, "Replacements, board swaps and returns")
    yield Table(
        ("Kind", "Old", "New", "Day", "Outcome", "As much work", "Note", "Where"),
        (
            (one.kind, one.old, one.new, one.day, one.outcome, one.parity, one.note, one.place)
            for one in document.exchanges
        ),
        (2, 3, 3, 2, 3, 3, 4, 3),
    )
