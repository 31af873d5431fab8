"""What an audit yields: cases with their findings, machines as columns, totals that reconcile with the rows read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance.catalog.records import Plant
from provenance.evidence import Grade, Piece
from provenance.inventory.table import InputFile, Rejected
from provenance.origin.conclude import Conclusion
from provenance.origin.facts import CaseFacts
from provenance.origin.prefixes import Lead
from provenance.origin.register import Question, RegisterLine
from provenance.policy.hashrates import Hashrate
from provenance.policy.policy import Policy
from provenance.policy.rule import Listing, Rule
from provenance.policy.verdict import Reason, Verdict
from provenance.policy.waivers.waiver import Waiver
from provenance.records import dataclass

if TYPE_CHECKING:
    import polars as pl

    from provenance.origin.paper_findings import PaperFinding
    from provenance.origin.schedule import Schedule
    from provenance.policy.baseline.change import Comparison, ExchangeUse
    from provenance.policy.deliveries import Delivery
    from provenance.policy.disclosure import Disclosure


@dataclass(frozen=True, slots=True)
class Waived:
    """What stands between a finding and its verdict."""

    waiver: Waiver
    """The waiver that it rests on."""
    verdict: Verdict
    """What it is without any waiver."""
    reason: Reason


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one case; complete when made."""

    rule: Rule
    verdict: Verdict
    reason: Reason
    explanation: str
    """The reasoning in one to three sentences."""
    grade: Grade | None
    """The strongest grade that carries the verdict."""
    atoms: frozenset[str]
    """The origins concluded from what the rule looks at."""
    decisive: tuple[Piece, ...]
    """The pieces that carry the verdict."""
    contesting: tuple[Piece, ...]
    """Statements that say otherwise and were left out or stand in the way."""
    open_questions: tuple[str, ...]
    """What the clause, a date or a list leaves open, in words."""
    would_clear: str
    """The document that would settle it, in words; empty when conforming."""
    rests_on_unverified: tuple[str, ...]
    """Citations of list members behind the verdict that nobody has verified, sorted."""
    makers: tuple[str, ...] = ()
    """For a rule on makers: those that the machine may be of, sorted; empty: any."""
    listings: tuple[Listing, ...] = ()
    """The entries of lists of firms that these makers meet, or that a MAC address or serial number points to."""
    waived: Waived | None = None
    """Present where the verdict is `waived`; all else is as without the waiver."""


@dataclass(frozen=True, slots=True)
class Case:
    """Machines whose facts lead to the same judgement."""

    id: str
    """Digest of the facts: the same in any row order and batch size."""
    facts: CaseFacts
    conclusions: tuple[Conclusion, ...]
    """One per facet that a rule asks for, in the order of `Facet`."""
    findings: tuple[Finding, ...]
    """One per rule of every policy, in their order."""
    verdict: Verdict
    reason: Reason
    lines: int
    units: int
    """Units counted once, also when the serial stands in several inventories."""
    makers: Mapping[str, int]
    """Raw maker texts with their units, most first, at most 20."""
    models: Mapping[str, int]
    """Raw model texts with their units, most first, at most 20."""
    sites: Mapping[str, int]
    """Sites with their units; the empty string where none is given."""
    plants: tuple[Plant, ...]
    """Where its maker is known to assemble: general knowledge, shown only."""
    waivers: tuple[Waiver, ...] = ()
    """Those in force that change what a rule or a reading says of it, by id."""
    by_site: Mapping[str, Count] = field(default_factory=dict)
    """Lines and units per site; the empty text where none is given."""
    hashrates: tuple[Hashrate, ...] = ()
    """What its machines hash, by kind of unit."""
    embargo: str = ""
    """Why they are goods under embargo, in words; empty where they are not."""

    @property
    def worst(self) -> Finding:
        """The finding that decides the verdict; the first of the worst."""
        return max(self.findings, key=lambda finding: finding.verdict.severity)


@dataclass(frozen=True, slots=True)
class Count:
    """Lines and units."""

    lines: int
    units: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals; they reconcile: lines plus rejected equals rows read."""

    rows_read: int
    lines: int
    units: int
    by_verdict: Mapping[Verdict, Count]
    """Every verdict, zero where none, worst first."""
    by_reason: Mapping[Reason, Count]
    """The reasons of undetermined machines that occur, in their order."""
    rejected: int
    also_listed: int
    """Lines whose unit is counted at another file of the data room."""
    complete: bool
    """Whether every input was read whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """A case that a reading judges otherwise than the declared one."""

    case: str
    declared: Verdict
    verdict: Verdict
    """Under the reading."""
    lines: int
    units: int


@dataclass(frozen=True, slots=True)
class ReadingOutcome:
    """One row of the interpretation matrix."""

    policy: str
    reading: str
    title: str
    note: str
    declared: bool
    """Whether it is the reading that the notice and the exit code follow."""
    by_verdict: Mapping[Verdict, Count]
    changed_units: int
    """Units whose verdict differs from the declared reading."""
    hashrates: Mapping[Verdict, tuple[Hashrate, ...]] = field(default_factory=dict)
    """Per verdict, what its machines hash, by algorithm."""
    sites: Mapping[str, Mapping[Verdict, Count]] = field(default_factory=dict)
    """Per site, the empty text where none is given, lines and units by verdict."""
    changes: tuple[Change, ...] = ()
    """The cases whose verdict differs, in the order of the cases."""
    uncleared_units: int = 0
    """Units that the declared reading clears and this one would not."""


@dataclass(frozen=True, slots=True)
class DocumentUse:
    """One line of the register and what it did."""

    line: RegisterLine
    units: int
    """Units in the inventory that it speaks of."""
    note: str
    """What is odd: names no machine here, names fewer units than the line has, ..."""
    questions: tuple[Question, ...] = ()
    """What is to be asked of it."""
    seen: str = ""
    """What the folder of documents holds of it; empty where nobody named one."""


class WaiverStatus(StrEnum):
    """What became of a waiver that was given."""

    APPLIED = "applied"
    """In force, and some finding is waived by it."""
    UNUSED = "unused"
    """In force, and nothing needed it."""
    NOT_YET = "not-yet-in-force"
    EXPIRED = "expired"
    NOT_APPLIED = "not-applied"
    """The run was asked to apply none."""


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """One waiver and what it did."""

    waiver: Waiver
    status: WaiverStatus
    expires_soon: bool
    reaches: Count
    """Machines in its scope, whatever their verdict."""
    waives: Count
    """Machines of which it waives a finding; where it is not applied, of which it would."""
    was: Mapping[Verdict, Count]
    """The same by the worst verdict that it waives: non-conforming and undetermined."""
    in_doubt: Count
    """Machines that carry a serial it names and that the serial does not tell apart: none of them is waived."""
    not_found: tuple[str, ...]
    """Serials that it names and no inventory holds, sorted."""
    note: str
    """What a reader must know, in a sentence; empty where all is in order."""


@dataclass(frozen=True, slots=True)
class OverlayUse:
    """A catalogue of the user's own that lay over the embedded one, and how many of its entries it touched."""

    name: str
    sha256: str
    added: int
    replaced: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class CatalogInfo:
    """Which catalogue was used."""

    sha256: str
    """Of the embedded one."""
    as_of: date
    makers: int
    models: int
    overlays: tuple[OverlayUse, ...] = ()
    """The user's own catalogues, in the order in which they lay over it."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole outcome of one run; every format renders it and computes nothing."""

    tool: str
    """`provenance 0.1.0`."""
    as_of: date
    policies: tuple[Policy, ...]
    policy_is_default: bool
    """Nobody chose a policy: the first line of every report says so."""
    inputs: tuple[InputFile, ...]
    registers: tuple[tuple[str, str], ...]
    """Name and sha256 of each evidence register."""
    catalog: CatalogInfo
    cases: tuple[Case, ...]
    """Worst verdict first, then most units, then id."""
    summary: Summary
    readings: tuple[ReadingOutcome, ...]
    documents: Sequence[DocumentUse]
    """One per line of the registers, in their order; made when asked for."""
    paper_findings: tuple[PaperFinding, ...]
    """What is odd about the documents themselves."""
    schedule: Schedule | None
    """What was contracted; None where nobody said."""
    deliveries: tuple[Delivery, ...]
    """The schedule beside what the inventory holds and documents cover, lot by lot."""
    disclosure: Disclosure | None
    """The seller's disclosure schedule beside the verdicts; None where there is none."""
    rejected: tuple[Rejected, ...]
    warnings: tuple[str, ...]
    """Stale lists, unread parts, unmapped columns: sentences."""
    synthetic: bool
    waivers: tuple[WaiverUse, ...] = field(default=(), kw_only=True)
    """Every waiver that was given, by id, with what became of it."""
    waiver_files: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    """Name and sha256 of each waiver file."""
    comparison: Comparison | None = field(default=None, kw_only=True)
    """What changed since a baseline; None where none was given."""
    exchanges: tuple[ExchangeUse, ...] = field(default=(), kw_only=True)
    """Every line of the tables of replacements, in their order, with what it does."""
    compared_files: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    """Name and sha256 of the baseline and of each table of replacements."""
    leads: Mapping[str, Lead] = field(default_factory=dict, kw_only=True)
    """What documented units say of others whose serial numbers begin alike, by prefix: leads, and no proof."""
    outward: Callable[[], Audit] | None = field(default=None, kw_only=True, repr=False, compare=False)
    """The same run without what the house accepted for itself, where that makes a difference; see
    `for_the_other_side`."""
    scan_machines: Callable[[], pl.LazyFrame] = field(repr=False, compare=False)
    """Returns the machines in input order; see `machines`."""
    scan_rows: Callable[[int], pl.LazyFrame] = field(repr=False, compare=False)
    """Returns for one table (by its position over all inputs' inventory tables) every row, rejected ones too, with
    the raw columns `c0`... of the sheet and the machine columns beside them, in file order."""

    @property
    def machines(self) -> pl.LazyFrame:
        """The machines, one row each, in input order.

        Columns: `file`, `sheet` (null without sheets), `row` (UInt32), `line` (UInt32, text files only), `cell`
        (the serial's or model's), `serial`, `maker`, `model`, `mac`, `site`, `location`, `batch`, `order`,
        `asset_tag`, `declared_origin` (String, null where missing), `quantity` (Int64, in units), `counted` (Int64,
        0 where the unit is counted at another line), `case`, `verdict`, `reason`, `rule`, `origin`, `flags` (Enum:
        the same for all machines of a case; `origin` is what the deciding finding concludes, in words),
        `change` (String: since the baseline; null without one, or where nothing is open),
        `waiver` (Enum: kind, id, owner and last day of the waivers that its findings rest on; null where none) and
        `evidence` (String: the pieces with their documents or cells).
        """
        return self.scan_machines()

    def batches(self, size: int = 65_536) -> Iterator[pl.DataFrame]:
        """Yield the machines in data frames of at most `size` rows."""
        yield from self.machines.collect_batches(chunk_size=size, maintain_order=True)

    @property
    def for_the_other_side(self) -> Audit:
        """The audit that a notice is drawn from: as if no internal acceptance of risk had been given.

        Such an acceptance gives up nothing towards the other side, who may neither rely on it nor learn of it: its
        units stay in the notice as what they are without it. A contract waiver binds the parties and holds there too.
        """
        return self.outward() if self.outward is not None else self

    @property
    def verdict(self) -> Verdict:
        """The worst verdict over all machines."""
        return next((case.verdict for case in self.cases), Verdict.OUT_OF_SCOPE)

    def case(self, case_id: str) -> Case:
        """Return one case by its id.

        Raises:
            KeyError: There is none of that id.
        """
        found = next((case for case in self.cases if case.id == case_id), None)
        if found is None:
            raise KeyError(case_id)
        return found
