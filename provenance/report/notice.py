"""The notice of non-conforming equipment as Markdown: a draft in the form that contracts ask for.

The body of the notice stands here, its schedules in `notice_schedules`. Nothing from the catalogue stands in it
except by whom a machine was made, which decides who owes the remedy. It is drawn from `Audit.for_the_other_side`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from provenance.policy.audit import Audit
from provenance.policy.rule import Clause, Policy
from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.markdown import escape, quote, table
from provenance.report.matter import Matter, PartyRole, Phase
from provenance.report.notice_schedules import documents_cited, schedule_asks, schedule_units
from provenance.report.particulars import Particulars, blank, particulars
from provenance.report.schedules import Schedule, Schedules, build_schedules, condemned_in
from provenance.report.terms import definitions, remedy_words
from provenance.report.waivers import contract_waivers, instrument_words
from provenance.report.words import UNDER_READING, VERDICT_MEANINGS, VERDICT_WORDS, counted, joined


def write_notice(audit: Audit, document: Document, matter: Matter | None, path: Path) -> None:
    """Write the notice; every unit that is non-conforming or to be proven stands in a schedule.

    Args:
        audit: The facts.
        document: Their model, for sources and totals.
        matter: What only people know; what it leaves out is a visible blank.
        path: Where to write; UTF-8.
    """
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        out.writelines(_notice(audit, document, matter))


def _notice(audit: Audit, document: Document, matter: Matter | None) -> Iterator[str]:
    schedules = build_schedules(audit)
    clause = next((policy.clause for policy in schedules.policies if policy.clause is not None), None)
    deal = particulars(clause, matter)
    yield from _title(document, deal, schedules)
    yield from _parties(deal)
    yield from _agreement(deal, schedules.policies)
    yield from _reading(audit, schedules.policies)
    yield from _determination(audit, deal)
    yield from _statement(deal, schedules)
    yield from _remedy(schedules)
    yield from _embargo(schedules)
    yield from _reservation(deal)
    yield from _totals(audit, document, schedules)
    yield from _waivers(audit, schedules)
    yield from schedule_units(audit, schedules, Schedule.NON_CONFORMING)
    yield from schedule_asks(audit, schedules)
    yield from schedule_units(audit, schedules, Schedule.EMBARGO)
    yield from documents_cited(document)
    yield from _sources(document)
    yield from _signature(deal)
    yield f"## Disclaimer\n\n{escape(document.disclaimer)}\n\n"
    yield from _working_notes(audit, document, deal, schedules)


def _due(schedules: Schedules) -> bool:
    return schedules.by_verdict[Verdict.NON_CONFORMING].lines > 0


def _title(document: Document, deal: Particulars, schedules: Schedules) -> Iterator[str]:
    subject = "Request for proof of origin"
    if _due(schedules):
        subject = "Notice of non-conforming equipment"
    elif not schedules.asks:
        subject = "Record of conforming equipment"
    yield f"# DRAFT - {subject}\n\n"
    for line in (document.headline.default_policy, document.stamp):
        if line:
            yield f"**{escape(line)}**\n\n"
    yield "DRAFT for review by counsel. Not sent, and no notice until it is signed and sent as the agreement says.\n\n"
    if not _due(schedules):
        yield "No notice is due: no unit is non-conforming under this reading on the evidence listed.\n\n"
    if deal.reference:
        yield f"Our reference: {escape(deal.reference)}\n\n"


def _parties(deal: Particulars) -> Iterator[str]:
    yield "## 1. Parties\n\n"
    yield table(
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
    )


def _agreement(deal: Particulars, policies: tuple[Policy, ...]) -> Iterator[str]:
    yield "## 2. Agreement and clause\n\n"
    for label, text, what in (
        ("Agreement", deal.agreement, "title of the agreement"),
        ("Date", deal.agreement_date, "date of the agreement"),
        ("Clause relied on", deal.clause, "number of the clause"),
        ("Governing law", deal.governing_law, "governing law"),
    ):
        yield f"- {label}: {escape(text or blank(what))}\n"
    yield "\n"
    for policy in policies:
        if policy.clause is None:
            yield (
                f"Rules applied: {escape(policy.title)} ({escape(policy.citation)}). No clause of an agreement was "
                f"given; its wording: {escape(blank('wording of the clause'))}\n\n"
            )
        else:
            yield from _wording(policy.clause)


def _wording(clause: Clause) -> Iterator[str]:
    if clause.wording_is_official:
        yield "Wording of the clause, as supplied:\n\n"
    else:
        yield (
            "The clause in our own words; this is not the text of the agreement, which goes here: "
            f"{escape(blank('wording of the clause'))}\n\n"
        )
    yield quote(clause.wording)
    for site in clause.sites:
        names = f" (also {escape(joined(list(site.aliases)))})" if site.aliases else ""
        note = f": {escape(site.note)}" if site.note else ""
        yield f"- Site named: {escape(site.name)}{names}{note}\n"
    if clause.sites:
        yield "\n"


def _reading(audit: Audit, policies: tuple[Policy, ...]) -> Iterator[str]:
    yield "## 3. Reading adopted\n\n"
    for policy in policies:
        if policy.clause is not None and policy.clause.reading:
            yield f"{escape(policy.clause.reading)}\n\n"
        for rule in policy.rules:
            yield f"### {escape(rule.title)}\n\n"
            yield table(("Term", "As read here"), definitions(rule, policy, audit.as_of))


def _determination(audit: Audit, deal: Particulars) -> Iterator[str]:
    yield "## 4. Determination\n\n"
    for label, text, what in (
        ("Determination date", audit.as_of.isoformat(), ""),
        ("Delivered", deal.delivery_date, "date of delivery"),
        ("Discovered", deal.discovery_date, "date of discovery"),
        ("Inventory prepared by", deal.prepared_by, "who prepared the inventory"),
        ("Goods held at", deal.goods_held_at, "where the goods are held"),
    ):
        yield f"- {label}: {escape(text or blank(what))}\n"
    yield "\n"


def _statement(deal: Particulars, schedules: Schedules) -> Iterator[str]:
    yield "## 5. Statement\n\n"
    bad = schedules.by_verdict[Verdict.NON_CONFORMING]
    asked = schedules.by_verdict[Verdict.UNDETERMINED]
    buyer = escape(deal.name(PartyRole.BUYER))
    if bad.lines:
        yield (
            f"{counted(bad.units, 'unit')} on {counted(bad.lines, 'line')}, listed in {condemned_in(schedules)}, "
            f"{'is' if bad.units == 1 else 'are'} {UNDER_READING}. {_position(deal, buyer)}\n\n"
        )
        yield table(("Obligor", "Units non-conforming", "Lines"), _per_obligor(schedules))
    if asked.lines:
        yield (
            f"{buyer} asks for proof of origin of {counted(asked.units, 'unit')} on "
            f"{counted(asked.lines, 'line')}, listed in Schedule B with the documents that would settle them. They "
            "are not said to be non-conforming.\n\n"
        )
    if not bad.lines and not asked.lines:
        yield "Nothing is claimed and nothing is asked for.\n\n"


def _position(deal: Particulars, buyer: str) -> str:
    match deal.phase:
        case Phase.BEFORE_SIGNING:
            return f"{buyer} asks that they be left out or replaced before signing."
        case Phase.BEFORE_DELIVERY:
            return f"{buyer} asks that conforming units be delivered in their place."
        case Phase.BEFORE_ACCEPTANCE:
            return f"{buyer} rejects these units, and no others."
        case Phase.AFTER_ACCEPTANCE:
            return f"{buyer} gives notice that these units, though accepted, do not conform."
        case None:
            return escape(blank("rejection, revocation of acceptance, or notice of breach"))


def _per_obligor(schedules: Schedules) -> list[tuple[str, str, str]]:
    units: dict[str, int] = {}
    lines: dict[str, int] = {}
    for ground in schedules.grounds:
        units[ground.obligor] = units.get(ground.obligor, 0) + ground.case.units
        lines[ground.obligor] = lines.get(ground.obligor, 0) + ground.case.lines
    return [
        (obligor or blank("obligor"), f"{units[obligor]:,}", f"{lines[obligor]:,}")
        for obligor in sorted(units)
    ]


def _remedy(schedules: Schedules) -> Iterator[str]:
    yield "## 6. Remedy\n\n"
    if not schedules.grounds:
        yield "No remedy is claimed.\n\n"
        return
    claims: dict[tuple[str, str, str], int] = {}
    for ground in schedules.grounds:
        rule = ground.remedy_of.rule
        key = (ground.obligor or blank("obligor"), rule.title, remedy_words(rule))
        claims[key] = claims.get(key, 0) + ground.case.units
    yield table(
        ("Obligor", "Under", "Remedy claimed", "Units"),
        ((*key, f"{units:,}") for key, units in claims.items()),
    )


def _embargo(schedules: Schedules) -> Iterator[str]:
    count = schedules.counts[Schedule.EMBARGO]
    yield "## 7. Goods under embargo\n\n"
    if not count.lines and not schedules.embargo_named:
        yield "No statement on a unit of these schedules names a territory under embargo.\n\n"
    if count.lines:
        yield (
            f"Schedule C sets apart {counted(count.units, 'unit')} of the non-conforming: the evidence, or one side "
            "of it, places their origin in a territory under embargo. Until counsel has advised they are not to be "
            "returned, sold, moved abroad or replaced by the same route.\n\n"
        )
    if schedules.embargo_named:
        yield (
            f"For {counted(schedules.embargo_named, 'unit')} in Schedule B a statement names a territory under "
            "embargo; the same care applies until it is settled.\n\n"
        )


def _reservation(deal: Particulars) -> Iterator[str]:
    yield (
        f"## 8. Reservation of rights\n\n{escape(deal.name(PartyRole.BUYER))} reserves all rights and remedies under "
        "the agreement and the law that governs it. Nothing here waives any of them, accepts any unit, or limits the "
        "grounds on which other units may be found not to conform.\n\n"
    )


def _place(verdict: Verdict, schedules: Schedules) -> str:
    if not schedules.by_verdict[verdict].lines:
        return ""
    match verdict:
        case Verdict.NON_CONFORMING:
            return condemned_in(schedules)
        case Verdict.UNDETERMINED:
            return "Schedule B"
        case Verdict.WAIVED | Verdict.CONFORMING | Verdict.OUT_OF_SCOPE:
            return "count only"


def _totals(audit: Audit, document: Document, schedules: Schedules) -> Iterator[str]:
    yield "## 9. Totals\n\n"
    summary = audit.summary
    rows = [
        (
            VERDICT_WORDS[verdict],
            f"{count.lines:,}",
            f"{count.units:,}",
            _place(verdict, schedules),
            VERDICT_MEANINGS[verdict],
        )
        for verdict, count in schedules.by_verdict.items()
    ]
    rows.append(("all equipment", f"{summary.lines:,}", f"{summary.units:,}", "", ""))
    rows.append(("rejected rows", f"{summary.rejected:,}", "", "", "totals, notes, blank rows, no quantity"))
    rows.append(("rows read", f"{summary.rows_read:,}", "", "", ""))
    yield table(("", "Lines", "Units", "Where", "Meaning"), rows)
    beyond = document.reconciliation[2 if summary.lines else 1 :]
    yield " ".join(escape(sentence) for sentence in beyond)
    yield "\n\n" if beyond else ""


def _waivers(audit: Audit, schedules: Schedules) -> Iterator[str]:
    """Yield the waivers that bind the parties, so that the other side sees what is not claimed and until when."""
    ids = {policy.id for policy in schedules.policies}
    agreed = [use for use in contract_waivers(audit) if use.waiver.policy in ids]
    if not agreed:
        return
    yield (
        "## Waivers under the agreement\n\nNothing is claimed and no proof is asked for under the requirement waived, "
        "for these units and until the day named; all else is reserved.\n\n"
    )
    yield table(
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
    )


def _sources(document: Document) -> Iterator[str]:
    yield "## Digests\n\nWith the same files and the same determination date the outcome is the same.\n\n"
    yield table(
        ("What", "Name", "Data of", "Detail", "sha256"),
        ((entry.kind, entry.name, entry.day, entry.detail, entry.sha256) for entry in document.sources),
    )
    yield f"Made by {escape(document.tool)}, as of {document.as_of}.\n\n"


def _signature(deal: Particulars) -> Iterator[str]:
    yield (
        f"## Signature\n\nFor {escape(deal.name(PartyRole.BUYER))}\n\n"
        f"Name and title: {escape(deal.signatory or blank('name and title'))}\n\n"
        f"Place and date: {escape(blank('place and date'))}\n\nSignature: {escape(blank('signature'))}\n\n"
    )


def _working_notes(
    audit: Audit, document: Document, deal: Particulars, schedules: Schedules
) -> Iterator[str]:
    notes = [f"Missing: {what}" for what in deal.missing()]
    notes += [
        f"Missing: the official wording of the clause ({policy.id})"
        for policy in schedules.policies
        if policy.clause is None or not policy.clause.wording_is_official
    ]
    if not all(ground.obligor for ground in schedules.grounds):
        notes.append("Missing: who owes the remedy for makers that the clause does not name")
    for ground in schedules.grounds:
        notes += [
            f"Nobody has verified this list entry, on which a unit in the schedules rests: {citation}."
            for citation in ground.remedy_of.rests_on_unverified
        ]
    others = [policy.id for policy in audit.policies if policy not in schedules.policies]
    if others:
        notes.append(f"Also judged in this run, and no part of this notice: {joined(others)}.")
    notes += document.warnings
    yield "---\n\n## Working notes: remove before sending\n\n"
    if not notes:
        yield "Nothing is missing.\n"
    for note in dict.fromkeys(notes):
        yield f"- {escape(note)}\n"
