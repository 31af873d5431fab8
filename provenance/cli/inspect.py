"""`provenance inspect`: how a file is read."""

from __future__ import annotations

import json
from pathlib import Path

import click

from provenance.cli.choices import NearChoice
from provenance.cli.exit_codes import ExitCode
from provenance.cli.options import COLUMNS, INVENTORIES, LIMITS, Progress, opening_of, option, taken
from provenance.cli.settings import SettledCommand
from provenance.inventory.limits import Limits


@click.command(
    "inspect",
    cls=SettledCommand,
    epilog="""\b
Example
  provenance inspect fleet.xlsx
""",
)
@INVENTORIES
@COLUMNS
@LIMITS
@option(
    "-f",
    "--format",
    "form",
    of="inspect",
    type=NearChoice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="json for programs.",
)
@option(
    "--write-columns",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write how the files were read as a columns file, to correct and to replay with --columns.",
)
def command(
    inventories: tuple[Path, ...], columns: Path | None, limits: Limits, form: str, write_columns: Path | None
) -> ExitCode:
    """Show how files are read, before anything is judged.

    Prints the tables found, the header row of each, what every column was taken for and why, the rows that are no
    machines, and whatever is odd. Write a columns file where a column was misread.
    """
    if write_columns is not None and write_columns.exists():
        raise click.UsageError(f"{write_columns} exists already; remove it or name another file")
    from provenance.given import find_inventories, read_inputs
    from provenance.inventory.columnsfile import load_columns_file
    from provenance.inventory.inspect import describe_inputs

    overrides = load_columns_file(columns) if columns is not None else None
    with Progress() as progress:
        opening = opening_of(limits, progress)
        found = find_inventories(taken(inventories, limits), opening=opening)
        inputs = read_inputs(found, overrides, opening=opening)
    if write_columns is not None:
        from provenance.inventory.write_columns import columns_file_of

        write_columns.write_text(columns_file_of(inputs), "utf-8")
        click.echo(f"wrote {write_columns}: correct it and give it with --columns", err=True)
    if form == "json":
        click.echo(json.dumps(describe_inputs(inputs), indent=2, ensure_ascii=False))
    else:
        from provenance.report.inspection import render_inspection

        click.echo(render_inspection(describe_inputs(inputs)), nl=False)
    return ExitCode.CLEAR if all(one.complete for one in inputs) else ExitCode.UNDETERMINED
