"""`provenance explain`: one machine, its evidence and the reasoning of each rule."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import (
    AS_OF,
    CATALOG,
    COLUMNS,
    DOCUMENTS,
    EVIDENCE,
    LIMITS,
    MATTER,
    NO_WAIVERS,
    POLICY,
    REPLACEMENTS,
    WAIVERS,
    InventoryPath,
    Progress,
    day_of,
    opening_of,
    taken,
)
from provenance.cli.settings import SettledCommand
from provenance.inventory.limits import Limits


@click.command(
    "explain",
    cls=SettledCommand,
    epilog="""\b
Examples
  provenance explain fleet.xlsx ZZAAATUBDJAAI00A5
  provenance explain fleet.xlsx "North Range!B17" --policy cleanspark-mineone --evidence evidence.csv
""",
)
@click.argument("inventory", type=InventoryPath())
@click.argument("machine", metavar="SERIAL|CELL")
@POLICY
@EVIDENCE
@DOCUMENTS
@CATALOG
@COLUMNS
@WAIVERS
@NO_WAIVERS
@LIMITS
@REPLACEMENTS
@MATTER
@AS_OF
def command(
    inventory: Path,
    machine: str,
    policy: tuple[str, ...],
    evidence: tuple[Path, ...],
    documents: Path | None,
    catalog: tuple[Path, ...],
    columns: Path | None,
    limits: Limits,
    no_waivers: bool,
    waivers: tuple[Path, ...],
    replacements: tuple[Path, ...],
    matter: Path | None,
    as_of: str | None,
) -> ExitCode:
    """Explain one machine: what it is and how we know, its evidence, each rule's reasoning, what would clear it.

    The machine is named by its serial number, or by any cell of its row: B17, or Sheet!B17.
    """
    from provenance.beside import parties_in, read_matter
    from provenance.catalog.database import open_catalogue
    from provenance.identify.resolve import Identifier
    from provenance.identify.witnesses import witnesses_of
    from provenance.pipeline import audit
    from provenance.report.explain import explain_case, find_machines, firmware_of

    with Progress() as progress:
        outcome = audit(
            taken([inventory], limits),
            policies=policy,
            evidence=evidence,
            documents=documents,
            catalogs=catalog,
            columns=columns,
            waivers=waivers,
            waive=not no_waivers,
            replacements=replacements,
            parties=parties_in(read_matter(matter)),
            as_of=day_of(as_of),
            opening=opening_of(limits, progress),
            tell=progress.tell,
        )
        found = find_machines(outcome, machine)
    if not found:
        raise click.UsageError(
            f"{machine!r} is no serial number and no cell of a machine in {inventory.name}; "
            f"`provenance inspect {inventory.name}` shows its tables and rows"
        )
    identifier = Identifier(open_catalogue(overlays=catalog))
    for row in found:
        said = witnesses_of(
            identifier,
            **{name: row[name] for name in ("maker", "model", "serial", "mac")},
            firmware=firmware_of(outcome, row),
        )
        click.echo(explain_case(outcome, outcome.case(row["case"]), row, said))
    return ExitCode.CLEAR
