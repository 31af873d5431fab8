"""The line from inventory to audit, top to bottom: read, identify, gather, judge, and stream the rows again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from provenance._version import __version__
from provenance.catalog.database import Catalogue
from provenance.catalog.records import Action
from provenance.given import Asked, Given, read_given
from provenance.inventory.opening import Opening
from provenance.inventory.tables import rejected_rows
from provenance.origin.exchanges import boards_reopened
from provenance.origin.gather import Gatherer
from provenance.origin.paper_findings import find_paper_findings
from provenance.origin.scan import scan_inventories
from provenance.policy.audit import Audit, CatalogInfo, OverlayUse, WaiverUse
from provenance.policy.baseline.since import since, warnings_since
from provenance.policy.cases import judge_cases, presented, with_hashrates
from provenance.policy.data_room import warnings_of_files
from provenance.policy.machines import Machines
from provenance.policy.matrix import read_otherwise
from provenance.policy.summary import DocumentUses, summarize, warnings_of
from provenance.policy.waivers.apply import Judged, apply_waivers
from provenance.policy.waivers.outward import with_outward
from provenance.policy.waivers.uses import in_force, waiver_uses, warnings_of_waivers
from provenance.policy.waivers.waiver import EXPIRING_WITHIN, WaiverKind
from provenance.policy.wanted import wanted_of

if TYPE_CHECKING:
    from provenance.policy.deliveries import Delivery
    from provenance.policy.disclosure import Disclosure


def audit(
    inventories: Sequence[Path | str],
    *,
    policies: Sequence[str] = (),
    evidence: Sequence[Path | str] = (),
    documents: Path | str | None = None,
    schedule: Path | str | None = None,
    disclosed: Path | str | None = None,
    catalogs: Sequence[Path | str] = (),
    columns: Path | str | None = None,
    waivers: Sequence[Path | str] = (),
    waive: bool = True,
    expiring_within: int = EXPIRING_WITHIN,
    baseline: Path | str | None = None,
    replacements: Sequence[Path | str] = (),
    as_of: date | None = None,
    besides: Sequence[Path | str] = (),
    opening: Opening | None = None,
    parties: Sequence[tuple[str, str]] = (),
    tell: Callable[[str], None] = lambda _: None,
) -> Audit:
    """Audit inventories against policies.

    Args:
        inventories: Files, folders, zips or patterns; a folder or zip stands for all inventories in it.
        policies: Ids of packs and clauses, or paths of policy files; `china-ofac` when empty.
        evidence: Evidence registers, csv, workbooks or YAML.
        documents: The folder that holds the documents themselves, to look for each by its sha256.
        schedule: What was contracted, lot by lot, to set beside what was delivered.
        disclosed: The seller's disclosure schedule, to set beside the verdicts, which it does not change.
        catalogs: Folders with catalogues of the user's own, laid over the embedded one in this order.
        columns: A columns file that overrides how columns are mapped.
        waivers: Waiver files.
        waive: Whether to apply them; if not, the outcome says that they were given and not applied.
        expiring_within: Days before its last one from which on a waiver is said to expire soon.
        baseline: An earlier report, as `audit -f json` writes it, to compare with.
        replacements: Tables of which unit came for which, and of boards that were changed.
        as_of: The day on which the question is asked; today when None.
        besides: Files that are no inventories where a folder holds them, such as reports of an earlier run.
        opening: Limits and password of the files; those of the environment when None.
        parties: Names and roles (`seller`, `obligor`, ...) beside those of clauses; their own papers are their word.
        tell: Is told what is being done, in words, for whoever waits.

    Returns:
        The whole outcome. Its machines are streamed from the inventories again, so these must stay where they are.

    Raises:
        ProvenanceError: No inventory can be read, or another file cannot be used; every fault at once.
    """
    asked = Asked(
        inventories, policies, evidence, documents, schedule, disclosed, catalogs, columns, waivers, baseline,
        replacements, besides, opening, parties,
    )  # fmt: skip
    given = read_given(asked, as_of or date.today(), tell)  # noqa: DTZ011 - the user's own day is meant
    tell("identifying machines and gathering evidence")
    gathered = _gather(given)
    tell("judging cases")
    uses = waiver_uses(
        gathered,
        given.waivers.waivers,
        given.policies,
        given.day,
        applied=waive,
        expiring_within=expiring_within,
    )
    judged = _hashed(given, apply_waivers(gathered, in_force(uses, *WaiverKind), given.policies, given.day))
    outcome = _outcome(given, judged, uses)
    return with_outward(
        outcome,
        gathered,
        lambda seen: Machines(given.tables, *seen, given.lines),
        lambda seen: _hashed(given, seen),
    )


def _gather(given: Given) -> Judged:
    """Scan the distinct facts of all machines into cases, and judge each case without waivers."""
    gatherer = Gatherer(given.identifier, given.catalogue)
    scan = scan_inventories(
        given.tables,
        given.lines,
        given.identifier,
        gatherer,
        wanted_of(given.policies),
        given.asking,
        [one.scope.selector for one in given.waivers.waivers],
        boards_reopened(given.exchanges, given.day),
    )
    return Judged(scan, judge_cases(scan, given.policies, gatherer.plants, given.day))


def _hashed(given: Given, judged: Judged) -> Judged:
    return Judged(judged.scan, with_hashrates(judged.cases, judged.scan, given.catalogue.model))


def _outcome(given: Given, judged: Judged, uses: tuple[WaiverUse, ...]) -> Audit:
    """Put together what the run yields: totals, comparisons, and the machines as they are streamed again."""
    scan, cases = judged
    day, policies, lines = given.day, given.policies, given.lines
    rejected = tuple(row for table in given.tables for row in rejected_rows(table)) if scan.rejected else ()
    machines = Machines(given.tables, scan, cases, lines)
    comparison, exchanged = since(
        given.earlier, given.exchanges, machines, judged, lines, policies, given.catalogue, day
    )
    if comparison is not None:
        machines = machines.with_changes(comparison.of_rows)
    return Audit(
        tool=f"provenance {__version__}",
        as_of=day,
        policies=policies,
        policy_is_default=given.policy_is_default,
        inputs=given.inputs,
        registers=given.register_digests,
        catalog=_catalog_info(given.catalogue),
        cases=presented(cases),
        summary=summarize(scan, cases, given.inputs),
        readings=read_otherwise(policies, cases, day),
        documents=DocumentUses(lines, scan.matches, given.sightings.seen if given.sightings else ()),
        paper_findings=find_paper_findings(lines, scan.matches, given.sightings),
        schedule=given.contract,
        deliveries=_deliveries(given, judged),
        disclosure=_disclosure(given, judged),
        rejected=rejected,
        warnings=(
            *warnings_of(policies, given.inputs, given.tables, rejected, day),
            *warnings_of_files(given.found, given.inputs, given.registers),
            *warnings_of_waivers(uses),
            *(given.contract.remarks if given.contract is not None else ()),
            *warnings_since(comparison, exchanged, day),
        ),
        synthetic=given.synthetic,
        waivers=uses,
        waiver_files=given.waivers.files,
        comparison=comparison,
        exchanges=exchanged,
        leads=scan.leads,
        compared_files=given.compared_digests,
        scan_machines=machines.machines,
        scan_rows=machines.rows,
    )


def _deliveries(given: Given, judged: Judged) -> tuple[Delivery, ...]:
    if given.contract is None:
        return ()
    from provenance.policy.deliveries import compare_deliveries

    return compare_deliveries(given.contract, given.tables, judged.scan, judged.cases, given.identifier)


def _disclosure(given: Given, judged: Judged) -> Disclosure | None:
    if given.admitted is None:
        return None
    from provenance.policy.disclosure import compare_disclosed

    return compare_disclosed(given.admitted, given.tables, judged.scan, judged.cases)


def _catalog_info(catalogue: Catalogue) -> CatalogInfo:
    overlays = tuple(
        OverlayUse(info.name, info.sha256, *(info.count(action) for action in Action))
        for info in catalogue.overlays
    )
    makers, models = catalogue.makers(), catalogue.models_by_id()
    return CatalogInfo(catalogue.sha256, catalogue.as_of, len(makers), len(models), overlays)
