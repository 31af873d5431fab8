"""What stays in: the memorandum to whoever decides, with all that a letter to the other side must not hold.

Conforming units with their proof, other readings, waivers, doubts about documents, general knowledge, what was not read, how
every column was taken, and the proof that the figures reconcile.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.evidence import STATEMENT_GRADES
from provenance.inventory.table import Role
from provenance.policy.audit import Audit
from provenance.policy.explain import GRADE_PHRASES, proof_words
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.addressees import addressees
from provenance.report.document import Document
from provenance.report.entries import case_title, place
from provenance.report.matter import Matter
from provenance.report.memorandum_papers import paper_blocks
from provenance.report.notice import foot, sources_table, unverified_grounds
from provenance.report.notice_draft import deal_of
from provenance.report.particulars import Particulars
from provenance.report.prose import Block, Bullets, Heading, Letter, Paper, Paragraph, Table, pairs, sections
from provenance.report.sale_law import cautions, not_carried, positions
from provenance.report.schedules import Schedules, batch_counts, build_schedules
from provenance.report.texts import as_texts
from provenance.report.words import VERDICT_WORDS, counted, joined, one_line

PRIVILEGED = "Privileged and confidential, prepared at the direction of counsel, draft"


@dataclass(frozen=True, slots=True)
class _Memo:
    """All that the memorandum is written from."""

    audit: Audit
    document: Document
    deal: Particulars
    schedules: Schedules


def memorandum_paper(audit: Audit, document: Document, matter: Matter | None) -> Paper:
    """Return the memorandum.

    Args:
        audit: The facts.
        document: Their model.
        matter: What only people know; what it leaves out is listed.
    """
    schedules = build_schedules(audit)
    memo = _Memo(audit, document, deal_of(schedules, matter), schedules)
    marks = (PRIVILEGED, document.stamp, document.headline.default_policy)
    return Paper(
        marks=tuple(mark for mark in marks if mark),
        foot=foot(document),
        letters=(Letter("Memorandum on the origin of equipment", sections(_memorandum(memo))),),
    )


def _memorandum(memo: _Memo) -> Iterator[Block]:
    yield from _outcome(memo)
    yield from _missing(memo)
    yield from _embargo(memo.document)
    yield from _readings(memo.document)
    yield from _conforming(memo)
    yield from paper_blocks(memo.document)
    yield from _cases(memo.document)
    yield from _not_read(memo)
    yield from _columns(memo.audit)
    yield from _method(memo)
    yield Heading(2, "Data and digests")
    yield sources_table(memo.document)


def _outcome(memo: _Memo) -> Iterator[Block]:
    document = memo.document
    yield Heading(2, "Outcome")
    yield Paragraph(document.headline.sentence, strong=True)
    yield Paragraph(document.headline.next_step)
    totals = [*document.totals, *document.reasons]
    yield Table(
        ("", "Lines", "Units", "Meaning"),
        (
            (
                f"undetermined, {one.label}" if one.reason else one.label,
                f"{one.lines:,}",
                f"{one.units:,}",
                one.meaning,
            )
            for one in totals
        ),
        (3, 1, 1, 6),
    )
    yield Bullets(document.reconciliation)
    if document.warnings:
        yield Heading(3, "Warnings")
        yield Bullets(document.warnings)


def _missing(memo: _Memo) -> Iterator[Block]:
    """What has to be filled in, decided or checked before a letter goes out."""
    deal, schedules = memo.deal, memo.schedules
    notes = [f"Missing: {what}." for what in deal.missing()]
    notes += [
        f"Missing: the official wording of the clause ({policy.id})."
        for policy in schedules.policies
        if policy.clause is None or not policy.clause.wording_is_official
    ]
    taken = positions(deal, batch_counts(memo.audit, schedules.grounds)) if schedules.grounds else ()
    notes += [*not_carried(deal, taken), *(cautions(deal, taken) if not deal.before_closing else ())]
    letters = addressees(schedules, deal)
    if any(one.party.name is None for one in letters):
        notes.append("Missing: who owes the remedy for makers that the clause does not name.")
    notes += [
        f"Nobody has verified this list entry, on which a unit in the schedules rests: {citation}."
        for citation in unverified_grounds(schedules.grounds)
    ]
    others = [policy.id for policy in memo.audit.policies if policy not in schedules.policies]
    if others:
        notes.append(f"Also judged in this run, and no part of the letters: {joined(others)}.")
    yield Heading(2, "Before anything is sent")
    yield Paragraph(
        f"{counted(len(letters), 'letter')}: "
        + "; ".join(
            f"to {one.party.name or one.party.role}, {counted(sum(g.case.units for g in one.grounds), 'unit')} non-conforming"
            for one in letters
        )
        + "."
    )
    yield Bullets(tuple(dict.fromkeys(notes)) or ("Nothing is missing.",))


def _readings(document: Document) -> Iterator[Block]:
    if not document.readings:
        return
    yield Heading(2, "Other readings")
    yield Paragraph(
        "The letters and the exit code follow the declared reading alone. What each other reading would make of the same units:"
    )
    verdicts = [count.label for count in document.readings[0].counts]
    yield Table(
        ("Reading", *verdicts, "Changed", "Cleared as declared, not here", "Note"),
        (
            (
                f"{entry.title} (declared)" if entry.declared else entry.title,
                *(f"{count.units:,}" for count in entry.counts),
                f"{entry.changed_units:,}",
                f"{entry.uncleared_units:,}",
                entry.note,
            )
            for entry in document.readings
        ),
        (4, *(1 for _ in verdicts), 1, 1, 6),
    )
    for entry in document.readings:
        if entry.declared or entry.changes:
            yield Paragraph(f"{entry.title or entry.reading}:")
            yield Bullets(entry.told())
        if entry.changes:
            yield Table(
                ("Case", "Machines", "Declared", "Under this reading", "Lines", "Units"),
                (
                    (
                        change.case,
                        change.title,
                        VERDICT_WORDS[change.declared],
                        VERDICT_WORDS[change.verdict],
                        f"{change.lines:,}",
                        f"{change.units:,}",
                    )
                    for change in entry.changes
                ),
                (3, 5, 3, 3, 1, 1),
            )


def _embargo(document: Document) -> Iterator[Block]:
    if not document.embargo:
        return
    yield Heading(2, "Goods under embargo")
    yield Paragraph(document.embargo_warning, strong=True)
    yield Table(
        ("Case", "Machines", "Verdict", "Lines", "Units", "Why"),
        (
            (entry.id, entry.title, entry.words, f"{entry.lines:,}", f"{entry.units:,}", entry.embargo)
            for entry in document.embargo
        ),
        (3, 5, 3, 1, 1, 6),
    )


def _conforming(memo: _Memo) -> Iterator[Block]:
    import polars as pl

    cases = [case for case in memo.audit.cases if case.verdict is Verdict.CONFORMING]
    yield Heading(2, "Conforming units and their proof")
    if not cases:
        yield Paragraph("No unit is proven to conform.")
        return
    yield Paragraph("Each is cleared under the declared reading only, by the documents listed beside it.")
    yield Bullets(memo.document.clearance)
    order = {case.id: place for place, case in enumerate(cases)}
    rows = (
        as_texts(memo.audit.machines)
        .filter(pl.col("case").is_in(list(order)))
        .select("case", "file", "sheet", "cell", "serial", "maker", "model", "counted", "evidence")
        .collect(engine="streaming")
    )
    for case in cases:
        own = rows.filter(pl.col("case") == case.id)
        yield Heading(3, f"{case_title(case)}, {counted(case.units, 'unit')}")
        yield Table(
            ("Serial", "As listed", "Units", "Where", "Proof"),
            (
                (
                    one_line(row["serial"] or "not stated"),
                    one_line(" ".join(text for text in (row["maker"], row["model"]) if text)),
                    str(row["counted"]),
                    place(row["file"], row["sheet"], row["cell"]),
                    one_line(row["evidence"] or ""),
                )
                for row in own.iter_rows(named=True)
            ),
            (3, 3, 1, 3, 5),
        )


def _cases(document: Document) -> Iterator[Block]:
    open_cases = [case for case in document.cases if case.verdict is not Verdict.CONFORMING]
    if not open_cases:
        return
    yield Heading(2, "Cases and reasoning")
    for case in open_cases:
        yield Heading(3, f"{case.title}, {counted(case.units, 'unit')}: {case.words}")
        told = [("Case", case.id), ("Sites", "; ".join(f"{site} {units:,}" for site, units in case.sites))]
        told += [
            ("Identified", case.identified),
            ("General knowledge", case.likely),
            ("Oddities", "; ".join(case.flags)),
        ]
        for finding in case.findings:
            told.append((finding.rule, f"{finding.words}. {finding.sentence}"))
            told.append(("Says otherwise", "; ".join(finding.contesting)))
            told.append(("Left open", "; ".join(finding.open_questions)))
            told.append(("To settle it", finding.would_clear))
            told.append(("Unverified list entries", "; ".join(finding.unverified)))
        yield pairs((label, text) for label, text in told if text)


def _not_read(memo: _Memo) -> Iterator[Block]:
    yield Heading(2, "What was not read, or is no machine")
    odd = [f"{file.name}: {one_line(oddity)}" for file in memo.audit.inputs for oddity in file.oddities]
    odd += [
        f"{place(table.file, table.sheet, f'rows {table.first_row} to {table.last_row}')}: {one_line(oddity)}"
        for file in memo.audit.inputs
        for table in file.tables
        for oddity in table.oddities
    ]
    yield Bullets(tuple(odd) or ("Every part of every input was read.",))
    if memo.document.rejected:
        yield Table(
            ("Where", "Why", "Text"),
            ((entry.place, entry.why, entry.text) for entry in memo.document.rejected),
            (3, 3, 6),
        )


def _columns(audit: Audit) -> Iterator[Block]:
    yield Heading(2, "How columns were read")
    yield Table(
        ("Table", "Column", "Header", "Taken for", "Why"),
        (
            (
                place(table.file, table.sheet, f"header row {table.header_row or 'none'}"),
                column.letter,
                one_line(column.header),
                column.field.value if column.field is not None else "nothing",
                one_line(column.reason),
            )
            for file in audit.inputs
            for table in file.tables
            if table.role is Role.INVENTORY
            for column in table.columns
        ),
        (4, 2, 4, 3, 6),
    )


def _method(memo: _Memo) -> Iterator[Block]:
    yield Heading(2, "Method")
    yield Paragraph(
        "Machines whose facts lead to the same judgement form one case. For each the statements about the goods are taken "
        "together: those that agree narrow the origin, those that do not stand as sides of a conflict. A machine is "
        "non-conforming when statements strong enough under the rule place it wholly where the rule prohibits, conforming when "
        "statements strong enough exclude every possibly prohibited origin and none says otherwise, and undetermined in every "
        "other case. A model name, a maker's plants, a MAC address and a likeness of texts prove nothing."
    )
    yield Paragraph(
        "Grades of statements about the goods, strongest first: "
        f"{'; '.join(GRADE_PHRASES[grade] for grade in STATEMENT_GRADES)}."
    )
    for policy in memo.audit.policies:
        for rule in policy.rules:
            yield Paragraph(
                f"{rule.id}: clears from {proof_words(rule.clears_from)}, condemns from {proof_words(rule.condemns_from)}."
            )
