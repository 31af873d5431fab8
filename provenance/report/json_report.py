"""The report for programs: exact texts, sorted keys, one case or machine per line, machines streamed in batches."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from provenance.evidence import Piece
from provenance.inventory.inspect import file_particulars, mapping_of, table_particulars
from provenance.inventory.table import InputFile
from provenance.origin.conclude import Conclusion
from provenance.origin.paper_findings import PaperFinding
from provenance.policy.audit import Audit, Case, Count, DocumentUse, Finding
from provenance.policy.deliveries import Delivery
from provenance.policy.explain import subject_words
from provenance.policy.explain_makers import entry_words
from provenance.policy.policy import Policy
from provenance.policy.rule import Rule
from provenance.policy.verdict import Verdict
from provenance.report.asks import Ask
from provenance.report.document import Document, PolicyEntry
from provenance.report.entries import case_title
from provenance.report.matter import Matter
from provenance.report.since import baseline_record, change_lines, exchange_record
from provenance.report.totals import Total
from provenance.report.waivers import waived_record, waiver_record

if TYPE_CHECKING:
    import polars as pl

SCHEMA = "provenance-report/1"


def write_json(audit: Audit, document: Document, matter: Matter | None, path: Path) -> None:
    """Write the report; memory does not grow with the number of machines.

    Args:
        audit: The facts.
        document: Its model, for totals per policy and what to ask for.
        matter: The matter file, where there is one.
        path: Where to write; UTF-8.
    """
    parts: dict[str, Any] = _head(audit, document, matter)
    with path.open("wb") as out:
        out.write(b"{")
        first = True
        for key in sorted([*parts, "cases", "changes", "machines", "rejected"]):
            out.write(b"\n" if first else b",\n")
            first = False
            out.write(f'"{key}": '.encode())
            match key:
                case "cases":
                    _write_list(out, (_text(_case(case)) for case in audit.cases))
                case "changes":
                    _write_list(out, change_lines(audit.comparison))
                case "rejected":
                    _write_list(out, (_text(asdict(row)) for row in audit.rejected))
                case "machines":
                    _write_machines(out, audit)
                case _ if isinstance(parts[key], list):
                    _write_list(out, (_text(item) for item in parts[key]))
                case _:
                    out.write(_text(parts[key]).encode())
        out.write(b"\n}\n")


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _write_list(out: IO[bytes], items: Iterable[str]) -> None:
    out.write(b"[")
    separator = b"\n"
    for item in items:
        out.write(separator)
        # A lone surrogate is no UTF-8; a cell that holds one must not stop the report.
        out.write(item.encode("utf-8", "backslashreplace"))
        separator = b",\n"
    out.write(b"]" if separator == b"\n" else b"\n]")


def _write_machines(out: IO[bytes], audit: Audit) -> None:
    out.write(b"[")
    started = False
    for batch in _sorted_batches(audit):
        lines = io.BytesIO()
        batch.write_ndjson(lines)
        text = lines.getvalue().rstrip(b"\n")
        if text:
            # Line ends inside a text are escaped, so each one left ends a machine.
            out.write(b",\n" if started else b"\n")
            out.write(text.replace(b"\n", b",\n"))
            started = True
    out.write(b"\n]" if started else b"]")


def _sorted_batches(audit: Audit) -> Iterator[pl.DataFrame]:
    for batch in audit.batches():
        yield batch.select(sorted(batch.columns))


def _head(audit: Audit, document: Document, matter: Matter | None) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "tool": audit.tool,
        "as_of": audit.as_of.isoformat(),
        "synthetic": audit.synthetic,
        "stamp": document.stamp,
        "disclaimer": document.disclaimer,
        "verdict": audit.verdict.value,
        "headline": document.headline.sentence,
        "next_step": document.headline.next_step,
        "clearance": list(document.clearance),
        "embargo": {
            "warning": document.embargo_warning,
            "cases": [
                {"case": entry.id, "why": entry.embargo, "units": entry.units, "lines": entry.lines}
                for entry in document.embargo
            ],
        },
        "policy_is_default": audit.policy_is_default,
        "matter": asdict(matter) if matter is not None else None,
        "inputs": [_input(file) for file in audit.inputs],
        "registers": [{"name": name, "sha256": digest} for name, digest in audit.registers],
        "policies": [
            _policy(policy, entry, audit)
            for policy, entry in zip(audit.policies, document.policies, strict=True)
        ],
        "catalog": asdict(audit.catalog),
        "lists": _lists(audit),
        "summary": _summary(audit),
        "asks": [_ask(ask) for ask in document.asks],
        "documents": [_document(use) for use in audit.documents],
        "schedule": _schedule(audit),
        "deliveries": [_delivery(delivery) for delivery in audit.deliveries],
        "disclosure": _disclosure(audit),
        "document_findings": [_document_finding(finding) for finding in audit.paper_findings],
        "waivers": [waiver_record(use) for use in audit.waivers],
        "waiver_files": [{"name": name, "sha256": digest} for name, digest in audit.waiver_files],
        "baseline": baseline_record(audit.comparison),
        "replacements": [exchange_record(use) for use in audit.exchanges],
        "warnings": list(audit.warnings),
    }


def _input(file: InputFile) -> dict[str, Any]:
    tables = [
        {**table_particulars(table), "columns": mapping_of(table), "oddities": list(table.oddities)}
        for table in file.tables
    ]
    return {**file_particulars(file), "tables": tables}


def _ask(ask: Ask) -> dict[str, Any]:
    told = {**asdict(ask), "goods": ask.goods}
    # The groups repeat the order, batch and site of the machines listed below.
    del told["groups"]
    return told


def _document(use: DocumentUse) -> dict[str, Any]:
    return {
        **asdict(use.line),
        "atoms": sorted(use.line.atoms),
        "units": use.units,
        "use": use.note,
        "questions": [
            {**asdict(question), "stops_clearing": question.flag.stops_clearing} for question in use.questions
        ],
        "seen": use.seen,
    }


def _schedule(audit: Audit) -> dict[str, Any] | None:
    return asdict(audit.schedule) if audit.schedule is not None else None


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        **asdict(delivery),
        "by_verdict": {verdict.value: units for verdict, units in delivery.by_verdict.items()},
        "short": delivery.short,
        "over": delivery.over,
        "wrong_model": delivery.wrong_model,
    }


def _disclosure(audit: Audit) -> dict[str, Any] | None:
    disclosure = audit.disclosure
    if disclosure is None:
        return None
    return {
        "name": disclosure.file.name,
        "sha256": disclosure.file.sha256,
        "unnamed": disclosure.file.unnamed,
        "disclosed_non_conforming": disclosure.disclosed_non_conforming,
        "disclosed_otherwise": disclosure.disclosed_otherwise,
        "undisclosed_units": disclosure.undisclosed_units,
        "disclosed": [asdict(unit) for unit in disclosure.disclosed],
        "undisclosed": [asdict(unit) for unit in disclosure.undisclosed],
        "lacking": list(disclosure.lacking),
    }


def _document_finding(finding: PaperFinding) -> dict[str, Any]:
    return {**asdict(finding), "stops_clearing": finding.flag.stops_clearing}


def _summary(audit: Audit) -> dict[str, Any]:
    summary = audit.summary
    return {
        "rows_read": summary.rows_read,
        "lines": summary.lines,
        "units": summary.units,
        "by_verdict": {verdict.value: _count(count) for verdict, count in summary.by_verdict.items()},
        "by_reason": {reason.value: _count(count) for reason, count in summary.by_reason.items()},
        "rejected": summary.rejected,
        "also_listed": summary.also_listed,
        "complete": summary.complete,
    }


def _count(count: Count | Total) -> dict[str, int]:
    return {"lines": count.lines, "units": count.units}


def _policy(policy: Policy, entry: PolicyEntry, audit: Audit) -> dict[str, Any]:
    return {
        "id": policy.id,
        "kind": policy.kind,
        "title": policy.title,
        "citation": policy.citation,
        "file": policy.file,
        "sha256": policy.sha256,
        "counts": {total.verdict.value: _count(total) for total in entry.totals},
        "rules": [_rule(rule) for rule in policy.rules],
        "readings": [
            {
                "id": outcome.reading,
                "title": outcome.title,
                "note": outcome.note,
                "declared": outcome.declared,
                "counts": {
                    verdict.value: _count(outcome.by_verdict.get(verdict, Count(0, 0))) for verdict in Verdict
                },
                "changed_units": outcome.changed_units,
                "uncleared_units": outcome.uncleared_units,
                "hashrates": {
                    verdict.value: [asdict(rate) for rate in rates]
                    for verdict, rates in outcome.hashrates.items()
                    if rates
                },
                "sites": {
                    site: {verdict.value: _count(count) for verdict, count in counts.items()}
                    for site, counts in outcome.sites.items()
                },
                "changes": [asdict(change) for change in outcome.changes],
            }
            for outcome in audit.readings
            if outcome.policy == policy.id
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "citation": rule.citation,
        "facet": rule.facet.value if rule.facet is not None else None,
        "subject": subject_words(rule),
        "test_date": rule.test_date.value,
        "clears_from": rule.clears_from.value,
        "condemns_from": rule.condemns_from.value,
        "effect": rule.effect.value,
        "areas": {area: treatment.value for area, treatment in rule.areas.items()},
        "lists": list(rule.lists),
        "remedy": rule.remedy.kind,
    }


def _lists(audit: Audit) -> list[dict[str, Any]]:
    found = {listed.id: asdict(listed) for policy in audit.policies for listed in policy.lists}
    return [found[list_id] for list_id in sorted(found)]


def _case(case: Case) -> dict[str, Any]:
    facts = case.facts
    return {
        "id": case.id,
        "title": case_title(case),
        "verdict": case.verdict.value,
        "reason": case.reason.value,
        "lines": case.lines,
        "units": case.units,
        "facts": {
            "identity": asdict(facts.identity),
            "pieces": [_piece(piece) for piece in facts.pieces],
            "dates": {name.value: str(span) if span is not None else None for name, span in facts.dates},
            "scope": {name.value: value for name, value in facts.scope},
            "flags": list(facts.flags),
            "categories": list(facts.categories),
            "witnesses": [list(witness) for witness in facts.witnesses],
        },
        "facets": {conclusion.facet.value: _conclusion(conclusion) for conclusion in case.conclusions},
        "findings": [_finding(finding) for finding in case.findings],
        "makers": dict(case.makers),
        "models": dict(case.models),
        "sites": dict(case.sites),
        "plants": [asdict(plant) for plant in case.plants],
        "hashrates": [asdict(rate) for rate in case.hashrates],
        "embargo": case.embargo,
    }


def _conclusion(conclusion: Conclusion) -> dict[str, Any]:
    return {
        "set": sorted(conclusion.atoms),
        "sides": [sorted(side) for side in conclusion.sides],
        "grade": conclusion.grade.value if conclusion.grade is not None else None,
        "conflict": conclusion.conflict,
        "evidence": [_piece(piece) for piece in conclusion.pieces],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "policy": finding.rule.policy,
        "verdict": finding.verdict.value,
        "reason": finding.reason.value,
        "grade": finding.grade.value if finding.grade is not None else None,
        "set": sorted(finding.atoms),
        "evidence": [_piece(piece) for piece in finding.decisive],
        "contesting": [_piece(piece) for piece in finding.contesting],
        "explanation": finding.explanation,
        "open_questions": list(finding.open_questions),
        "would_clear": finding.would_clear,
        "rests_on_unverified": list(finding.rests_on_unverified),
        "makers": list(finding.makers),
        "listings": [entry_words(listing) for listing in finding.listings],
        "waiver": waived_record(finding.waived),
    }


def _piece(piece: Piece) -> dict[str, Any]:
    return {
        "facet": piece.facet.value,
        "grade": piece.grade.value,
        "set": sorted(piece.atoms),
        "status": piece.status.value if piece.status is not None else None,
        "standing": piece.standing.value,
    }
