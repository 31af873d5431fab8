"""One machine in full: a text that counsel can paste, from what it is to what would settle it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from provenance.evidence import Piece
from provenance.identify.witnesses import Witness
from provenance.inventory.table import Field
from provenance.origin.prefixes import lead_of
from provenance.policy.audit import Audit, Case, Finding
from provenance.policy.explain import origin_words
from provenance.policy.rule import Remedy
from provenance.policy.verdict import Verdict
from provenance.report.annotated import inventory_tables
from provenance.report.entries import case_entry, place
from provenance.report.headline import default_policy
from provenance.report.terms import obligor_of, remedy_words, required_of
from provenance.report.texts import as_texts
from provenance.report.words import (
    DISCLAIMER,
    NO_REMEDY,
    SYNTHETIC,
    UNDER_READING,
    VERDICT_WORDS,
    counted,
    facet_words,
    joined,
    one_line,
    piece_words,
    verdict_words,
)

_CELL = re.compile(r"^(?:(?:(?P<file>.+):)?(?P<sheet>[^:!]+)!)?[A-Za-z]{1,3}(?P<row>[0-9]{1,7})$")
"""A cell as a spreadsheet names it, with its sheet and file where these are needed."""


def explain_case(
    audit: Audit, case: Case, machine_row: Mapping[str, object], witnesses: Sequence[Witness] = ()
) -> str:
    """Return the account of one machine as plain paragraphs, one per line, with blank lines between.

    Args:
        audit: What the run yielded.
        case: The case of the machine.
        machine_row: Its row of `Audit.machines`.
        witnesses: What each of its texts and numbers says by itself of who made it.
    """
    blocks = [default_policy(audit), SYNTHETIC if audit.synthetic else ""]
    blocks.append(_what(case, machine_row))
    blocks.append(_witnesses(case, witnesses))
    blocks.append(_evidence(audit, case, machine_row))
    blocks += [_finding(audit, case, finding) for finding in case.findings]
    blocks.append(_outcome(case))
    blocks.append(f"As of {audit.as_of}; {audit.tool}; case {case.id}. {DISCLAIMER}")
    return "\n\n".join(block for block in blocks if block) + "\n"


def find_machines(audit: Audit, wanted: str) -> list[dict[str, Any]]:
    """Return the machines of a serial number or of a cell, each as a row of `Audit.machines`.

    Args:
        audit: What the run yielded.
        wanted: A serial number as the inventory writes it, in any case; else a cell (`B17`, `Fleet!B17`,
            `fleet.xlsx:Fleet!B17`) of any row that is a machine.
    """
    import polars as pl

    machines = as_texts(audit.machines)
    serial = pl.col("serial").str.strip_chars().str.to_lowercase() == wanted.strip().lower()
    found = machines.filter(serial).collect(engine="streaming").to_dicts()
    cell = _CELL.match(wanted.strip())
    if found or cell is None:
        return found
    place = pl.col("row") == int(cell["row"])
    if cell["sheet"] is not None:
        place &= pl.col("sheet").str.to_lowercase() == cell["sheet"].strip("'").lower()
    if cell["file"] is not None:
        place &= pl.col("file") == cell["file"]
    return machines.filter(place).collect(engine="streaming").to_dicts()


def _said(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return one_line(str(value)) if value is not None else ""


def _what(case: Case, row: Mapping[str, object]) -> str:
    entry = case_entry(case)
    sheet = row.get("sheet")
    where = place(
        _said(row, "file"),
        str(sheet) if sheet is not None else None,
        _said(row, "cell") or f"row {row.get('row')}",
    )
    written = " ".join(part for part in (_said(row, "maker"), _said(row, "model")) if part)
    serial = _said(row, "serial")
    quantity = row.get("quantity")
    parts = [
        f'{where} lists "{written}"' if written else f"{where} lists equipment without maker and model",
        f", serial number {serial}" if serial else ", without a serial number",
        f", quantity {quantity}" if quantity != 1 else "",
        f", at {_said(row, 'site')}" if _said(row, "site") else "",
        ".",
    ]
    again = " Its unit is counted at another line." if row.get("counted") == 0 else ""
    fellows = (
        f" It is one of {counted(case.units, 'unit')} on {counted(case.lines, 'line')} with the same facts."
    )
    alike = fellows if case.lines > 1 else " No other line has the same facts."
    return f"{''.join(parts)}{again} {entry.identified}{alike}"


def _witnesses(case: Case, witnesses: Sequence[Witness]) -> str:
    """The witnesses one below the other, and whether they agree."""
    if not witnesses:
        return ""
    lines = [f'  {one.name} "{one_line(one.written)}": {one_line(one.says)}' for one in witnesses]
    named = {maker for one in witnesses for maker in one.makers}
    disagreements = case.facts.identity.disagreements
    if disagreements:
        end = f"They disagree: {'; '.join(disagreements)}."
    elif len(named) > 1:
        end = "They point to different makers."
    else:
        end = "None contradicts another." if named else "None names a maker."
    return "\n".join(["The witnesses for what it is:", *lines, end])


def firmware_of(audit: Audit, row: Mapping[str, object]) -> str | None:
    """Return what the firmware column says of a machine; None where there is no such column.

    Args:
        audit: What the run yielded.
        row: Its row of `Audit.machines`.
    """
    import polars as pl

    for index, table in enumerate(inventory_tables(audit)):
        column = table.column(Field.FIRMWARE)
        if column is None or (table.file, table.sheet) != (row["file"], row["sheet"]):
            continue
        cell = audit.scan_rows(index).filter(pl.col("row") == row["row"]).select(f"c{column.index}").collect()
        if cell.height:
            value = cell.item(0, 0)
            return str(value) if value is not None else None
    return None


def _evidence(audit: Audit, case: Case, row: Mapping[str, object]) -> str:
    recorded = _said(row, "evidence")
    lines = [f"On record for this machine: {recorded}."] if recorded else []
    for conclusion in case.conclusions:
        shown = "; ".join(piece_words(piece) for piece in sorted(conclusion.pieces, key=Piece.key))
        if not shown:
            lines.append(f"Nothing on record states {facet_words(conclusion.facet)}.")
        elif conclusion.conflict:
            sides = "; ".join(origin_words(side) for side in conclusion.sides)
            lines.append(
                f"On {facet_words(conclusion.facet)} the statements differ ({shown}). The sides: {sides}."
            )
        else:
            lines.append(
                f"On {facet_words(conclusion.facet)}: {shown}. Together: {origin_words(conclusion.atoms)}."
            )
    lines.append(case_entry(case).likely)
    lead = lead_of(_said(row, "serial") or None, audit.leads)
    if lead is not None:
        shown = "; ".join(
            f"{count} documented units with this prefix: {origin_words(frozenset({country}))}"
            for (country, _), count in zip(lead.countries, lead.counts(), strict=True)
        )
        lines.append(f"Its serial number begins with {lead.prefix}. {shown}. A lead, which decides nothing.")
    return " ".join(line.replace("..", ".") for line in lines if line)


def _finding(audit: Audit, case: Case, finding: Finding) -> str:
    rule = finding.rule
    parts = [
        f"{rule.id} ({one_line(rule.citation)}) asks: {one_line(rule.question)}",
        f"It requires {required_of(case, finding, audit.as_of)}.",
        f"Finding: {verdict_words(finding.verdict, finding.reason)}.",
        one_line(finding.explanation),
    ]
    if finding.contesting:
        shown = "; ".join(piece_words(piece) for piece in finding.contesting)
        parts.append(f"Says otherwise: {shown}.")
    if finding.open_questions:
        parts.append(f"Left open: {'; '.join(one_line(question) for question in finding.open_questions)}.")
    if finding.rests_on_unverified:
        parts.append(
            f"It rests on list entries that nobody has verified: {'; '.join(finding.rests_on_unverified)}."
        )
    if finding.would_clear:
        parts.append(
            f"What would settle it: {one_line(finding.would_clear)}; the {one_line(rule.burden)} has to prove it."
        )
    if finding.verdict is Verdict.NON_CONFORMING:
        parts.append(_claim(case, finding))
    return " ".join(part for part in parts if part)


def _claim(case: Case, finding: Finding) -> str:
    remedy: Remedy = finding.rule.remedy
    owed = obligor_of(case, finding.rule)
    by = f", owed by {one_line(owed)}" if owed and remedy.kind != NO_REMEDY else ""
    return f"Remedy: {one_line(remedy_words(finding.rule))}{by}."


def _outcome(case: Case) -> str:
    words = UNDER_READING if case.verdict is Verdict.NON_CONFORMING else VERDICT_WORDS[case.verdict]
    wanted = list(
        dict.fromkeys(
            one_line(finding.would_clear)
            for finding in case.findings
            if finding.verdict is Verdict.UNDETERMINED and finding.would_clear
        )
    )
    settle = f" What would settle it: {joined(wanted)}." if wanted and len(case.findings) > 1 else ""
    return f"Over all rules the machine is {words}.{settle}"
