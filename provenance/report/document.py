"""The one model behind every report: everything sorted, counted and worded once, so that formats only lay it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.policy.audit import Audit, Case
from provenance.policy.embargo import WARNING
from provenance.records import dataclass
from provenance.report.asks import Ask, find_asks, open_needs
from provenance.report.entries import (
    CaseEntry,
    RejectedEntry,
    case_entry,
    rejected_entries,
)
from provenance.report.headline import Headline, headline
from provenance.report.papers import (
    DocumentEntries,
    DocumentFindingEntry,
    document_entries,
    document_finding_entries,
    idle_documents,
    noted_entries,
)
from provenance.report.readings import ReadingEntry, clearance, read_otherwise, reading_entries
from provenance.report.sources import Source, sources
from provenance.report.totals import (
    Total,
    policy_totals,
    reason_totals,
    reconciliation,
    verdict_totals,
)
from provenance.report.waivers import WaiverEntry, waiver_entries
from provenance.report.words import DISCLAIMER, SYNTHETIC, one_line

if TYPE_CHECKING:
    from provenance.report.deliveries import DeliveryEntry, DisclosureEntry
    from provenance.report.matter import Matter
    from provenance.report.since import ComparisonEntry, ExchangeEntry


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """One policy and what it alone makes of the fleet."""

    id: str
    title: str
    citation: str
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report before it has a form."""

    tool: str
    as_of: str
    """ISO."""
    stamp: str
    """The SYNTHETIC sentence; empty for real data."""
    headline: Headline
    totals: tuple[Total, ...]
    """One per verdict, worst first."""
    reasons: tuple[Total, ...]
    """The undetermined, split."""
    policies: tuple[PolicyEntry, ...]
    cases: tuple[CaseEntry, ...]
    """Worst verdict first, then most units."""
    asks: tuple[Ask, ...]
    """Most units first."""
    readings: tuple[ReadingEntry, ...]
    clearance: tuple[str, ...]
    """What the clearances are worth under the other readings, in sentences."""
    embargo: tuple[CaseEntry, ...]
    """The cases that are goods under embargo, whatever their verdict."""
    embargo_warning: str
    """Empty where there are none."""
    documents: DocumentEntries
    """Those that speak of most units first."""
    documents_noted: DocumentEntries
    """Those of which anything is to be said."""
    documents_idle: int
    """How many speak of no unit here."""
    document_findings: tuple[DocumentFindingEntry, ...]
    """What is odd about the documents themselves, as questions."""
    waivers: tuple[WaiverEntry, ...]
    """Those that work first, then by id."""
    comparison: ComparisonEntry | None
    """What changed since a baseline, where one was given."""
    exchanges: tuple[ExchangeEntry, ...]
    deliveries: tuple[DeliveryEntry, ...]
    """The schedule beside what the inventory holds, lot by lot; empty without a schedule."""
    disclosure: DisclosureEntry | None
    rejected: tuple[RejectedEntry, ...]
    warnings: tuple[str, ...]
    sources: tuple[Source, ...]
    reconciliation: tuple[str, ...]
    disclaimer: str


def build_document(audit: Audit, matter: Matter | None = None) -> Document:
    """Build the model that every format renders.

    Args:
        audit: What the run yielded; its machines are scanned once, for what to ask for.
        matter: The matter file, where there is one.

    Raises:
        ReportError: The totals of the audit do not reconcile.
    """
    sums = reconciliation(audit)
    # A group without units of its own is listed again elsewhere, and asked for there.
    asks = tuple(ask for ask in find_asks(audit, open_needs(audit)) if ask.units)
    otherwise = read_otherwise(audit)
    cases = tuple(
        case_entry(case, otherwise.get(case.id, "")) for case in sorted(audit.cases, key=_worst_and_largest)
    )
    embargoed = tuple(case for case in cases if case.embargo)
    return Document(
        tool=audit.tool,
        as_of=audit.as_of.isoformat(),
        stamp=SYNTHETIC if audit.synthetic else "",
        headline=headline(audit, asks),
        totals=verdict_totals(audit.summary.by_verdict),
        reasons=reason_totals(audit),
        policies=tuple(
            PolicyEntry(policy.id, policy.title, policy.citation, policy_totals(audit, policy))
            for policy in audit.policies
        ),
        cases=cases,
        asks=asks,
        readings=reading_entries(audit),
        clearance=clearance(audit),
        embargo=embargoed,
        embargo_warning=WARNING if embargoed else "",
        documents=document_entries(audit),
        documents_noted=noted_entries(audit),
        documents_idle=idle_documents(audit),
        document_findings=document_finding_entries(audit),
        waivers=waiver_entries(audit),
        comparison=_comparison(audit),
        exchanges=_exchanges(audit),
        deliveries=_deliveries(audit),
        disclosure=_disclosure(audit),
        rejected=rejected_entries(audit),
        warnings=tuple(one_line(warning) for warning in audit.warnings),
        sources=sources(audit, matter),
        reconciliation=sums,
        disclaimer=DISCLAIMER,
    )


def _worst_and_largest(case: Case) -> tuple[int, int, str]:
    return -case.verdict.severity, -case.units, case.id


def _comparison(audit: Audit) -> ComparisonEntry | None:
    if audit.comparison is None:
        return None
    from provenance.report.since import comparison_entry

    return comparison_entry(audit)


def _exchanges(audit: Audit) -> tuple[ExchangeEntry, ...]:
    if not audit.exchanges:
        return ()
    from provenance.report.since import exchange_entries

    return exchange_entries(audit)


def _deliveries(audit: Audit) -> tuple[DeliveryEntry, ...]:
    if not audit.deliveries:
        return ()
    from provenance.report.deliveries import delivery_entries

    return delivery_entries(audit)


def _disclosure(audit: Audit) -> DisclosureEntry | None:
    if audit.disclosure is None:
        return None
    from provenance.report.deliveries import disclosure_entry

    return disclosure_entry(audit)
