"""Showing policies as a lawyer reads them: plain lines, in words, with dates and citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from provenance.policy.load import PolicySummary
from provenance.policy.policy import Clause, Policy, Reading
from provenance.policy.show_list import field, list_date, wrapped
from provenance.policy.show_rule import show_rule


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
        lines += ["", *show_rule(rule, as_of)]
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


def _reading(reading: Reading, policy: Policy) -> Iterator[str]:
    yield f"  {reading.id}: {reading.title}"
    yield from wrapped(reading.note, 6)
    declared = {rule.id: rule for rule in policy.rules}
    for rule in reading.rules:
        if rule.id not in declared:
            yield from wrapped(f"adds {rule.id}: {rule.title}", 6)
    kept = {rule.id for rule in reading.rules}
    for rule_id in declared:
        if rule_id not in kept:
            yield from wrapped(f"leaves out {rule_id}", 6)
