"""Showing a rule as a lawyer reads it: what is asked, of what and when, what clears, what condemns, what is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from provenance.countries.atoms import label
from provenance.evidence import Facet, Grade
from provenance.identify.identity import Tier
from provenance.policy.explain import joined
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import (
    AnyCondition,
    Condition,
    DateCondition,
    Effect,
    ListReference,
    Remedy,
    Rule,
    TestDate,
    Treatment,
    UnrecordedCondition,
)
from provenance.policy.schema import proof_grades
from provenance.policy.show_list import field, wrapped
from provenance.policy.show_members import show_entries, show_members
from provenance.policy.subject import FacetSubject, MakersSubject, UnrecordedSubject

_FACETS = {
    Facet.MANUFACTURE: "where the finished unit was made, in the sense of the mark on its nameplate",
    Facet.BOARDS: "where its main boards were made",
    Facet.CONTROLLER: "where its controller was made",
    Facet.CHIPS: "where its chips were made",
    Facet.MAKER: "the seat of its maker",
    Facet.OWNER: "the seat of whoever controls its maker",
}
_GRADES = {
    Grade.FINDING: "a final government determination",
    Grade.PRODUCTION_RECORD: "the maker's production record naming the serial",
    Grade.CERTIFICATE: "a certificate of origin, by the maker or a third party, naming the serial, a range or the whole lot",
    Grade.NAMEPLATE: "the nameplate of the unit",
    Grade.CUSTOMS_ENTRY: "a customs entry",
    Grade.INVOICE: "an invoice or packing list",
    Grade.SERIAL_CODE: "a documented code in the unit's serial",
    Grade.DECLARED: "the inventory's own statement or a seller's word",
    Grade.REGISTER: "a register of companies",
    Grade.PUBLISHED: "a published source",
}
_TIERS = {
    Tier.EXACT: "its exact name",
    Tier.GRAMMAR: "its name or the grammar of its model numbers",
}
_TEST_DATES = {
    TestDate.CONTRACT: "the date of the contract",
    TestDate.PURCHASE: "the date of purchase",
    TestDate.DELIVERY: "the date of delivery",
    TestDate.INSTALLATION: "the date of installation",
    TestDate.MANUFACTURE: "the date of manufacture",
    TestDate.AUTHORISATION: "the date on which the model was authorised",
    TestDate.AS_OF: "the day of the audit",
}
_TREATMENTS = {
    Treatment.IN: "counts with China",
    Treatment.OUT: "does not count with China",
    Treatment.UNSTATED: "left unstated: a machine from there is undetermined until somebody decides",
}


def show_rule(rule: Rule, as_of: date) -> Iterator[str]:
    """Yield a rule in lines of plain text.

    Args:
        rule: The rule.
        as_of: The day for which memberships are shown as in force or ended.
    """
    yield f"RULE {rule.id}: {rule.title}"
    yield from field("The question asked", rule.question)
    yield from field("What is looked at", _subject(rule))
    yield from field("Source", rule.citation)
    yield from field("Explanation", rule.help)
    yield from _listed(rule, as_of)
    yield from _dates(rule)
    yield from field("What clears", _clears(rule))
    yield from field("What condemns", _condemns(rule))
    yield from _left_open(rule, as_of)
    yield from field("Who has to prove", f"the {rule.burden}")
    yield from field("Equipment", joined(rule.classes) if rule.classes else "all equipment")
    yield from field("Applies to", _conditions(rule.scope) or "all equipment")
    for exception in rule.exceptions:
        note = f" {exception.note}" if exception.note else ""
        yield from field("Except", f"{_conditions(exception.conditions)} ({exception.instrument}).{note}")
    if not rule.exceptions:
        yield from field("Except", "nothing")
    yield from field("Remedy", _remedy(rule.remedy))


def _subject(rule: Rule) -> str:
    match rule.subject:
        case FacetSubject(facet):
            return _FACETS[facet]
        case MakersSubject(include):
            related = f", and its {joined(include)} on the day that counts" if include else ""
            return f"who may have made it{related}"
        case UnrecordedSubject(asks):
            return f"{asks}; no inventory records it, so that a person has to find out"
        case _:
            assert_never(rule.subject)


def _listed(rule: Rule, as_of: date) -> Iterator[str]:
    yield "  Allowed:" if rule.allow else "  Prohibited:"
    for reference in rule.references:
        yield from wrapped(f"list {reference.list_id}, {reference_words(reference)}:", 4)
        members = [member for member in rule.members if member.list_id == reference.list_id]
        entries = [entry for entry in rule.entities if entry.list_id == reference.list_id]
        yield from show_members(members, as_of)
        yield from show_entries(entries, as_of)
    if rule.partial:
        yield "    A list is partial: absence from it settles nothing."
    if rule.facet is not None and any("CN" in member.atoms for member in rule.members):
        for area, treatment in rule.areas.items():
            yield from wrapped(f"{label(area)}: {_TREATMENTS[treatment]}", 4)


def reference_words(reference: ListReference) -> str:
    """Return how a rule reads a list: `as amended`, `as it stood on 2024-01-01, whatever became of it`."""
    read = f"as it stood on {reference.frozen}, whatever became of it" if reference.frozen else "as amended"
    return f"{read}, only its memberships of scope {' or '.join(reference.only)}" if reference.only else read


def _dates(rule: Rule) -> Iterator[str]:
    missing = (
        f"; where it is missing, every day from {rule.undated_from} to the day of the audit is held possible"
        if rule.test_date is not TestDate.AS_OF
        else ""
    )
    yield from field("The day that counts", f"{_TEST_DATES[rule.test_date]}{missing}")
    first, last = rule.in_force
    if first is not None or last is not None:
        out = (
            "; on any other day no machine is in its scope"
            if rule.test_date is TestDate.AS_OF
            else "; a machine of a known other day is out of scope, and one of an unknown day is never condemned"
        )
        yield from field("In force", f"{_period(first, last)}{out}")


def _clears(rule: Rule) -> str:
    if rule.facet is not None and isinstance(rule.clears_from, Grade):
        grades = proof_grades(rule.facet)
        names = [_GRADES[one] for one in grades[: grades.index(rule.clears_from) + 1]]
        return f"on its own, {'; or '.join(reversed(names))}"
    if isinstance(rule.clears_from, Tier):
        return f"that the maker, known by {_TIERS[rule.clears_from]}, and every related firm asked about are on no list"
    return "nothing that an inventory or a paper on the goods could say"


def _condemns(rule: Rule) -> str:
    if rule.effect is Effect.REVIEW:
        return "nothing: the rule only asks for review"
    if isinstance(rule.subject, UnrecordedSubject):
        return "nothing that an inventory or a paper on the goods could say"
    if isinstance(rule.condemns_from, Tier):
        return (
            f"that the maker, known by {_TIERS[rule.condemns_from]}, is on a list on the day that counts, itself or "
            "through a dated tie that the entry covers"
        )
    return f"{_GRADES[rule.condemns_from]}, or anything stronger, that names a prohibited origin"


def _left_open(rule: Rule, as_of: date) -> Iterator[str]:
    questions = list(_questions(rule, as_of))
    yield "  Left open, where nothing more is known of a machine:" if questions else "  Left open: nothing"
    for question in questions:
        yield from wrapped(question, 4)


def _questions(rule: Rule, as_of: date) -> Iterator[str]:
    if isinstance(rule.subject, UnrecordedSubject):
        yield rule.subject.asks
    elif isinstance(rule.subject, MakersSubject):
        yield "ties between firms that no source dates, and goods sold under another maker's brand"
        limited = {entry.purpose for entry in rule.entities if entry.purpose is not None}
        yield from (f"the use: {purpose}" for purpose in sorted(limited))
    else:
        yield from folded(prohibited(rule, rule.span(None, as_of)).open_questions.items())
    if rule.classes:
        yield f"whether it is {' or '.join(one.replace('-', ' ') for one in rule.classes)} equipment"
    for exception in rule.exceptions:
        if any(not isinstance(one, Condition) for one in exception.conditions):
            yield f"whether the exception {exception.id} applies ({exception.instrument})"


def folded(questions: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield questions that differ in nothing but the place once, with every place."""
    grouped: dict[str, list[str]] = {}
    for atom, question in questions:
        grouped.setdefault(question.replace(label(atom), "\0"), []).append(label(atom))
    for question, places in grouped.items():
        if len(places) == 1:
            yield question.replace("\0", places[0])
        else:
            several = question.replace("\0 counts", "\0 count").replace("\0 is listed", "\0 are listed")
            yield several.replace("\0", f"{', '.join(places[:-1])} and {places[-1]}")


def _conditions(conditions: Iterable[AnyCondition]) -> str:
    return "; ".join(_condition(one) for one in conditions)


def _condition(condition: AnyCondition) -> str:
    match condition:
        case Condition():
            return f"{condition.field.replace('_', ' ')} is {' or '.join(condition.values)}"
        case DateCondition():
            return f"{_TEST_DATES[condition.on]} lies {_period(condition.first, condition.last)}"
        case UnrecordedCondition():
            return f"{condition.asks} (no inventory records it)"
        case _:
            assert_never(condition)


def _period(first: date | None, last: date | None) -> str:
    if first is not None and last is not None:
        return f"from {first} to {last}"
    return f"on or after {first}" if first is not None else f"up to {last}"


def _remedy(remedy: Remedy) -> str:
    days = f" Within {remedy.days} days." if remedy.days is not None else " No time is stated."
    owed = "".join(
        f" For machines of {one.maker}: {one.name}."
        if one.maker is not None
        else f" For order {one.order}: {one.name}."
        for one in remedy.obligors
    )
    return f"{remedy.kind}: {remedy.text}{days}{owed} For all {'other ' if remedy.obligors else ''}machines: {remedy.otherwise}."
