"""What a run is given, read: policies, inventories, papers about them, and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

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
from provenance.errors import Fault, InventoryError, PolicyError
from provenance.identify.recognise import names_of
from provenance.identify.resolve import Identifier
from provenance.inventory.find import Inputs, find_inputs, named_apart
from provenance.inventory.known import Known
from provenance.inventory.opening import Opening
from provenance.inventory.own_reports import without_reports
from provenance.inventory.reader import UNREAD, digest_file, read_inventory, refused_input, unread_input
from provenance.inventory.table import InputFile, Role, Table
from provenance.origin.paper_files import paper_files
from provenance.origin.questions import Asking
from provenance.origin.register_lines import RegisterLines, all_lines
from provenance.policy.kept import kept_policy
from provenance.policy.parties import interested_parties, named_parties
from provenance.policy.policy import Policy
from provenance.policy.reach import with_listings
from provenance.policy.sites import placed, site_names
from provenance.policy.waivers.waiver import WaiverFiles
from provenance.records import dataclass

if TYPE_CHECKING:
    from provenance.inventory.columnsfile import ColumnsFile
    from provenance.origin.document_folder import Sightings
    from provenance.origin.exchanges import Exchange
    from provenance.origin.register import Register
    from provenance.origin.schedule import Schedule
    from provenance.policy.baseline.report_file import Baseline
    from provenance.policy.disclosure import DisclosureFile

DEFAULT_POLICY = "china-ofac"
"""The pack that judges when nobody chose one; every report then says so in its first line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is asked to read; see `pipeline.audit`."""

    inventories: Sequence[Path | str]
    policies: Sequence[str] = ()
    evidence: Sequence[Path | str] = ()
    documents: Path | str | None = None
    schedule: Path | str | None = None
    disclosed: Path | str | None = None
    catalogs: Sequence[Path | str] = ()
    columns: Path | str | None = None
    waivers: Sequence[Path | str] = ()
    baseline: Path | str | None = None
    replacements: Sequence[Path | str] = ()
    besides: Sequence[Path | str] = ()
    opening: Opening | None = None
    parties: Sequence[tuple[str, str]] = ()
    """Names and roles of those who trade in the goods or answer for them, beside whom clauses name."""

    @property
    def spoken_of(self) -> tuple[Path | str, ...]:
        """The files that are no inventories where a folder holds them."""
        others = (path for path in (self.columns, self.schedule, self.disclosed) if path is not None)
        own = (ref for ref in self.policies if Path(ref).is_file())
        return (*self.besides, *self.waivers, *own, *others)


@dataclass(frozen=True, slots=True)
class Given:
    """All that a run is given, read."""

    day: date
    """The day on which the question is asked."""
    policies: tuple[Policy, ...]
    policy_is_default: bool
    found: Inputs
    inputs: tuple[InputFile, ...]
    tables: tuple[Table, ...]
    """The inventory tables of all inputs, with the sites that clauses name put in."""
    catalogue: Catalogue
    identifier: Identifier
    papers: tuple[tuple[Path, str], ...]
    """The evidence registers, each with the name that reports call it."""
    registers: tuple[Register, ...]
    lines: RegisterLines
    sightings: Sightings | None
    """What was found of the documents themselves, where their folder was given."""
    contract: Schedule | None
    admitted: DisclosureFile | None
    exchanges: tuple[Exchange, ...]
    replacement_files: tuple[tuple[Path, str], ...]
    earlier: Baseline | None
    waivers: WaiverFiles
    parties: tuple[tuple[str, str], ...] = ()
    """As `Asked` names them."""

    @property
    def asking(self) -> Asking:
        """What the questions about documents are asked with."""
        named = named_parties(self.parties, self.identifier)
        return Asking(self.day, named | interested_parties(self.policies), self.sightings)

    @property
    def synthetic(self) -> bool:
        """Whether an input or a register says of itself that its data are made up."""
        noted = self.lines.frame["note"].str.to_uppercase().str.contains("SYNTHETIC", literal=True)
        return any(one.synthetic for one in self.inputs) or bool(noted.any())

    @property
    def register_digests(self) -> tuple[tuple[str, str], ...]:
        """The registers by name, each with its sha256."""
        return tuple((name, digest_file(path, name)[1]) for path, name in self.papers)

    @property
    def compared_digests(self) -> tuple[tuple[str, str], ...]:
        """The baseline and the tables of replacements by name, each with its sha256."""
        earlier = self.earlier
        first = ((earlier.file.name, earlier.file.sha256),) if earlier is not None else ()
        return (*first, *((name, digest_file(path, name)[1]) for path, name in self.replacement_files))


def read_given(asked: Asked, day: date, tell: Callable[[str], None]) -> Given:
    """Read everything that a run is given.

    Args:
        asked: What to read.
        day: The day on which the question is asked.
        tell: Is told what is being done, in words.

    Raises:
        ProvenanceError: No inventory can be read, or another file cannot be used; every fault at once.
    """
    policies = load_policies(asked.policies or (DEFAULT_POLICY,))
    tell("reading inventories")
    papers = dict(named_apart((Path(path), Path(path).name) for path in asked.evidence))
    opening = asked.opening if asked.opening is not None else Opening()
    found = find_inventories(asked.inventories, tuple(papers), asked.spoken_of, opening)
    catalogue = open_catalogue(overlays=asked.catalogs)
    policies = with_listings(policies, catalogue)
    identifier = Identifier(catalogue)
    said = read_columns(asked.columns)
    with ThreadPoolExecutor(max_workers=1) as pool:
        # The registers are read beside the inventories: neither needs the other.
        pending = pool.submit(read_registers, dict(papers))
        inputs = read_inputs(found, said, names_of(identifier), opening)
    tell("reading evidence")
    more = {path: name for path, name in _of_role(inputs, Role.EVIDENCE).items() if path not in papers}
    papers |= more
    registers = (*pending.result(), *read_registers(more))
    lines = all_lines(registers)
    sites = site_names(policies)
    replacement_files = tuple(named_apart((Path(path), Path(path).name) for path in asked.replacements))
    listed = [table for one in inputs for table in one.tables if table.role is Role.INVENTORY]
    return Given(
        day=day,
        policies=policies,
        policy_is_default=not asked.policies,
        found=found,
        inputs=inputs,
        tables=tuple(placed(listed, sites)),
        catalogue=catalogue,
        identifier=identifier,
        papers=tuple(papers.items()),
        registers=registers,
        lines=lines,
        sightings=_look_for(asked, found, tuple(papers), lines),
        contract=read_contract(asked.schedule or next(iter(_of_role(inputs, Role.SCHEDULE)), None)),
        admitted=read_admitted(asked.disclosed),
        exchanges=read_replacements(replacement_files),
        replacement_files=replacement_files,
        earlier=read_earlier(asked.baseline),
        waivers=read_waivers(asked.waivers, identifier, catalogue, policies, sites),
        parties=tuple(asked.parties),
    )


def _look_for(
    asked: Asked, found: Inputs, registers: Sequence[Path], lines: RegisterLines
) -> Sightings | None:
    """Look for the documents themselves in their folder, where one was given."""
    if asked.documents is None:
        return None
    from provenance.origin.document_folder import look_for, read_document_folder

    known = _known_files(found, registers, asked.spoken_of)
    return look_for(lines, read_document_folder(Path(asked.documents), known))


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
