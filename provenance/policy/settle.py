"""Which proof would settle an open case: found by judging the case again as if the proof were there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from provenance.countries import ALL
from provenance.evidence import Facet, Grade, Piece
from provenance.origin.facts import CaseFacts
from provenance.policy.audit import Case, Finding
from provenance.policy.judge import test_span, verdict_under
from provenance.policy.prohibits import prohibited
from provenance.policy.rule import Rule
from provenance.policy.verdict import Verdict

_GOODS = frozenset({Facet.MANUFACTURE, Facet.BOARDS, Facet.CONTROLLER, Facet.CHIPS})
"""What a document about goods can prove."""


def settling_proof(case: Case, as_of: date) -> tuple[tuple[Facet, Grade], ...]:
    """Return the documents that would make an open case conform, one per facet, by the weakest grade that does.

    Args:
        case: The case.
        as_of: The day on which the question is asked.

    Returns:
        Facets with their grades, in the order of facets; nothing where no document about the goods would settle it:
        a dispute, a reading of the clause, a serial number that repeats, a decision by counsel.
    """
    open_findings = [one for one in case.findings if one.verdict is Verdict.UNDETERMINED]
    wanted = _grades(open_findings)
    if not wanted:
        return ()
    rules = [one.rule for one in open_findings]
    for atom in _candidates(rules, case.facts, as_of):
        told = {Piece(facet, grade, frozenset({atom})) for facet, grade in wanted.items()}
        proven = replace(case.facts, pieces=tuple(sorted({*case.facts.pieces, *told}, key=Piece.key)))
        if all(verdict_under(rule, proven, as_of) is Verdict.CONFORMING for rule in rules):
            order = list(Facet)
            return tuple(sorted(wanted.items(), key=lambda item: order.index(item[0])))
    return ()


def _grades(findings: Sequence[Finding]) -> dict[Facet, Grade]:
    """Return per facet the grade that is strong enough for every rule; nothing if one asks for no such document."""
    grades: dict[Facet, Grade] = {}
    for finding in findings:
        facet, asked = finding.rule.facet, finding.rule.clears_from
        if facet is None or facet not in _GOODS or not isinstance(asked, Grade):
            return {}
        grades[facet] = min(grades.get(facet, asked), asked, key=lambda grade: grade.rank)
    return grades


def _candidates(rules: Sequence[Rule], facts: CaseFacts, as_of: date) -> list[str]:
    """Return origins that no rule prohibits: one that is spoken of already, and any."""
    banned = frozenset[str]().union(
        *(prohibited(rule, rule.span(test_span(rule, facts), as_of)).possible for rule in rules)
    )
    free = ALL - banned
    said = {atom for piece in facts.pieces if piece.is_statement for atom in piece.atoms} & free
    return [*sorted(said)[:1], *sorted(free)[:1]]
