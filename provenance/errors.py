"""The tree of errors: one root, one class per room, one way to say where something is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.records import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one place, in the words a user can act on."""

    where: str
    """File and place in it: `inventory.xlsx:Sheet1!B17`, `rules/lists/china.yaml:12`, or a file alone."""
    what: str
    """What is wrong, and what was expected."""
    do: str = ""
    """What to do about it; empty when `what` already says so."""

    def __str__(self) -> str:
        """Return `where: what; do`."""
        tail = f"; {self.do}" if self.do else ""
        return f"{self.where}: {self.what}{tail}" if self.where else f"{self.what}{tail}"


class ProvenanceError(Exception):
    """Anything this program refuses to go on with. Carries every fault found, never only the first."""

    def __init__(self, faults: Fault | Sequence[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class DatafileError(ProvenanceError):
    """A YAML, TOML or JSON file that does not parse or does not fit its schema."""


class InventoryError(ProvenanceError):
    """An inventory, register or schedule that cannot be read."""


class CatalogError(ProvenanceError):
    """A catalogue source or database that is missing, faulty or of another version."""


class IdentifyError(ProvenanceError):
    """A model grammar or serial scheme that cannot be used."""


class OriginError(ProvenanceError):
    """An evidence register whose lines cannot be used."""


class PolicyError(ProvenanceError):
    """A rule, list, clause or waiver file that cannot be used."""


class ReportError(ProvenanceError):
    """A report that cannot be written."""
