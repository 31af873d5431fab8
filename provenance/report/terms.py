"""The reading of a rule in words: what is asked, what is not allowed, what counts as proof."""

from __future__ import annotations

from datetime import date

from provenance.countries import ALL, describe, label
from provenance.dates import Span
from provenance.inventory.table import Field
from provenance.policy.audit import Case, Finding
from provenance.policy.explain import proof_words, subject_words
from provenance.policy.policy import Policy
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import Rule, Treatment
from provenance.report.words import (
    EFFECT_WORDS,
    NO_REMEDY,
    TEST_DATE_WORDS,
)

_NAMES = 60
"""Enough to write out every list of countries in full; a notice counts nothing away."""

_TREATMENTS: dict[Treatment, str] = {
    Treatment.IN: "counted with China",
    Treatment.OUT: "not counted with China",
    Treatment.UNSTATED: "left open by the clause: it neither clears nor condemns",
}


def required_words(rule: Rule, span: Span) -> str:
    """Return what a rule requires of the origin over the days of its test date: `any country other than China`."""
    if rule.facet is None:
        return f"not covered by {', '.join(rule.lists)}"
    banned = prohibited(rule, span)
    if rule.allow:
        allowed = ALL - banned.possible
        return (
            f"one of the countries allowed: {describe(allowed, _NAMES)}" if allowed else "a country allowed"
        )
    if not banned.certain:
        return "an origin that the reading does not prohibit"
    return f"any country other than {describe(banned.certain, _NAMES).replace(' or ', ' and ')}"


def required_of(case: Case, finding: Finding, as_of: date) -> str:
    """Return what a rule requires of the machines of one case, on their own test date."""
    field = finding.rule.test_date.field
    known = dict(case.facts.dates).get(field) if field is not None else None
    return required_words(finding.rule, finding.rule.span(known, as_of))


def definitions(rule: Rule, policy: Policy, as_of: date) -> tuple[tuple[str, str], ...]:
    """Return the terms of a rule as adopted, each with its meaning."""
    lists = [
        f"{listed.title} (as of {listed.as_of}{', partial' if listed.partial else ''})"
        for listed in policy.lists
        if listed.id in rule.lists
    ]
    areas = [f"{label(area)}: {_TREATMENTS[treatment]}" for area, treatment in sorted(rule.areas.items())]
    undated = f"; without it, any day from {rule.undated_from} to the determination date"
    told = (
        ("Question", rule.question),
        ("Basis", rule.citation),
        ("Origin" if rule.facet is not None else "Subject", subject_words(rule)),
        ("Required on the determination date", required_words(rule, Span.of(as_of))),
        ("Areas", "; ".join(areas) if rule.facet is not None else ""),
        ("Lists", "; ".join(lists)),
        ("Test date", TEST_DATE_WORDS[rule.test_date] + (undated if rule.test_date.field else "")),
        ("Proof that clears", f"{proof_words(rule.clears_from)} or stronger"),
        ("Proof that condemns", f"{proof_words(rule.condemns_from)} or stronger"),
        ("Effect", EFFECT_WORDS[rule.effect]),
        ("Burden of proof", rule.burden),
        ("Exceptions", "; ".join(f"{item.id} ({item.instrument})" for item in rule.exceptions)),
    )
    return tuple((term, meaning) for term, meaning in told if meaning)


def claim_words(rule: Rule) -> str:
    """Return what is claimed under a rule, without by when."""
    told = rule.remedy.text.strip().rstrip(".")
    return told or ("none stated" if rule.remedy.kind == NO_REMEDY else rule.remedy.kind.replace("-", " "))


def remedy_words(rule: Rule) -> str:
    """Return what is claimed under a rule; a period only where the agreement states one."""
    days = rule.remedy.days
    if rule.remedy.kind == NO_REMEDY:
        return claim_words(rule)
    return (
        f"{claim_words(rule)}; {f'within {days} days' if days is not None else 'the clause states no period'}"
    )


def obligor_of(case: Case, rule: Rule) -> str:
    """Return who owes the remedy for the machines of a case; the words of the clause for makers it does not name."""
    identity, order = case.facts.identity, dict(case.facts.scope).get(Field.ORDER)
    for obligor in rule.remedy.obligors:
        if obligor.order is not None and obligor.order.casefold() == order:
            return obligor.name
    named = {obligor.maker: obligor.name for obligor in rule.remedy.obligors if obligor.maker is not None}
    return named.get(identity.maker or "") or rule.remedy.otherwise
