"""From scanned facts to judged cases: every rule of every policy, once per case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from provenance.catalog.records import Model, Plant
from provenance.evidence import Facet
from provenance.origin.conclude import conclude
from provenance.origin.hashrate import HashTally
from provenance.origin.scan import Scan, Tally
from provenance.policy.audit import Case, Count
from provenance.policy.embargo import blocking_lists, embargo_of
from provenance.policy.hashrates import hashrate_of
from provenance.policy.judge import judge
from provenance.policy.policy import Policy

TallyT = TypeVar("TallyT", Tally, HashTally)

_TEXTS_KEPT = 20
"""How many raw texts a case keeps; a case is about facts, its machines stand in the schedule."""


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
    blocking = blocking_lists(policies)
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
                embargo=embargo_of(facts, findings, blocking),
            )
        )
    return counted(cases, scan.tallies)


def counted(cases: Sequence[Case], tallies: Sequence[Tally]) -> tuple[Case, ...]:
    """Return cases with their lines, units and texts, as the tallies of their rows say."""
    counts = _counts(tallies)
    texts = {column: _texts(tallies, column) for column in ("maker", "model", "site")}
    by_site = _sites(tallies)
    return tuple(
        replace(
            case,
            lines=count.lines,
            units=count.units,
            makers=_first(texts["maker"].get(index, {})),
            models=_first(texts["model"].get(index, {})),
            sites=texts["site"].get(index, {}),
            by_site=by_site.get(index, {}),
        )
        for index, case in enumerate(cases)
        for count in (counts.get(index, Count(0, 0)),)
    )


def with_hashrates(cases: Sequence[Case], scan: Scan, model: Callable[[str], Model]) -> tuple[Case, ...]:
    """Return cases with what their machines hash.

    Args:
        cases: The cases, in the order of `scan.facts`.
        scan: What their rows state.
        model: What the catalogue knows of a model, for its rating.
    """
    stated, told = _grouped(scan.hashrates), _grouped(scan.tallies)
    return tuple(
        replace(
            case,
            hashrates=hashrate_of(
                stated.get(index, []),
                told.get(index, []),
                model(known) if (known := case.facts.identity.model) is not None else None,
            ),
        )
        for index, case in enumerate(cases)
    )


def presented(cases: Iterable[Case]) -> tuple[Case, ...]:
    """Return the cases that have lines, worst verdict first, then most units, then id."""
    return tuple(
        sorted(
            (case for case in cases if case.lines),
            key=lambda case: (-case.verdict.severity, case.reason.order, -case.units, case.id),
        )
    )


def _counts(tallies: Iterable[Tally]) -> dict[int, Count]:
    counts: dict[int, Count] = {}
    for tally in tallies:
        known = counts.get(tally.case, Count(0, 0))
        counts[tally.case] = Count(known.lines + tally.lines, known.units + tally.units)
    return counts


def _sites(tallies: Iterable[Tally]) -> dict[int, dict[str, Count]]:
    found: dict[int, dict[str, Count]] = {}
    for tally in tallies:
        counts = found.setdefault(tally.case, {})
        known = counts.get(tally.site, Count(0, 0))
        counts[tally.site] = Count(known.lines + tally.lines, known.units + tally.units)
    return {case: dict(sorted(counts.items())) for case, counts in found.items()}


def _grouped(rows: Iterable[TallyT]) -> dict[int, list[TallyT]]:
    found: dict[int, list[TallyT]] = {}
    for row in rows:
        found.setdefault(row.case, []).append(row)
    return found


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
