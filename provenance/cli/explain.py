"""`provenance explain`: one machine, its evidence and the reasoning of each rule."""

from __future__ import annotations

from pathlib import Path

import click

from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import (
    AS_OF,
    COLUMNS,
    DOCUMENTS,
    EVIDENCE,
    NO_WAIVERS,
    POLICY,
    WAIVERS,
    Progress,
    day_of,
)
from provenance.cli.settings import SettledCommand


@click.command(
    "explain",
    cls=SettledCommand,
    epilog="""\b
Examples
  provenance explain fleet.xlsx ZZAAATUBDJAAI00A5
  provenance explain fleet.xlsx "North Range!B17" --policy cleanspark-mineone --evidence evidence.csv
""",
)
@click.argument("inventory", type=click.Path(exists=True, path_type=Path))
@click.argument("machine", metavar="SERIAL|CELL")
@POLICY
@EVIDENCE
@DOCUMENTS
@COLUMNS
@WAIVERS
@NO_WAIVERS
@AS_OF
def command(
    inventory: Path,
    machine: str,
    policy: tuple[str, ...],
    evidence: tuple[Path, ...],
    documents: Path | None,
    columns: Path | None,
    waivers: tuple[Path, ...],
    no_waivers: bool,
    as_of: str | None,
) -> ExitCode:
    """Explain one machine: what it is and how we know, its evidence, each rule's reasoning, what would clear it.

    The machine is named by its serial number, or by any cell of its row: B17, or Sheet!B17.
    """
    from provenance.pipeline import audit
    from provenance.report.explain import explain_case, find_machines

    with Progress() as progress:
        outcome = audit(
            [inventory],
            policies=policy,
            evidence=evidence,
            documents=documents,
            columns=columns,
            waivers=waivers,
            waive=not no_waivers,
            as_of=day_of(as_of),
            tell=progress.tell,
        )
        found = find_machines(outcome, machine)
    if not found:
        raise click.UsageError(
            f"{machine!r} is no serial number and no cell of a machine in {inventory.name}; "
            f"`provenance inspect {inventory.name}` shows its tables and rows"
        )
    for row in found:
        click.echo(explain_case(outcome, outcome.case(row["case"]), row))
    return ExitCode.CLEAR
