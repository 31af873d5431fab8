"""Showing policies as a lawyer reads them: plain lines, in words, with dates and citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from provenance.countries.atoms import label
from provenance.evidence import Facet, Grade
from provenance.policy.load import PolicySummary
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import (
    Clause,
    Condition,
    Effect,
    Policy,
    Reading,
    Remedy,
    Rule,
    TestDate,
    Treatment,
)
from provenance.policy.schema import proof_grades
from provenance.policy.show_list import cited, ended, field, list_date, period, wrapped

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
_TEST_DATES = {
    TestDate.CONTRACT: "the date of the contract",
    TestDate.PURCHASE: "the date of purchase",
    TestDate.DELIVERY: "the date of delivery",
    TestDate.INSTALLATION: "the date of installation",
    TestDate.MANUFACTURE: "the date of manufacture",
    TestDate.AS_OF: "the day of the audit",
}
_TREATMENTS = {
    Treatment.IN: "counts with China",
    Treatment.OUT: "does not count with China",
    Treatment.UNSTATED: "left unstated: a machine from there is undetermined until somebody decides",
}


def show_policy(policy: Policy, as_of: date) -> tuple[str, ...]:
    """Return a policy in lines of plain text.

    Args:
        policy: The policy.
        as_of: The day for which memberships are shown as in force or ended, and lists as due for review.
    """
    lines = [
        f"{policy.title}  ({policy.kind} {policy.id})",
        *field("Source", policy.citation),
        *field("Note", policy.note),
    ]
    if policy.clause is not None:
        lines += ["", *_clause(policy.clause)]
    for rule in policy.rules:
        lines += ["", *_rule(rule, as_of)]
    if policy.readings:
        lines += ["", "ALTERNATIVE READINGS (for comparison only; the verdict follows the terms above)"]
        for reading in policy.readings:
            lines += _reading(reading, policy)
    lines += ["", "DATA", *(line for used in policy.lists for line in list_date(used, as_of))]
    return (*lines, f"  digest of the policy with its lists: sha256 {policy.sha256}")


def show_summaries(summaries: Iterable[PolicySummary]) -> tuple[str, ...]:
    """Return one line per policy: id, kind, title, its readings."""
    rows = list(summaries)
    width = max((len(row.id) for row in rows), default=0)
    return tuple(
        f"{row.id:<{width}}  {row.kind:<6}  {row.title}"
        + (f"  [readings: {', '.join(row.readings)}]" if row.readings else "")
        for row in rows
    )


def _clause(clause: Clause) -> Iterator[str]:
    yield "THE CLAUSE"
    yield from field("Agreement", clause.agreement)
    yield from field(
        "Wording" if clause.wording_is_official else "Wording (a paraphrase, not the agreement's)",
        clause.wording,
    )
    for party in clause.parties:
        yield from field(
            party.role.capitalize(), party.name + (f" (maker {party.maker})" if party.maker else "")
        )
    for site in clause.sites:
        also = f", also written {', '.join(site.aliases)}" if site.aliases else ""
        yield from field("Site", f"{site.name}{also}: {site.note}")
    yield from field("Read here as", clause.reading)


def _rule(rule: Rule, as_of: date) -> Iterator[str]:
    yield f"RULE {rule.id}: {rule.title}"
    yield from field("The question asked", rule.question)
    yield from field("What is looked at", _FACETS[rule.facet])
    yield from field("Source", rule.citation)
    yield from field("Explanation", rule.help)
    yield "  Allowed:" if rule.allow else "  Prohibited:"
    yield from _members(rule, as_of)
    if any("CN" in member.atoms for member in rule.members):
        for area, treatment in rule.areas.items():
            yield from wrapped(f"{label(area)}: {_TREATMENTS[treatment]}", 4)
    yield from field(
        "The day that counts",
        _TEST_DATES[rule.test_date]
        + (
            f"; where it is missing, every day from {rule.undated_from} on is held possible"
            if rule.test_date is not TestDate.AS_OF
            else ""
        ),
    )
    yield from field("What clears", _or_stronger(rule.clears_from, rule.facet))
    yield from field("What condemns", _condemns(rule))
    yield from _left_open(rule, as_of)
    yield from field("Who has to prove", f"the {rule.burden}")
    yield from field("Applies to", _conditions(rule.scope) or "all equipment")
    for exception in rule.exceptions:
        note = f" {exception.note}" if exception.note else ""
        yield from field("Except", f"{_conditions(exception.conditions)} ({exception.instrument}).{note}")
    if not rule.exceptions:
        yield from field("Except", "nothing")
    yield from field("Remedy", _remedy(rule.remedy))


def _members(rule: Rule, as_of: date) -> Iterator[str]:
    for list_id in rule.lists:
        yield f"    list {list_id}:"
        for member in rule.members:
            if member.list_id == list_id:
                yield f"      {period(member)}{ended(member, as_of)}"
                yield from cited(member, 8)
    if rule.partial:
        yield "    A list is partial: that a country is not on it settles nothing."


def _or_stronger(grade: Grade, facet: Facet) -> str:
    grades = proof_grades(facet)
    names = [_GRADES[one] for one in grades[: grades.index(grade) + 1]]
    return f"on its own, {'; or '.join(reversed(names))}"


def _condemns(rule: Rule) -> str:
    if rule.effect is Effect.REVIEW:
        return "nothing: the rule only asks for review"
    return f"{_GRADES[rule.condemns_from]}, or anything stronger, that names a prohibited origin"


def _left_open(rule: Rule, as_of: date) -> Iterator[str]:
    questions = dict.fromkeys(prohibited(rule, rule.span(None, as_of)).open_questions.values())
    yield "  Left open, where the day that counts is not known:" if questions else "  Left open: nothing"
    for question in questions:
        yield from wrapped(question, 4)


def _conditions(conditions: Iterable[Condition]) -> str:
    return "; ".join(f"{one.field.replace('_', ' ')} is {' or '.join(one.values)}" for one in conditions)


def _remedy(remedy: Remedy) -> str:
    days = f" Within {remedy.days} days." if remedy.days is not None else " No time is stated."
    owed = "".join(f" For machines of {maker}: {name}." for maker, name in remedy.obligors)
    return f"{remedy.kind}: {remedy.text}{days}{owed} For all {'other ' if remedy.obligors else ''}machines: {remedy.otherwise}."


def _reading(reading: Reading, policy: Policy) -> Iterator[str]:
    yield f"  {reading.id}: {reading.title}"
    yield from wrapped(reading.note, 6)
    declared = {rule.id: rule for rule in policy.rules}
    for rule in reading.rules:
        if rule.id not in declared:
            yield from wrapped(f"adds {rule.id}: {rule.title}", 6)
    for rule_id in declared.keys() - {rule.id for rule in reading.rules}:
        yield from wrapped(f"leaves out {rule_id}", 6)
