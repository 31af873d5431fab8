"""Waivers as reports show them: what each is, what it does here, and what stands behind it."""

from __future__ import annotations

from typing import Any

from provenance.policy.audit import Audit, Count, Waived, WaiverStatus, WaiverUse
from provenance.policy.explain import WAIVER_PHRASES
from provenance.policy.waivers.waiver import Waiver
from provenance.records import dataclass
from provenance.report.words import VERDICT_WORDS, counted, joined, one_line

STATUS_WORDS: dict[WaiverStatus, str] = {
    WaiverStatus.APPLIED: "in force",
    WaiverStatus.UNUSED: "in force, unused",
    WaiverStatus.NOT_YET: "not yet in force",
    WaiverStatus.EXPIRED: "expired",
    WaiverStatus.NOT_APPLIED: "not applied",
}


@dataclass(frozen=True, slots=True)
class WaiverEntry:
    """One waiver as a reader meets it."""

    id: str
    kind: str
    status: str
    rule: str
    scope: str
    instrument: str
    """Instrument, section, signatory; empty for an internal acceptance."""
    given: str
    expires: str
    soon: bool
    reason: str
    comment: str
    owner: str
    approver: str
    evidence: str
    lines: int
    units: int
    """Whose findings it waives; where it does not work, would waive."""
    was: str
    """What they are without it, `3 non-conforming and 120 undetermined`."""
    cases: tuple[str, ...]
    """Ids of the cases whose findings rest on it."""
    note: str
    place: str
    """File and line."""


def waiver_entries(audit: Audit) -> tuple[WaiverEntry, ...]:
    """Return every waiver that was given, those that work first, by id."""
    working = {WaiverStatus.APPLIED: 0, WaiverStatus.UNUSED: 1}
    ordered = sorted(audit.waivers, key=lambda use: (working.get(use.status, 2), use.waiver.id))
    return tuple(_entry(use, audit) for use in ordered)


def _entry(use: WaiverUse, audit: Audit) -> WaiverEntry:
    waiver = use.waiver
    was = [f"{count.units:,} {VERDICT_WORDS[verdict]}" for verdict, count in use.was.items() if count.lines]
    return WaiverEntry(
        id=waiver.id,
        kind=WAIVER_PHRASES[waiver.kind],
        status=STATUS_WORDS[use.status],
        rule=waiver.rule,
        scope=one_line(waiver.scope.words),
        instrument=one_line(instrument_words(waiver)),
        given=waiver.given.isoformat(),
        expires=waiver.expires.isoformat(),
        soon=use.expires_soon,
        reason=waiver.reason.value,
        comment=one_line(waiver.comment),
        owner=one_line(waiver.owner),
        approver=one_line(waiver.approver),
        evidence=one_line("; ".join(waiver.evidence)),
        lines=use.waives.lines,
        units=use.waives.units,
        was=joined(was),
        cases=tuple(
            case.id
            for case in audit.cases
            if any(one.waived is not None and one.waived.waiver.id == waiver.id for one in case.findings)
        ),
        note=one_line(use.note),
        place=f"{waiver.file}:{waiver.line}",
    )


def instrument_words(waiver: Waiver) -> str:
    """Return where a contract waiver is written: `Purchase Order 03, section 2, signed by A. Person on 2024-02-23`."""
    written = waiver.instrument
    if written is None:
        return ""
    return f"{written.name}, section {written.section}, signed by {written.signatory} on {waiver.given}"


def entry_words(entry: WaiverEntry) -> str:
    """Return a waiver in one sentence for a list of them."""
    does = f"{counted(entry.units, 'unit')} on {counted(entry.lines, 'line')}"
    was = f" ({entry.was} without it)" if entry.was else ""
    written = f"; {entry.instrument}" if entry.instrument else ""
    return (
        f"{entry.id}, {entry.kind}, {entry.status}: {does}{was}; {entry.rule} for {entry.scope}; "
        f"{entry.reason}: {entry.comment}; owner {entry.owner}, approved by {entry.approver}, until "
        f"{entry.expires}{written}"
    )


def waiver_record(use: WaiverUse) -> dict[str, Any]:
    """Return a waiver and what it did for the report for programs."""
    waiver = use.waiver
    scope = waiver.scope
    return {
        **_particulars(waiver),
        "file": waiver.file,
        "line": waiver.line,
        "status": use.status.value,
        "expires_soon": use.expires_soon,
        "scope": {
            "serials": list(scope.serials),
            "maker": scope.maker,
            "model": scope.model,
            "site": scope.site,
            "order": scope.order,
            "words": scope.words,
        },
        "reason": waiver.reason.value,
        "comment": waiver.comment,
        "evidence": list(waiver.evidence),
        "reaches": _count(use.reaches),
        "waives": _count(use.waives),
        "was": {verdict.value: _count(count) for verdict, count in use.was.items()},
        "in_doubt": _count(use.in_doubt),
        "not_found": list(use.not_found),
        "note": use.note,
    }


def waived_record(waived: Waived | None) -> dict[str, Any] | None:
    """Return the waiver that a finding rests on, with the verdict without it; None where it rests on none."""
    if waived is None:
        return None
    return {
        **_particulars(waived.waiver),
        "without": {"verdict": waived.verdict.value, "reason": waived.reason.value},
    }


def _particulars(waiver: Waiver) -> dict[str, Any]:
    written = waiver.instrument
    return {
        "id": waiver.id,
        "kind": waiver.kind.value,
        "instrument": written.name if written is not None else None,
        "section": written.section if written is not None else None,
        "signatory": written.signatory if written is not None else None,
        "date": waiver.given.isoformat(),
        "expires": waiver.expires.isoformat(),
        "rule": waiver.rule,
        "owner": waiver.owner,
        "approver": waiver.approver,
    }


def _count(count: Count) -> dict[str, int]:
    return {"lines": count.lines, "units": count.units}


def contract_waivers(audit: Audit) -> tuple[WaiverUse, ...]:
    """Return the waivers that a notice may name: those that bind the parties and waive something."""
    return tuple(
        use
        for use in audit.waivers
        if use.waiver.instrument is not None and use.status is WaiverStatus.APPLIED
    )
