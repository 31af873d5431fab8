"""The request list as a paper: what to ask for first, which document for which units, what to photograph, what else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from provenance.policy.audit import Audit
from provenance.report.document import Document
from provenance.report.matter import Matter, PartyRole
from provenance.report.notice import foot
from provenance.report.notice_draft import deal_of
from provenance.report.prose import Block, Heading, Letter, Paper, Paragraph, Table, pairs, sections
from provenance.report.question_list import FIRST, photographs, questions
from provenance.report.schedules import Schedules, ask_lines, build_schedules
from provenance.report.words import counted, joined


def questions_paper(audit: Audit, document: Document, matter: Matter | None) -> Paper:
    """Return the request list.

    Args:
        audit: The facts.
        document: Their model.
        matter: What only people know.
    """
    schedules = build_schedules(audit)
    deal = deal_of(schedules, matter)
    seller = deal.name(PartyRole.SELLER)
    marks = ("DRAFT for review by counsel", document.stamp, document.headline.default_policy)
    return Paper(
        marks=tuple(mark for mark in marks if mark),
        foot=foot(document),
        letters=(Letter("Request list", sections(_questions(audit, document, schedules, seller))),),
    )


def _questions(audit: Audit, document: Document, schedules: Schedules, seller: str) -> Iterator[Block]:
    yield pairs((("To be answered by", seller), ("As of", document.as_of)))
    yield from _first(schedules)
    yield from _each(audit, schedules)
    yield from _photographs(audit)
    yield Heading(2, "Standing items")
    listed = [one for one in questions(document, seller) if one.id.startswith("S-")]
    yield Table(
        ("Id", "Category", "Question"), ((one.id, one.category, one.question) for one in listed), (1, 2, 10)
    )


def _first(schedules: Schedules) -> Iterator[Block]:
    yield Heading(2, "What would settle most")
    if not schedules.asks:
        yield Paragraph("No unit is left to prove under this reading.")
        return
    total = schedules.asks[-1].settled_units
    top = schedules.asks[:FIRST]
    yield Paragraph(
        f"{counted(total, 'unit')} are not proven either way. These documents would settle "
        f"{counted(top[-1].settled_units, 'unit')} of them."
    )
    yield Table(
        ("Id", "Document", "Goods", "Units", "Settled so far"),
        (
            (f"O-{number:03d}", joined(ask.needs), ask.goods, f"{ask.units:,}", f"{ask.settled_units:,}")
            for number, ask in enumerate(top, start=1)
        ),
        (1, 4, 5, 1, 1),
    )


def _each(audit: Audit, schedules: Schedules) -> Iterator[Block]:
    if not schedules.asks:
        return
    yield Heading(2, "Which document for which units")
    lines = ask_lines(audit, schedules.asks)
    for number, members in groupby(lines, lambda item: item[0]):
        ask = schedules.asks[number]
        yield Heading(3, f"O-{number + 1:03d}: {ask.goods}, {counted(ask.units, 'unit')}")
        yield Paragraph(f"Wanted: {joined(ask.needs)}.")
        yield Table(
            ("Serial", "As listed", "Qty", "Where", "On record"),
            [
                (line.serial, line.goods, line.quantity, line.place, line.evidence or "nothing")
                for _, line in members
            ],
            (4, 4, 1, 4, 5),
        )


def _photographs(audit: Audit) -> Iterator[Block]:
    wanted = photographs(audit)
    if not wanted:
        return
    yield Heading(2, "Nameplates to photograph")
    yield Paragraph(
        "Of each open case at each site the square root of its lines, at least three and at most twenty, chosen by a digest of "
        "the serial number. Each photograph shows the nameplate with serial number and mark of origin, and where it was taken."
    )
    yield Table(
        ("Machines", "Site", "Serial", "Where"),
        (
            (one.title, one.site or "not stated", serial, where)
            for one in wanted
            for serial, where in one.lines
        ),
        (5, 3, 4, 4),
    )
