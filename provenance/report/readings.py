"""The matrix of readings in words: what each reading makes of the fleet, and what a clearance is worth under the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from provenance.policy.audit import Audit, Count, ReadingOutcome
from provenance.policy.hashrates import Hashrate
from provenance.policy.matrix import uncleared_elsewhere
from provenance.policy.verdict import Verdict
from provenance.records import dataclass
from provenance.report.entries import case_title
from provenance.report.totals import Total, verdict_totals
from provenance.report.words import VERDICT_WORDS, counted, one_line

_STEPS = (("E", 18), ("P", 15), ("T", 12), ("G", 9), ("M", 6), ("k", 3), ("", 0))
_KINDS = {"h": "H/s", "sol": "Sol/s"}


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """One site under one reading."""

    site: str
    counts: tuple[Total, ...]
    """One per verdict, worst first."""


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A case that a reading judges otherwise."""

    case: str
    title: str
    declared: Verdict
    verdict: Verdict
    lines: int
    units: int


@dataclass(frozen=True, slots=True)
class ReadingEntry:
    """One row of the matrix of readings."""

    policy: str
    reading: str
    title: str
    note: str
    declared: bool
    counts: tuple[Total, ...]
    """One per verdict, worst first."""
    changed_units: int
    hashrates: Mapping[Verdict, str]
    """In words, by algorithm; empty where nothing states or rates one."""
    sites: tuple[SiteEntry, ...]
    changes: tuple[ChangeEntry, ...]
    """Most units first."""
    uncleared_units: int
    """Units that the declared reading clears and this one would not."""

    def told(self) -> tuple[str, ...]:
        """Return a sentence for each verdict that occurs: lines, units, hashrate and sites."""
        return tuple(self._told(total) for total in self.counts if total.lines)

    def _told(self, total: Total) -> str:
        rate = self.hashrates.get(total.verdict, "")
        sites = [
            f"{site.site} {count.units:,}"
            for site in self.sites
            for count in site.counts
            if count.verdict is total.verdict and count.lines
        ]
        parts = [counted(total.lines, "line"), counted(total.units, "unit"), rate]
        parts += [f"sites: {', '.join(sites)}"] if sites else []
        return f"{VERDICT_WORDS[total.verdict]}: {'; '.join(part for part in parts if part)}"


def reading_entries(audit: Audit) -> tuple[ReadingEntry, ...]:
    """Return the matrix of readings in the order of the audit."""
    titles = {case.id: case_title(case) for case in audit.cases}
    return tuple(_entry(outcome, titles) for outcome in audit.readings)


def _entry(outcome: ReadingOutcome, titles: Mapping[str, str]) -> ReadingEntry:
    return ReadingEntry(
        policy=outcome.policy,
        reading=outcome.reading,
        title=outcome.title,
        note=outcome.note,
        declared=outcome.declared,
        counts=verdict_totals(outcome.by_verdict),
        changed_units=outcome.changed_units,
        hashrates={verdict: hashrate_words(rates) for verdict, rates in outcome.hashrates.items()},
        sites=tuple(_site(site, counts) for site, counts in outcome.sites.items()),
        changes=tuple(
            sorted(
                (
                    ChangeEntry(
                        change.case,
                        titles.get(change.case, change.case),
                        change.declared,
                        change.verdict,
                        change.lines,
                        change.units,
                    )
                    for change in outcome.changes
                ),
                key=lambda change: (-change.units, change.case),
            )
        ),
        uncleared_units=outcome.uncleared_units,
    )


def _site(site: str, counts: Mapping[Verdict, Count]) -> SiteEntry:
    return SiteEntry(one_line(site) or "no site given", verdict_totals(counts))


def read_otherwise(audit: Audit) -> dict[str, str]:
    """Return by case how other readings judge it, where they differ: `boards: undetermined; hk-mo-in: waived`."""
    several = len(audit.policies) > 1
    found: dict[str, list[str]] = {}
    for outcome in audit.readings:
        named = f"{outcome.policy}/{outcome.reading}" if several else outcome.reading
        for change in outcome.changes:
            found.setdefault(change.case, []).append(f"{named}: {VERDICT_WORDS[change.verdict]}")
    return {case: "; ".join(told) for case, told in found.items()}


def clearance(audit: Audit) -> tuple[str, ...]:
    """Return what the clearances are worth: one sentence per policy that clears something."""
    lost = uncleared_elsewhere(audit.readings)
    return tuple(
        _clearance(outcome, lost[outcome.policy], audit)
        for outcome in audit.readings
        if outcome.declared and outcome.by_verdict.get(Verdict.CONFORMING, Count(0, 0)).lines
    )


def _clearance(outcome: ReadingOutcome, lost: int, audit: Audit) -> str:
    units = counted(outcome.by_verdict[Verdict.CONFORMING].units, "unit")
    under = (
        "under this reading"
        if len(audit.policies) == 1
        else f"under the declared reading of {outcome.policy}"
    )
    others = [one for one in audit.readings if one.policy == outcome.policy and not one.declared]
    if not others:
        return f"{units} cleared {under}; the policy states no other reading."
    each = ", ".join(f"{one.reading} {one.uncleared_units:,}" for one in others if one.uncleared_units)
    if not lost:
        return f"{units} cleared {under}; every other reading of the policy would clear them too."
    return f"{units} cleared {under}; {lost:,} of them other readings would not clear ({each})."


def hashrate_words(rates: Iterable[Hashrate]) -> str:
    """Return sums of hashrates in words, by algorithm; what rests on the maker's rating is marked."""
    return ", ".join(_rate(one) for one in rates)


def _rate(one: Hashrate) -> str:
    named = f" {one.algorithm}" if one.algorithm else ""
    total = f"{_scaled(one.stated + one.rated, one.kind)}{named}"
    if not one.rated_units:
        return total
    if not one.stated_units:
        return f"{total} (by the maker's rating, none is stated)"
    return f"{total} (of it {_scaled(one.rated, one.kind)} by the maker's rating for {counted(one.rated_units, 'unit')})"


def _scaled(rate: int, kind: str) -> str:
    prefix, power = next(((name, power) for name, power in _STEPS if rate >= 10**power), ("", 0))
    # Whole numbers to the end: a sum of integers reads the same in every run.
    hundredths = (rate * 100 + 10**power // 2) // 10**power
    return f"{hundredths // 100:,}.{hundredths % 100:02d} {prefix}{_KINDS[kind]}"
