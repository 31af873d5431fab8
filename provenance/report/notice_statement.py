"""What a letter states: the non-conformity and what is done about it, what is asked for, what is claimed and by when."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.policy.embargo import WARNING
from provenance.policy.verdict import Verdict
from provenance.report.notice_draft import Draft
from provenance.report.notice_schedules import count_of
from provenance.report.prose import Block, Heading, Paragraph, Table, blank, pairs
from provenance.report.sale_law import statutes
from provenance.report.schedules import Schedule
from provenance.report.terms import claim_words
from provenance.report.words import UNDER_READING, counted


def statement(draft: Draft) -> Iterator[Block]:
    """Yield what is stated: the non-conformity and what is done about it, and what is asked for."""
    deal, grounds = draft.deal, draft.to.grounds
    if grounds:
        bad = count_of(grounds)
        verb = "is" if bad.units == 1 else "are"
        yield Paragraph(
            f"{counted(bad.units, 'unit')} on {counted(bad.lines, 'line')}, listed in {draft.condemned}, {verb} "
            f"{UNDER_READING}."
        )
        if deal.before_closing:
            yield Paragraph(
                f"{draft.buyer} asks that they be left out of the sale or replaced by units of proven conforming origin, and "
                "that this be a condition of closing."
            )
        else:
            yield from _positions(draft)
    if draft.asks:
        asked = draft.schedules.by_verdict[Verdict.UNDETERMINED]
        condition = " before closing, and makes it a condition of closing" if deal.before_closing else ""
        yield Paragraph(
            f"{draft.buyer} asks for proof of origin of {counted(asked.units, 'unit')} on {counted(asked.lines, 'line')}, "
            f"listed in Schedule B with the documents that would settle them{condition}. They are not said to be "
            "non-conforming."
        )
    good = draft.schedules.by_verdict[Verdict.CONFORMING]
    if deal.mention_conforming and draft.to.for_breach and good.units:
        yield Paragraph(
            f"To {counted(good.units, 'further unit')} there is no objection at present under this reading on the documents supplied."
        )
    if not grounds and not draft.asks:
        yield Paragraph("Nothing is claimed and nothing is asked for.")


def _positions(draft: Draft) -> Iterator[Block]:
    deal = draft.deal
    if deal.phase is None:
        yield Paragraph(blank("phase of the deal, which decides whether this is a notice or a request"))
    yield Paragraph(
        f"{draft.buyer} gives {draft.to.party.name or blank(f'name of the {draft.to.party.role}')} notice of this "
        "non-conformity, with the particulars of each unit in the schedules."
    )
    yield Table(
        ("Batch", "Units", "Delivered", "Inspected", "Accepted", "Position"),
        (
            (
                one.batch or "not stated",
                f"{one.count.units:,}",
                str(one.facts.delivered or blank("delivered on")),
                str(one.facts.inspected or blank("inspected on")),
                str(one.facts.accepted or ("no" if one.facts.not_accepted else blank("accepted on, or no"))),
                one.words,
            )
            for one in draft.positions
        ),
        (3, 1, 2, 2, 2, 4),
    )
    if draft.to.for_breach:
        for paragraph in statutes(deal, draft.positions, draft.buyer):
            yield Paragraph(paragraph)
    else:
        yield Paragraph(f"{draft.buyer} calls for the remedy claimed below.")


def remedy(draft: Draft) -> Iterator[Block]:
    """Yield what is claimed of whom, under which rule and by when; nothing before closing."""
    if draft.deal.before_closing:
        return
    yield Heading(2, "Remedy claimed")
    if not draft.to.grounds:
        yield Paragraph("No remedy is claimed.")
        return
    claims: dict[tuple[str, str, str], int] = {}
    for ground in draft.to.grounds:
        rule = ground.remedy_of.rule
        apart = (
            "; not to be taken up before counsel has advised" if ground.schedule is Schedule.EMBARGO else ""
        )
        key = (ground.obligor or blank("obligor"), rule.title, f"{claim_words(rule)}{apart}")
        claims[key] = claims.get(key, 0) + ground.case.units
    yield Table(
        ("Owed by", "Under", "Remedy", "Units", "By when"),
        ((*key, f"{units:,}", _by_when(draft, key)) for key, units in claims.items()),
        (3, 3, 5, 1, 3),
    )
    if draft.deal.claims:
        yield pairs((name.capitalize(), text) for name, text in draft.deal.claims)


def _by_when(draft: Draft, claim: tuple[str, str, str]) -> str:
    """Return the period that the agreement gives; the program sets none of its own."""
    days = {
        ground.remedy_of.rule.remedy.days
        for ground in draft.to.grounds
        if ground.remedy_of.rule.title == claim[1]
    }
    stated = [f"within {day} days" for day in sorted(day for day in days if day is not None)]
    return draft.deal.cure or "; ".join(stated) or "the agreement states no period"


def embargo(draft: Draft) -> Iterator[Block]:
    """Yield the warning about goods under embargo, where the letter speaks of any."""
    apart = tuple(ground for ground in draft.to.grounds if ground.schedule is Schedule.EMBARGO)
    named = draft.schedules.embargo_named if draft.asks else 0
    if not apart and not named and not draft.pointing:
        return
    yield Heading(2, "Goods under embargo")
    yield Paragraph(WARNING)
    if apart:
        yield Paragraph(
            f"Schedule C sets apart {counted(count_of(apart).units, 'unit')} of the non-conforming: the evidence, or one side "
            "of it, places their origin in a territory under embargo, or their maker is blocked. Until counsel has advised they "
            "are not to be returned, sold, moved abroad, paid for or replaced by the same route."
        )
    if draft.pointing:
        units = count_of(draft.pointing).units
        yield Paragraph(
            f"{counted(units, 'unit')} of Schedule B {'stands' if units == 1 else 'stand'} in Schedule C too: short of proof, "
            f"all that is stated of {'it' if units == 1 else 'them'} points to such a territory, or to a blocked maker."
        )
    if named:
        yield Paragraph(
            f"For {counted(named, 'unit')} in Schedule B a statement names a territory under embargo; the same care applies "
            "until it is settled."
        )
