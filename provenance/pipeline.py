"""The line from inventory to audit, top to bottom: read, identify, gather, judge, and stream the rows again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from provenance._version import __version__
from provenance.beside import (
    read_admitted,
    read_columns,
    read_contract,
    read_earlier,
    read_registers,
    read_replacements,
    read_waivers,
)
from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.records import Action
from provenance.errors import Fault, InventoryError, PolicyError
from provenance.identify.recognise import names_of
from provenance.identify.resolve import Identifier
from provenance.inventory.find import Inputs, find_inputs, named_apart
from provenance.inventory.known import Known
from provenance.inventory.opening import Opening
from provenance.inventory.own_reports import without_reports
from provenance.inventory.reader import UNREAD, digest_file, read_inventory, refused_input, unread_input
from provenance.inventory.table import InputFile, Role
from provenance.inventory.tables import rejected_rows
from provenance.origin.exchanges import boards_reopened
from provenance.origin.gather import Gatherer
from provenance.origin.paper_files import paper_files
from provenance.origin.paper_findings import find_paper_findings
from provenance.origin.questions import Asking
from provenance.origin.register_lines import all_lines
from provenance.origin.scan import scan_inventories
from provenance.policy.audit import Audit, CatalogInfo, OverlayUse
from provenance.policy.baseline.since import since, warnings_since
from provenance.policy.cases import judge_cases, presented, with_hashrates
from provenance.policy.data_room import warnings_of_files
from provenance.policy.kept import kept_policy
from provenance.policy.machines import Machines
from provenance.policy.matrix import read_otherwise
from provenance.policy.parties import interested_parties
from provenance.policy.reach import with_listings
from provenance.policy.rule import Policy
from provenance.policy.sites import placed, site_names
from provenance.policy.summary import DocumentUses, summarize, warnings_of
from provenance.policy.waivers.apply import Judged, apply_waivers
from provenance.policy.waivers.outward import with_outward
from provenance.policy.waivers.uses import in_force, waiver_uses, warnings_of_waivers
from provenance.policy.waivers.waiver import EXPIRING_WITHIN, WaiverKind
from provenance.policy.wanted import wanted_of

if TYPE_CHECKING:
    from provenance.inventory.columnsfile import ColumnsFile
    from provenance.inventory.table import Table
    from provenance.origin.document_folder import Sightings
    from provenance.origin.register_lines import RegisterLines
    from provenance.origin.schedule import Schedule
    from provenance.policy.deliveries import Delivery
    from provenance.policy.disclosure import Disclosure, DisclosureFile

DEFAULT_POLICY = "china-ofac"
"""The pack that judges when nobody chose one; every report then says so in its first line."""


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
        tell: Is told what is being done, in words, for whoever waits.

    Returns:
        The whole outcome. Its machines are streamed from the inventories again, so these must stay where they are.

    Raises:
        ProvenanceError: No inventory can be read, or another file cannot be used; every fault at once.
    """
    day = as_of or date.today()  # noqa: DTZ011 - the user's own day is meant
    chosen = load_policies(policies or (DEFAULT_POLICY,))
    tell("reading inventories")
    papers = dict(named_apart((Path(path), Path(path).name) for path in evidence))
    others = (path for path in (columns, schedule, disclosed) if path is not None)
    spoken_of = [*besides, *waivers, *(ref for ref in policies if Path(ref).is_file()), *others]
    terms = opening if opening is not None else Opening()
    found = find_inventories(inventories, tuple(papers), spoken_of, terms)
    catalogue = open_catalogue(overlays=catalogs)
    chosen = with_listings(chosen, catalogue)
    identifier = Identifier(catalogue)
    said = read_columns(columns)
    inputs = read_inputs(found, said, names_of(identifier), terms)
    tell("reading evidence")
    papers |= _of_role(inputs, Role.EVIDENCE)
    schedule = schedule or next(iter(_of_role(inputs, Role.SCHEDULE)), None)
    registers = read_registers(papers)
    lines = all_lines(registers)
    sightings = (
        _look_for(lines, Path(documents), _known_files(found, tuple(papers), spoken_of))
        if documents is not None
        else None
    )
    contract = read_contract(schedule)
    admitted = read_admitted(disclosed)
    asking = Asking(day, interested_parties(chosen), sightings)
    tables_of_replacements = named_apart((Path(path), Path(path).name) for path in replacements)
    exchanges = read_replacements(tables_of_replacements)
    earlier = read_earlier(baseline)
    gatherer = Gatherer(identifier, catalogue)
    sites = site_names(chosen)
    given = read_waivers(waivers, identifier, catalogue, chosen, sites)

    tell("identifying machines and gathering evidence")
    listed = [table for one in inputs for table in one.tables if table.role is Role.INVENTORY]
    tables = placed(listed, sites)
    selectors = [one.scope.selector for one in given.waivers]
    reopened = boards_reopened(exchanges, day)
    scan = scan_inventories(
        tables, lines, identifier, gatherer, wanted_of(chosen), asking, selectors, reopened
    )
    tell("judging cases")
    judged = Judged(scan, judge_cases(scan, chosen, gatherer.plants, day))
    uses = waiver_uses(judged, given.waivers, chosen, day, applied=waive, expiring_within=expiring_within)

    def hashed(one: Judged) -> Judged:
        return Judged(one.scan, with_hashrates(one.cases, one.scan, catalogue.model))

    scan, cases = hashed(apply_waivers(judged, in_force(uses, *WaiverKind), chosen, day))
    rejected = tuple(row for table in tables for row in rejected_rows(table)) if scan.rejected else ()
    machines = Machines(tables, scan, cases, lines)
    comparison, exchanged = since(
        earlier, exchanges, machines, Judged(scan, cases), lines, chosen, catalogue, day
    )
    if comparison is not None:
        machines = machines.with_changes(comparison.of_rows)
    outcome = Audit(
        tool=f"provenance {__version__}",
        as_of=day,
        policies=chosen,
        policy_is_default=not policies,
        inputs=inputs,
        registers=tuple((name, digest_file(path, name)[1]) for path, name in papers.items()),
        catalog=_catalog_info(catalogue),
        cases=presented(cases),
        summary=summarize(scan, cases, inputs),
        readings=read_otherwise(chosen, cases, day),
        documents=DocumentUses(lines, scan.matches, sightings.seen if sightings is not None else ()),
        paper_findings=find_paper_findings(lines, scan.matches, sightings),
        schedule=contract,
        deliveries=_deliveries(contract, tables, Judged(scan, cases), identifier),
        disclosure=_disclosure(admitted, tables, Judged(scan, cases)),
        rejected=rejected,
        warnings=(
            *warnings_of(chosen, inputs, tables, rejected, day),
            *warnings_of_files(found, inputs, registers),
            *warnings_of_waivers(uses),
            *(contract.remarks if contract is not None else ()),
            *warnings_since(comparison, exchanged, day),
        ),
        synthetic=any(one.synthetic for one in inputs)
        or bool(lines.frame["note"].str.to_uppercase().str.contains("SYNTHETIC", literal=True).any()),
        waivers=uses,
        waiver_files=given.files,
        comparison=comparison,
        exchanges=exchanged,
        leads=scan.leads,
        compared_files=(
            *(((earlier.file.name, earlier.file.sha256),) if earlier is not None else ()),
            *((name, digest_file(path, name)[1]) for path, name in tables_of_replacements),
        ),
        scan_machines=machines.machines,
        scan_rows=machines.rows,
    )
    return with_outward(outcome, judged, lambda seen: Machines(tables, *seen, lines), hashed)


def _look_for(lines: RegisterLines, folder: Path, besides: frozenset[Path]) -> Sightings:
    from provenance.origin.document_folder import look_for, read_document_folder

    return look_for(lines, read_document_folder(folder, besides))


def _deliveries(
    contract: Schedule | None, tables: Sequence[Table], judged: Judged, identifier: Identifier
) -> tuple[Delivery, ...]:
    if contract is None:
        return ()
    from provenance.policy.deliveries import compare_deliveries

    return compare_deliveries(contract, tables, judged.scan, judged.cases, identifier)


def _disclosure(
    admitted: DisclosureFile | None, tables: Sequence[Table], judged: Judged
) -> Disclosure | None:
    if admitted is None:
        return None
    from provenance.policy.disclosure import compare_disclosed

    return compare_disclosed(admitted, tables, judged.scan, judged.cases)


def _known_files(found: Inputs, registers: Sequence[Path], others: Iterable[Path | str]) -> frozenset[Path]:
    """Return the files, resolved, that a folder of documents may hold and that are read in another way."""
    inventories = (path for path, _ in found.files)
    return paper_files(registers) | {Path(path).resolve() for path in (*inventories, *others)}


def _of_role(inputs: Iterable[InputFile], role: Role) -> dict[Path, str]:
    """Return the files that a columns file says are nothing but registers, or schedules, with their names."""
    return {
        one.path: one.name
        for one in inputs
        if one.path is not None
        and any(table.role is role and table.used for table in one.tables)
        and all(table.role in {role, Role.IGNORED} for table in one.tables)
    }


def load_policies(refs: Sequence[str]) -> tuple[Policy, ...]:
    """Load policies, each under an id of its own.

    Raises:
        PolicyError: A policy cannot be used, or two files carry one id.
    """
    chosen: dict[str, Policy] = {}
    for ref in dict.fromkeys(refs):
        policy = kept_policy(ref)
        if policy.id in chosen:
            raise PolicyError(
                Fault(ref, f"carries the id {policy.id!r} of another policy", "give it another id")
            )
        chosen[policy.id] = policy
    return tuple(chosen.values())


def find_inventories(
    inventories: Sequence[Path | str],
    registers: Sequence[Path] = (),
    besides: Sequence[Path | str] = (),
    opening: Opening | None = None,
) -> Inputs:
    """Find every inventory that the arguments name; a folder's registers and packing lists are evidence, not that.

    Raises:
        InventoryError: There is no path, one does not exist, a folder holds no inventory, or a register cannot be
            read.
    """
    if isinstance(inventories, str):
        # A text is a sequence of texts too: its `/` alone would have the whole machine searched.
        raise InventoryError(
            Fault(inventories, "is one text, and a sequence of paths is expected", "write [path]")
        )
    paths = [Path(path) for path in inventories]
    if not paths:
        raise InventoryError(Fault("", "no inventory was given", "name a file or a folder"))
    papers = paper_files(registers) if any(path.is_dir() for path in paths) else frozenset()
    limits = opening.limits if opening is not None else None
    return find_inputs(paths, besides=papers | {Path(path).resolve() for path in besides}, limits=limits)


def read_inputs(
    found: Inputs, columns: ColumnsFile | None, known: Known | None = None, opening: Opening | None = None
) -> tuple[InputFile, ...]:
    """Read every inventory found; one of several that cannot be read stays as an incomplete input without tables.

    Args:
        found: The files.
        columns: What the user says about their tables.
        known: Who knows the names of makers and products; the catalogue that comes with the program when None.
        opening: Limits and password; those of the environment when None.

    Raises:
        InventoryError: No file can be read; the faults of all of them.
    """
    known = known or names_of(Identifier(open_catalogue()))
    inputs = [refused_input(name, fault) for name, fault in found.refused]
    faults = [fault for _, fault in found.refused]
    for path, name in found.files:
        try:
            one = read_inventory(path, name=name, columns=columns, known=known, opening=opening)
            inputs.append(one if path in found.named else without_reports(path, one))
        except InventoryError as error:
            inputs.append(unread_input(path, name, error))
            faults.extend(error.faults)
    if len(inputs) == sum(one.format == UNREAD for one in inputs):
        raise InventoryError(faults)
    if columns is not None:
        columns.check_used(inputs)
    return tuple(inputs)


def _catalog_info(catalogue: Catalogue) -> CatalogInfo:
    stats = catalogue.stats()
    overlays = tuple(
        OverlayUse(info.name, info.sha256, *(info.count(action) for action in Action))
        for info in catalogue.overlays
    )
    makers, models = int(stats["makers"]), int(stats["models"])
    return CatalogInfo(catalogue.sha256, catalogue.as_of, makers, models, overlays)
