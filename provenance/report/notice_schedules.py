"""The schedules of a letter: every unit that is non-conforming, to be proven, or under embargo."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from provenance.policy.audit import Audit, Count
from provenance.policy.embargo import WARNING
from provenance.policy.verdict import Verdict
from provenance.report.document import Document
from provenance.report.prose import Block, Bullets, Heading, Paragraph, Table, blank, pairs
from provenance.report.schedules import (
    Ground,
    Schedule,
    Schedules,
    UnitLine,
    ask_lines,
    evidence_cited,
    ground_lines,
)
from provenance.report.words import REASON_WORDS, counted, joined, one_line

_TITLES: dict[Schedule, str] = {
    Schedule.NON_CONFORMING: "non-conforming units",
    Schedule.TO_PROVE: "request for proof of origin",
    Schedule.EMBARGO: "units under embargo",
    Schedule.NONE: "",
}
_UNITS = ("No.", "Maker and model as listed", "Serial", "Qty", "Where", "Ground and evidence")
_UNIT_WIDTHS = (2, 7, 11, 2, 8, 12)
_OPEN_UNITS = ("No.", "Maker and model as listed", "Serial", "Qty", "Where", "Why open", "On record")
_OPEN_WIDTHS = (2, 7, 11, 2, 8, 5, 8)


def schedule_units(audit: Audit, grounds: tuple[Ground, ...], schedule: Schedule) -> Iterator[Block]:
    """Yield Schedule A or C of some grounds: by obligor, site, batch and ground, every unit."""
    chosen = tuple(ground for ground in grounds if ground.schedule is schedule)
    if not chosen:
        return
    count = count_of(chosen)
    yield Heading(2, f"Schedule {schedule}: {_TITLES[schedule]}")
    yield Paragraph(f"{counted(count.units, 'unit')} on {counted(count.lines, 'line')}.")
    if schedule is Schedule.EMBARGO:
        yield Paragraph(WARNING)
    by_case = {ground.case.id: ground for ground in chosen}
    # Grounds are numbered as they first appear: whoever reads the schedule must not look for a missing one.
    numbers: dict[str, int] = {}
    told: tuple[str, ...] = ()
    lines = enumerate(ground_lines(audit, chosen), start=1)
    for (obligor, site, batch, case), members in groupby(
        lines, lambda item: (by_case[item[1].case].obligor, item[1].site, item[1].batch, item[1].case)
    ):
        if (obligor,) != told[:1]:
            yield Heading(3, f"Obligor: {obligor or blank('obligor')}")
        if (obligor, site, batch) != told[:3]:
            yield Heading(4, f"Site {site or 'not stated'}, batch {batch or 'not stated'}")
        told = (obligor, site, batch)
        number = numbers.setdefault(case, len(numbers) + 1)
        own = list(members)
        yield from _ground(f"{schedule}.{number}", by_case[case], sum(line.units for _, line in own))
        yield Table(_UNITS, (_unit_row(*item) for item in own), _UNIT_WIDTHS)


def count_of(grounds: tuple[Ground, ...]) -> Count:
    """Return how many lines and units some grounds are about."""
    return Count(sum(one.case.lines for one in grounds), sum(one.case.units for one in grounds))


def _unit_row(serial: int, line: UnitLine) -> tuple[str, ...]:
    evidence = line.evidence or "as the ground says"
    return (str(serial), line.goods, line.serial, line.quantity, line.place, evidence)


def _ground(number: str, ground: Ground, units: int) -> Iterator[Block]:
    yield Heading(5, f"Ground {number}: {ground.goods}, {_units(units)}")
    told = [
        ("Rule", f"{ground.title} ({ground.citation})"),
        ("Required origin", ground.required),
        ("Found origin", ground.found),
        ("Evidence", ground.evidence or "as listed for each unit"),
        ("Under embargo", ground.case.embargo),
        ("Not proven", _in_schedule_b(ground)),
        ("Says otherwise, and does not outweigh it under this reading", ground.against),
    ]
    yield pairs((label, text) for label, text in told if text)


def _in_schedule_b(ground: Ground) -> str:
    if ground.remedy_of.verdict is Verdict.NON_CONFORMING:
        return ""
    return "it is not said to be non-conforming; Schedule B counts it and says what would settle it"


def schedule_asks(audit: Audit, schedules: Schedules) -> Iterator[Block]:
    """Yield Schedule B: by the document that would prove it, every unit."""
    if not schedules.asks:
        return
    count = schedules.counts[Schedule.TO_PROVE]
    yield Heading(2, f"Schedule {Schedule.TO_PROVE}: {_TITLES[Schedule.TO_PROVE]}")
    yield Paragraph(
        f"{counted(count.units, 'unit')} on {counted(count.lines, 'line')}, by the document that would prove their "
        "origin; the request that settles most units comes first. A unit listed here is not said to be non-conforming."
    )
    reasons = dict.fromkeys(finding.reason for finding in schedules.open_findings.values())
    yield Bullets(
        tuple(
            f"{reason}: {REASON_WORDS[reason]}" for reason in sorted(reasons, key=lambda reason: reason.order)
        )
    )
    lines = enumerate(ask_lines(audit, schedules.asks), start=1)
    for number, members in groupby(lines, lambda item: item[1][0]):
        ask = schedules.asks[number]
        yield Heading(3, f"Request B.{number + 1}: {ask.goods}, {_units(ask.units)}")
        yield Paragraph(f"Wanted: {joined(ask.needs)}.")
        yield Table(
            _OPEN_UNITS,
            (_open_row(serial, line, schedules) for serial, (_, line) in list(members)),
            _OPEN_WIDTHS,
        )


def _units(units: int) -> str:
    return counted(units, "unit") if units else "units that are counted at another line"


def _open_row(serial: int, line: UnitLine, schedules: Schedules) -> tuple[str, ...]:
    reason = schedules.open_findings[line.case].reason
    evidence = line.evidence or "nothing"
    return (str(serial), line.goods, line.serial, line.quantity, line.place, reason.value, evidence)


def documents_cited(audit: Audit, document: Document, cases: tuple[str, ...]) -> Iterator[Block]:
    """Yield the documents of the registers that speak of machines of some cases."""
    evidence = "\n".join(evidence_cited(audit, cases))
    cited = [entry for entry in document.documents if entry.units and one_line(entry.document) in evidence]
    if not cited:
        return
    yield Heading(2, "Schedule of documents cited")
    yield Table(
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
        (3, 1, 3, 2, 3, 2, 2, 3, 1, 4),
    )
