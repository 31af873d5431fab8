"""From scanned facts to judged cases: every rule of every policy, once per case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from provenance.catalog.records import Plant
from provenance.evidence import Facet
from provenance.inventory.table import Field
from provenance.origin.conclude import conclude
from provenance.origin.facts import Wanted
from provenance.origin.scan import Scan, Tally
from provenance.policy.at import limits
from provenance.policy.audit import Case, Count, ReadingOutcome
from provenance.policy.judge import judge, verdict_under
from provenance.policy.prohibited_makers import tie_ends
from provenance.policy.prohibits import breakpoints
from provenance.policy.rule import Condition, DateCondition, Policy, Rule
from provenance.policy.subject import MakersSubject
from provenance.policy.verdict import Reason, Verdict, worst
from provenance.policy.waivers.waiver import waives

K = TypeVar("K", Verdict, Reason)

_TEXTS_KEPT = 20
"""How many raw texts a case keeps; a case is about facts, its machines stand in the schedule."""


def wanted_of(policies: Sequence[Policy]) -> Wanted:
    """Return what the rules of policies, their readings included, ask of each machine."""
    rules = [rule for policy in policies for rule in policy.all_rules()]
    asked = {
        condition.field
        for rule in rules
        for condition in rule.conditions()
        if isinstance(condition, Condition)
    }
    owed = {Field.ORDER for rule in rules for obligor in rule.remedy.obligors if obligor.order is not None}
    return Wanted(
        # Where the unit was made is asked for even where no rule does: goods of an embargoed origin stand apart.
        facets=frozenset({Facet.MANUFACTURE, *(rule.facet for rule in rules if rule.facet is not None)}),
        breakpoints=_breakpoints(rules),
        scope=tuple(sorted(asked | owed)),
        seats_on=tuple(
            sorted(
                {rule.test_date.field for rule in rules if rule.facet in {Facet.MAKER, Facet.OWNER}},
                key=lambda field: field or "",
            )
        ),
        classes=any(rule.classes or any(entry.classes for entry in rule.entities) for rule in rules),
        makers=any(isinstance(rule.subject, MakersSubject) for rule in rules),
    )


def _breakpoints(rules: Iterable[Rule]) -> dict[Field, tuple[date, ...]]:
    """Return, by date of a machine, the days on which something that a rule asks of it changes."""
    points: dict[Field, set[date]] = {}
    for rule in rules:
        field = rule.test_date.field
        if field is not None:
            points.setdefault(field, set()).update(breakpoints(rule))
        if rule.listings:
            points.setdefault(Field.MANUFACTURE_DATE, set()).update(tie_ends(rule))
        for condition in rule.conditions():
            if isinstance(condition, DateCondition) and condition.on.field is not None:
                points.setdefault(condition.on.field, set()).update(limits(condition.first, condition.last))
    return {field: tuple(sorted(days)) for field, days in sorted(points.items())}


def judge_cases(
    scan: Scan, policies: Sequence[Policy], plants: Callable[[str | None], tuple[Plant, ...]], as_of: date
) -> tuple[Case, ...]:
    """Judge every case under every rule.

    Args:
        scan: The facts and the rows they stand for.
        policies: What to judge by; each rule gives one finding per case.
        plants: What the catalogue knows of a maker's plants, for the reader.
        as_of: The day on which the question is asked.

    Returns:
        One case per set of facts, in the order of `scan.facts`.
    """
    rules = [rule for policy in policies for rule in policy.rules]
    facets = sorted({rule.facet for rule in rules if rule.facet is not None}, key=list(Facet).index)
    cases = []
    for index, facts in enumerate(scan.facts):
        findings = tuple(judge(rule, facts, as_of) for rule in rules)
        decisive = max(findings, key=lambda finding: finding.verdict.severity)
        cases.append(
            Case(
                id=scan.ids[index],
                facts=facts,
                conclusions=tuple(conclude(facet, facts.pieces) for facet in facets),
                findings=findings,
                verdict=decisive.verdict,
                reason=decisive.reason,
                lines=0,
                units=0,
                makers={},
                models={},
                sites={},
                plants=plants(facts.identity.maker),
            )
        )
    return counted(cases, scan.tallies)


def counted(cases: Sequence[Case], tallies: Sequence[Tally]) -> tuple[Case, ...]:
    """Return cases with their lines, units and texts, as the tallies of their rows say."""
    counts = _counts(tallies)
    texts = {column: _texts(tallies, column) for column in ("maker", "model", "site")}
    return tuple(
        replace(
            case,
            lines=count.lines,
            units=count.units,
            makers=_first(texts["maker"].get(index, {})),
            models=_first(texts["model"].get(index, {})),
            sites=texts["site"].get(index, {}),
        )
        for index, case in enumerate(cases)
        for count in (counts.get(index, Count(0, 0)),)
    )


def presented(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Return the cases that have lines, worst verdict first, then most units, then id."""
    return tuple(
        sorted(
            (case for case in cases if case.lines),
            key=lambda case: (-case.verdict.severity, case.reason.order, -case.units, case.id),
        )
    )


def read_otherwise(
    policies: Sequence[Policy], cases: Sequence[Case], as_of: date
) -> tuple[ReadingOutcome, ...]:
    """Return the interpretation matrix: what each reading of each policy makes of the cases."""
    outcomes = []
    offset = 0
    for policy in policies:
        findings = slice(offset, offset + len(policy.rules))
        offset += len(policy.rules)
        declared = [worst(finding.verdict for finding in case.findings[findings]) for case in cases]
        outcomes.append(_outcome(policy, "declared", "as declared", "", cases, declared, declared))
        for reading in policy.readings:
            read = [_worst_under(reading.rules, case, as_of) for case in cases]
            outcomes.append(_outcome(policy, reading.id, reading.title, reading.note, cases, read, declared))
    return tuple(outcomes)


def _worst_under(rules: Sequence[Rule], case: Case, as_of: date) -> Verdict:
    found = ((rule.id, verdict_under(rule, case.facts, as_of)) for rule in rules)
    return worst(
        Verdict.WAIVED if any(waives(one, rule, verdict) for one in case.waivers) else verdict
        for rule, verdict in found
    )


def _outcome(
    policy: Policy,
    reading: str,
    title: str,
    note: str,
    cases: Sequence[Case],
    read: Sequence[Verdict],
    declared: Sequence[Verdict],
) -> ReadingOutcome:
    changed = sum(case.units for case, a, b in zip(cases, read, declared, strict=True) if a is not b)
    return ReadingOutcome(
        policy=policy.id,
        reading=reading,
        title=title,
        note=note,
        declared=read is declared,
        by_verdict=count_by(Verdict, zip(cases, read, strict=True)),
        changed_units=changed,
    )


def count_by(kinds: Iterable[K], cases: Iterable[tuple[Case, K]]) -> dict[K, Count]:
    """Return lines and units per verdict or reason, all of `kinds` in their order."""
    totals = {kind: Count(0, 0) for kind in kinds}
    for case, kind in cases:
        known = totals[kind]
        totals[kind] = Count(known.lines + case.lines, known.units + case.units)
    return totals


def _counts(tallies: Iterable[Tally]) -> dict[int, Count]:
    counts: dict[int, Count] = {}
    for tally in tallies:
        known = counts.get(tally.case, Count(0, 0))
        counts[tally.case] = Count(known.lines + tally.lines, known.units + tally.units)
    return counts


def _texts(tallies: Iterable[Tally], column: str) -> dict[int, dict[str, int]]:
    """Return per case the texts of a column with their units, most units first."""
    found: dict[int, Counter[str]] = {}
    for tally in tallies:
        found.setdefault(tally.case, Counter())[getattr(tally, column)] += tally.units
    return {
        case: dict(sorted(texts.items(), key=lambda item: (-item[1], item[0])))
        for case, texts in found.items()
    }


def _first(texts: Mapping[str, int]) -> dict[str, int]:
    named = [(text, units) for text, units in texts.items() if text]
    return dict(named[:_TEXTS_KEPT])
