"""The schedules of the notice: every unit that is non-conforming, to be proven, or under embargo."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.audit import Audit
from provenance.report.document import Document
from provenance.report.markdown import escape, table, table_head, table_row
from provenance.report.particulars import blank
from provenance.report.schedules import (
    Ground,
    Schedule,
    Schedules,
    UnitLine,
    ask_lines,
    ground_lines,
)
from provenance.report.words import REASON_WORDS, counted, joined, one_line

_TITLES: dict[Schedule, str] = {
    Schedule.NON_CONFORMING: "non-conforming units",
    Schedule.TO_PROVE: "request for proof of origin",
    Schedule.EMBARGO: "units under embargo",
    Schedule.NONE: "",
}
_UNITS = ("No.", "Maker and model as listed", "Serial", "Quantity", "Where", "Ground and evidence")
_OPEN_UNITS = ("No.", "Maker and model as listed", "Serial", "Quantity", "Where", "Why open", "On record")


def schedule_units(audit: Audit, schedules: Schedules, schedule: Schedule) -> Iterator[str]:
    """Yield Schedule A or C: by obligor, ground and site, every unit."""
    grounds = tuple(ground for ground in schedules.grounds if ground.schedule is schedule)
    if not grounds and schedule is Schedule.EMBARGO:
        return
    count = schedules.counts[schedule]
    yield f"## Schedule {schedule}: {_TITLES[schedule]}\n\n"
    yield f"{counted(count.units, 'unit')} on {counted(count.lines, 'line')}.\n\n"
    by_case = {ground.case.id: ground for ground in grounds}
    # Grounds are numbered as they first appear: whoever reads the schedule must not look for a missing one.
    numbers: dict[str, int] = {}
    at: tuple[str, ...] = ()
    for serial, line in enumerate(ground_lines(audit, grounds), start=1):
        ground = by_case[line.case]
        number = numbers.setdefault(line.case, len(numbers) + 1)
        here = (ground.obligor, line.site, line.case)
        if here != at:
            yield "\n" if at else ""
            if here[:1] != at[:1]:
                yield f"### Obligor: {escape(ground.obligor or blank('obligor'))}\n\n"
            if here[:2] != at[:2]:
                yield f"#### Site: {escape(line.site or 'not stated')}\n\n"
            yield from _ground(f"{schedule}.{number}", ground, line.site)
            yield table_head(_UNITS)
            at = here
        yield table_row(
            (
                serial,
                line.goods,
                line.serial,
                line.quantity,
                line.place,
                line.evidence or "as the ground says",
            )
        )
    yield "\n" if at else ""


def _ground(number: str, ground: Ground, site: str) -> Iterator[str]:
    units = sum(count for name, count in ground.case.sites.items() if one_line(name) == site)
    yield f"##### Ground {number}: {escape(ground.goods)}, {_units(units)}\n\n"
    yield f"- Rule: {escape(ground.title)} ({escape(ground.citation)})\n"
    yield f"- Required origin: {escape(ground.required)}\n"
    yield f"- Found origin: {escape(ground.found)}\n"
    yield f"- Evidence: {escape(ground.evidence or 'as listed for each unit')}\n"
    if ground.against:
        yield f"- Says otherwise, and does not outweigh it under this reading: {escape(ground.against)}\n"
    yield "\n"


def schedule_asks(audit: Audit, schedules: Schedules) -> Iterator[str]:
    """Yield Schedule B: by the document that would prove it, every unit."""
    if not schedules.asks:
        return
    count = schedules.counts[Schedule.TO_PROVE]
    yield f"## Schedule {Schedule.TO_PROVE}: {_TITLES[Schedule.TO_PROVE]}\n\n"
    yield (
        f"{counted(count.units, 'unit')} on {counted(count.lines, 'line')}, by the document that would prove their "
        "origin; the request that settles most units comes first.\n\n"
    )
    reasons = dict.fromkeys(finding.reason for finding in schedules.open_findings.values())
    for reason in sorted(reasons, key=lambda reason: reason.order):
        yield f"- {reason}: {escape(REASON_WORDS[reason])}\n"
    yield "\n"
    current: int | None = None
    for serial, (number, line) in enumerate(ask_lines(audit, schedules.asks), start=1):
        if number != current:
            yield "\n" if current is not None else ""
            current = number
            yield from _ask_head(number, schedules)
        yield _open_row(serial, line, schedules)
    yield "\n"


def _ask_head(number: int, schedules: Schedules) -> Iterator[str]:
    ask = schedules.asks[number]
    yield f"### Request B.{number + 1}: {escape(ask.goods)}, {_units(ask.units)}\n\n"
    yield f"Wanted: {escape(joined(ask.needs))}.\n\n{table_head(_OPEN_UNITS)}"


def _units(units: int) -> str:
    return counted(units, "unit") if units else "units that are counted at another line"


def _open_row(serial: int, line: UnitLine, schedules: Schedules) -> str:
    reason = schedules.open_findings[line.case].reason
    return table_row(
        (serial, line.goods, line.serial, line.quantity, line.place, reason, line.evidence or "nothing")
    )


def documents_cited(document: Document) -> Iterator[str]:
    """Yield the documents of the registers that name goods of this inventory."""
    cited = [entry for entry in document.documents if entry.units]
    if not cited:
        return
    yield "## Documents cited\n\n"
    yield table(
        ("Document", "Page", "Kind", "Stated by", "Issuer", "Date", "Says", "Names", "Units", "sha256"),
        (
            (
                entry.document,
                entry.page,
                f"{entry.kind}, {entry.status}" if entry.status else entry.kind,
                entry.stated_by,
                entry.issuer,
                entry.day,
                entry.says,
                entry.covers,
                f"{entry.units:,}",
                entry.sha256,
            )
            for entry in cited
        ),
    )
