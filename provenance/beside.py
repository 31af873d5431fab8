"""What a run may be given beside its inventories: read by modules that a run without it does not load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.inventory.find import named_apart
from provenance.policy.waivers.waiver import WaiverFiles

if TYPE_CHECKING:
    from provenance.catalog.database import Catalogue
    from provenance.identify.resolve import Identifier
    from provenance.inventory.columnsfile import ColumnsFile
    from provenance.origin.exchanges import Exchange
    from provenance.origin.register import Register
    from provenance.origin.schedule import Schedule
    from provenance.policy.baseline.report_file import Baseline
    from provenance.policy.disclosure import DisclosureFile
    from provenance.policy.policy import Policy
    from provenance.report.matter import Matter


def read_columns(path: Path | str | None) -> ColumnsFile | None:
    """Read the columns file."""
    if path is None:
        return None
    from provenance.inventory.columnsfile import load_columns_file

    return load_columns_file(Path(path))


def read_registers(papers: Mapping[Path, str]) -> tuple[Register, ...]:
    """Read evidence registers, each with the name that reports call it."""
    if not papers:
        return ()
    from provenance.origin.read_register import read_register

    return tuple(read_register(path, name=name) for path, name in papers.items())


def read_contract(path: Path | str | None) -> Schedule | None:
    """Read the schedule of what was contracted."""
    if path is None:
        return None
    from provenance.origin.schedule import read_schedule

    return read_schedule(Path(path))


def read_admitted(path: Path | str | None) -> DisclosureFile | None:
    """Read the seller's disclosure schedule."""
    if path is None:
        return None
    from provenance.policy.disclosure import read_disclosed

    return read_disclosed(Path(path))


def read_replacements(files: Sequence[tuple[Path, str]]) -> tuple[Exchange, ...]:
    """Read tables of replacements."""
    if not files:
        return ()
    from provenance.origin.read_exchanges import read_exchanges

    return read_exchanges(files)


def read_earlier(path: Path | str | None) -> Baseline | None:
    """Read the report that the run is compared with."""
    if path is None:
        return None
    from provenance.policy.baseline.report_file import read_baseline

    return read_baseline(Path(path), Path(path).name)


def read_waivers(
    files: Sequence[Path | str],
    identifier: Identifier,
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    sites: Mapping[str, str],
) -> WaiverFiles:
    """Read waiver files; the names in them are looked up in what the run knows."""
    if not files:
        return WaiverFiles()
    from provenance.policy.waivers.load import Names, load_waivers

    named = named_apart((Path(path), Path(path).name) for path in files)
    return load_waivers(named, Names(identifier, catalogue, policies, sites))


def parties_in(matter: Matter | None) -> tuple[tuple[str, str], ...]:
    """Return the names and roles of the parties of a matter."""
    return tuple((one.name, one.role.value) for one in (matter.parties if matter is not None else ()))


def read_matter(path: Path | None) -> Matter | None:
    """Read the matter file."""
    if path is None:
        return None
    from provenance.report.matter_file import load_matter

    return load_matter(path)
